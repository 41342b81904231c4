from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from data_access.changes import initialise, record_incidents
from data_access.database import Database
from data_access.importers.errors import RowError
from data_access.permissions import OPERATOR
from tests.data_access.changes.rows import dump, one, rows
from tests.small_town import POLICE, POLICE_ROWS, file_of, incident, store_areas, store_incidents

REFUSED = (
    RowError(7, "occurred_from", "32/13", "date_unreadable"),
    RowError(9, "x", "abc", "coordinate_unreadable"),
)


def five(first: int = 0, count: int = 5) -> list[dict]:
    return [
        incident(f"k{n}", "noise", f"2026-01-{n + 1:02d}T10:00", at=(500, 500))
        for n in range(first, first + count)
    ]


def test_what_is_read_is_stored_known_or_refused(empty: Database) -> None:
    outcome = record_incidents(empty, OPERATOR, file_of(five(), refused=REFUSED), organisation=POLICE)
    assert (outcome.read, outcome.stored, outcome.known, outcome.refused, outcome.without_area) == (
        7,
        5,
        0,
        2,
        5,
    )
    batch = rows(
        empty, "select rows_read, rows_stored, rows_known, rows_refused, rows_without_area from import_batch"
    )
    assert batch == [(7, 5, 0, 2, 5)]


def test_the_same_file_twice_changes_nothing(empty: Database) -> None:
    store_areas(empty)
    first = store_incidents(empty, five(), refused=REFUSED)
    tables = ("incident", "incident_area", "import_batch", "import_error", "organisation", "column_mapping")
    before = dump(empty)
    again = store_incidents(empty, five(), refused=REFUSED)
    assert (again.read, again.stored, again.known, again.refused) == (7, 0, 5, 2)
    assert again.batch_id == first.batch_id
    assert {name: dump(empty)[name] for name in tables} == {name: before[name] for name in tables}


def test_the_same_file_from_another_organisation_is_another_file(empty: Database) -> None:
    store_incidents(empty, five())
    assert store_incidents(empty, five(), "Bolaget").stored == 5
    assert one(empty, "select count(*) from incident") == 10


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), min_size=1, max_size=5))
def test_overlapping_files_store_each_row_once(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[int, int]]
) -> None:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('overlap') / 'x.db'}")
    initialise(database)
    seen: set[int] = set()
    for number, (first, count) in enumerate(files):
        outcome = store_incidents(database, five(first, count), name=f"{number}.csv")
        fresh = set(range(first, first + count)) - seen
        assert (outcome.read, outcome.stored, outcome.known) == (count, len(fresh), count - len(fresh))
        seen |= fresh
    assert {key for (key,) in rows(database, "select source_key from incident")} == {f"k{n}" for n in seen}
    database.engine.dispose()


def test_bad_rows_are_kept_with_number_field_value_and_reason(empty: Database) -> None:
    store_incidents(empty, five(), refused=REFUSED)
    kept = rows(empty, "select row, field, value, reason from import_error order by id")
    assert kept == [
        (7, "occurred_from", "32/13", "date_unreadable"),
        (9, "x", "abc", "coordinate_unreadable"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": "x" * 281},
        {"severity": 6},
        {"end": "2026-01-03T09:00"},
        {"place": "somewhere"},
        {"reported": "perhaps"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_row_that_breaks_a_rule_in_the_middle_leaves_no_trace(small: Database, wrong: dict) -> None:
    before = dump(small)
    broken = five()
    broken[2] = incident("broken", "noise", "2026-01-03T10:00", **({"at": (1, 1)} | wrong))
    with pytest.raises(IntegrityError):
        store_incidents(small, broken, "Ny organisation")
    assert dump(small) == before


def test_half_a_point_leaves_no_trace(small: Database) -> None:
    before = dump(small)
    broken = five()
    broken[3]["y"] = float("nan")
    with pytest.raises(IntegrityError):
        store_incidents(small, broken)
    assert dump(small) == before


def test_points_in_another_crs_are_refused_with_both(small: Database) -> None:
    before = dump(small)
    with pytest.raises(ValueError, match=r"EPSG:3007.*EPSG:3006"):
        store_incidents(small, five(), srid=3007)
    assert dump(small) == before


def test_the_first_file_decides_crs_and_time_zone(empty: Database) -> None:
    store_incidents(empty, five(), srid=3007, timezone="Europe/Helsinki")
    assert rows(empty, "select srid, timezone from municipality") == [(3007, "Europe/Helsinki")]
    store_incidents(empty, five(10), srid=None, timezone="Europe/Stockholm")
    assert rows(empty, "select srid, timezone from municipality") == [(3007, "Europe/Helsinki")]


def test_local_calendar_columns_are_those_of_the_wall_clock(small: Database) -> None:
    found = rows(
        small,
        "select source_key, occurred_from, local_date, local_week, local_weekday, local_hour from incident "
        "where source_key in ('b2', 'p1', 'p3', 'p7') order by source_key",
    )
    assert [(key, start[:16], *rest) for key, start, *rest in found] == [
        ("b2", "2026-01-31 23:30", "2026-02-01", "2026-01-26", 6, 0),
        ("p1", "2026-01-05 09:15", "2026-01-05", "2026-01-05", 0, 10),
        ("p3", "2026-01-09 21:00", "2026-01-09", "2026-01-05", 4, None),
        ("p7", "2026-01-13 23:00", "2026-01-14", "2026-01-12", 2, None),
    ]


def test_what_was_confirmed_is_remembered_and_renewed(empty: Database) -> None:
    first = {"columns": {"category": "Brott"}, "categories": {"X1": "noise"}}
    second = {"columns": {"category": "Typ"}, "categories": {"X1": "graffiti", "X2": "noise"}}
    store_incidents(empty, five(), mapping=first)
    store_incidents(empty, five(10), mapping=second)
    assert one(empty, "select count(*) from column_mapping") == 1
    codes = rows(
        empty,
        "select own_code, category.code from category_code join category on category.id = category_id order by 1",
    )
    assert codes == [("X1", "graffiti"), ("X2", "noise")]


def test_a_file_of_refused_rows_only_is_a_batch_with_nothing_stored(empty: Database) -> None:
    nothing = replace(file_of(five(), refused=REFUSED, rows_read=2), rows=file_of(five()).rows.iloc[:0])
    outcome = record_incidents(empty, OPERATOR, nothing, organisation=POLICE)
    assert (outcome.read, outcome.stored, outcome.known, outcome.refused) == (2, 0, 0, 2)


def test_eight_writers_at_once_lose_nothing(small: Database) -> None:
    version = one(small, "select data_version from municipality")
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for part in range(4):
                row = incident(f"t{number}-{part}", "noise", "2026-01-05T10:00", at=(500, 500))
                store_incidents(small, [row], POLICE, name=f"{number}-{part}.csv")
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert one(small, "select count(*) from incident") == 13 + 32
    assert one(small, "select count(*) from incident_area") == 11 + 32
    assert one(small, "select data_version from municipality") == version + 32
    assert one(small, "select count(*) from audit_log where action = 'incidents.import'") == 2 + 32


def test_progress_rises_to_the_end(empty: Database) -> None:
    said: list[tuple[float, str]] = []
    record_incidents(
        empty,
        OPERATOR,
        file_of(POLICE_ROWS),
        organisation=POLICE,
        progress=lambda share, step: said.append((share, step)),
    )
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert said[-1] == (1.0, "done")
