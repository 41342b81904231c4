"""Wall-clock time to UTC for whole columns, with the two odd hours of the year told apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAY_S = 86_400


@dataclass(frozen=True)
class _Changes:
    """When a zone changes its offset (UTC seconds), and the offsets before the first and after each change."""

    at: NDArray[np.int64]
    offset_s: NDArray[np.int64]


def check_zone(timezone: str) -> str:
    """Return the name when it is a time zone. Raises `ImportRefused`: timezone_unknown."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImportRefused(reason="timezone_unknown", timezone=timezone) from error
    return timezone


def to_utc(
    wall: NDArray[np.datetime64], timezone: str
) -> tuple[NDArray[np.datetime64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Convert wall-clock seconds to UTC.

    A time in the spring gap (it never was) moves forward an hour; a time in the repeated autumn hour is its first one.

    Args:
        wall: datetime64[s], NaT allowed.
        timezone: IANA name such as Europe/Stockholm.

    Returns:
        UTC datetime64[s] (NaT where `wall` is), which rows lay in a gap, which in a repeated hour.

    """
    is_time = ~np.isnat(wall)
    seconds = wall.astype("datetime64[s]").astype(np.int64)
    years = _years(wall[is_time])
    changes = _changes(timezone, *years)
    before, after = changes.offset_s[:-1], changes.offset_s[1:]
    place = np.searchsorted(changes.at + np.maximum(before, after), seconds, side="right")
    utc = seconds - changes.offset_s[place]
    is_gap, is_repeated = np.zeros(len(wall), bool), np.zeros(len(wall), bool)
    for at, old, new in zip(changes.at, before, after, strict=True):
        is_gap |= (seconds >= at + old) & (seconds < at + new)
        is_repeated |= (seconds >= at + new) & (seconds < at + old)
    moved = np.where(is_time, utc.astype("datetime64[s]"), np.datetime64("NaT", "s"))
    return moved, is_gap & is_time, is_repeated & is_time


def to_local(utc: NDArray[np.datetime64], timezone: str) -> NDArray[np.datetime64]:
    """Convert UTC seconds to wall-clock seconds (NaT stays)."""
    is_time = ~np.isnat(utc)
    seconds = utc.astype("datetime64[s]").astype(np.int64)
    changes = _changes(timezone, *_years(utc[is_time]))
    wall = seconds + changes.offset_s[np.searchsorted(changes.at, seconds, side="right")]
    return np.where(is_time, wall.astype("datetime64[s]"), np.datetime64("NaT", "s"))


def _years(moments: NDArray[np.datetime64]) -> tuple[int, int]:
    if not len(moments):
        return 2000, 2000
    first, last = (int(m.astype("datetime64[Y]").astype(int)) + 1970 for m in (moments.min(), moments.max()))
    return max(first - 1, _FIRST_YEAR), min(last + 1, _LAST_YEAR)


@lru_cache(maxsize=32)
def _changes(timezone: str, first_year: int, last_year: int) -> _Changes:
    zone = ZoneInfo(check_zone(timezone))
    start = int(dt.datetime(first_year, 1, 1, tzinfo=dt.UTC).timestamp())
    days = range(start, start + (last_year - first_year + 1) * 366 * _DAY_S, _DAY_S)
    offsets = [_offset(zone, day) for day in days]
    at, offset_s = [], [offsets[0]]
    for day, old, new in zip(days, offsets, offsets[1:], strict=False):
        if old != new:
            at.append(_moment_of_change(zone, day, day + _DAY_S))
            offset_s.append(new)
    return _Changes(np.array(at, dtype=np.int64), np.array(offset_s, dtype=np.int64))


def _moment_of_change(zone: ZoneInfo, low: int, high: int) -> int:
    old = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle) == old else (low, middle)
    return high


def _offset(zone: ZoneInfo, utc_s: int) -> int:
    offset = dt.datetime.fromtimestamp(utc_s, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
