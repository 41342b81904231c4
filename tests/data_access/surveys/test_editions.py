"""Two publications of one survey: what of a file counts as a change, how often a wave is corrected, and files that come twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from data_access.changes.entry import EntryError
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_release
from tests.data_access.surveys.files import HEADINGS, csv, release, rows_of
from tests.data_access.surveys.test_counts import HEADINGS as COUNT_HEADINGS
from tests.data_access.surveys.test_counts import ROWS

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
    from tests.small_town import store_areas  # noqa: PLC0415

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


def test_counts_are_corrected_where_no_number_differs_by_a_few_people(small: Database) -> None:
    def given(rows: Rows) -> dict[str, Any]:
        return {"file": csv(rows, COUNT_HEADINGS), "instrument": "safety", "wave": "NTU"}

    release(small, **given(ROWS))
    marked = [[*row, "x"] for row in ROWS]
    same = csv(marked, (*COUNT_HEADINGS, "exporterad"))
    assert release(small, file=same, instrument="safety", wave="NTU").is_known
    few = [["", "", "worry.burglary", "419", "21,5 %", ""], *ROWS[1:]]
    assert refusal(small, previous=csv(ROWS, COUNT_HEADINGS), **given(few)) == "edition_small"
    many = [["", "", "worry.burglary", "520", "21,5 %", ""], *ROWS[1:]]
    assert release(small, previous=csv(ROWS, COUNT_HEADINGS), **given(many)).edition == 2
