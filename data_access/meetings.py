"""Meetings: how districts were rated, which places come first, what was decided; the one module that readers need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from data_access.audit import MUNICIPALITY_ID
from data_access.decision_facts import DecisionFact, DecisionStep, decision_facts
from data_access.decisions import read_decisions, read_open_decisions
from data_access.models import (
    AreaSet,
    Decision,
    EarlierMinutes,
    Meeting,
    Municipality,
)
from data_access.permissions import Action, can, check
from data_access.ratings import (
    FocusFact,
    RatingFact,
    RatingPoint,
    areas_seen,
    focus_of,
    ratings_of,
    read_rating_history,
)
from data_access.recipients import DeliveryFact, RecipientFact, read_deliveries, read_recipients, read_waiting
from data_access.withdrawn import withdrawn_since

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import Viewer

__all__ = [
    "DecisionFact",
    "DecisionStep",
    "DeliveryFact",
    "EarlierFact",
    "FocusFact",
    "MeetingRecord",
    "MeetingSummary",
    "RatingFact",
    "RatingPoint",
    "RecipientFact",
    "read_cadence",
    "read_decisions",
    "read_deliveries",
    "read_meeting",
    "read_meetings",
    "read_open_decisions",
    "read_rating_history",
    "read_recipients",
    "read_waiting",
]

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting in the list: its day, the days it looks at, its status; `decisions`: how many it took that the viewer sees.

    `unfinished`: how many of them are not finished now. `last_incident_id`: as of `MeetingRecord`.
    """

    id: int
    area_set_id: int
    area_set: str
    held_on: date
    first_day: date
    last_day: date
    status: str
    closed_at: datetime | None
    last_incident_id: int | None
    decisions: int
    unfinished: int


@dataclass(frozen=True)
class EarlierFact:
    """Minutes that were frozen before the meeting was opened again; times are UTC, `minutes` None for whom they are not.

    `last_incident_id`: as of `MeetingRecord`.
    """

    closed_at: datetime
    last_incident_id: int
    reopened_at: datetime
    actor: str
    reason: str
    minutes: dict[str, Any] | None


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting with what it judged and decided, only of districts that the viewer sees.

    `participants`: empty for presenters. `minutes`: frozen when it was closed; None before, and for whoever is limited to some
    districts or may not take them along, because they tell of all. `last_incident_id`: the newest incident there was when it was
    closed first. `edition`: how many different minutes there have been. `decisions`: those taken here, as they stand now.
    `earlier`: minutes before it was opened again, oldest first. `withdrawn_at`:
    when incidents that it knew were last taken out of the database (UTC), None while all are there.
    `revision` is what `change_meeting`, `open_meeting` and `reopen_meeting` ask for, `focus_revision` what `set_focus`, and
    `edits`, which rises with every write to the meeting and what it follows up, what `close_meeting` and `remove_meeting` do.
    """

    id: int
    area_set_id: int
    area_set: str
    held_on: date
    first_day: date
    last_day: date
    status: str
    participants: str
    note: str
    minutes: dict[str, Any] | None
    closed_at: datetime | None
    last_incident_id: int | None
    edition: int
    revision: int
    focus_revision: int
    edits: int
    ratings: tuple[RatingFact, ...]
    focus: tuple[FocusFact, ...]
    decisions: tuple[DecisionFact, ...]
    earlier: tuple[EarlierFact, ...]
    withdrawn_at: datetime | None = None

    @property
    def known_at(self) -> datetime | None:
        """When it was closed first (UTC): what is mended later tells what was known then, too. None before it ever was."""
        return self.earlier[0].closed_at if self.earlier else self.closed_at

    @property
    def known_until(self) -> int | None:
        """The newest incident there was then; None before it ever was closed."""
        return self.earlier[0].last_incident_id if self.earlier else self.last_incident_id


def read_cadence(database: Database, viewer: Viewer) -> str:
    """How often meetings are held: one of `MEETING_CADENCES`."""
    check(viewer, Action.READ_MEETINGS)
    with database.reading() as session:
        return session.get_one(Municipality, MUNICIPALITY_ID).meeting_cadence


def read_meetings(database: Database, viewer: Viewer) -> tuple[MeetingSummary, ...]:
    """All meetings, the newest first."""
    check(viewer, Action.READ_MEETINGS)
    query = select(Meeting, AreaSet.name).join(AreaSet)
    with database.reading() as session:
        taken: dict[int, list[DecisionFact]] = {}
        for one in decision_facts(session, viewer):
            taken.setdefault(one.meeting_id, []).append(one)
        rows = session.exec(query.order_by(col(Meeting.held_on).desc(), col(Meeting.id).desc())).all()
        return tuple(_summary(row, area_set, taken.get(row.id or 0, [])) for row, area_set in rows)


def _summary(row: Meeting, area_set: str, taken: list[DecisionFact]) -> MeetingSummary:
    return MeetingSummary(
        id=row.id or 0,
        area_set_id=row.area_set_id,
        area_set=area_set,
        held_on=row.held_on,
        first_day=row.first_day,
        last_day=row.last_day,
        status=row.status,
        closed_at=row.closed_at,
        last_incident_id=row.last_incident_id,
        decisions=len(taken),
        unfinished=sum(one.is_unfinished for one in taken),
    )


def read_meeting(database: Database, viewer: Viewer, number: int) -> MeetingRecord | None:
    """The meeting of a number; None when it is not there."""
    check(viewer, Action.READ_MEETINGS)
    query = select(Meeting, AreaSet.name).join(AreaSet).where(Meeting.id == number)
    with database.reading() as session:
        stored = session.exec(query).one_or_none() if 0 < number <= _LARGEST_ID else None
        if stored is None:
            return None
        found = _record(session, viewer, *stored)
        if found.known_at is None:
            return found
        gone = withdrawn_since(session, found.known_at, found.known_until or 0)
        return replace(found, withdrawn_at=gone)


def _record(session: Session, viewer: Viewer, row: Meeting, area_set: str) -> MeetingRecord:
    number, is_told = row.id or 0, can(viewer, Action.EXPORT)
    has_minutes = is_told and viewer.sight.areas is None
    seen = areas_seen(viewer, area_set)
    return MeetingRecord(
        id=number,
        area_set_id=row.area_set_id,
        area_set=area_set,
        held_on=row.held_on,
        first_day=row.first_day,
        last_day=row.last_day,
        status=row.status,
        participants=row.participants if is_told else "",
        note=row.note,
        minutes=row.minutes if has_minutes else None,
        closed_at=row.closed_at,
        last_incident_id=row.last_incident_id,
        edition=row.edition,
        revision=row.revision,
        focus_revision=row.focus_revision,
        edits=row.edits,
        ratings=ratings_of(session, number, seen),
        focus=focus_of(session, number, seen),
        decisions=tuple(decision_facts(session, viewer, Decision.meeting_id == number)),
        earlier=_earlier(session, number, is_told=is_told, has_minutes=has_minutes),
    )


def _earlier(session: Session, number: int, *, is_told: bool, has_minutes: bool) -> tuple[EarlierFact, ...]:
    query = select(EarlierMinutes).where(EarlierMinutes.meeting_id == number).order_by(col(EarlierMinutes.id))
    return tuple(
        EarlierFact(
            closed_at=row.closed_at,
            last_incident_id=row.last_incident_id,
            reopened_at=row.reopened_at,
            actor=row.actor if is_told else "",
            reason=row.reason,
            minutes=row.minutes if has_minutes else None,
        )
        for row in session.exec(query).all()
    )
