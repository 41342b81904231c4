"""What meetings decided, what became of it, and what is carried forward to the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
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

_DAY = timedelta(days=1)


def read_open_decisions(
    database: Database, viewer: Viewer, *, before: int | None = None
) -> tuple[DecisionFact, ...]:
    """Decisions that are not finished, the oldest deadline first.

    `before`: a meeting (id), which is then given what earlier meetings left it: all that was not finished when the one before
    it ended, with what has become of it since, and what was taken back since. A number that is no meeting is left nothing.
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
        past = _Past(earlier, since, _end(session.get_one(Meeting, before), zone), zone)
        found = decision_facts(session, viewer, col(Decision.meeting_id).in_(earlier))
        return _ordered(one for one in found if past.left(one))


def read_decisions(
    database: Database, viewer: Viewer, organisation: int | None = None
) -> tuple[DecisionFact, ...]:
    """All decisions, those of the newest meeting first; `organisation`: only those that it is to carry out."""
    check(viewer, Action.READ_MEETINGS)
    wanted = () if organisation is None else (Decision.organisation_id == organisation,)
    with database.reading() as session:
        found = decision_facts(session, viewer, *wanted)
    return tuple(sorted(found, key=lambda one: (one.held_on, one.id), reverse=True))


@dataclass(frozen=True)
class _Past:
    """What lies before a meeting that ends on the day `until`: the `earlier` meetings, the last of them on the day `since`."""

    earlier: set[int]
    since: date
    until: date
    zone: ZoneInfo

    def left(self, one: DecisionFact) -> bool:
        """Whether it was unfinished when the last of them ended, or is again by what was said between them and the meeting."""
        then = [step for step in one.history if self._is_past(step, self.since - _DAY)]
        now = [step for step in one.history if self._is_past(step, self.until)]
        return then[-1].status in UNFINISHED or now[-1].status in UNFINISHED

    def _is_past(self, step: DecisionStep, last: date) -> bool:
        """Said at an earlier meeting, or between meetings by a day."""
        if step.meeting_id is not None:
            return step.meeting_id in self.earlier
        return step.at.astimezone(self.zone).date() <= last


def _end(held: Meeting, zone: ZoneInfo) -> date:
    """The day on which a meeting was closed; one that is not goes on."""
    return held.closed_at.astimezone(zone).date() if held.closed_at else date.max


def _ordered(found: Iterable[DecisionFact]) -> tuple[DecisionFact, ...]:
    return tuple(sorted(found, key=lambda one: (one.deadline or date.max, one.id)))


def _days(session: Session) -> dict[int, date]:
    return dict(session.execute(select(Meeting.id, col(Meeting.held_on))).all())
