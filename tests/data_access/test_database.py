from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import data_access.models  # noqa: F401 - fills the metadata
from data_access.database import Database, DatabaseError
from tests.data_access.changes.rows import one, rows

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_sqlite_is_opened_safely(empty: Database, pragma: str, value: object) -> None:
    for session_of in (empty.reading, empty.writing):
        with session_of() as session:
            assert session.execute(text(f"pragma {pragma}")).scalar() == value


def _rename(session: Session, name: str) -> None:
    session.execute(text("update municipality set name = :name"), {"name": name})


def test_a_writer_waits_for_the_one_before_it(empty: Database) -> None:
    has_lock, may_end, order = threading.Event(), threading.Event(), []

    def first() -> None:
        with empty.writing() as session:
            session.execute(
                text("select 1")
            )  # the lock is taken by the first statement, though it only reads
            has_lock.set()
            may_end.wait(10)
            order.append("first")
            _rename(session, "first")

    def second() -> None:
        has_lock.wait(10)
        with empty.writing() as session:
            seen = session.execute(text("select name from municipality")).scalar()
            order.append(f"second saw {seen}")
            _rename(session, "second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    has_lock.wait(10)
    threads[1].join(0.3)
    assert threads[1].is_alive()
    assert order == []
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second saw first"]
    assert one(empty, "select name from municipality") == "second"


def test_a_reader_does_not_wait_and_sees_one_picture(empty: Database) -> None:
    with empty.writing() as writer:
        _rename(writer, "new")
        assert one(empty, "select name from municipality") == ""
    with empty.reading() as reader:
        query = text("select name from municipality")
        assert reader.execute(query).scalar() == "new"
        with empty.writing() as writer:
            _rename(writer, "newer")
        assert reader.execute(query).scalar() == "new"


def test_what_a_reader_does_is_not_kept(empty: Database) -> None:
    with empty.reading() as session:
        _rename(session, "x")
    assert one(empty, "select name from municipality") == ""


def test_the_history_of_migrations_makes_exactly_the_models(empty: Database) -> None:
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_checks_and_triggers_are_in_the_database(empty: Database) -> None:
    made = "\n".join(sql or "" for (sql,) in rows(empty, "select sql from sqlite_master"))
    for table in SQLModel.metadata.tables.values():
        for constraint in table.constraints:
            if constraint.__class__.__name__ == "CheckConstraint":
                assert str(constraint.name) in made, constraint.name
    triggers = {name for (name,) in rows(empty, "select name from sqlite_master where type = 'trigger'")}
    assert triggers == {f"audit_log_no_{name}" for name in ("update", "delete", "replace")}


def test_upgrading_again_is_harmless(empty: Database) -> None:
    revision = empty.revision()
    empty.upgrade()
    assert empty.revision() == revision
    empty.require_current()


def test_a_database_without_tables_is_not_current(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    with pytest.raises(DatabaseError) as caught:
        Database(url).require_current()
    assert caught.value.reason == "not_current"
    assert caught.value.parameters["url"] == url
    assert caught.value.parameters["found"] == "-"


def test_a_database_of_a_later_program_is_not_current(empty: Database) -> None:
    with empty.writing() as session:
        session.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(DatabaseError) as caught:
        empty.require_current()
    assert (caught.value.parameters["found"], caught.value.parameters["expected"]) == ("9999", "0012")


@pytest.mark.parametrize(
    ("url", "reason"), [("nonsense", "not_a_url"), ("sqlite:////no/such/folder/x.db", "no_folder")]
)
def test_an_address_that_cannot_be_used_says_why(url: str, reason: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        Database(url).revision()
    assert caught.value.reason == reason
    assert caught.value.parameters["url"] == url


def test_references_are_held(small: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), small.writing() as session:
        session.execute(text("delete from area where code = '01'"))
    assert one(small, "select count(*) from area") == 6


def test_a_password_is_never_shown() -> None:
    assert (
        Database("postgresql+psycopg://samsyn:hemligt@db/samsyn").shown_url
        == "postgresql+psycopg://samsyn:***@db/samsyn"
    )
    assert Database("sqlite:///a.db").shown_url == "sqlite:///a.db"
