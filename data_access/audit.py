"""The audit log: written with what it tells, each row bound to the one before it, and checked from end to end."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlmodel import col, func, or_, select

from data_access.frame import DEFAULT_TIMEZONE
from data_access.models import AuditLog, Municipality
from data_access.one_line import one_line
from data_access.permissions import Action, Viewer, check

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

    from data_access.database import Database

MUNICIPALITY_ID = 1
_BEFORE_ALL = ""
_ROWS_AT_ONCE = 1000
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True)
class Actor:
    """Who did it: a name for eyes, and the user's id where it is a user."""

    name: str
    user_id: int | None = None


@dataclass(frozen=True)
class AuditEntry:
    """A row of the log; `at` is UTC."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True)
class AuditCheck:
    """Outcome of going through the log: rows, the first that is not as it was written (None: all are), and the newest hash."""

    rows: int
    broken_id: int | None
    newest_sha256: str

    @property
    def is_whole(self) -> bool:
        """Whether no row was changed, taken out or put in between."""
        return self.broken_id is None


def row_sha256(row: Any) -> str:
    """Hash of what a row of the log says, and of the row before it."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    contents = [row.previous_sha256, at, row.actor, row.actor_id, row.action, row.subject, row.details]
    return sha256(json.dumps(contents, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def append(
    session: Session,
    municipality: Municipality,
    actor: Viewer | Actor,
    action: str,
    subject: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Add a row; the caller holds the municipality's row, so that no other row comes between."""
    row = AuditLog(
        actor=one_line(actor.name)[:120],
        actor_id=actor.user_id,
        action=action,
        subject=one_line(subject)[:200],
        # As the database will give it back: a tuple or a date would otherwise be hashed as what it is not any more.
        details=json.loads(json.dumps(details or {}, default=str)),
        previous_sha256=municipality.audit_sha256,
    )
    row.sha256 = row_sha256(row)
    municipality.audit_sha256 = row.sha256
    session.add_all([row, municipality])


def record(
    database: Database,
    actor: Viewer | Actor,
    action: str,
    subject: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Log something that changes no data: a sign-in, a file that was given out."""
    with database.writing() as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID, with_for_update=True)
        append(session, municipality, actor, action, subject, details)


def verify(session: Session) -> AuditCheck:
    """Go through the whole log in the order of its rows."""
    previous, count, last = _BEFORE_ALL, 0, 0
    query = select(AuditLog).order_by(col(AuditLog.id)).execution_options(yield_per=_ROWS_AT_ONCE)
    with closing(session.exec(query)) as rows:
        for row in rows:
            count, last = count + 1, row.id or 0
            if row.previous_sha256 != previous or row.sha256 != row_sha256(row):
                return AuditCheck(count, last, previous)
            previous = row.sha256
    newest = session.get_one(Municipality, MUNICIPALITY_ID).audit_sha256
    # Rows that are gone from the end leave a chain that is whole, but not the one that the newest hash belongs to.
    return AuditCheck(count, None if newest == previous else last + 1, previous)


@dataclass(frozen=True)
class AuditQuestion:
    """Which rows: by part of the actor's name or of the subject, by action, by local day; empty means all."""

    text: str = ""
    action: str = ""
    first: date | None = None
    last: date | None = None

    def conditions(self, zone: ZoneInfo) -> list[ColumnElement[bool]]:
        """As SQL; days begin at midnight in `zone`."""
        found: list[ColumnElement[bool]] = []
        if self.text:
            # SQLite makes only A-Z small, PostgreSQL every letter: what is searched for is made small in both ways.
            parts = {self.text.translate(_SMALL), self.text.lower()}
            lowered = (func.lower(col(AuditLog.actor)), func.lower(col(AuditLog.subject)))
            found.append(or_(*(one.contains(part, autoescape=True) for one in lowered for part in parts)))
        if self.action:
            found.append(col(AuditLog.action) == self.action)
        if self.first is not None:
            found.append(col(AuditLog.at) >= _midnight(self.first, zone))
        if self.last is not None:
            found.append(col(AuditLog.at) < _midnight(self.last + timedelta(days=1), zone))
        return found


def read_log(
    database: Database, viewer: Viewer, asked: AuditQuestion, *, limit: int = 200
) -> tuple[list[AuditEntry], int]:
    """Newest rows first, at most `limit`, and how many there are in all."""
    check(viewer, Action.READ_AUDIT)
    with database.reading() as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID)
        conditions = asked.conditions(ZoneInfo(municipality.timezone or DEFAULT_TIMEZONE))
        total = session.exec(select(func.count()).select_from(AuditLog).where(*conditions)).one()
        wanted = select(AuditLog).where(*conditions)
        rows = session.exec(wanted.order_by(col(AuditLog.id).desc()).limit(limit)).all()
        return [
            AuditEntry(row.id or 0, row.at, row.actor, row.action, row.subject, row.details) for row in rows
        ], total


def read_actions(database: Database, viewer: Viewer) -> list[str]:
    """Actions that occur in the log."""
    check(viewer, Action.READ_AUDIT)
    with database.reading() as session:
        return list(session.exec(select(AuditLog.action).distinct().order_by(AuditLog.action)).all())


def check_log(database: Database, viewer: Viewer) -> AuditCheck:
    """Go through the whole log for somebody who may read it."""
    check(viewer, Action.READ_AUDIT)
    with database.reading() as session:
        return verify(session)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
