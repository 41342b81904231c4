"""The one way to write: check the permission, write, count the version up, leave an audit row, all or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from data_access.models import AuditLog, Municipality
from data_access.permissions import Viewer, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlmodel import Session

    from data_access.database import Database

MUNICIPALITY_ID = 1


@dataclass
class Change:
    """A write in progress: its session, the municipality's row, and what the audit log will say of it."""

    session: Session
    municipality: Municipality
    subject: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@contextmanager
def changing(database: Database, viewer: Viewer, action: str, *, subject: str = "") -> Iterator[Change]:
    """Open a write transaction for an action such as "incidents.import".

    Raises `NotPermittedError` before anything is touched. At the end the data version rises and one audit row is written in
    the same transaction; an exception leaves no trace.
    """
    check(viewer, action)
    with database.writing() as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID)
        change = Change(session, municipality, subject=subject)
        yield change
        municipality.data_version += 1
        session.add(municipality)
        session.add(
            AuditLog(actor=viewer.name, action=action, subject=change.subject[:200], details=change.details)
        )
