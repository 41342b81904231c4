"""Meetings for tests: prepared, opened, closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    close_meeting,
    open_meeting,
    prepare_meeting,
    record_decision,
    record_recipient,
)
from data_access.changes.meetings import remove_meetings
from data_access.meetings import read_decisions, read_meeting
from data_access.models import Meeting
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from tests.small_town import POLICE

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.meetings import DecisionFact, MeetingRecord

POLICE_ID, HOUSING_ID = 1, 2
TUESDAY = date(2026, 1, 20)
PRESENT = "Kommunen, polisen och bostadsbolaget"
RECIPIENT = "moten@polisen.example"


def about(day: date = TUESDAY, **given: Any) -> MeetingEntry:
    """A meeting about the week before its own."""
    monday = day - timedelta(days=day.weekday() + 7)
    return MeetingEntry(
        **({"held_on": day, "first_day": monday, "last_day": monday + timedelta(days=6)} | given)
    )


def prepared(database: Database, day: date = TUESDAY) -> int:
    return prepare_meeting(database, OPERATOR, about(day), area_set_id=1)


def opened(database: Database, day: date = TUESDAY) -> int:
    number = prepared(database, day)
    open_meeting(database, OPERATOR, number, revision=1)
    return number


def close(database: Database, number: int, minutes: dict[str, Any] | None = None) -> None:
    close_meeting(database, OPERATOR, number, minutes or {"held": number}, edits=read(database, number).edits)


def closed(database: Database, day: date = TUESDAY) -> int:
    number = opened(database, day)
    close(database, number)
    return number


def decided(what: str = "Byt lampan", **given: Any) -> DecisionEntry:
    return DecisionEntry(**({"what": what, "organisation": POLICE} | given))


def decide(database: Database, meeting: int, what: str = "Byt lampan", **given: Any) -> int:
    return record_decision(database, OPERATOR, meeting, decided(what, **given))


def listed(database: Database, email: str = RECIPIENT, **given: Any) -> int:
    return record_recipient(database, OPERATOR, **({"organisation_id": POLICE_ID, "email": email} | given))


def forget_meetings(database: Database) -> Database:
    """Make it a municipality before its first meeting."""
    with database.writing() as session:
        remove_meetings(session, select(Meeting.id))
    return database


def read(database: Database, number: int, viewer: Viewer = OPERATOR) -> MeetingRecord:
    found = read_meeting(database, viewer, number)
    assert found is not None
    return found


def decision(database: Database, number: int, viewer: Viewer = OPERATOR) -> DecisionFact:
    return next(one for one in read_decisions(database, viewer) if one.id == number)


def member(role: Role, organisation: int | None = POLICE_ID, *codes: str) -> Viewer:
    areas = frozenset(AreaKey("Småstad", code) for code in codes) if codes else None
    return Viewer("Eva", role, None, organisation, areas)
