"""Looking into tables, for tests of writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

if TYPE_CHECKING:
    from data_access.database import Database


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(sql)).all()]


def one(database: Database, sql: str) -> Any:
    return rows(database, sql)[0][0]


def logged(database: Database) -> list[dict[str, Any]]:
    """What the audit log tells of each write, the newest first; PostgreSQL gives JSON back as what it holds."""
    found = rows(database, "select details from audit_log order by id desc")
    return [json.loads(details) if isinstance(details, str) else details for (details,) in found]


def dump(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every table with all its rows."""
    tables = [name for (name,) in rows(database, "select name from sqlite_master where type = 'table'")]
    return {name: sorted(rows(database, f"select * from {name}"), key=repr) for name in tables}
