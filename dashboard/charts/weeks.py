"""Weeks as the charts over time draw and return them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from altair.utils.schemapi import UndefinedType
    from numpy.typing import NDArray

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS


def days(dates: Iterable[Any] | pd.Series) -> NDArray[np.datetime64]:
    """Dates as datetime64[D]."""
    return np.asarray(dates if isinstance(dates, pd.Series) else list(dates), dtype="datetime64[D]")


def instants(dates: NDArray[np.datetime64]) -> pd.DatetimeIndex:
    """Dates as UTC midnights: a browser in any time zone then draws and returns the same day."""
    return pd.DatetimeIndex(dates.astype("datetime64[ms]")).tz_localize("UTC")


def week_words(monday: date, language: str) -> str:
    """Week and its days: "v. 47 2026 (16/11-22/11)"; `words_expression` writes the same in the browser."""
    sunday = monday + timedelta(days=6)
    return f"{texts(language).week(monday)} ({monday.day}/{monday.month}\u2013{sunday.day}/{sunday.month})"


def words_expression(field: str, language: str) -> str:
    """Vega expression for the words of the week that begins at `field`."""
    at = f"toDate(datum.{field})"
    week = texts(language)("format.week", week="%-V", year="%G")
    first, last = f"utcFormat({at}, '{week} (%-d/%-m')", f"utcFormat({at} + {6 * DAY_MS}, '%-d/%-m)')"
    return f"{first} + '\u2013' + {last}"


def week_axis(*, labels: bool = True) -> alt.Axis:
    """Axis of weeks: the year at its start, months between, days when there is room."""
    words = (
        "utcdate(datum.value) > 1 ? utcFormat(datum.value, '%-d %b') : "
        "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b')"
    )
    ticks = alt.ExprRef("max(3, width / 90)")
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


def brushed_weeks(event: Mapping[str, Sequence[Any]] | None) -> tuple[date, date] | None:
    """First Monday and last Sunday of a brush in the trend ("weeks"); None when it is cleared.

    A week is in when the brush covers at least half of it, and one week always is.
    """
    ends = next(iter(event.values()), None) if event else None
    if not ends:
        return None
    low, high = sorted(float(ms) for ms in ends[:2])
    first, last = _monday(low + WEEK_MS / 2), _monday(high - WEEK_MS / 2)
    if last < first:
        first = last = _monday((low + high) / 2)
    return first, last + timedelta(days=6)


def _monday(ms: float) -> date:
    day = datetime.fromtimestamp(ms / 1000, tz=UTC).date()
    return day - timedelta(days=day.weekday())
