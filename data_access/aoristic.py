"""Intervals of time on the wall clock: in whole minutes of the week, with what a change of the clock adds or takes.

A burglary between Friday 18:00 and Monday 07:30 happened in one of those hours; each gets its share of the elapsed minutes. The
hour that a summer-time change skips gets nothing, the repeated hour double. A date without time of day gives no hours at all:
midnight is never invented. Seven days or more are spread evenly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

HOURS_A_DAY, HOURS_A_WEEK = 24, 168
_EVENING, _MORNING = 18, 6
_HOUR = np.arange(HOURS_A_WEEK) % HOURS_A_DAY
IS_LATE = (_HOUR >= _EVENING) | (_HOUR < _MORNING)
"""Hours of the week in the evening and at night, from 18 to 06."""

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
WEEK_MIN, WEEK_S = HOURS_A_WEEK * 60, 7 * DAY_S
_FIRST_MONDAY_S = 4 * DAY_S
"""1970-01-05 00:00, the first Monday of the clock that datetime64 counts on."""


@dataclass(frozen=True, eq=False)
class WallIntervals:
    """n intervals: `start` 0-10079 minutes from Monday 00 and `end` up to a week later; equal for an instant.

    `changed_hour` (of the week) and `added_min`: a change of the clock in between, +60 where an hour is repeated, -60 where it
    is skipped, 0 without. Elapsed minutes are `end - start + added_min`.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    changed_hour: NDArray[np.int16]
    added_min: NDArray[np.int16]


def wall_intervals(
    from_utc: NDArray[np.datetime64], to_utc: NDArray[np.datetime64], timezone: str
) -> WallIntervals:
    """Put UTC intervals (datetime64[s]; the end not before the start) on the clock of a time zone (IANA name)."""
    first, last = from_utc.astype(np.int64), to_utc.astype(np.int64)
    changes_at, offsets_s = _clock(timezone, first, last)
    piece = np.searchsorted(changes_at, first, side="right") - 1
    # What ends at the very moment of a change never saw the new clock.
    last_piece = np.maximum(np.searchsorted(changes_at, last, side="left") - 1, piece)
    begin = (first + offsets_s[piece]) // MINUTE_S
    end = -(-(last + offsets_s[last_piece]) // MINUTE_S)
    jump = offsets_s[last_piece] - offsets_s[piece]
    at = (
        changes_at[last_piece] + np.minimum(offsets_s[piece], offsets_s[last_piece]) - _FIRST_MONDAY_S
    ) // HOUR_S
    added = np.where(jump != 0, -jump // MINUTE_S, 0)
    start = (begin - _FIRST_MONDAY_S // MINUTE_S) % WEEK_MIN
    is_week, is_instant = last - first >= WEEK_S, first == last
    end = np.where(is_week, WEEK_MIN, np.where(is_instant, start, start + end - begin))
    start, added = np.where(is_week, 0, start), np.where(is_week | is_instant, 0, added)
    changed = np.where(added != 0, at % HOURS_A_WEEK, 0)
    return WallIntervals(
        start.astype(np.int32), end.astype(np.int32), changed.astype(np.int16), added.astype(np.int16)
    )


def _clock(timezone: str, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """When the clock changes (seconds, UTC) and by how much it is ahead of UTC from then on."""
    if not first.size:
        return _clock_of_years(timezone, 1970, 1970)
    years = [datetime.fromtimestamp(int(at), UTC).year for at in (first.min(), last.max())]
    return _clock_of_years(timezone, years[0] - 1, years[1] + 1)


@lru_cache(maxsize=32)
def _clock_of_years(timezone: str, first: int, last: int) -> tuple[Ints, Ints]:
    zone = ZoneInfo(timezone)

    def offset_s(at: int) -> int:
        offset = datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds())

    begin, end = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (first, last + 1))
    changes, offsets = [begin], [offset_s(begin)]
    for day in range(begin, end, DAY_S):
        low, high = day, day + DAY_S
        if offset_s(high) == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset_s(middle) == offsets[-1] else (low, middle)
        changes.append(high)
        offsets.append(offset_s(high))
    return np.array(changes, np.int64), np.array(offsets, np.int64)
