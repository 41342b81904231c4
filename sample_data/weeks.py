"""The three years of the sample: days, school terms, darkness. Local wall-clock time of Sweden throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

WEEKS = 156
LAST_DAY = date(2026, 11, 15)
"""The fixed last Sunday of the reproducible sample."""

LATITUDE_DEG = 57.6
SOLAR_NOON_H = 11.9  # winter time, a little east of the meridian of Central European Time


@dataclass(frozen=True)
class Window:
    """Whole weeks from a Monday; `weeks` x 7 days, shape (weeks, 7) wherever days are returned."""

    first_day: date
    weeks: int = WEEKS

    @property
    def last_day(self) -> date:
        """Return the last Sunday."""
        return self.first_day + timedelta(days=7 * self.weeks - 1)

    def day(self, week: int, weekday: int = 0) -> date:
        """Return the date of a week counted from 0 and a weekday counted from Monday = 0."""
        return self.first_day + timedelta(days=7 * week + weekday)

    @cached_property
    def days(self) -> np.ndarray:
        """Return all days as datetime64[D], shape (weeks, 7)."""
        first = np.datetime64(self.first_day, "D")
        return (first + np.arange(7 * self.weeks)).reshape(self.weeks, 7)

    @cached_property
    def month_day(self) -> np.ndarray:
        """Return month * 100 + day, shape (weeks, 7)."""
        month = self.days.astype("datetime64[M]")
        return (month.astype(int) % 12 + 1) * 100 + (self.days - month).astype(int) + 1

    @cached_property
    def day_of_year(self) -> np.ndarray:
        """Return days since 1 January, shape (weeks, 7)."""
        return (self.days - self.days.astype("datetime64[Y]")).astype(int)


def window(today: date | None = None) -> Window:
    """Return the weeks that end on the last Sunday before today (default: the fixed sample period)."""
    last = LAST_DAY if today is None else today - timedelta(days=today.weekday() + 1)
    return Window(last - timedelta(days=7 * WEEKS - 1))


def is_school_day(period: Window) -> np.ndarray:
    """Return whether schools are open, shape (weeks, 7): no weekends, summer, Christmas, sports and autumn breaks."""
    month_day = period.month_day
    summer = (month_day >= 613) & (month_day <= 817)
    christmas = (month_day >= 1221) | (month_day <= 108)
    iso_week = np.array([period.day(week).isocalendar().week for week in range(period.weeks)])
    break_week = np.isin(iso_week, (8, 15, 44))[:, None]
    weekend = np.arange(7) >= 5
    return ~(summer | christmas | break_week | weekend)


def is_dark(period: Window) -> np.ndarray:
    """Return whether the sun is down in the middle of each hour, shape (weeks, 7, 24), clock time."""
    angle = 2 * np.pi * (period.day_of_year + 284) / 365.25
    declination = np.radians(23.44) * np.sin(angle)
    cosine = -np.tan(np.radians(LATITUDE_DEG)) * np.tan(declination)
    half_day_h = (
        np.degrees(np.arccos(np.clip(cosine, -1, 1))) / 15 + 0.4
    )  # civil twilight still counts as light
    noon = SOLAR_NOON_H + is_summer_time(period)
    hours = np.arange(24) + 0.5
    return np.abs(hours - noon[..., None]) > half_day_h[..., None]


def is_summer_time(period: Window) -> np.ndarray:
    """Return whether clocks show summer time at noon, shape (weeks, 7)."""
    return np.array(
        [
            [_last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10) for day in row]
            for row in period.days.astype(object)
        ]
    )


def clock_gaps(period: Window) -> np.ndarray:
    """Return the hours that do not exist (02 on the last Sunday of March), shape (weeks, 7, 24)."""
    gaps = np.zeros((*period.days.shape, 24), dtype=bool)
    for week in range(period.weeks):
        sunday = period.day(week, 6)
        gaps[week, 6, 2] = sunday == _last_sunday(sunday.year, 3)
    return gaps


def _last_sunday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - timedelta(days=(end.weekday() + 1) % 7)
