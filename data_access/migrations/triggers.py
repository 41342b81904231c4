"""The audit log's guard: rows can be added, never changed or deleted.

Every migration installs it again at its end, because a batch migration on SQLite drops triggers without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS audit_log_no_{event} BEFORE {event} ON audit_log
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$
"""
_POSTGRESQL = """
CREATE OR REPLACE TRIGGER audit_log_no_{event} BEFORE {event} ON audit_log
FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()
"""
_EVENTS = ("UPDATE", "DELETE")


def install(connection: Connection) -> None:
    """Install the triggers, whether they are there or not."""
    is_sqlite = connection.dialect.name == "sqlite"
    if not is_sqlite:
        connection.execute(text(_POSTGRESQL_FUNCTION))
    for event in _EVENTS:
        connection.execute(text((_SQLITE if is_sqlite else _POSTGRESQL).format(event=event)))


def remove(connection: Connection) -> None:
    """Remove them, for a downgrade."""
    on_table = "" if connection.dialect.name == "sqlite" else " ON audit_log"
    for event in _EVENTS:
        connection.execute(text(f"DROP TRIGGER IF EXISTS audit_log_no_{event}{on_table}"))
