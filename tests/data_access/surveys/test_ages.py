"""Ages of pupils are not years of school: neither guessed nor read as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.refusals import in_words
from dashboard.texts import texts
from data_access.importers.errors import ImportRefused
from data_access.importers.survey_mapping import SurveyMapping
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release
from tests.data_access.surveys.files import csv, release

if TYPE_CHECKING:
    from data_access.database import Database


def pupils(heading: str, *words: str) -> tuple[bytes, str]:
    rows = [
        [("01", "02")[number % 2], words[number // 2 % len(words)], ("Ja", "Nej")[number % 3 > 0]]
        for number in range(360)
    ]
    return csv(rows, ("Område", heading, "Mobbar andra"))


def stages(database: Database) -> tuple[str, ...]:
    found = read_release(database, OPERATOR, 1)
    assert found is not None
    return found.groups.get("stage", ())


@pytest.mark.parametrize("ages", [("10", "11", "12", "13"), ("7", "8", "9")])
@pytest.mark.parametrize("heading", ["Ålder", "Åldersgrupp", "Q2. Age"])
def test_ages_are_no_years_of_school(small: Database, heading: str, ages: tuple[str, ...]) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, file=pupils(heading, *ages))
    assert (caught.value.reason, caught.value.parameters) == ("survey_ages", {"column": heading})
    for language in ("sv", "en"):
        sentence = in_words(caught.value, texts(language))
        assert heading in sentence
        assert "lower_secondary" in sentence


@pytest.mark.parametrize("what", ["age", "stage"])
def test_a_column_that_the_mapping_calls_ages_holds_none_either(small: Database, what: str) -> None:
    mapping = SurveyMapping(columns={what: "Hur gammal är du?"})
    with pytest.raises(ImportRefused) as caught:
        release(small, file=pupils("Hur gammal är du?", "10", "11"), mapping=mapping)
    assert caught.value.reason == "survey_ages"


def test_ages_are_read_as_the_mapping_says(small: Database) -> None:
    mapping = SurveyMapping(stage={"middle": ["10", "11", "12"], "lower_secondary": "13"})
    release(small, file=pupils("Ålder", "10", "11", "12", "13"), mapping=mapping)
    assert stages(small) == ("middle", "lower_secondary")


@pytest.mark.parametrize(
    ("heading", "words"),
    [("Årskurs", ("7", "10")), ("Ålder", ("Åk 7", "Gymnasiet")), ("Ålder", ("Högstadiet", "Gy 2"))],
)
def test_years_of_school_are_read(small: Database, heading: str, words: tuple[str, ...]) -> None:
    release(small, file=pupils(heading, *words))
    assert stages(small) == ("lower_secondary", "upper_secondary")


def test_counts_by_age_are_no_counts_by_year_of_school(small: Database) -> None:
    rows = [["", "", "school.bullying", "300", "30 %"], ["", "10", "school.bullying", "150", "30 %"]]
    with pytest.raises(ImportRefused) as caught:
        release(small, file=csv(rows, ("Område", "Ålder", "Fråga", "Antal svar", "Andel")))
    assert (caught.value.reason, caught.value.parameters["row"]) == ("survey_count_unreadable", 3)
