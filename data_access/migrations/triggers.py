"""The audit log's guard: rows can be added, never changed, replaced or deleted.

Every migration installs it again at its end, because a batch migration on SQLite drops triggers without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SQLITE = {
    "update": "BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    "delete": "BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END",
    # INSERT OR REPLACE deletes the older row without asking the trigger on DELETE.
    "replace": (
        "BEFORE INSERT ON audit_log WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)"
        " BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END"
    ),
}
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$
"""
_POSTGRESQL = {
    "update": "BEFORE UPDATE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()",
    "delete": "BEFORE DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()",
    "truncate": "BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuse()",
}


def install(connection: Connection) -> None:
    """Install the triggers, whether they are there or not."""
    if connection.dialect.name == "sqlite":
        for name, rule in _SQLITE.items():
            connection.execute(text(f"CREATE TRIGGER IF NOT EXISTS audit_log_no_{name} {rule}"))
        return
    connection.execute(text(_POSTGRESQL_FUNCTION))
    for name, rule in _POSTGRESQL.items():
        connection.execute(text(f"CREATE OR REPLACE TRIGGER audit_log_no_{name} {rule}"))


def remove(connection: Connection) -> None:
    """Remove them, for a migration that changes the table."""
    is_sqlite = connection.dialect.name == "sqlite"
    for name in _SQLITE if is_sqlite else _POSTGRESQL:
        on_table = "" if is_sqlite else " ON audit_log"
        connection.execute(text(f"DROP TRIGGER IF EXISTS audit_log_no_{name}{on_table}"))


def installed(connection: Connection) -> bool:
    """Whether all of them are there."""
    if connection.dialect.name == "sqlite":
        names, query = _SQLITE, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        names, query = _POSTGRESQL, "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    found = set(connection.execute(text(query)).scalars())
    return all(f"audit_log_no_{name}" in found for name in names)
