"""A meeting and a decision as a person describes them, and what of them cannot be stored whatever the database holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data_access.changes.entry import EntryError
from data_access.changes.intervention_entry import PersonalDataError
from data_access.models.meeting import LONGEST_IN_MEETING
from data_access.one_line import one_line
from data_access.personal_data import found_in

if TYPE_CHECKING:
    from datetime import date

_SEVERAL_LINES = frozenset({"participants", "note"})


@dataclass(frozen=True)
class MeetingEntry:
    """A meeting: its day, and the first and last day (included, local) that it looks at.

    `participants`: organisations and functions.
    """

    held_on: date
    first_day: date
    last_day: date
    participants: str = ""
    note: str = ""


@dataclass(frozen=True)
class DecisionEntry:
    """What is to be done, by which organisation (made when it is new), until when; where: districts and types by their codes.

    `place`: where, in words. `person`: a function, or who took it on. `intervention_id`: the intervention that it belongs to.
    """

    what: str
    organisation: str
    area_codes: tuple[str, ...] = ()
    place: str = ""
    category_codes: tuple[str, ...] = ()
    person: str = ""
    deadline: date | None = None
    intervention_id: int | None = None


def checked_meeting(entry: MeetingEntry) -> MeetingEntry:
    """The entry with its texts cleaned. Raises `PersonalDataError`, `EntryError`: text_long, period, meeting_before_period."""
    if entry.last_day < entry.first_day:
        raise EntryError("period", first=entry.first_day.isoformat(), last=entry.last_day.isoformat())
    if entry.held_on < entry.last_day:
        raise EntryError(
            "meeting_before_period", day=entry.held_on.isoformat(), last=entry.last_day.isoformat()
        )
    return replace(
        entry,
        participants=clean_text("participants", entry.participants),
        note=clean_text("note", entry.note),
    )


def checked_decision(entry: DecisionEntry) -> DecisionEntry:
    """The entry with its texts cleaned. Raises `PersonalDataError`, `EntryError`: text_empty, text_long."""
    return replace(
        entry,
        what=clean_text("what", entry.what, is_needed=True),
        place=clean_text("place", entry.place),
        person=clean_text("person", entry.person),
    )


def clean_text(field: str, text: str, *, is_needed: bool = False) -> str:
    """A text without blanks around it and signs that nobody sees; notes keep their lines.

    Raises `PersonalDataError`, `EntryError`: text_empty, text_long.
    """
    for finding in found_in(text):
        raise PersonalDataError(field, finding)
    has_lines = field in _SEVERAL_LINES
    clean = "\n".join(map(one_line, text.splitlines())).strip() if has_lines else one_line(text)
    if is_needed and not clean:
        raise EntryError("text_empty", field=field)
    if len(clean) > LONGEST_IN_MEETING[field]:
        raise EntryError("text_long", field=field, count=len(clean), limit=LONGEST_IN_MEETING[field])
    return clean
