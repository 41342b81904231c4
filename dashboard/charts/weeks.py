"""Weeks as the charts over time draw them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from dashboard.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from altair.utils.schemapi import UndefinedType
    from numpy.typing import NDArray

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS


def days(dates: Iterable[Any]) -> NDArray[np.datetime64]:
    """Dates as datetime64[D]."""
    return np.asarray(dates if isinstance(dates, np.ndarray) else list(dates), dtype="datetime64[D]")


@lru_cache(maxsize=32)
def words_of_weeks(first: date, count: int, language: str) -> list[str]:
    """Words of so many weeks from a Monday on."""
    return [week_words(first + timedelta(weeks=number), language) for number in range(count)]


def week_words(monday: date, language: str) -> str:
    """Week and its days: "v. 47 2026 (16/11-22/11)"."""
    sunday = monday + timedelta(days=6)
    return f"{texts(language).week(monday)} ({monday.day}/{monday.month}\u2013{sunday.day}/{sunday.month})"


def week_axis(*, labels: bool = True, least: int = 3) -> alt.Axis:
    """Axis of weeks: the year at its start, months between, days when there is room; about `least` ticks where there is none."""
    words = (
        "utcdate(datum.value) > 1 ? utcFormat(datum.value, '%-d %b') : "
        "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b')"
    )
    ticks = alt.ExprRef(f"max({least}, width / 90)")
    return alt.Axis(
        title=None,
        grid=False,
        labels=labels,
        labelExpr=words,
        labelOverlap="greedy",
        tickCount=ticks,
        tickMinStep=DAY_MS,
    )


def week_x(field: str = "from_at", axis: alt.Axis | UndefinedType = alt.Undefined) -> alt.X:
    """The x channel of every chart over time; in a layered chart one layer brings the axis."""
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc", nice=False), axis=axis)
