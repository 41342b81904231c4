"""Meetings: what they looked at, how districts were rated, which places come first, what was decided and what became of it.

Purpose of all of it: to hold the joint meeting, follow up its decisions and tell the parties (2023:196, 10-12 §). Retention: with
the minutes of the municipality, but for addresses. An address of the list (`meeting_recipient.email`, to send reports to) is kept
until it is removed from the list; the address of a sending (`report_delivery.recipient`, so that nobody gets a report twice, and
whoever got it gets its correction) until ADDRESS_DAYS after the sending, of which then only the fact stays.
"""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import (
    TableModel,
    check,
    choice,
    json_column,
    key,
    optional_reference,
    part_of_key,
    reference,
    stamp,
)

MEETING_STATUSES = ("prepared", "open", "closed")

DECISION_STATUSES = ("open", "done", "not_done", "moved", "dropped")
FOLLOW_UPS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("open", "not_done", "moved"), ("done", "not_done", "moved", "dropped")),
    **dict.fromkeys(("done", "dropped"), ("open",)),
}
"""From which status to which: what is not done or moved comes back until it is done or dropped, and either can be taken back."""

UNFINISHED = ("open", "not_done", "moved")
"""In these a decision is carried forward to the next meeting."""

OWN_FOLLOW_UPS = ("done", "not_done", "moved")
"""What an organisation may say of its own decisions; all else is for whoever holds the meeting."""

NEED_REASON = ("open", "not_done", "moved", "dropped")
"""A follow-up with one of these says why; "open" takes back that it was done or dropped."""

RATING_LEVELS = (1, 2, 3)
MOST_FOCUS = 5
DELIVERY_STATUSES = ("sending", "sent", "failed", "unchanged")
STUCK_MINUTES = 10
"""So long after it was begun nobody sends it any more: a sending that says nothing by then was broken off."""
ADDRESS_DAYS = 365
"""So long it is known to which address a report was sent."""

LONGEST_IN_MEETING = {
    "participants": 600,
    "note": 600,
    "what": 300,
    "place": 160,
    "person": 120,
    "reason": 300,
    "why": 300,
}
"""Characters that each free text may have."""


def _text(name: str) -> Any:
    return Field(default="", max_length=LONGEST_IN_MEETING[name])


class Meeting(TableModel, table=True):
    """A meeting on a day, about the days from `first_day` to `last_day` (both included, local) in a set of districts.

    `participants`: organisations and functions. `minutes`: what was shown and decided, frozen when it was closed;
    `last_incident_id`: the newest incident there was when it was closed first (0: none), from which its pictures can be drawn
    again; it stays when the meeting is opened again and closed.
    `edition`: how many different minutes it has had, 0 before the first. `revision` rises when its dates, texts or status change,
    `focus_revision` with its focus places, `edits` with any write to it or to what it follows up.
    """

    __table_args__ = (
        sa.UniqueConstraint("area_set_id", "held_on"),
        check("period", "last_day >= first_day and held_on >= last_day"),
        check("closed", "(status = 'closed') = (closed_at is not null)"),
        {"sqlite_autoincrement": True},  # the log tells of meetings by their number
    )

    id: int | None = key()
    area_set_id: int = reference("area_set")
    held_on: date
    first_day: date
    last_day: date
    status: str = choice(*MEETING_STATUSES, name="meeting_status", default="prepared")
    participants: str = _text("participants")
    note: str = _text("note")
    minutes: dict[str, Any] | None = json_column()
    closed_at: datetime | None = None
    last_incident_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    edition: int = 0
    revision: int = 1
    focus_revision: int = 0
    edits: int = 1
    created_at: datetime = stamp()


class EarlierMinutes(TableModel, table=True):
    """Minutes as they were frozen before their meeting was opened again: by whom, and why."""

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    meeting_id: int = reference("meeting")
    minutes: dict[str, Any] = json_column()
    closed_at: datetime
    last_incident_id: int = Field(sa_type=sa.BigInteger)
    reopened_at: datetime = stamp()
    actor: str = Field(max_length=120)
    reason: str = Field(max_length=LONGEST_IN_MEETING["reason"])


class Rating(TableModel, table=True):
    """The risk in a district as the meeting judged it: 1 low, 2 raised, 3 high; `revision`: the meeting's `edits` then."""

    __table_args__ = (check("level", "level between 1 and 3"),)

    meeting_id: int = part_of_key("meeting")
    area_id: int = part_of_key("area")
    level: int
    reason: str = _text("reason")
    revision: int


class Focus(TableModel, table=True):
    """A district that comes first until the next meeting, by its rank."""

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "area_id"),
        check("rank", f"rank between 1 and {MOST_FOCUS}"),
    )

    meeting_id: int = part_of_key("meeting")
    rank: int = Field(primary_key=True)
    area_id: int = reference("area")
    why: str = _text("why")


class Decision(TableModel, table=True):
    """What somebody is to do, decided at a meeting: where (`DecisionArea`, or `place` in words), who, and until which day.

    `person`: a function, or who took it on. `intervention_id`: the intervention that it became or belongs to. `revision` rises
    with each edit and follow-up.
    """

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    meeting_id: int = reference("meeting")
    organisation_id: int = reference("organisation")
    intervention_id: int | None = optional_reference("intervention")
    what: str = Field(max_length=LONGEST_IN_MEETING["what"])
    place: str = _text("place")
    person: str = _text("person")
    deadline: date | None = None
    status: str = choice(*DECISION_STATUSES, name="decision_status", default="open")
    revision: int = 1
    created_at: datetime = stamp()


class DecisionArea(TableModel, table=True):
    """A district that a decision is about."""

    decision_id: int = part_of_key("decision")
    area_id: int = part_of_key("area")


class DecisionCategory(TableModel, table=True):
    """A type of incident that a decision is about."""

    decision_id: int = part_of_key("decision")
    category_id: int = part_of_key("category")


class DecisionEvent(TableModel, table=True):
    """What became of a decision, from the day it was taken: its status and deadline from then on, who said so, and why.

    `meeting_id`: at which meeting; empty between meetings.
    """

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    decision_id: int = reference("decision")
    meeting_id: int | None = optional_reference("meeting")
    at: datetime = stamp()
    actor: str = Field(max_length=120)
    status: str = choice(*DECISION_STATUSES, name="decision_status")
    reason: str = _text("reason")
    deadline: date | None = None


class MeetingRecipient(TableModel, table=True):
    """An address of the list that the report of a meeting is sent to; the one place where an address is kept on purpose."""

    id: int | None = key()
    organisation_id: int = reference("organisation")
    email: str = Field(max_length=254, unique=True)
    is_active: bool = True


class ReportDelivery(TableModel, table=True):
    """An edition of a meeting's report on its way to an address: one row each, so that nothing is ever sent twice.

    `recipient`: empty when it has been kept for ADDRESS_DAYS. `digest`: SHA-256 of what was sent, by which it is known that a
    later edition says nothing new to the same address ("unchanged", and not sent). `claimed_at`: when somebody last began to send
    it. What stays at "sending" may have gone out, and is not sent again by itself.
    """

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "recipient", "edition"),
        check("attempts", "attempts >= 1"),
    )

    id: int | None = key()
    meeting_id: int = reference("meeting")
    edition: int = 1
    recipient: str | None = Field(default=None, max_length=254)
    organisation_id: int = reference("organisation")
    kind: str = choice("pdf+html", name="delivery_kind", default="pdf+html")
    status: str = choice(*DELIVERY_STATUSES, name="delivery_status", default="sending")
    attempts: int = 1
    last_error: str = Field(default="", max_length=200)
    digest: str = Field(default="", max_length=64)
    claimed_at: datetime = stamp()
    sent_at: datetime | None = None
