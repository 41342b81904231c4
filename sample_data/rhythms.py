"""When things happen: months, hours of the week and special days, as compact tables."""

from __future__ import annotations

import numpy as np

from sample_data.weeks import Window, clock_gaps, is_dark, is_school_day

HOURS_OF_WEEK = 168

# Relative level in the middle of January ... December.
MONTHS = {
    "flat": (1, 1, 1, 1, 1, 1, 0.95, 1, 1, 1, 1, 1),
    "mild_summer": (0.85, 0.85, 0.9, 1, 1.1, 1.15, 1.15, 1.15, 1.05, 1, 0.9, 0.9),
    "summer": (0.5, 0.5, 0.75, 1.05, 1.35, 1.5, 1.5, 1.45, 1.2, 0.95, 0.65, 0.5),
    "high_summer": (0.15, 0.15, 0.3, 0.8, 1.6, 2.1, 2.3, 2.0, 1.3, 0.7, 0.3, 0.15),
    "winter": (1.35, 1.2, 1.05, 0.85, 0.75, 0.7, 0.7, 0.8, 0.95, 1.15, 1.35, 1.35),
    "home_winter": (1.4, 1.05, 0.95, 0.8, 0.75, 0.75, 0.95, 0.8, 0.85, 1.05, 1.45, 1.6),
    "dark": (1.9, 1.5, 1.0, 0.7, 0.35, 0.15, 0.15, 0.45, 0.95, 1.5, 2.0, 2.1),
    "spring_autumn": (0.75, 0.8, 1.1, 1.25, 1.25, 1.0, 0.75, 1.0, 1.25, 1.2, 0.95, 0.75),
    "terms": (1, 1, 1, 1.05, 1.15, 1, 1, 1, 1.15, 1.05, 0.95, 0.9),
    "fireworks": (0.5, 0.15, 0.25, 0.5, 0.15, 0.1, 0.1, 0.1, 0.1, 0.45, 0.5, 1.6),
}

# Level between the bumps, then bumps: weekdays (0 = Monday), hour, spread in hours, weight per day.
HOURS: dict[str, tuple[float, list[tuple[str, float, float, float]]]] = {
    "night_out": (
        0.04,
        [("4", 23.4, 2.2, 5), ("5", 23.8, 2.4, 6), ("2", 22.0, 2.0, 1.2), ("0136", 20.5, 3.0, 0.7)],
    ),
    "dealing": (0.03, [("01234", 16.5, 2.6, 1.6), ("0123456", 20.5, 2.2, 2.0), ("45", 22.5, 2.0, 1.5)]),
    "evening": (0.03, [("0123456", 19.5, 2.4, 2.0), ("45", 21.8, 2.2, 2.4)]),
    "daytime": (0.02, [("01234", 12.5, 2.8, 3.0), ("56", 13.5, 3.0, 1.5)]),
    "shopping": (0.0, [("01234", 15.8, 2.5, 2.6), ("5", 13.8, 2.0, 3.4), ("6", 14.3, 1.8, 2.0)]),
    "school_day": (0.0, [("01234", 9.8, 0.8, 1.6), ("01234", 12.0, 0.9, 2.6), ("01234", 14.3, 0.9, 2.2)]),
    "after_school": (
        0.01,
        [("01234", 14.6, 1.2, 1.4), ("012356", 18.8, 2.0, 1.2), ("4", 20.8, 2.2, 3.6), ("5", 20.5, 2.4, 2.2)],
    ),
    "away": (0.05, [("01234", 12.5, 3.2, 2.0), ("45", 20.0, 4.0, 1.8), ("6", 15.0, 4.0, 1.0)]),
    "overnight": (0.03, [("0123456", 25.6, 2.6, 2.0), ("45", 26.0, 2.4, 0.8)]),
    "all_day": (0.03, [("01234", 13.5, 3.8, 2.6), ("0123456", 21.5, 3.2, 1.3)]),
    "morning_round": (0.01, [("01234", 7.7, 1.1, 5.0), ("01234", 13.2, 1.6, 1.6), ("56", 9.2, 1.6, 0.7)]),
    "dark_hours": (
        0.05,
        [("0123456", 18.2, 3.2, 2.0), ("0123456", 22.3, 2.4, 1.8), ("01234", 6.6, 1.0, 0.8)],
    ),
    "home_night": (0.03, [("4", 23.6, 2.4, 3.6), ("5", 24.2, 2.6, 4.6), ("01236", 21.8, 2.2, 1.4)]),
    "stairwell": (
        0.06,
        [("0123456", 21.0, 2.8, 2.0), ("0123456", 26.5, 2.2, 0.7), ("01234", 15.0, 1.8, 0.5)],
    ),
    "riding": (0.03, [("0123456", 18.5, 2.6, 2.0), ("45", 21.5, 2.2, 2.0), ("56", 14.5, 2.4, 0.8)]),
    "to_school": (0.01, [("01234", 7.8, 0.5, 4.0), ("01234", 14.8, 0.9, 2.4), ("01234", 16.8, 1.0, 0.8)]),
}

DARKNESS_BOUND = frozenset({"dark_hours"})
TERM_BOUND = frozenset({"school_day", "to_school"})

# Month and day, and how much livelier that day is, per hour profile it touches.
FESTIVE_DAYS = ((430, 2.2), (1031, 1.5), (1213, 1.3), (1230, 1.3), (1231, 2.2), (101, 1.6))
FESTIVE_HOURS = frozenset({"night_out", "home_night", "evening", "riding"})


def week_profile(hours: str) -> np.ndarray:
    """Return the weight of each hour of the week (0 = Monday 00-01), shape (168,), summing to 1."""
    level, bumps = HOURS[hours]
    weight = np.full(HOURS_OF_WEEK, level)
    middle = np.arange(HOURS_OF_WEEK) + 0.5
    for days, hour, spread, height in bumps:
        for day in days:
            away = (middle - (24 * int(day) + hour) + 84) % HOURS_OF_WEEK - 84
            weight += height / spread * np.exp(-0.5 * (away / spread) ** 2)
    return weight / weight.sum()


def month_level(months: str, period: Window) -> np.ndarray:
    """Return the seasonal level of each day, shape (weeks, 7), interpolated between mid-months."""
    middle = np.array([15, 46, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349])
    return np.interp(period.day_of_year, middle, MONTHS[months], period=365.25)


def rhythm(months: str, hours: str, period: Window) -> np.ndarray:
    """Return expected shares per week and hour of the week, shape (weeks, 168), with mean week = 1.

    Combines season, hours of the week, school terms, darkness and festive days; hours that the clock skips get 0.
    """
    day_level = month_level(months, period) * _special_days(months, hours, period)
    share = week_profile(hours).reshape(7, 24) * day_level[..., None]
    if hours in DARKNESS_BOUND:
        share = share * np.where(is_dark(period), 1.0, 0.06)
    share = np.where(clock_gaps(period), 0.0, share).reshape(period.weeks, HOURS_OF_WEEK)
    return share * (period.weeks / share.sum())


def _special_days(months: str, hours: str, period: Window) -> np.ndarray:
    level = np.ones(period.days.shape)
    month_day = period.month_day
    if hours in TERM_BOUND:
        level *= np.where(is_school_day(period), 1.0, 0.02)
    if hours in FESTIVE_HOURS:
        for day, lift in FESTIVE_DAYS:
            level = np.where(month_day == day, level * lift, level)
        level = np.where(month_day % 100 >= 25, level * 1.12, level)  # the weekends after payday
    if months == "fireworks":
        level *= np.select(
            [month_day == 1231, month_day >= 1227, month_day <= 105, month_day == 430], [16, 5, 4, 5], 1
        )
    return level
