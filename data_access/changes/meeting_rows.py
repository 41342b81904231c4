"""Finding the meeting or decision that somebody writes to, unless it is closed or was changed since they looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.changes.entry import EntryError, UnknownCodesError
from data_access.models import Area, Decision, Meeting
from data_access.one_line import one_line
from data_access.permissions import Action, NotPermittedError, can_hold_meetings, check_act_for
from data_access.scope import decision_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from data_access.changes.transaction import Change

_DISTRICT = 1
_LARGEST_ID = 2**63 - 1
_LONGEST_ACTOR = 120


def check_holds(change: Change) -> None:
    """Refuse with `NotPermittedError` unless `can_hold_meetings`."""
    if not can_hold_meetings(change.viewer):
        raise NotPermittedError(Action.WRITE_MEETINGS, change.viewer.role)


def meeting_of(change: Change, number: int) -> Meeting:
    """The meeting of a number; the audit row will name it by its day. Raises `EntryError` unknown."""
    found = change.session.get(Meeting, number) if 0 < number <= _LARGEST_ID else None
    if found is None:
        raise EntryError("unknown", value=str(number))
    change.subject = found.held_on.isoformat()
    return found


def open_meeting_of(change: Change, number: int, *, revision: int | None = None) -> Meeting:
    """The same, for whoever holds it, while it is not closed.

    Raises `EntryError`: unknown, meeting_closed, changed_meanwhile; `NotPermittedError` for who is limited to some districts.
    """
    check_holds(change)
    found = meeting_of(change, number)
    if found.status == "closed":
        raise EntryError("meeting_closed")
    check_unchanged(found.revision, revision)
    return found


def check_unchanged(stored: int, seen: int | None) -> None:
    """Raise `EntryError` changed_meanwhile unless what is stored is what somebody looked at; None: they did not."""
    if seen not in (None, stored):
        raise EntryError("changed_meanwhile")


def decision_to_follow(change: Change, number: int, *, revision: int) -> Decision:
    """A decision that the viewer sees and whose organisation they may act for.

    Raises `EntryError`: unknown, changed_meanwhile; `NotPermittedError`.
    """
    query = select(Decision).where(Decision.id == number, *decision_conditions(change.viewer))
    found = change.session.exec(query).one_or_none() if 0 < number <= _LARGEST_ID else None
    if found is None:
        raise EntryError("unknown", value=str(number))
    check_act_for(change.viewer, found.organisation_id)
    check_unchanged(found.revision, revision)
    return found


def area_ids(change: Change, area_set_id: int, codes: Iterable[str]) -> list[int]:
    """Districts of a set by their codes, in their order. Raises `UnknownCodesError`."""
    query = select(Area.code, Area.id).where(
        col(Area.area_set_id) == area_set_id, col(Area.level) == _DISTRICT
    )
    known = dict(change.session.execute(query).all())
    wanted = list(dict.fromkeys(codes))
    missing = [code for code in wanted if code not in known]
    if missing:
        raise UnknownCodesError("areas", missing)
    return [known[code] for code in wanted]


def actor_of(change: Change) -> str:
    """Who writes, as it is kept beside what they wrote."""
    return one_line(change.viewer.name)[:_LONGEST_ACTOR]


def tell_meetings(change: Change, held_on: date, *, but: int | None = None) -> None:
    """Count an edit of each meeting from a day on that is not closed: it shows what was decided by then.

    Whoever closes one of them then sees first what has become of it. `but`: a meeting whose edit is counted already.
    """
    shown = select(Meeting).where(Meeting.status != "closed", Meeting.held_on >= held_on, Meeting.id != but)
    for one in change.session.exec(shown).all():
        one.edits += 1
        change.session.add(one)


def edited(change: Change, row: Meeting, **details: object) -> None:
    """Count an edit of a meeting, and tell the audit log what it was."""
    row.edits += 1
    change.session.add(row)
    change.details = {"meeting": row.id, **details}
