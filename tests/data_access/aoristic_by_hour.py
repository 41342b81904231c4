"""The slow version of the time of day: every interval walked hour by hour, every weight written out.

A burglary between Friday 18:00 and Monday 07:30 happened in one of those hours; each gets its share of the elapsed
minutes on the local clock. The hour that a summer-time change skips gets nothing, the repeated hour double. A date
without time of day gives no hours at all: midnight is never invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

HOURS_OF_WEEK = 168
HOUR_S = 3600
DAY_S = 24 * HOUR_S
WEEK_S = 7 * DAY_S
FIRST_MONDAY_S = 4 * DAY_S
"""1970-01-05 00:00, the first Monday of the clock that datetime64 counts on."""


@dataclass(frozen=True)
class AoristicHours:
    """Weights of incidents on the weekday-hours of the local clock, as a sparse table.

    Attributes:
        row: index of the incident, int32, ascending.
        hour_of_week: 0-167, Monday 00-01 is 0, int16.
        weight: float64; the weights of a row sum to 1.
        is_unknown: bool per incident: no time of day, hence no hours ("n of m have no time of day").

    """

    row: NDArray[np.int32]
    hour_of_week: NDArray[np.int16]
    weight: NDArray[np.float64]
    is_unknown: NDArray[np.bool_]

    def per_hour(self) -> NDArray[np.float64]:
        """Total weight per hour of the week, float64[168]."""
        totals = np.zeros(HOURS_OF_WEEK)
        np.add.at(totals, self.hour_of_week, self.weight)
        return totals


class IntervalError(ValueError):
    """An incident that ends before it begins; refused at entry, so here it is a fault of the caller."""

    def __init__(self, row: int, occurred_from: str, occurred_to: str) -> None:
        """Remember the row and both times."""
        super().__init__(row, occurred_from, occurred_to)
        self.key = "aoristic.ends_before_it_begins"
        self.params = {"row": row, "from": occurred_from, "to": occurred_to}


def aoristic_weights(
    from_utc: ArrayLike, to_utc: ArrayLike, has_time: ArrayLike, timezone: str = "Europe/Stockholm"
) -> AoristicHours:
    """Spread each incident over the hours of the week in which it may have happened.

    Args:
        from_utc: datetime64 in UTC, earliest time; NaT is unknown.
        to_utc: datetime64 in UTC, latest time (not before `from_utc`); NaT means the same as `from_utc`.
        has_time: bool; False when only the date is known.
        timezone: name of the local clock.

    Returns:
        AoristicHours. An exact time gives its hour; an hour is [h, h+1); seven days or more are uniform.

    Raises:
        IntervalError: an interval ends before it begins.

    """
    first = np.asarray(from_utc, dtype="datetime64[s]")
    last = np.asarray(to_utc, dtype="datetime64[s]")
    last = np.where(np.isnat(last), first, last)
    is_unknown = np.isnat(first) | ~np.asarray(has_time, dtype=bool)
    _refuse_reversed(first, last)
    rows = np.flatnonzero(~is_unknown).astype(np.int32)
    starts, ends = first[rows].astype(np.int64), last[rows].astype(np.int64)
    changes_at, offsets_s = _clock(timezone, starts, ends)
    is_exact = starts == ends
    at = starts[is_exact]
    hours = _hour_of_week(at + offsets_s[np.searchsorted(changes_at, at, side="right") - 1])
    spread = _spread(rows[~is_exact], starts[~is_exact], ends[~is_exact], changes_at, offsets_s)
    row = np.concatenate([rows[is_exact], spread[0]])
    order = np.argsort(row, kind="stable")
    hour = np.concatenate([hours.astype(np.int16), spread[1]])[order]
    weight = np.concatenate([np.ones(at.size), spread[2]])[order]
    return AoristicHours(row[order], hour, weight, is_unknown)


def _refuse_reversed(first: NDArray[np.datetime64], last: NDArray[np.datetime64]) -> None:
    wrong = np.flatnonzero(last < first)
    if wrong.size:
        row = int(wrong[0])
        raise IntervalError(row, str(first[row]), str(last[row]))


def _hour_of_week(local_s: NDArray[np.int64]) -> NDArray[np.int64]:
    return (local_s - FIRST_MONDAY_S) // HOUR_S % HOURS_OF_WEEK


def _clock(
    timezone: str, starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """When the local clock changes (seconds, UTC) and by how much it is ahead of UTC from then on."""
    if not starts.size:
        return _clock_of_years(timezone, 1970, 1970)
    years = [
        int(np.datetime64(int(s), "s").astype("datetime64[Y]").astype(int)) + 1970
        for s in (starts.min(), ends.max())
    ]
    return _clock_of_years(timezone, years[0] - 1, years[1] + 1)


@lru_cache(maxsize=32)
def _clock_of_years(timezone: str, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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
    return np.array(changes, dtype=np.int64), np.array(offsets, dtype=np.int64)


def _fill(start, end, changes_at, offsets_s, hours):
    """Elapsed seconds of one interval per hour of the week, written into `hours`."""
    hours[:] = 0
    piece = np.searchsorted(changes_at, start, side="right") - 1
    at = start
    while at < end:
        local = at + offsets_s[piece]
        until = min(at + HOUR_S - local % HOUR_S, end)
        is_change = piece + 1 < changes_at.size and changes_at[piece + 1] <= until
        if is_change:
            until = changes_at[piece + 1]
            piece += 1
        hours[(local - FIRST_MONDAY_S) // HOUR_S % HOURS_OF_WEEK] += until - at
        at = until


def _spread(rows, starts, ends, changes_at, offsets_s):
    """Row, hour of week and weight for intervals longer than nothing."""
    size = 0
    for k in range(rows.size):
        size += min((ends[k] - starts[k]) // HOUR_S + 3, HOURS_OF_WEEK)
    row, hour, weight = np.empty(size, np.int32), np.empty(size, np.int16), np.empty(size, np.float64)
    hours = np.empty(HOURS_OF_WEEK, np.int64)
    used = 0
    for k in range(rows.size):
        length = ends[k] - starts[k]
        if length >= WEEK_S:
            hours[:] = 1
            length = HOURS_OF_WEEK
        else:
            _fill(starts[k], ends[k], changes_at, offsets_s, hours)
        for h in range(HOURS_OF_WEEK):
            if hours[h] > 0:
                row[used], hour[used], weight[used] = rows[k], h, hours[h] / length
                used += 1
    return row[:used], hour[:used], weight[:used]
