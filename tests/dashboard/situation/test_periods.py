from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.situation.periods import (
    PRESETS,
    comparable,
    default,
    last_whole_day,
    preset,
    preset_of,
    within,
)
from data_access.selection import Period, SelectionError

KNOWN = Period(date(2023, 11, 20), date(2026, 11, 18))  # Monday to Wednesday
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
PERIODS = st.tuples(DAYS, DAYS).map(sorted).map(lambda pair: Period(pair[0], pair[1]))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("week", "2026-11-09", "2026-11-15"),
        ("month", "2026-10-19", "2026-11-15"),
        ("quarter", "2026-08-17", "2026-11-15"),
        ("year", "2025-11-17", "2026-11-15"),
        ("all", "2023-11-20", "2026-11-18"),
    ],
)
def test_presets_are_whole_weeks_before_the_running_one(name: str, first: str, last: str) -> None:
    assert preset(name, KNOWN) == Period(date.fromisoformat(first), date.fromisoformat(last))


@given(PERIODS, st.sampled_from([*PRESETS, "all"]))
def test_a_preset_lies_within_what_is_known(known: Period, name: str) -> None:
    found = preset(name, known)
    assert known.covers(found)
    if name != "all":
        assert found.days <= PRESETS[name]
        assert found.last.weekday() == 6 or (found.last == known.last and known.days < 7)


@given(PERIODS)
def test_a_period_is_held_to_the_days_that_are_known(asked: Period) -> None:
    found = within(asked, KNOWN)
    days = {asked.first + timedelta(days=n) for n in range(asked.days)}
    both = {day for day in days if KNOWN.covers(Period(day, day))}
    assert found == (Period(min(both), max(both)) if both else asked)


def test_data_that_end_on_a_sunday_end_there() -> None:
    assert last_whole_day(Period(date(2026, 1, 5), date(2026, 1, 11))) == date(2026, 1, 11)
    assert last_whole_day(Period(date(2026, 1, 6), date(2026, 1, 9))) == date(2026, 1, 9)


def test_less_than_a_year_is_shown_whole_at_first() -> None:
    few_weeks = Period(date(2026, 1, 6), date(2026, 3, 11))
    assert default(few_weeks) == few_weeks
    assert default(KNOWN) == preset("year", KNOWN)


def test_a_preset_is_recognised() -> None:
    for name in PRESETS:
        assert preset_of(preset(name, KNOWN), KNOWN) == name
    assert preset_of(Period(date(2026, 1, 1), date(2026, 1, 2)), KNOWN) is None
    with pytest.raises(SelectionError):
        preset("decade", KNOWN)


def test_the_same_weeks_a_year_before_are_comparable() -> None:
    week = preset("week", KNOWN)
    assert comparable(week, KNOWN) == Period(date(2025, 11, 10), date(2025, 11, 16))
    assert comparable(preset("year", KNOWN), KNOWN) == preset("year", KNOWN).shifted(-364)


def test_without_a_year_the_days_just_before_are_comparable() -> None:
    known = Period(date(2026, 1, 5), date(2026, 3, 1))
    week = Period(date(2026, 2, 16), date(2026, 2, 22))
    assert comparable(week, known) == Period(date(2026, 2, 9), date(2026, 2, 15))
    assert comparable(known, known) is None


@given(PERIODS, PERIODS)
def test_what_is_comparable_is_known_earlier_and_as_long(period: Period, known: Period) -> None:
    earlier = comparable(period, known)
    if earlier is not None:
        assert known.covers(earlier)
        assert earlier.last < period.first
        assert earlier.days == period.days
        gap = period.first - earlier.first
        assert gap % timedelta(days=7) == timedelta() or gap.days == period.days


@pytest.mark.parametrize(
    "text", ["0001-01-01..9999-12-31", "0001-01-01..0001-01-01", "9999-12-31..9999-12-31"]
)
def test_the_ends_of_the_calendar_have_nothing_before_them(text: str) -> None:
    assert comparable(Period.parse(text), KNOWN) is None
