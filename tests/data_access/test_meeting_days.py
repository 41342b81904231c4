from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.meeting_days import MOST_WEEKS, days_looked_at, next_meeting_day
from data_access.models.organisation import MEETING_CADENCES

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("last", "cadence", "today", "expected"),
    [
        (date(2026, 11, 24), "weekly", date(2026, 11, 24), date(2026, 12, 1)),
        (date(2026, 11, 24), "weekly", date(2026, 12, 2), date(2026, 12, 8)),
        (date(2026, 11, 24), "weekly", date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 11, 24), "every_second_week", date(2026, 11, 25), date(2026, 12, 8)),
        (date(2026, 11, 24), "every_second_week", date(2026, 12, 9), date(2026, 12, 22)),
        (date(2026, 11, 3), "twice_a_month", date(2026, 11, 4), date(2026, 11, 17)),  # first, third
        (date(2026, 11, 17), "twice_a_month", date(2026, 11, 18), date(2026, 12, 1)),
        (date(2026, 11, 24), "twice_a_month", date(2026, 11, 25), date(2026, 12, 8)),  # fourth, second
        (date(2026, 12, 29), "twice_a_month", date(2026, 12, 30), date(2027, 1, 5)),  # after a fifth
        (None, "weekly", date(2026, 11, 27), date(2026, 11, 27)),
        (None, "weekly", date(2026, 11, 28), date(2026, 11, 30)),
        (None, "twice_a_month", date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_the_next_meeting_keeps_the_rhythm(
    last: date | None, cadence: str, today: date, expected: date
) -> None:
    assert next_meeting_day(last, cadence, today) == expected


@given(DAYS, st.sampled_from(MEETING_CADENCES), st.integers(-30, 400))
def test_the_next_meeting_is_later_on_the_same_weekday_and_soon(last: date, cadence: str, days: int) -> None:
    today = last + timedelta(days=days)
    found = next_meeting_day(last, cadence, today)
    assert found > last
    assert found >= today
    assert found.weekday() == last.weekday()
    assert (found - max(last, today)).days <= 28


@given(DAYS)
def test_twice_a_month_is_twice_in_every_month(last: date) -> None:
    found = [last]
    while len(found) < 30:
        found.append(next_meeting_day(found[-1], "twice_a_month", found[-1]))
    months = [(day.year, day.month) for day in found]
    assert {months.count(month) for month in months[2:-2] if month not in (months[0], months[-1])} == {2}


@pytest.mark.parametrize(
    ("held_on", "cadence", "seen_until", "first", "last"),
    [
        (date(2026, 6, 9), "weekly", date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 7)),
        (date(2026, 6, 8), "weekly", date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 7)),  # on a Monday
        (date(2026, 6, 7), "weekly", date(2026, 5, 24), date(2026, 5, 25), date(2026, 5, 31)),  # on a Sunday
        (date(2026, 6, 9), "weekly", None, date(2026, 6, 1), date(2026, 6, 7)),
        (
            date(2026, 6, 9),
            "weekly",
            date(2026, 5, 17),
            date(2026, 5, 18),
            date(2026, 6, 7),
        ),  # two were skipped
        (date(2026, 6, 9), "weekly", date(2026, 5, 20), date(2026, 5, 18), date(2026, 6, 7)),  # whole weeks
        (
            date(2026, 6, 11),
            "weekly",
            date(2026, 6, 7),
            date(2026, 6, 1),
            date(2026, 6, 7),
        ),  # twice in a week
        (date(2026, 6, 9), "every_second_week", date(2026, 5, 31), date(2026, 5, 25), date(2026, 6, 7)),
        (date(2026, 1, 15), "twice_a_month", None, date(2025, 12, 29), date(2026, 1, 11)),
        (
            date(2026, 2, 5),
            "twice_a_month",
            date(2026, 1, 11),
            date(2026, 1, 12),
            date(2026, 2, 1),
        ),  # three weeks
        (date(2026, 6, 9), "custom", date(2026, 5, 10), date(2026, 5, 11), date(2026, 6, 7)),
        (
            date(2026, 8, 25),
            "weekly",
            date(2026, 6, 7),
            date(2026, 8, 17),
            date(2026, 8, 23),
        ),  # after the summer
    ],
)
def test_a_meeting_looks_at_the_weeks_since_the_one_before(
    held_on: date, cadence: str, seen_until: date | None, first: date, last: date
) -> None:
    assert days_looked_at(held_on, cadence, seen_until) == (first, last)


@given(DAYS, st.sampled_from(MEETING_CADENCES), st.lists(st.integers(0, 3), max_size=12))
def test_no_week_falls_between_meetings_that_keep_to_their_rhythm(
    start: date, cadence: str, skipped: list[int]
) -> None:
    """However late each meeting is prepared: days from one to the next are looked at, as long as no break is too long."""
    held, (_, seen_until) = start, days_looked_at(start, cadence, None)
    for weeks in skipped:
        held = next_meeting_day(held, cadence, held + timedelta(days=7 * weeks))
        first, last = days_looked_at(held, cadence, seen_until)
        assert (first.weekday(), last.weekday()) == (0, 6)
        assert timedelta(0) < held - last <= timedelta(days=7)
        assert (last - first).days < 7 * MOST_WEEKS
        if (last - seen_until).days <= 7 * MOST_WEEKS:
            assert first <= seen_until + timedelta(days=1)
        seen_until = last


@pytest.mark.parametrize(
    ("known_until", "last"),
    [
        (date(2026, 5, 22), date(2026, 5, 24)),
        (date(2026, 5, 24), date(2026, 5, 24)),
        (date(2026, 6, 3), date(2026, 6, 7)),
        (date(2026, 7, 1), date(2026, 6, 7)),
    ],
)
def test_where_nothing_comes_in_any_more_the_last_weeks_that_are_known_are_looked_at(
    known_until: date, last: date
) -> None:
    found = days_looked_at(date(2026, 6, 9), "weekly", None, known_until=known_until)
    assert found == (last - timedelta(days=6), last)
