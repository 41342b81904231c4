from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError as SqlError
from sqlmodel import SQLModel

from data_access.changes import remove_sample, undo_import
from data_access.changes.transaction import changing
from data_access.permissions import OPERATOR
from data_access.snapshot import current, incidents
from tests.data_access.changes.rows import one, rows
from tests.data_access.snapshots import add, check_together, told, written_by_hand
from tests.data_access.test_migrations import go_back
from tests.small_town import HOUSING, HOUSING_ROWS, POLICE, POLICE_ROWS, store_areas, store_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_access.database import Database
    from tests.postgresql import Cluster


@pytest.fixture
def town(postgresql: Cluster) -> Iterator[Database]:
    database = postgresql.town()
    store_incidents(database, POLICE_ROWS, POLICE, name="polisen.csv")
    store_incidents(database, HOUSING_ROWS, HOUSING, name="bolaget.csv")
    yield database
    database.engine.dispose()


def test_the_history_of_migrations_makes_exactly_the_models(town: Database) -> None:
    with town.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_an_older_database_is_brought_up_to_date_and_keeps_its_rows(town: Database) -> None:
    before = written_by_hand(town, 1)
    go_back(town, "0002")
    town.upgrade()
    town.require_current()
    assert written_by_hand(town, 1) == before


def test_the_audit_log_cannot_be_changed(town: Database) -> None:
    with pytest.raises(SqlError, match="append-only"), town.writing() as session:
        session.execute(text("update audit_log set actor = 'x'"))


def test_a_reader_sees_one_picture(town: Database) -> None:
    query = text("select name from municipality")
    with town.reading() as reader:
        assert reader.execute(query).scalar() == ""
        with town.writing() as writer:
            writer.execute(text("update municipality set name = 'ny'"))
        assert reader.execute(query).scalar() == ""
    assert one(town, "select name from municipality") == "ny"


def test_a_writer_waits_for_the_one_before_it_and_gets_the_higher_ids(town: Database) -> None:
    has_begun, may_end = Event(), Event()

    def first() -> None:
        with changing(town, OPERATOR, "incidents.import") as change:
            has_begun.set()
            may_end.wait(10)
            change.session.execute(text("select nextval('incident_id_seq')"))

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(first)
        has_begun.wait(10)
        quick = pool.submit(add, town, "quick")
        with pytest.raises(TimeoutError):
            quick.result(0.5)
        may_end.set()
        slow.result(20)
        quick.result(20)
    assert one(town, "select max(id) from incident") == len(rows(town, "select id from incident")) + 1


def test_a_snapshot_holds_what_the_database_holds(town: Database) -> None:
    for _ in range(3):
        found = current(town)
        assert told(found, 1) == written_by_hand(town, 1)
        add(town, f"new {found.version}")
    assert incidents(current(town), 1, "fresh").num_rows == 3


def test_a_write_that_changes_older_rows_makes_a_new_base(town: Database) -> None:
    bases = [current(town).base]
    undo_import(town, OPERATOR, 1)
    bases.append(current(town).base)
    store_areas(town, name="Annan")
    bases.append(current(town).base)
    remove_sample(town, OPERATOR)
    found = current(town)
    assert len({*bases, found.base}) == 4
    for area_set in found.area_sets:
        assert told(found, area_set) == written_by_hand(town, area_set)


def test_writers_and_readers_at_the_same_time_agree(town: Database) -> None:
    check_together(town)
