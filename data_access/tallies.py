"""What is said of the data as a whole, whatever is selected: which sources delivered when, and what the records lack."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from data_access.disclosure import AGGREGATE_ONLY, DISTRICT_ONLY
from data_access.records import DATE, INTERVAL, NO_AREA, STAND_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from data_access.disclosure import Disclosure
    from data_access.records import Records

_WEEKDAY_OF_EPOCH = 3
_WEEK_DAYS = 7


@dataclass(frozen=True)
class Quality:
    """How complete the records are: counts of records."""

    records: int = 0
    without_point: int = 0
    stand_in_points: int = 0
    without_area: int = 0
    without_time: int = 0
    interval_times: int = 0
    district_only: int = 0
    aggregate_only: int = 0

    def __add__(self, other: Quality) -> Quality:
        return Quality(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def without_few(self, fewest: int) -> Quality:
        """Counts below `fewest` as none."""
        return Quality(*(value if value >= fewest else 0 for value in vars(self).values()))


@dataclass(frozen=True, eq=False)
class Coverage:
    """Records per organisation (row) and week (from the Monday `first`, days since 1970), of all whose week may be known.

    `without_code`: those of them that came without an area code; `last_weekday`: the last day of each week with any (0: Monday,
    -1: none); `last_day`: the last day of all with any. Where everything has months only (`has_weeks` False), the weeks of those
    months are there, and empty.
    """

    organisations: NDArray[np.int32]
    first: int
    counts: NDArray[np.int64]
    without_code: NDArray[np.int64]
    last_weekday: NDArray[np.int8]
    last_day: int
    has_weeks: bool

    @property
    def weeks(self) -> int:
        """Number of weeks."""
        return self.counts.shape[1]


@dataclass(frozen=True, eq=False)
class Deliveries:
    """Records per source (row) and week, of all whose week may be known; the other columns as those of `Coverage`."""

    counts: NDArray[np.int64]
    without_code: NDArray[np.int64]
    last_weekday: NDArray[np.int8]


def coverage(records: Records, told: Disclosure) -> Coverage:
    """Count deliveries."""
    days = records.local_date.astype(np.int32)
    has_week = ~told.is_monthly
    organisations, source = np.unique(records.organisation_id, return_inverse=True)
    if not records.size:
        nothing = np.zeros((0, 0), np.int64)
        none = nothing.astype(np.int8)
        return Coverage(organisations.astype(np.int32), 0, nothing, nothing, none, 0, has_weeks=False)
    first_day, last_day = _range(records, told)
    first = _monday(first_day)
    weeks = (_monday(last_day) - first) // _WEEK_DAYS + 1
    key = source * weeks + np.clip((days - first) // _WEEK_DAYS, 0, weeks - 1)
    size, shape = len(organisations) * weeks, (len(organisations), weeks)
    without = has_week & ~records.has_area_code
    by_day = np.bincount((_WEEK_DAYS * key + _weekday(days))[has_week], minlength=_WEEK_DAYS * size)
    return Coverage(
        organisations=organisations.astype(np.int32),
        first=first,
        counts=np.bincount(key[has_week], minlength=size).reshape(shape),
        without_code=np.bincount(key[without], minlength=size).reshape(shape),
        last_weekday=_last_weekday(by_day.reshape(*shape, _WEEK_DAYS)),
        last_day=last_day,
        has_weeks=bool(has_week.any()),
    )


def _range(records: Records, told: Disclosure) -> tuple[int, int]:
    """First and last day; what may only be known by month must not move them, unless there is nothing else."""
    if told.is_monthly.all():
        months = records.local_date.astype("datetime64[M]")
        ends = (months.max() + 1).astype("datetime64[D]").astype(int) - 1
        return int(months.min().astype("datetime64[D]").astype(int)), int(ends)
    days = records.local_date.astype(np.int32)[~told.is_monthly]
    return int(days.min()), int(days.max())


def _monday(day: int) -> int:
    return day - (day + _WEEKDAY_OF_EPOCH) % _WEEK_DAYS


def _weekday(days: NDArray[np.int32]) -> NDArray[np.int32]:
    return (days + _WEEKDAY_OF_EPOCH) % _WEEK_DAYS


def _last_weekday(by_day: NDArray[np.int64]) -> NDArray[np.int8]:
    """Last day with any in the last axis, -1 for none."""
    from_end = np.argmax(by_day[..., ::-1] > 0, axis=-1)
    return np.where(by_day.any(axis=-1), _WEEK_DAYS - 1 - from_end, -1).astype(np.int8)


def quality(records: Records, told: Disclosure) -> Quality:
    """Count what is missing."""
    return Quality(
        records=records.size,
        without_point=int(np.isnan(records.x).sum()),
        stand_in_points=int((records.place_precision == STAND_IN).sum()),
        without_area=int((records.area_id == NO_AREA).sum()),
        without_time=int((records.time_precision == DATE).sum()),
        interval_times=int((records.time_precision == INTERVAL).sum()),
        district_only=int((told.sensitivity == DISTRICT_ONLY).sum()),
        aggregate_only=int((told.sensitivity == AGGREGATE_ONLY).sum()),
    )


def joined(parts: Sequence[Coverage], organisations: Sequence[int], first: int, weeks: int) -> Deliveries:
    """Several parts together: a row per organisation, a column per week from `first`; other weeks are left out."""
    counts, without_code = np.zeros((2, len(organisations), weeks), np.int64)
    last_weekday = np.full(counts.shape, -1, np.int8)
    place = {number: row for row, number in enumerate(organisations)}
    for part in (part for part in parts if part.has_weeks):
        week = (part.first - first) // _WEEK_DAYS + np.arange(part.weeks)
        is_in = (week >= 0) & (week < weeks)
        for row, number in enumerate(part.organisations.tolist()):
            if number in place:
                at = place[number], week[is_in]
                counts[at] += part.counts[row, is_in]
                without_code[at] += part.without_code[row, is_in]
                last_weekday[at] = np.maximum(last_weekday[at], part.last_weekday[row, is_in])
    return Deliveries(counts, without_code, last_weekday)
