"""Which period is shown, and with which earlier one it may be compared."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data_access.selection import Period, SelectionError

if TYPE_CHECKING:
    from datetime import date

YEAR_DAYS = 364  # 52 whole weeks: every weekday meets the same weekday
QUARTER_DAYS = 91
MONTH_DAYS = 28
WEEK_DAYS = 7
PRESETS = {"week": WEEK_DAYS, "month": MONTH_DAYS, "quarter": QUARTER_DAYS, "year": YEAR_DAYS}


def within(period: Period, known: Period) -> Period:
    """The part of a period that the data reach; one that lies wholly outside is left as it is."""
    if period.last < known.first or known.last < period.first:
        return period
    return Period(max(period.first, known.first), min(period.last, known.last))


def last_whole_day(known: Period) -> date:
    """Last Sunday of the data: the running week is not part of a preset, unless there is no other."""
    sunday = known.last - timedelta(days=(known.last.weekday() + 1) % 7)
    return sunday if sunday >= known.first else known.last


def default(known: Period) -> Period:
    """What is shown at first: 52 weeks, or everything while there is less."""
    return preset("year" if known.days > YEAR_DAYS else "all", known)


def asked(period: Period | None, known: Period) -> Period:
    """The days that are shown: those asked for or else the default, as far as the data reach."""
    return within(period or default(known), known)


def preset(name: str, known: Period) -> Period:
    """A named period that ends with the last whole week: week, month (4 weeks), quarter (13), year (52), or all."""
    if name == "all":
        return known
    if name not in PRESETS:
        raise SelectionError("period", name)
    last = last_whole_day(known)
    return Period(max(known.first, last - timedelta(days=PRESETS[name] - 1)), last)


def preset_of(period: Period, known: Period) -> str | None:
    """Name of the preset that a period is; None for one of somebody's own."""
    return next((name for name in (*PRESETS, "all") if preset(name, known) == period), None)


def comparable(period: Period, known: Period) -> Period | None:
    """The same weeks a year before where the data reach so far, else the days just before, else None."""
    years = -(-period.days // YEAR_DAYS)
    for days in (YEAR_DAYS * years, period.days):
        reaches = (period.first - known.first).days >= days  # asked first: the calendar has a beginning
        if reaches and known.covers(period.shifted(-days)):
            return period.shifted(-days)
    return None
