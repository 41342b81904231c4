"""What a status asks of an intervention's days, what it does to them, and which interventions stay on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, exists, or_, select

from data_access.changes.entry import EntryError, TextKey
from data_access.changes.intervention_entry import PersonalDataError
from data_access.models import InterventionChange, InterventionLook
from data_access.models.intervention import (
    CARRIED_OUT,
    LONGEST_REASON,
    OVER,
    STATUSES,
    TRANSITIONS,
)
from data_access.one_line import one_line
from data_access.personal_data import found_in

if TYPE_CHECKING:
    from datetime import date

    from data_access.changes.transaction import Change
    from data_access.models import Intervention


def check_transition(before: str, after: str) -> None:
    """Raise `EntryError` unknown, bad_transition unless an intervention may go from one status to the other."""
    if after not in STATUSES:
        raise EntryError("unknown", field="status", value=after)
    if after not in TRANSITIONS[before]:
        names = {"before": before, "after": after}
        words = {name: TextKey(f"intervention_status.{value}") for name, value in names.items()}
        raise EntryError("bad_transition", **words)


def check_days(status: str, starts_on: date, ends_on: date | None, today: date) -> None:
    """Raise `EntryError` starts_later, end_missing, ends_later where a status does not go with the days."""
    if status in CARRIED_OUT and starts_on > today:
        raise EntryError("starts_later", field="starts_on", day=starts_on.isoformat())
    if status in OVER:
        check_end(ends_on)
        if ends_on is not None and ends_on > today:
            raise EntryError("ends_later", field="ends_on", day=ends_on.isoformat())


def check_end(ends_on: date | None) -> None:
    """Raise `EntryError` end_missing: what is over has a last day, or it would be counted for ever."""
    if ends_on is None:
        raise EntryError("end_missing", field="ends_on")


def take_status(change: Change, row: Intervention, status: str, reason: str) -> None:
    """Give an intervention another status; what ends does so today at the latest, what is resumed has no last day.

    Raises `PersonalDataError`, `EntryError`: starts_later, on_record (a decision that is taken back), and text_empty, text_long
    for the reason of what is cancelled.
    """
    if status == "proposed":
        check_not_on_record(change, row)
    if status == "cancelled":
        row.cancelled_because = _clean(reason)
    is_open = row.ends_on is None or row.ends_on > change.today
    if status == "ended" and is_open:
        row.ends_on = change.today
    elif row.status == "ended" and status == "ongoing" and not is_open:
        row.ends_on = None
    check_days(status, row.starts_on, row.ends_on, change.today)
    row.status = status


def check_not_on_record(change: Change, row: Intervention) -> None:
    """Raise `EntryError` on_record once it should have begun, its result was looked at, or its plan was changed after the start.

    What began, or was seen to fail, is not to vanish: it is cancelled with a reason, or ended.
    """
    number = row.id or 0
    looked = exists(select(InterventionLook.at).where(InterventionLook.intervention_id == number))
    late = exists(
        select(InterventionChange.id).where(
            InterventionChange.intervention_id == number,
            col(InterventionChange.is_after_start),
            InterventionChange.field != "status",
        )
    )
    is_known = change.session.execute(select(or_(looked, late))).scalar_one()
    if row.starts_on < change.today or is_known:
        raise EntryError("on_record")


def _clean(reason: str) -> str:
    field = "cancelled_because"
    for finding in found_in(reason):
        raise PersonalDataError(field, finding)
    clean = one_line(reason)
    if not clean:
        raise EntryError("text_empty", field=field)
    if len(clean) > LONGEST_REASON:
        raise EntryError("text_long", field=field, count=len(clean), limit=LONGEST_REASON)
    return clean
