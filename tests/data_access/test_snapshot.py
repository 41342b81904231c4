from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from sqlalchemy import text

from data_access import snapshot_pieces
from data_access.changes import (
    InterventionEntry,
    describe_municipality,
    record_intervention,
    remove_sample,
    undo_import,
)
from data_access.counts import read_counts
from data_access.permissions import OPERATOR
from data_access.selection import Selection
from data_access.snapshot import current, incidents
from tests.data_access.changes.rows import one, rows
from tests.data_access.snapshots import add, check_together, names_in, told, told_rows, written_by_hand
from tests.small_town import AREAS, DISTRICT_OF, POLICE_ROWS, store_areas, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database


def test_a_snapshot_holds_what_the_database_holds(small: Database) -> None:
    found = current(small)
    assert (found.version, found.rows, found.area_sets) == (3, 13, (1,))
    for area_set in (1, None):
        assert told(found, area_set) == written_by_hand(small, area_set)
    assert sum(row[-1] is not None for row in told(found, 1)) == len(DISTRICT_OF)


def test_so_does_that_of_the_sample(sample: Database) -> None:
    """Read in many batches, written in order of days: no row is lost between them, and each keeps its own values."""
    found = current(sample)
    newest = found.area_sets[-1]
    table = incidents(found, newest, "base")
    assert sorted(table["id"].to_pylist()) == [
        number for (number,) in rows(sample, "select id from incident order by id")
    ]
    some = table.filter(pc.equal(pc.bit_wise_and(table["id"], 127), 0))
    assert told_rows(some) == written_by_hand(sample, newest, every=128)


def test_columns_are_narrow_and_in_the_order_of_days(sample: Database) -> None:
    found = current(sample)
    table = incidents(found, found.area_sets[-1], "base")
    word = pa.dictionary(pa.int8(), pa.string())
    assert table.schema == pa.schema(
        [
            ("id", pa.int64()),
            ("organisation_id", pa.int32()),
            ("category_id", pa.int32()),
            ("occurred_from", pa.timestamp("s", "UTC")),
            ("occurred_to", pa.timestamp("s", "UTC")),
            ("time_precision", word),
            ("local_date", pa.date32()),
            ("x", pa.float64()),
            ("y", pa.float64()),
            ("place_precision", word),
            ("police_reported", word),
            ("has_area_code", pa.bool_()),
            ("area_id", pa.int64()),
        ]
    )
    assert incidents(found, None, "fresh").schema == table.schema
    days = table["local_date"]
    assert pc.all(pc.less_equal(days[:-1], days[1:])).as_py()


def test_what_is_current_is_not_read_again(small: Database) -> None:
    found = current(small)
    before = names_in(found.folder)
    assert current(small) == found
    assert names_in(found.folder) == before


def test_fresh_rows_lie_beside_the_base(small: Database) -> None:
    before = current(small)
    base = before.folder / before.pieces[0].incident
    written = base.stat().st_mtime_ns
    for number in (1, 2):
        add(small, number, organisation=f"Ny {number}")
        after = current(small)
        assert (after.base, after.version) == (before.base, before.version + number)
        assert [incidents(after, 1, part).num_rows for part in ("base", "fresh")] == [13, number]
        assert told(after, 1) == written_by_hand(small, 1)
    assert base.stat().st_mtime_ns == written
    assert [row["source"] for row in read_counts(small, OPERATOR, Selection(), ["source"])] == [
        "Bostadsbolaget",
        "Ny 1",
        "Ny 2",
        "Polisen",
    ]


def test_a_write_without_new_rows_keeps_all_files_of_rows(small: Database) -> None:
    add(small, 1)
    before = current(small)
    plan = InterventionEntry("Ljus", "environment", "Kommunen", date(2026, 1, 12), None, ("01",), ("noise",))
    record_intervention(small, OPERATOR, plan, area_set_id=1)
    after = current(small)
    assert (after.version, after.epoch, after.pieces) == (before.version + 1, before.epoch, before.pieces)
    assert dict(after.tables)["organisation"] != dict(before.tables)["organisation"]
    assert dict(after.tables)["category"] == dict(before.tables)["category"]


@pytest.mark.parametrize(("limit", "share"), [(3, 0.0), (0, 0.25)])
def test_many_fresh_rows_become_part_of_a_new_base(
    small: Database, monkeypatch: pytest.MonkeyPatch, limit: int, share: float
) -> None:
    monkeypatch.setattr(snapshot_pieces, "FRESH_ROWS", limit)
    monkeypatch.setattr(snapshot_pieces, "FRESH_SHARE", share)
    first = current(small)
    for number, has_new_base in ((1, False), (2, False), (3, False), (4, True)):
        add(small, number)
        found = current(small)
        assert (found.base != first.base) is has_new_base, number
        assert told(found, 1) == written_by_hand(small, 1)
    assert incidents(found, 1, "base").num_rows == 17
    days = incidents(found, 1, "base")["local_date"]
    assert pc.all(pc.less_equal(days[:-1], days[1:])).as_py()


def _undo(database: Database) -> None:
    undo_import(database, OPERATOR, 1)


def _add_areas(database: Database) -> None:
    store_areas(database, AREAS[:4], name="Annan")


def _remove_sample(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("update import_batch set is_sample = true where id = 1"))
    remove_sample(database, OPERATOR)


@pytest.mark.parametrize("write", [_undo, _add_areas, _remove_sample])
def test_a_write_that_changes_older_rows_makes_a_new_base(
    small: Database, write: Callable[[Database], None]
) -> None:
    before = current(small)
    add(small, 1)
    write(small)
    after = current(small)
    assert after.base != before.base
    assert after.epoch == after.version == before.version + 2
    assert incidents(after, None, "fresh").num_rows == 0
    for area_set in after.area_sets:
        assert told(after, area_set) == written_by_hand(small, area_set)
    add(small, 2)
    assert current(small).base == after.base


def _repeat_file(database: Database) -> None:
    store_incidents(database, POLICE_ROWS, name="polisen.csv")


def _repeat_areas(database: Database) -> None:
    store_areas(database, file_sha256="a" * 64)


def _describe(database: Database) -> None:
    describe_municipality(database, OPERATOR, name="Annat namn")


def _undo_nothing(database: Database) -> None:
    undo_import(database, OPERATOR, 999)


@pytest.mark.parametrize("write", [_repeat_file, _describe, _undo_nothing])
def test_a_write_that_changes_no_older_row_keeps_the_base(
    small: Database, write: Callable[[Database], None]
) -> None:
    before = current(small)
    write(small)
    after = current(small)
    assert (after.base, after.epoch, after.version) == (before.base, before.epoch, before.version + 1)


def test_a_file_of_areas_that_is_known_keeps_the_base(small: Database) -> None:
    _repeat_areas(small)
    before = current(small)
    _repeat_areas(small)
    assert current(small).base == before.base


def test_an_id_that_was_deleted_never_comes_again(small: Database) -> None:
    used = one(small, "select max(id) from incident")
    undo_import(small, OPERATOR, 2)
    assert one(small, "select max(id) from incident") < used
    add(small, 1)
    assert one(small, "select max(id) from incident") == used + 1


def test_a_database_without_anything_has_a_snapshot(empty: Database) -> None:
    found = current(empty)
    assert (found.rows, found.area_sets, told(found, None)) == (0, (), [])
    add(empty, 1)
    assert told(current(empty), None) == written_by_hand(empty, None)


def test_a_set_that_is_not_there_is_refused(small: Database) -> None:
    with pytest.raises(KeyError, match="no set of districts 7 in the snapshot of version 3"):
        incidents(current(small), 7, "base")


def test_writers_and_readers_at_the_same_time_agree(small: Database) -> None:
    check_together(small)


def test_those_who_wait_for_a_refresh_do_not_repeat_it(small: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: current(small), range(8)))
    assert len(found) == 1
