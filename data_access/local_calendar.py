"""From UTC to the calendar of the municipality's wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MONDAY = np.datetime64("1970-01-05", "D")


@dataclass(frozen=True)
class LocalCalendar:
    """Calendar columns of n instants: `date` and `week` (its Monday) datetime64[D], `weekday` 0-6 from Monday, `hour` 0-23."""

    date: NDArray[np.datetime64]
    week: NDArray[np.datetime64]
    weekday: NDArray[np.int64]
    hour: NDArray[np.int64]


def monday_of(day: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Monday of each day's ISO week."""
    return day - (day - _MONDAY) % np.timedelta64(7, "D")


def wall_clock(utc: NDArray[np.datetime64], timezone: str) -> NDArray[np.datetime64]:
    """Wall-clock times (datetime64[s], naive) of UTC times in a time zone (IANA name)."""
    stamps = pd.DatetimeIndex(utc.astype("datetime64[s]")).tz_localize("UTC").tz_convert(timezone)
    return stamps.tz_localize(None).to_numpy().astype("datetime64[s]")


def local_calendar(utc: NDArray[np.datetime64], timezone: str) -> LocalCalendar:
    """Calendar of UTC times (datetime64[s]) in a time zone (IANA name)."""
    local = wall_clock(utc, timezone)
    day = local.astype("datetime64[D]")
    weekday = ((day - _MONDAY) % np.timedelta64(7, "D")).astype(np.int64)
    hour = (local - day).astype("timedelta64[h]").astype(np.int64)
    return LocalCalendar(date=day, week=monday_of(day), weekday=weekday, hour=hour)
