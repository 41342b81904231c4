"""Writing meetings: preparing, opening, closing with minutes that stay as they are, and opening again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import col, delete, func, select, update

from data_access.changes.deliveries import forget_addresses
from data_access.changes.entry import EntryError
from data_access.changes.meeting_entry import MeetingEntry, checked_meeting, clean_text
from data_access.changes.meeting_rows import (
    actor_of,
    check_holds,
    check_unchanged,
    edited,
    meeting_of,
    open_meeting_of,
    tell_meetings,
)
from data_access.changes.transaction import changing
from data_access.models import (
    AreaSet,
    Decision,
    DecisionArea,
    DecisionCategory,
    DecisionEvent,
    EarlierMinutes,
    Focus,
    Incident,
    Meeting,
    Rating,
    ReportDelivery,
)
from data_access.permissions import Action

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session
    from sqlmodel.sql.expression import SelectOfScalar

    from data_access.changes.transaction import Change
    from data_access.database import Database
    from data_access.permissions import Viewer

_DAYS = {"held_on", "first_day", "last_day"}
LARGEST_MINUTES = 1_000_000
"""Characters of JSON."""


def prepare_meeting(database: Database, viewer: Viewer, entry: MeetingEntry, *, area_set_id: int) -> int:
    """Store a meeting about districts of a set; its id.

    Raises `PersonalDataError`, `EntryError`: what `checked_meeting` refuses, unknown (a set that is not there), meeting_that_day;
    `NotPermittedError` for whoever is limited to some districts.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        entry = checked_meeting(entry)
        if change.session.get(AreaSet, area_set_id) is None:
            raise EntryError("unknown", value=str(area_set_id))
        _check_day(change, area_set_id, entry.held_on)
        row = Meeting(area_set_id=area_set_id, **vars(entry))
        change.session.add(row)
        change.session.flush()
        change.subject = row.held_on.isoformat()
        change.details = {"meeting": row.id, "status": row.status}
        forget_addresses(change)  # also where no report is sent any more
        return row.id or 0


def change_meeting(
    database: Database, viewer: Viewer, number: int, entry: MeetingEntry, *, revision: int
) -> None:
    """Write the texts of a meeting anew, unless it is closed, and its days until it begins; `revision`: the one that was seen.

    Raises what `prepare_meeting` raises, and `EntryError`: meeting_closed, changed_meanwhile, meeting_days_fixed.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, number, revision=revision)
        entry = checked_meeting(entry)
        _check_day(change, row.area_set_id, entry.held_on, but=number)
        changed = [name for name, value in vars(entry).items() if value != getattr(row, name)]
        if row.status != "prepared" and _DAYS & set(changed):
            raise EntryError("meeting_days_fixed")
        for name in changed:
            setattr(row, name, getattr(entry, name))
        row.revision += bool(changed)
        row.edits -= not changed  # nothing changed is no edit
        edited(change, row, changed=changed)


def open_meeting(database: Database, viewer: Viewer, number: int, *, revision: int) -> None:
    """Begin a meeting that was prepared. Raises `EntryError`: unknown, meeting_closed, meeting_begun, changed_meanwhile."""
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, number, revision=revision)
        if row.status == "open":
            raise EntryError("meeting_begun")
        row.status = "open"
        row.revision += 1
        edited(change, row, status="open")


def close_meeting(
    database: Database, viewer: Viewer, number: int, minutes: dict[str, Any], *, edits: int
) -> None:
    """Close a meeting and freeze its minutes (JSON); from then on every write to it is refused.

    `edits`: those of the meeting from which the minutes were made, so that nothing that was written since is left out of them.
    Minutes that differ from those before it was opened again are a new edition, of what was known when it was closed first.
    Raises `EntryError`: unknown, meeting_closed, meeting_not_begun, changed_meanwhile, minutes_long.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, number)
        check_unchanged(row.edits, edits)
        if row.status != "open":
            raise EntryError("meeting_not_begun")
        length = len(json.dumps(minutes, ensure_ascii=False, allow_nan=False))
        if length > LARGEST_MINUTES:
            raise EntryError("minutes_long", count=length, limit=LARGEST_MINUTES)
        row.edition += _is_new(change, row, minutes)
        row.status, row.minutes, row.closed_at = "closed", minutes, datetime.now(UTC)
        row.last_incident_id = _last_incident(change.session, number)
        row.revision += 1
        edited(change, row, status="closed", edition=row.edition, last_incident=row.last_incident_id)


def reopen_meeting(database: Database, viewer: Viewer, number: int, reason: str, *, revision: int) -> None:
    """Open a closed meeting again, and keep its minutes as they were, with the reason.

    Raises `PersonalDataError`, `EntryError`: unknown, changed_meanwhile, meeting_not_closed, text_empty, text_long.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        row = meeting_of(change, number)
        check_unchanged(row.revision, revision)
        if row.closed_at is None:
            raise EntryError("meeting_not_closed")
        change.session.add(
            EarlierMinutes(
                meeting_id=number,
                minutes=row.minutes or {},
                closed_at=row.closed_at,
                last_incident_id=row.last_incident_id or 0,
                actor=actor_of(change),
                reason=clean_text("reason", reason, is_needed=True),
            )
        )
        row.status, row.minutes, row.closed_at, row.last_incident_id = "open", None, None, None
        row.revision += 1
        edited(change, row, status="open")


def remove_meeting(database: Database, viewer: Viewer, number: int, *, edits: int) -> None:
    """Remove a meeting that was prepared and never begun, with its ratings and focus places.

    What was said at it of earlier decisions stays with them, as said between meetings. `edits`: those that the person saw. Raises
    `EntryError`: unknown, meeting_closed, meeting_begun, changed_meanwhile, meeting_has_decisions.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        row = open_meeting_of(change, number)
        if row.status != "prepared":
            raise EntryError("meeting_begun")
        check_unchanged(row.edits, edits)
        session = change.session
        taken = session.exec(select(func.count()).where(Decision.meeting_id == number)).one()
        if taken:
            raise EntryError("meeting_has_decisions", count=taken)
        at_it = update(DecisionEvent).where(col(DecisionEvent.meeting_id) == number)
        session.execute(at_it.values(meeting_id=None))
        held_on = row.held_on
        remove_meetings(session, select(Meeting.id).where(Meeting.id == number))
        tell_meetings(change, held_on)
        change.details = {"meeting": number, "removed": True}


def remove_meetings(session: Session, meetings: SelectOfScalar[Any]) -> None:
    """Delete meetings (ids) with all that belongs to them, within a write of somebody else."""
    numbers = session.exec(meetings).all()
    decisions = session.exec(select(Decision.id).where(col(Decision.meeting_id).in_(numbers))).all()
    for part in (DecisionArea, DecisionCategory, DecisionEvent):
        session.execute(delete(part).where(col(part.decision_id).in_(decisions)))
    for part in (DecisionEvent, Decision, Rating, Focus, ReportDelivery, EarlierMinutes):
        session.execute(delete(part).where(col(part.meeting_id).in_(numbers)))
    session.execute(delete(Meeting).where(col(Meeting.id).in_(numbers)))


def _is_new(change: Change, row: Meeting, minutes: dict[str, Any]) -> bool:
    """Whether minutes say anything else than those that were frozen last; compared as JSON, which is how they are kept."""
    query = select(EarlierMinutes).where(EarlierMinutes.meeting_id == row.id)
    last = change.session.exec(query.order_by(col(EarlierMinutes.id).desc())).first()
    return last is None or last.minutes != json.loads(json.dumps(minutes))


def _last_incident(session: Session, number: int) -> int:
    """The newest incident when the meeting was closed first, which is now where it never was; 0 without any."""
    query = select(EarlierMinutes.last_incident_id).where(EarlierMinutes.meeting_id == number)
    first = session.exec(query.order_by(col(EarlierMinutes.id))).first()
    return first if first is not None else session.exec(select(func.max(Incident.id))).one() or 0


def _check_day(change: Change, area_set_id: int, day: date, *, but: int | None = None) -> None:
    """Two who prepare the same meeting shall not make two of it."""
    query = select(Meeting.id).where(Meeting.area_set_id == area_set_id, Meeting.held_on == day)
    if change.session.exec(query).one_or_none() not in (None, but):
        raise EntryError("meeting_that_day", day=day.isoformat())
