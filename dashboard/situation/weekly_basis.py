"""Which earlier weeks the last ones are compared with, and which sources can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.coverage import incomplete_weeks, source_states
from dashboard.situation.weekly_values import Basis
from dashboard.statistics.signals import FEWEST_COMPARED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.facts import Facts
    from data_access.selection import Period

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

SEASON_WEEKS = 3
"""Weeks before and after the same week of an earlier year that are compared with."""

FEWEST_YEARS, MOST_YEARS = 2, 5
RECENT_WEEKS = 13
_WEEK_DAYS = 7


@dataclass(frozen=True, eq=False)
class Ground:
    """`now` and `compared`: numbers of weeks; `sources`: which are counted in all of them; `years`: see `Basis`."""

    now: Ints
    compared: Ints
    sources: Bools
    years: tuple[int, ...]

    @property
    def basis(self) -> Basis:
        """What it is compared with, to be told."""
        return Basis(len(self.compared), self.years)

    @property
    def is_enough(self) -> bool:
        """Whether there is anything to compare with."""
        return bool(self.sources.any()) and len(self.compared) >= FEWEST_COMPARED


def last_week(facts: Facts, period: Period | None) -> int:
    """Number of the last whole week of a period, -1 for none; without a period the running week of the data is not whole.

    Whoever gives a period says that its days are over, though nothing may have been reported of the last; weeks after the last
    with any report are still no part of it.
    """
    known = facts.period
    if known is None:
        return -1
    end = known.last
    if period is not None:
        end = min(period.last, known.last + timedelta(days=6 - known.last.weekday()))
    return ((end - known.first).days + 1) // _WEEK_DAYS - 1


def is_delivered(facts: Facts) -> Bools:
    """Of which source (row) and week there is all to count, be it nothing from one that rarely reports."""
    return ~np.isin(source_states(facts), ("silent", "not_started")) & ~incomplete_weeks(facts)


def ground(facts: Facts, now: Ints, before: int) -> Ground:
    """The comparison of some weeks with those before the week number `before`.

    Around the same weeks of earlier years where there are two and all sources have been there so long, else those just before.
    """
    delivered = is_delivered(facts)
    recent = np.arange(max(0, before - RECENT_WEEKS), before)
    sources, compared = _common(delivered, now, recent)
    by_year = _same_season(facts, now, before)
    if len(by_year) >= FEWEST_YEARS:
        all_years = np.unique(np.concatenate(list(by_year.values())))
        old_sources, old = _common(delivered, now, all_years)
        years = tuple(sorted(year for year, weeks in by_year.items() if np.isin(weeks, old).any()))
        if len(years) >= FEWEST_YEARS and len(old) >= FEWEST_COMPARED and (old_sources >= sources).all():
            return Ground(now, old, old_sources, years)
    return Ground(now, compared, sources, ())


def _same_season(facts: Facts, now: Ints, before: int) -> dict[int, Ints]:
    """Numbers of the weeks around the same ISO weeks of each earlier year that is known as a whole, the last years first."""
    first: date = facts.first_week.item()
    found: dict[int, Ints] = {}
    days = [(first + timedelta(days=_WEEK_DAYS * int(week))).isocalendar() for week in now]
    for back in range(1, MOST_YEARS + 1):
        same = [_week_number(first, year - back, week) for year, week, _ in days]
        around = np.unique([one + step for one in same for step in range(-SEASON_WEEKS, SEASON_WEEKS + 1)])
        if around[0] < 0 or around[-1] >= before:
            break
        found[days[-1].year - back] = around
    return found


def _week_number(first: date, year: int, week: int) -> int:
    """Weeks from `first` to an ISO week; where a year has no 53rd, its last."""
    last = date(year, 12, 28).isocalendar().week
    return (date.fromisocalendar(year, min(week, last), 1) - first).days // _WEEK_DAYS


def _common(delivered: Bools, now: Ints, candidates: Ints) -> tuple[Bools, Ints]:
    """Sources that delivered now, and the weeks in which all of them did; who leaves too few of these is left out."""
    sources = np.logical_and.reduce(delivered[:, now], axis=1)
    while True:
        compared = candidates[delivered[sources][:, candidates].all(axis=0)]
        if len(compared) >= FEWEST_COMPARED or not sources.any():
            return sources, compared
        known = np.where(sources, delivered[:, candidates].sum(axis=1), len(candidates) + 1)
        sources = sources & (np.arange(len(sources)) != known.argmin())
