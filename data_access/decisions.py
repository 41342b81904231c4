"""What meetings decided, what became of it, and what is carried forward to the next one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.decision_facts import decision_facts, zone_of
from data_access.models import Decision, Meeting
from data_access.models.meeting import UNFINISHED
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from sqlmodel import Session

    from data_access.database import Database
    from data_access.decision_facts import DecisionFact, DecisionStep
    from data_access.permissions import Viewer


def read_open_decisions(
    database: Database, viewer: Viewer, *, before: int | None = None
) -> tuple[DecisionFact, ...]:
    """Decisions that are not finished, the oldest deadline first.

    `before`: a meeting (id), which is then given what earlier meetings left it: all that was not finished when the one before
    it ended, with what has become of it since. A number that is no meeting is left nothing.
    """
    check(viewer, Action.READ_MEETINGS)
    with database.reading() as session:
        if before is None:
            return _ordered(decision_facts(session, viewer, col(Decision.status).in_(UNFINISHED)))
        meetings = _days(session)
        if before not in meetings:
            return ()
        earlier = {number for number, day in meetings.items() if (day, number) < (meetings[before], before)}
        since = max((meetings[number] for number in earlier), default=date.min)
        zone = zone_of(session)
        found = decision_facts(session, viewer, col(Decision.meeting_id).in_(earlier))
        return _ordered(one for one in found if _was_unfinished(one, earlier, since, zone))


def read_decisions(
    database: Database, viewer: Viewer, organisation: int | None = None
) -> tuple[DecisionFact, ...]:
    """All decisions, those of the newest meeting first; `organisation`: only those that it is to carry out."""
    check(viewer, Action.READ_MEETINGS)
    wanted = () if organisation is None else (Decision.organisation_id == organisation,)
    with database.reading() as session:
        found = decision_facts(session, viewer, *wanted)
    return tuple(sorted(found, key=lambda one: (one.held_on, one.id), reverse=True))


def _was_unfinished(one: DecisionFact, earlier: set[int], since: date, zone: ZoneInfo) -> bool:
    """By what was said of it at earlier meetings, and between them before the day of the last one."""
    before = [step for step in one.history if _is_earlier(step, earlier, since, zone)]
    return before[-1].status in UNFINISHED


def _is_earlier(step: DecisionStep, earlier: set[int], since: date, zone: ZoneInfo) -> bool:
    if step.meeting_id is not None:
        return step.meeting_id in earlier
    return step.at.astimezone(zone).date() < since


def _ordered(found: Iterable[DecisionFact]) -> tuple[DecisionFact, ...]:
    return tuple(sorted(found, key=lambda one: (one.deadline or date.max, one.id)))


def _days(session: Session) -> dict[int, date]:
    return dict(session.execute(select(Meeting.id, col(Meeting.held_on))).all())
