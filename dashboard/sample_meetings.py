"""Holding the sample municipality's meetings, one after the other, through the writes that the page uses.

Each is told what was known on its day: the week that it looks at, what earlier meetings left, what is overdue by then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dashboard.meeting_interventions import in_force, intervention_words
from dashboard.meetings import week_words
from dashboard.sample_judgements import Judgement, Week, remarks
from dashboard.situation.meetings import meeting_words
from dashboard.situation.weekly import weekly
from dashboard.texts import texts
from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    close_meeting,
    date_sample_meetings,
    follow_up,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_decision,
    set_focus,
)
from data_access.facts import facts
from data_access.meetings import read_meeting, read_open_decisions
from data_access.permissions import Role, Viewer
from data_access.selection import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.texts import Texts
    from data_access.database import Database
    from data_access.facts import Facts

COORDINATOR = Viewer("Trygghetssamordnaren (exempel)", Role.COORDINATOR)
"""Who holds them."""

_ENDS, _BETWEEN = time(9, 45), time(14)
"""On the municipality's clock: when a meeting is closed, and when something is said between meetings."""


def hold_meetings(database: Database, viewer: Viewer, plan: Mapping[str, Any]) -> None:
    """Hold those of a plan (as `sample_data.meetings` gives it), and prepare those that are not held.

    `viewer`: who loads the sample, and puts what was written to the days on which it would have been.
    """
    known = facts(database, COORDINATOR)
    if known.frame.area_set is None:
        return
    routine = _Routine(database, known, known.frame.area_set.id, plan)
    for number, one in enumerate(plan["meetings"]):
        held, said = routine.hold(number, one)
        date_sample_meetings(database, viewer, held, said)


@dataclass
class _Routine:
    """What has come of the meetings so far: decisions (id and revision by key), and the last judgements."""

    database: Database
    known: Facts
    area_set_id: int
    plan: Mapping[str, Any]
    texts: Texts = field(default_factory=lambda: texts("sv"))
    decided: dict[str, tuple[int, int]] = field(default_factory=dict)
    judged: dict[str, Judgement] = field(default_factory=dict)

    def hold(self, number: int, one: Mapping[str, Any]) -> tuple[dict[int, datetime], dict[int, datetime]]:
        """Prepare a meeting, and unless it is still to come hold it to its end.

        When it was (by its id), and when something was said before it (by the id of the decision).
        """
        held_on, first, last = (
            date.fromisoformat(one[name]) for name in ("held_on", "first_day", "last_day")
        )
        week = Week(self.known, weekly(self.known, Period(first, last)), self.plan, self.texts, number)
        said_at = {
            self._follow_up(said, None): self._at(date.fromisoformat(said["said_on"]), _BETWEEN)
            for said in one["follow_ups"]
            if said["said_on"]
        }
        note = "\n".join(filter(None, (one["note"], *(remarks(week) if one["is_held"] else ()))))
        entry = MeetingEntry(held_on, first, last, one["participants"], note)
        meeting = prepare_meeting(self.database, COORDINATOR, entry, area_set_id=self.area_set_id)
        if one["is_held"]:
            open_meeting(self.database, COORDINATOR, meeting, revision=1)
            self._decide(meeting, one, week)
            self._close(meeting, week)
        return {meeting: self._at(held_on, _ENDS)}, said_at

    def _decide(self, meeting: int, one: Mapping[str, Any], week: Week) -> None:
        """In the order of the agenda: follow up, judge, decide."""
        for said in one["follow_ups"]:
            if not said["said_on"]:
                self._follow_up(said, meeting)
        self._judge(meeting, week)
        interventions = {known.title: known.id for known in self.known.frame.interventions}
        for decision in one["decisions"]:
            entry = DecisionEntry(
                what=decision["what"],
                organisation=decision["organisation"],
                area_codes=tuple(decision["area_codes"]),
                place=decision["place"],
                category_codes=tuple(decision["categories"]),
                person=decision["person"],
                deadline=date.fromisoformat(decision["deadline"]),
                intervention_id=interventions.get(decision["intervention"]),
            )
            self.decided[decision["key"]] = record_decision(self.database, COORDINATOR, meeting, entry), 1

    def _follow_up(self, said: Mapping[str, Any], meeting: int | None) -> int:
        """Keep what became of a decision; its id."""
        key, day = said["decision"], said["new_deadline"]
        number, revision = self.decided[key]
        follow_up(
            self.database,
            COORDINATOR,
            number,
            said["status"],
            revision=revision,
            meeting=meeting,
            reason=said["reason"],
            new_deadline=date.fromisoformat(day) if day else None,
        )
        self.decided[key] = number, revision + 1
        return number

    def _judge(self, meeting: int, week: Week) -> None:
        found = week.judged(self.judged)
        for one in found:
            rate_area(
                self.database, COORDINATOR, meeting, one.area, level=one.level, reason=one.reason, revision=0
            )
        focus = [(one.area, one.why) for one in found if one.why]
        set_focus(self.database, COORDINATOR, meeting, focus, revision=0)
        self.judged = {one.area: one for one in found}

    def _close(self, meeting: int, week: Week) -> None:
        record = read_meeting(self.database, COORDINATOR, meeting)
        if record is None:
            raise LookupError(meeting)
        before = tuple(
            replace(one, is_overdue=one.is_unfinished and (one.deadline or date.max) < record.held_on)
            for one in read_open_decisions(self.database, COORDINATOR, before=meeting)
        )
        period = Period(record.first_day, record.last_day)
        evaluated = in_force(self.database, COORDINATOR, self.known, period)
        words = meeting_words(
            replace(week_words(week.of, self.texts), interventions=intervention_words(evaluated, self.texts)),
            self.known.frame,
            period,
            self.texts,
            record=replace(record, status="closed"),
            before=before,
            last_day=record.last_day,
        )
        close_meeting(self.database, COORDINATOR, meeting, words.to_dict(), edits=record.edits)

    def _at(self, day: date, clock: time) -> datetime:
        """UTC of a day and an hour on the municipality's clock."""
        return datetime.combine(day, clock, ZoneInfo(self.known.frame.timezone)).astimezone(UTC)
