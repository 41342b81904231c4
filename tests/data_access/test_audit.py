from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError as SqlError

from data_access.audit import Actor, AuditQuestion, check_log, read_actions, read_log, record
from data_access.changes import describe_municipality, record_export
from data_access.health import examine_database
from data_access.migrations import triggers
from data_access.permissions import LOCAL_VIEWER, OPERATOR, NotPermittedError, Role, Viewer
from data_access.selection import Selection
from tests.data_access.changes.rows import one, rows
from tests.data_access.test_migrations import go_back

if TYPE_CHECKING:
    from data_access.database import Database


def unguarded(database: Database, *statements: str) -> None:
    """What somebody does who has the database file in hand."""
    with database.writing() as session:
        connection = session.connection()
        triggers.remove(connection)
        for statement in statements:
            connection.execute(text(statement))
        triggers.install(connection)


def test_the_log_is_whole_from_its_first_row(either: Database) -> None:
    for name in ("Ett", "Två", "Tre"):
        describe_municipality(either, OPERATOR, name=name)
    record(either, Actor("Ånna", 7), "session.begin", "https://id.example", {"a": [1, {"b": None}]})
    found = check_log(either, LOCAL_VIEWER)
    assert found.is_whole
    assert found.rows == one(either, "select count(*) from audit_log") == 7
    assert found.newest_sha256 == one(either, "select sha256 from audit_log order by id desc limit 1")
    assert len({sha256 for (sha256,) in rows(either, "select sha256 from audit_log")}) == 7


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("update audit_log set actor = 'x' where id = 2", 2),
        ("update audit_log set details = '{}' where id = 2", 2),
        ("update audit_log set at = '2020-01-01 00:00:00+00:00' where id = 1", 1),
        ("update audit_log set sha256 = previous_sha256 where id = 3", 3),
        ("delete from audit_log where id = 1", 2),
        ("delete from audit_log where id = 2", 3),
        ("delete from audit_log where id = 3", 3),
        ("delete from audit_log", 1),
    ],
)
def test_whatever_was_changed_is_found(either: Database, statement: str, broken: int) -> None:
    assert check_log(either, LOCAL_VIEWER).is_whole
    unguarded(either, statement)
    found = check_log(either, LOCAL_VIEWER)
    assert (found.is_whole, found.broken_id) == (False, broken)
    assert ("audit_broken", False, {"row": str(broken)}) in list(examine_database(either, OPERATOR))


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_log set actor = 'x'",
        "delete from audit_log",
        "delete from audit_log where id = 3",
        (
            "insert or replace into audit_log (id, at, actor, action, subject, details)"
            " values (1, '2020-01-01 00:00:00', 'x', 'x', 'x', '{}')"
        ),
    ],
)
def test_the_database_itself_refuses_to_change_a_row(small: Database, statement: str) -> None:
    with pytest.raises(SqlError, match="append-only"), small.writing() as session:
        session.execute(text(statement))
    assert check_log(small, LOCAL_VIEWER).is_whole


@pytest.mark.parametrize(
    "statement", ["update audit_log set actor = 'x'", "delete from audit_log", "truncate audit_log"]
)
def test_so_does_postgresql(either: Database, statement: str) -> None:
    if either.engine.dialect.name == "sqlite" and statement.startswith("truncate"):
        statement = "delete from audit_log"  # SQLite has no other way to empty a table
    with pytest.raises(SqlError, match="append-only"), either.writing() as session:
        session.execute(text(statement))
    assert check_log(either, LOCAL_VIEWER).is_whole


def test_a_guard_that_is_gone_is_told(small: Database) -> None:
    with small.writing() as session:
        triggers.remove(session.connection())
    found = {name: is_well for name, is_well, _ in examine_database(small, OPERATOR)}
    assert found["audit_triggers_missing"] is False
    assert "audit_triggers" not in found


def test_a_log_from_before_it_was_bound_together_becomes_whole(either: Database) -> None:
    go_back(either, "0003")
    either.upgrade()
    assert check_log(either, LOCAL_VIEWER).is_whole
    describe_municipality(either, OPERATOR, name="Nystad")
    assert check_log(either, LOCAL_VIEWER).rows == 4


def test_a_change_says_what_was_before_and_after(small: Database) -> None:
    describe_municipality(small, LOCAL_VIEWER, name="Gamla")
    describe_municipality(small, LOCAL_VIEWER, name="Nya")
    (entry,), _ = read_log(small, LOCAL_VIEWER, AuditQuestion(), limit=1)
    assert (entry.actor, entry.action) == ("lokal", "municipality.write")
    assert entry.details == {"before": {"name": "Gamla"}, "after": {"name": "Nya"}}


def test_an_export_is_logged_with_its_filter_and_rows(small: Database) -> None:
    before = one(small, "select data_version from municipality")
    record_export(small, LOCAL_VIEWER, "csv", Selection(areas=frozenset({"01"})), 4)
    (entry,), _ = read_log(small, LOCAL_VIEWER, AuditQuestion(action="incidents.export"))
    assert (entry.subject, entry.details) == ("csv", {"filter": {"areas": "01"}, "rows": 4})
    assert one(small, "select data_version from municipality") == before
    with pytest.raises(NotPermittedError):
        record_export(small, Viewer("p", Role.PRESENTER), "csv", Selection(), 4)


def test_the_log_is_found_by_words_action_and_day(small: Database) -> None:
    _, everything = read_log(small, LOCAL_VIEWER, AuditQuestion())
    assert everything == 3
    for asked, expected in (
        (AuditQuestion("bostads"), 1),
        (AuditQuestion("POLISEN"), 1),
        (AuditQuestion("100%"), 0),
        (AuditQuestion("SAMSYN"), 3),
        (AuditQuestion(action="areas.import"), 1),
        (AuditQuestion(first=date.max - timedelta(days=2)), 0),
        (AuditQuestion(first=date(2020, 1, 1), last=date(2020, 1, 2)), 0),
        (AuditQuestion(first=date(2020, 1, 1)), 3),
    ):
        entries, total = read_log(small, LOCAL_VIEWER, asked)
        assert (len(entries), total) == (expected, expected), asked
    assert read_actions(small, LOCAL_VIEWER) == ["areas.import", "incidents.import"]
    newest, _ = read_log(small, LOCAL_VIEWER, AuditQuestion(), limit=2)
    assert [entry.id for entry in newest] == [3, 2]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.OPERATOR)])
def test_only_administrators_read_it(small: Database, role: Role) -> None:
    with pytest.raises(NotPermittedError):
        read_log(small, Viewer("x", role), AuditQuestion())
    with pytest.raises(NotPermittedError):
        check_log(small, Viewer("x", role))


def test_names_are_searched_as_they_are_spelled(either: Database) -> None:
    record(either, Actor("Åsa Ö", 7), "session.begin", "Östra\nbacken \u202e")
    for text_ in ("Östra", "Åsa", "BACKEN", "Östra backen"):
        found, _ = read_log(either, LOCAL_VIEWER, AuditQuestion(text_))
        assert [(entry.actor, entry.subject) for entry in found] == [("Åsa Ö", "Östra backen")]


def test_a_day_of_the_log_is_a_local_day(either: Database) -> None:
    utc = ".000000" if either.engine.dialect.name == "sqlite" else "+00:00"  # as each database writes a time
    times = ("2026-03-01 22:59:59", "2026-03-01 23:00:00", "2026-03-02 22:59:59")
    unguarded(
        either,
        *(f"update audit_log set at = '{at}{utc}' where id = {number}" for number, at in enumerate(times, 1)),
    )
    for day, ids in ((1, [1]), (2, [3, 2]), (3, [])):
        asked = AuditQuestion(first=date(2026, 3, day), last=date(2026, 3, day))
        assert [entry.id for entry in read_log(either, LOCAL_VIEWER, asked)[0]] == ids
