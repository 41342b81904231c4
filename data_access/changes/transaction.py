"""The one way to write: check the permission, write, count the version up, leave an audit row, all or nothing."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from data_access import audit
from data_access.audit import MUNICIPALITY_ID
from data_access.frame import DEFAULT_TIMEZONE
from data_access.models import Municipality
from data_access.permissions import Action, Viewer, check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlmodel import Session

    from data_access.database import Database

__all__ = ["MUNICIPALITY_ID", "Change", "changing"]


@dataclass
class Change:
    """A write in progress: its session, the municipality's row, and what the audit log will say of it."""

    session: Session
    municipality: Municipality
    viewer: Viewer
    subject: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    is_rewrite: bool = False
    is_shown: bool = True

    def rewrites(self) -> None:
        """Say that incidents that were there before, or their districts, are changed or removed.

        Without it readers take in what is new only. A write that adds incidents and their districts, organisations or
        interventions does not rewrite.
        """
        self.is_rewrite = True

    @property
    def today(self) -> date:
        """The day on the municipality's wall clock."""
        return datetime.now(ZoneInfo(self.municipality.timezone or DEFAULT_TIMEZONE)).date()


@contextmanager
def changing(
    database: Database, viewer: Viewer, action: Action, *, subject: str = "", is_shown: bool = True
) -> Iterator[Change]:
    """Open a write transaction for an action.

    Raises `NotPermittedError` before anything is touched. At the end the data version rises and one audit row is written in
    the same transaction; an exception leaves no trace. `is_shown=False`: what is written is in no view that is cached by the
    version, which then stays unless the change says otherwise in the end; the audit row is written all the same.

    Writers come one after another: each takes the municipality's row first, and holds it to the end (SQLite begins IMMEDIATE,
    PostgreSQL locks the row). Hence incidents get and commit their ids in the same order, and a reader that has seen an id will
    never see a lower one appear: ids are the feed from which a snapshot is refreshed.
    """
    check(viewer, action)
    with database.writing() as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID, with_for_update=True)
        change = Change(session, municipality, viewer, subject, is_shown=is_shown)
        yield change
        municipality.data_version += change.is_shown
        if change.is_rewrite:
            municipality.facts_epoch = municipality.data_version
        audit.append(session, municipality, viewer, action, change.subject, change.details)
