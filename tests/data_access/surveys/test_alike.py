"""Waves whose answers were read in different ways have no change, and a mapping that would be read half is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from dashboard.situation.survey_told import is_alike
from data_access.importers.errors import ImportRefused
from data_access.importers.survey_mapping import SurveyMapping, survey_mapping_from_json
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release
from tests.data_access.surveys.files import csv, release, rows_of

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.told import Release


def wave(database: Database, year: int, file: tuple[bytes, str], **given: Any) -> Release:
    report = release(database, file=file, wave=str(year), year=year, **given)
    found = read_release(database, OPERATOR, report.wave_id or 0)
    assert found is not None
    return found


def often(
    seed: int, heading: str = "Mobbar andra", words: tuple[str, ...] = ("Aldrig", "Ibland", "Ofta")
) -> tuple[bytes, str]:
    rng = np.random.default_rng(seed)
    rows = [
        [area, words[int(rng.integers(0, len(words)))]]
        for area, count in (("01", 150), ("02", 160))
        for _ in range(count)
    ]
    return csv(rows, ("Område", heading))


BULLYING_CODE = "school.bullying"


@pytest.mark.parametrize(
    ("said", "is_same"),
    [
        ({"words": {"yes": ["Ibland", "Ofta"], "no": ["Aldrig"]}}, False),
        ({"words": {BULLYING_CODE: {"yes": "Ibland"}}}, False),
        ({"words": {"missing": "Ibland"}}, False),
        ({"words": {"yes": "Ofta", "no": ["Aldrig", "ibland"], "missing": "Vill inte säga"}}, True),
        ({"words": {"family.conflicts": {"yes": "Ibland"}}}, True),
        ({"cut_points": {BULLYING_CODE: 3}}, False),
        ({"index": [BULLYING_CODE], "words": {"missing": "Ibland"}}, False),
    ],
)
def test_waves_that_read_the_same_answers_in_two_ways_are_not_alike(
    small: Database, said: dict[str, Any], *, is_same: bool
) -> None:
    file = often(2) if "index" not in said else often(2, words=("0", "3", "6"))
    before, now = wave(small, 2024, often(1)), wave(small, 2026, file, mapping=SurveyMapping(**said))
    assert is_alike(now, before, BULLYING_CODE) == is_same
    again = wave(
        small,
        2025,
        often(3) if "index" not in said else often(3, words=("0", "3", "6")),
        mapping=SurveyMapping(**said),
    )
    assert is_alike(now, again, BULLYING_CODE)


def test_points_and_yes_or_no_are_not_alike(small: Database) -> None:
    answers = [often(seed, "trust.police", ("0", "1")) for seed in (1, 2)]
    before = wave(small, 2024, answers[0], instrument="safety")
    now = wave(small, 2026, answers[1], instrument="safety", mapping=SurveyMapping(index=["trust.police"]))
    assert not is_alike(now, before, "trust.police")


def test_a_follow_up_that_was_read_in_another_way_makes_its_question_another_one(small: Database) -> None:
    mapping = SurveyMapping(words={"family.conflicts:help": {"no": "Ja", "yes": "Nej"}})
    before, now = (
        wave(small, year, csv(rows_of(year)), mapping=said) for year, said in ((2024, None), (2026, mapping))
    )
    assert not is_alike(now, before, "family.conflicts")
    assert is_alike(now, before, BULLYING_CODE)


@pytest.mark.parametrize(
    ("said", "field", "name"),
    [
        ({"cut_points": {"school.bulying": 3}}, "cut_points", "school.bulying"),
        ({"cut_points": {"individual.future:help": 3}}, "cut_points", "individual.future:help"),
        ({"words": {"school.bulying": {"yes": "a"}}}, "words", "school.bulying"),
        ({"words": {"family.conflicts_help": {"yes": "a"}}}, "words", "family.conflicts_help"),
        ({"index": ["nope"]}, "index", "nope"),
    ],
)
def test_a_question_of_the_mapping_that_is_not_known_is_refused(
    small: Database, said: dict[str, Any], field: str, name: str
) -> None:
    with pytest.raises(ImportRefused) as caught:
        release(small, mapping=SurveyMapping(**said))
    assert (caught.value.reason, caught.value.parameters) == (
        "mapping_broken",
        {"field": field, "value": name},
    )


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400])
def test_a_cut_point_that_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ImportRefused) as caught:
        survey_mapping_from_json(f'{{"cut_points": {{"school.bullying": {number}}}}}')
    assert (caught.value.reason, caught.value.parameters["field"]) == ("mapping_broken", "cut_points")
