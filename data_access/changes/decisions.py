"""Writing what a meeting decides, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, delete, select

from data_access.changes.entry import EntryError, TextKey
from data_access.changes.intervention_places import category_ids
from data_access.changes.intervention_rows import intervention_seen
from data_access.changes.meeting_entry import DecisionEntry, checked_decision, clean_text
from data_access.changes.meeting_rows import (
    actor_of,
    area_ids,
    check_holds,
    decision_to_follow,
    edited,
    meeting_of,
    open_meeting_of,
    tell_meetings,
)
from data_access.changes.municipality import organisation_id_of, organisation_named
from data_access.changes.transaction import changing
from data_access.follow_ups import follow_ups
from data_access.models import AreaSet, Decision, DecisionArea, DecisionCategory, DecisionEvent, Meeting
from data_access.models.meeting import DECISION_STATUSES, FOLLOW_UPS, NEED_REASON
from data_access.permissions import Action, NotPermittedError

if TYPE_CHECKING:
    from datetime import date

    from data_access.changes.transaction import Change
    from data_access.database import Database
    from data_access.permissions import Viewer


def record_decision(database: Database, viewer: Viewer, meeting: int, entry: DecisionEntry) -> int:
    """Store what a meeting decided, with the first row of its history; its id.

    Raises `PersonalDataError`, `UnknownCodesError`, `EntryError`: unknown (meeting, intervention), meeting_closed, text_empty,
    text_long, deadline_past, and name_empty, name_long for the organisation's name.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        held = open_meeting_of(change, meeting)
        entry = checked_decision(entry)
        row = Decision(meeting_id=meeting, organisation_id=_owner(change, held, entry), what=entry.what)
        _fill(change, held, row, entry)
        _keep(change, row, meeting)
        edited(change, held, decision=row.id)
        tell_meetings(change, held.held_on, but=held.id)
        return row.id or 0


def change_decision(
    database: Database, viewer: Viewer, number: int, entry: DecisionEntry, *, revision: int
) -> None:
    """Write a decision anew while the meeting that took it is not closed; what becomes of it later is `follow_up`.

    `revision`: the one that the person saw. Raises what `record_decision` raises, and `EntryError` changed_meanwhile.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        row = decision_to_follow(change, number, revision=revision)
        held = open_meeting_of(change, row.meeting_id)
        entry = checked_decision(entry)
        row.organisation_id = _owner(change, held, entry)
        before = row.deadline
        _fill(change, held, row, entry)
        row.revision += 1
        if row.deadline != before:
            _keep(change, row, row.meeting_id)
        edited(change, held, decision=number, revision=row.revision)
        tell_meetings(change, held.held_on, but=held.id)


def remove_decision(database: Database, viewer: Viewer, number: int, *, revision: int) -> None:
    """Take back a decision while the meeting that took it is not closed; `revision`: the one that the person saw.

    Raises `EntryError`: unknown, changed_meanwhile, meeting_closed, decision_followed_up (it is known what became of it).
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        row = decision_to_follow(change, number, revision=revision)
        held = open_meeting_of(change, row.meeting_id)
        session = change.session
        said = select(DecisionEvent.status).where(DecisionEvent.decision_id == number)
        if set(session.exec(said).all()) != {"open"}:
            raise EntryError("decision_followed_up")
        for part in (DecisionArea, DecisionCategory, DecisionEvent):
            session.execute(delete(part).where(col(part.decision_id) == number))
        session.delete(row)
        edited(change, held, decision=number, removed=True)
        tell_meetings(change, held.held_on, but=held.id)


def follow_up(
    database: Database,
    viewer: Viewer,
    number: int,
    status: str,
    *,
    revision: int,
    meeting: int | None = None,
    reason: str = "",
    new_deadline: date | None = None,
) -> None:
    """Keep what became of a decision, as `FOLLOW_UPS` allows: at a meeting that is not closed, or (None) between meetings.

    Whoever may act for its organisation may, as far as `follow_ups` says; at a meeting only who holds it.
    `revision`: that of the decision the person saw. Raises `PersonalDataError`, `NotPermittedError`, `EntryError`: unknown,
    changed_meanwhile, meeting_closed, bad_follow_up, deadline_missing (moved, without a day), deadline_past, deadline_unasked (a
    day, but not moved), text_empty (why: all but done), text_long.
    """
    action = Action.FOLLOW_UP_DECISIONS if meeting is None else Action.WRITE_MEETINGS
    with changing(database, viewer, action, is_shown=False) as change:
        row = decision_to_follow(change, number, revision=revision)
        held = None if meeting is None else open_meeting_of(change, meeting)
        _check_status(change, row, status)
        reason = clean_text("reason", reason, is_needed=status in NEED_REASON)
        _check_new_deadline(status, new_deadline, held.held_on if held else change.today)
        row.status, row.deadline, row.revision = status, new_deadline or row.deadline, row.revision + 1
        change.session.add(row)
        _keep(change, row, meeting, reason)
        told = meeting_of(change, row.meeting_id)  # the log names a decision by the day on which it was taken
        change.details = {"decision": number, "status": status, "meeting": meeting}
        tell_meetings(change, told.held_on)


def link_decision(
    database: Database, viewer: Viewer, number: int, intervention: int, *, revision: int
) -> None:
    """Keep which intervention a decision became, also after its meeting: minutes and what is to be done stay as they are.

    For whoever holds the meeting. Raises `EntryError`: unknown (decision, intervention), changed_meanwhile.
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        row = decision_to_follow(change, number, revision=revision)
        intervention_seen(change.session, change.viewer.sight, intervention)
        row.intervention_id, row.revision = intervention, row.revision + 1
        change.session.add(row)
        held = meeting_of(change, row.meeting_id)
        change.details = {"decision": number, "intervention": intervention}
        tell_meetings(change, held.held_on)


def _owner(change: Change, held: Meeting, entry: DecisionEntry) -> int:
    """Who is to do it; made when it is new, and of the sample when the meeting's districts are."""
    is_sample = change.session.get_one(AreaSet, held.area_set_id).is_sample
    change.is_shown |= organisation_id_of(change, entry.organisation) is None  # views list the organisations
    return organisation_named(change, entry.organisation, is_sample=is_sample).id or 0


def _fill(change: Change, held: Meeting, row: Decision, entry: DecisionEntry) -> None:
    """Write the entry into the row and its lists; the row has an id afterwards."""
    session = change.session
    if entry.deadline is not None and entry.deadline != row.deadline:
        _check_deadline(entry.deadline, held.held_on)
    if entry.intervention_id is not None:
        intervention_seen(session, change.viewer.sight, entry.intervention_id)
    areas = area_ids(change, held.area_set_id, entry.area_codes)
    categories = category_ids(session, entry.category_codes)
    for name in ("what", "place", "person", "deadline", "intervention_id"):
        setattr(row, name, getattr(entry, name))
    session.add(row)
    session.flush()
    for link in (DecisionArea, DecisionCategory):
        session.execute(delete(link).where(col(link.decision_id) == row.id))
    session.add_all(DecisionArea(decision_id=row.id or 0, area_id=one) for one in areas)
    session.add_all(DecisionCategory(decision_id=row.id or 0, category_id=one) for one in categories)


def _keep(change: Change, row: Decision, meeting: int | None, reason: str = "") -> None:
    """Add how the decision stands now to its history."""
    change.session.add(
        DecisionEvent(
            decision_id=row.id or 0,
            meeting_id=meeting,
            actor=actor_of(change),
            status=row.status,
            reason=reason,
            deadline=row.deadline,
        )
    )


def _check_status(change: Change, row: Decision, status: str) -> None:
    if status not in DECISION_STATUSES:
        raise EntryError("unknown", field="status", value=status)
    if status not in FOLLOW_UPS[row.status]:
        names = {"before": row.status, "after": status}
        words = {name: TextKey(f"decision_status.{value}") for name, value in names.items()}
        raise EntryError("bad_follow_up", **words)
    if status not in follow_ups(change.viewer, row.status, row.organisation_id):
        raise NotPermittedError(Action.WRITE_MEETINGS, change.viewer.role)


def _check_new_deadline(status: str, day: date | None, earliest: date) -> None:
    if status == "moved" and day is None:
        raise EntryError("deadline_missing")
    if status != "moved" and day is not None:
        raise EntryError("deadline_unasked")
    if day is not None:
        _check_deadline(day, earliest)


def _check_deadline(day: date, earliest: date) -> None:
    if day < earliest:
        raise EntryError("deadline_past", day=day.isoformat(), earliest=earliest.isoformat())
