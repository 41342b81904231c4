from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.meeting_days import next_meeting_day
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
