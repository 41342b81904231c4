"""Year, month and day as columns of numbers to days that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PIVOT = 70


def with_century(year: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return four-figure years of two-figure ones: 70-99 are 19xx."""
    return np.where(year >= _PIVOT, 1900, 2000) + year


def calendar_day(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.datetime64]:
    """Return datetime64[D], NaT for days that the calendar does not have (31 April)."""
    is_month = (month >= 1) & (month <= 12) & (year >= 1)  # noqa: PLR2004 - months
    months = ((np.where(is_month, year, 1970) - 1970) * 12 + np.where(is_month, month, 1) - 1).astype(
        "datetime64[M]"
    )
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    is_day = is_month & (day >= 1) & (days.astype("datetime64[M]") == months)
    return np.where(is_day, days, np.datetime64("NaT", "D"))
