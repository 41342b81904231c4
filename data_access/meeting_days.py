"""On which day the next meeting falls, and which days it looks at."""

from __future__ import annotations

from datetime import date, timedelta

WEEK = timedelta(days=7)
MOST_WEEKS = 4
"""So many weeks a meeting looks at where some were left to it; after a longer break it looks at the last ones."""

_WEEKS = {"weekly": 1, "every_second_week": 2, "twice_a_month": 2, "custom": 1}
_FRIDAY = 4
_FIRST_OF_MONTH, _SECOND_OF_MONTH = (1, 3), (2, 4)


def next_meeting_day(last: date | None, cadence: str, today: date) -> date:
    """The first day from `today` on that keeps the weekday and the rhythm of the `last` meeting, after that meeting.

    `cadence`: one of `MEETING_CADENCES`. Twice a month: the first and third of its weekday in the month, or the second and
    fourth, as the last meeting was; after a fifth the first and third. "custom" has no rhythm: the same weekday a week later is
    as good a suggestion as any. Without a last meeting the first day that is no weekend.
    """
    if last is None:
        return today if today.weekday() <= _FRIDAY else today + timedelta(days=7 - today.weekday())
    day = _following(last, cadence)
    while day < today:
        day = _following(day, cadence)
    return day


def days_looked_at(
    held_on: date, cadence: str, seen_until: date | None, *, known_until: date | None = None
) -> tuple[date, date]:
    """First and last day, Monday and Sunday, of the whole weeks that a meeting looks at, which end before it is held.

    So many weeks as the rhythm has, and those that no earlier meeting looked at, up to `MOST_WEEKS`; `seen_until`: the last
    day that one did. `known_until`: the last day with any report where nothing new is coming in; no later week is looked at.
    """
    last = held_on - timedelta(days=held_on.isoweekday())
    if known_until is not None:
        last = min(last, known_until + timedelta(days=6 - known_until.weekday()))
    first = last - _WEEKS[cadence] * WEEK + timedelta(days=1)
    if seen_until is not None:
        monday = seen_until + timedelta(days=1) - timedelta(days=(seen_until + timedelta(days=1)).weekday())
        if last - MOST_WEEKS * WEEK < monday < first:
            first = monday
    return first, last


def _following(day: date, cadence: str) -> date:
    if cadence in ("weekly", "custom"):
        return day + WEEK
    if cadence == "every_second_week":
        return day + 2 * WEEK
    weeks = _SECOND_OF_MONTH if _week_of_month(day) in _SECOND_OF_MONTH else _FIRST_OF_MONTH
    day += WEEK
    while _week_of_month(day) not in weeks:
        day += WEEK
    return day


def _week_of_month(day: date) -> int:
    """The how-manieth of its weekday in its month."""
    return (day.day - 1) // 7 + 1
