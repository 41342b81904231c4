"""Checks of the database itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, func, select

from data_access import audit, snapshot
from data_access.migrations import triggers
from data_access.models import AreaSet, Category, Incident, IncidentArea
from data_access.permissions import Action, Viewer, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_access.database import Database

_Found = tuple[str, bool, dict[str, Any]]


def examine_database(database: Database, viewer: Viewer) -> Iterator[_Found]:
    """Name (a text key), whether all is well, and values, of one thing after another that was looked at."""
    check(viewer, Action.READ_INCIDENTS)
    with database.reading() as session:
        if session.connection().dialect.name == "sqlite":
            yield from _sqlite(session)
        categories = session.exec(select(func.count()).select_from(Category)).one()
        yield "catalogue", categories > 0, {"count": categories}
        yield "contents", True, _contents(session)
        yield from _audit(session)
    yield _snapshot(database)


def _sqlite(session: Session) -> Iterator[_Found]:
    connection = session.connection()
    journal = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar())
    yield "journal", journal == "wal", {"mode": journal}
    broken = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    yield "references", broken == 0, {"count": broken}
    result = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    yield "integrity", result == "ok", {"result": result}


def _audit(session: Session) -> Iterator[_Found]:
    found = audit.verify(session)
    if found.is_whole:
        yield "audit", True, {"count": found.rows, "hash": found.newest_sha256[:12] or "-"}
    else:
        yield "audit_broken", False, {"row": str(found.broken_id)}
    is_guarded = triggers.installed(session.connection())
    yield "audit_triggers" if is_guarded else "audit_triggers_missing", is_guarded, {}


def _contents(session: Session) -> dict[str, Any]:
    newest = session.exec(select(AreaSet.id).order_by(col(AreaSet.id).desc())).first()
    incidents = session.exec(select(func.count()).select_from(Incident)).one()
    placed = session.exec(
        select(func.count()).select_from(IncidentArea).where(IncidentArea.area_set_id == (newest or -1))
    ).one()
    sets = session.exec(select(func.count()).select_from(AreaSet)).one()
    return {"incidents": incidents, "without_area": incidents - placed, "area_sets": sets}


def _snapshot(database: Database) -> _Found:
    """One that is older or missing is made at the next question; one that cannot be written is made again and again."""
    try:
        folder = database.snapshot_folder
    except OSError as error:
        return "snapshot_not_writable", False, {"folder": str(error)}
    values: dict[str, Any] = {"folder": str(folder)}
    if not snapshot.is_writable(folder):
        return "snapshot_not_writable", False, values
    found, is_current = snapshot.at_hand(database)
    if found is None:
        return "snapshot_missing", True, values
    values |= {"version": found.version, "incidents": found.rows}
    return "snapshot" if is_current else "snapshot_older", True, values
