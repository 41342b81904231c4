"""On which day the next meeting falls."""

from __future__ import annotations

from datetime import date, timedelta

WEEK = timedelta(days=7)
_FRIDAY = 4
_FIRST_OF_MONTH, _SECOND_OF_MONTH = (1, 3), (2, 4)


def next_meeting_day(last: date | None, cadence: str, today: date) -> date:
    """The first day from `today` on that keeps the weekday and the rhythm of the `last` meeting, after that meeting.

    `cadence`: one of `MEETING_CADENCES`. Twice a month: the first and third of its weekday in the month, or the second and
    fourth, as the last meeting was; after a fifth the first and third. Without a last meeting the first day that is no weekend.
    """
    if last is None:
        return today if today.weekday() <= _FRIDAY else today + timedelta(days=7 - today.weekday())
    day = _following(last, cadence)
    while day < today:
        day = _following(day, cadence)
    return day


def _following(day: date, cadence: str) -> date:
    if cadence == "weekly":
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
