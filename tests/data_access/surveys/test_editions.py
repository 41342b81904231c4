"""Two publications of one survey: what of a file counts as a change, how often a wave is corrected, and files that come twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.refusals import in_words
from dashboard.texts import texts
from data_access.changes import AreaRow
from data_access.changes.entry import EntryError
from data_access.importers.survey_mapping import SurveyMapping
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release, read_waves
from tests.data_access.surveys.files import HEADINGS, csv, release, rows_of
from tests.data_access.surveys.test_counts import HEADINGS as COUNT_HEADINGS
from tests.data_access.surveys.test_counts import ROWS
from tests.small_town import AREAS, square, store_areas

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.surveys.told import Cell, CellKey
    from tests.data_access.surveys.files import Rows


def refusal(database: Database, rows: Rows | None = None, **given: Any) -> str:
    with pytest.raises(EntryError) as caught:
        release(database, rows, **given)
    return caught.value.reason


def cells(database: Database, wave_id: int) -> dict[CellKey, Cell]:
    found = read_release(database, OPERATOR, wave_id)
    assert found is not None
    return found.by_key


@pytest.mark.parametrize("column", ["exporterad", "Löpnummer"])
def test_a_column_that_is_not_read_changes_nobody(small: Database, column: str) -> None:
    release(small)
    rows = [[*row, f"2026-05-0{number % 9}"] for number, row in enumerate(rows_of())]
    assert release(small, file=csv(rows, (*HEADINGS, column))).is_known
    one_less = csv(rows[1:], (*HEADINGS, column))
    assert refusal(small, file=one_less, previous=csv(rows_of())) == "edition_small"


def test_another_way_to_write_the_same_changes_nobody(small: Database) -> None:
    release(small)
    other = [["1.0" if row[0] == "01" else row[0], *row[1:3], row[3].upper(), *row[4:]] for row in rows_of()]
    assert release(small, other).is_known
    assert refusal(small, other[1:], previous=csv(rows_of())) == "edition_small"


def test_one_who_left_is_not_hidden_by_a_question_that_is_new_or_was_read_anew(small: Database) -> None:
    release(small, file=csv([row[:8] for row in rows_of()], HEADINGS[:8]))
    old = csv([row[:8] for row in rows_of()], HEADINGS[:8])
    assert refusal(small, rows_of()[1:], previous=old) == "edition_small"
    turned = [[*row[:7], "Nej" if row[7] == "Ja" else "Ja"] for row in rows_of()[1:]]
    assert refusal(small, file=csv(turned, HEADINGS[:8]), previous=old) == "edition_small"


def test_the_same_answers_have_the_same_noise_in_whatever_order_and_columns(
    small: Database, empty: Database
) -> None:
    store_areas(empty)
    first = release(small)
    rows = [[*row[::-1], "x"] for row in rows_of()[::-1]]
    again = release(empty, file=csv(rows, (*HEADINGS[::-1], "exporterad")))
    assert cells(empty, again.wave_id or 0) == cells(small, first.wave_id or 0)


def test_a_wave_is_corrected_once(small: Database) -> None:
    """The third edition would be the first without one person, and checked against the second only."""
    whole = rows_of()
    release(small, whole)
    assert release(small, whole[11:], previous=csv(whole)).edition == 2
    assert refusal(small, whole[1:], previous=csv(whole[11:])) == "edition_last"
    assert refusal(small, whole, previous=csv(whole[11:])) == "edition_last"
    assert release(small, whole[11:]).is_known


def test_the_same_answers_are_not_published_under_another_name_or_year(small: Database) -> None:
    whole = rows_of()
    release(small, whole)
    release(small, whole[11:], previous=csv(whole))
    for rows in (whole, whole[11:]):
        with pytest.raises(EntryError) as caught:
            release(small, rows, wave="Våren 2024", year=2024)
        assert (caught.value.reason, caught.value.parameters["name"]) == ("wave_same_file", "Våren 2026")


def moved(count: int) -> Rows:
    """The usual answers, where so many pupils of 01 live in 02."""
    found = rows_of()
    for row in found[:count]:
        row[0] = "02"
    return found


def redrawn(database: Database) -> str:
    """Another set of districts with the same codes and one more."""
    store_areas(
        database, [*AREAS, AreaRow(1, "05", "Nya", square(6, 6), "S", 500)], name="Nya", file_sha256="n"
    )
    return "Nya"


@pytest.mark.parametrize("place", ["02", "05"])
def test_the_same_answers_are_not_published_for_other_districts(small: Database, place: str) -> None:
    release(small)
    rows = [[place, *row[1:]] if number < 12 else row for number, row in enumerate(rows_of())]
    assert refusal(small, rows, wave="Våren 2024", year=2024, areas=redrawn(small)) == "wave_same_file"
    if place == "02":
        assert refusal(small, rows, wave="Våren 2024", year=2024, areas="Småstad") == "wave_same_file"


@pytest.mark.parametrize("is_whole_first", [True, False])
def test_the_same_answers_are_published_with_districts_or_without(
    small: Database, *, is_whole_first: bool
) -> None:
    nowhere, somewhere = SurveyMapping(areas="none"), SurveyMapping()
    first, second = (nowhere, somewhere) if is_whole_first else (somewhere, nowhere)
    release(small, mapping=first)
    assert refusal(small, wave="Våren 2024", year=2024, mapping=second) == "wave_same_file"


@pytest.mark.parametrize(
    ("first", "given", "reason"),
    [
        (SurveyMapping(), {"areas": "Nya"}, "edition_other_areas"),
        (SurveyMapping(), {"mapping": SurveyMapping(areas="none")}, "edition_other_areas"),
        (SurveyMapping(areas="none"), {"areas": "Småstad"}, "edition_no_areas"),
    ],
)
def test_a_wave_is_not_corrected_for_other_districts(
    small: Database, first: SurveyMapping, given: dict[str, Any], reason: str
) -> None:
    release(small, mapping=first)
    redrawn(small)
    with pytest.raises(EntryError) as caught:
        release(small, moved(12), previous=csv(rows_of()), **given)
    assert caught.value.reason == reason
    for language in ("sv", "en"):
        sentence = in_words(caught.value, texts(language))
        assert "Våren 2026" in sentence
        assert ("Småstad" if reason == "edition_other_areas" else '"areas": "none"') in sentence


@pytest.mark.parametrize("areas", [None, "Småstad"])
def test_a_correction_is_for_the_districts_of_its_wave_whatever_was_imported_since(
    small: Database, areas: str | None
) -> None:
    release(small)
    store_areas(small, file_sha256="again")
    redrawn(small)
    assert release(small, moved(12), previous=csv(rows_of()), areas=areas).edition == 2
    (wave,) = read_waves(small, OPERATOR)
    assert (wave.edition, wave.area_set_id) == (2, 1)


def test_the_same_counts_are_not_published_for_other_districts(small: Database) -> None:
    def given(rows: Rows, wave: str, year: int) -> dict[str, Any]:
        return {"file": csv(rows, COUNT_HEADINGS), "instrument": "safety", "wave": wave, "year": year}

    cut = [[*row[:3], "162", *row[4:]] if row[:2] == ["01", ""] else row for row in ROWS]
    release(small, **given(ROWS, "NTU", 2026))
    assert refusal(small, **given(cut, "NTU 2024", 2024)) == "wave_same_file"
    other = [["", "", "worry.burglary", "431", "21,5 %", ""], *ROWS[1:]]
    assert release(small, **given(other, "NTU 2024", 2024)).edition == 1


def test_one_number_that_two_rounds_have_in_common_makes_them_no_copies(small: Database) -> None:
    for year, share in ((2024, "30 %"), (2026, "20 %")):
        rows = [["", "", "worry.burglary", "420", "21 %", ""], ["01", "", "worry.burglary", "150", share, ""]]
        given = {"file": csv(rows, COUNT_HEADINGS), "instrument": "safety", "wave": str(year), "year": year}
        assert release(small, **given).edition == 1


def test_counts_are_corrected_where_no_number_differs_by_a_few_people(small: Database) -> None:
    def given(rows: Rows) -> dict[str, Any]:
        return {"file": csv(rows, COUNT_HEADINGS), "instrument": "safety", "wave": "NTU"}

    release(small, **given(ROWS))
    marked = [[*row, "x"] for row in ROWS]
    same = csv(marked, (*COUNT_HEADINGS, "exporterad"))
    assert release(small, file=same, instrument="safety", wave="NTU").is_known
    few = [["", "", "worry.burglary", "421", "21,5 %", ""], *ROWS[1:]]
    assert refusal(small, previous=csv(ROWS, COUNT_HEADINGS), **given(few)) == "edition_small"
    many = [["", "", "worry.burglary", "520", "21,5 %", ""], *ROWS[1:]]
    assert release(small, previous=csv(ROWS, COUNT_HEADINGS), **given(many)).edition == 2
