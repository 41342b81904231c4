"""Incidents in memory: narrow coded columns in the order of time, 12 bytes or fewer per incident, for the kernel to run over.

Nothing here is what a viewer must not learn: what only has a month stands in slots of months and has no hour, and what has no
place has no cell and no spot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.aoristic import HOURS_A_WEEK, wall_intervals
from data_access.disclosure import Disclosure, disclosure
from data_access.kernel import HOUR_MINUTES
from data_access.places import Places, Spots
from data_access.records import DATE
from data_access.tallies import Coverage, Quality, coverage, quality

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from data_access.frame import Frame
    from data_access.permissions import Sight
    from data_access.records import Records

NO_TIME, NOT_TOLD, HOUR_CODES = HOURS_A_WEEK, HOURS_A_WEEK + 1, HOURS_A_WEEK + 2
"""Hours of the week, then: no time of day is known; the time may not be told."""

NO_WEEK = np.iinfo(np.int32).min
REPORTED = 3
_WEEKDAY_OF_EPOCH = 3


@dataclass(frozen=True, eq=False)
class Slots:
    """Days, or months, in order: first and last day (days since 1970), Monday of the week (NO_WEEK for months), first row."""

    first: NDArray[np.int32]
    last: NDArray[np.int32]
    monday: NDArray[np.int32]
    begins: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Times:
    """Intervals as `aoristic.WallIntervals`, all with the same change of the clock."""

    start: NDArray[np.uint16]
    end: NDArray[np.uint16]
    changed_hour: int
    added_min: int


@dataclass(frozen=True, eq=False)
class Part:
    """Incidents of one kind of time, in the order of their slots; `hour` is a code below HOUR_CODES, or Times."""

    slots: Slots
    combination: NDArray[Any]
    area: NDArray[Any]
    cell: NDArray[Any]
    spot: NDArray[np.uint32]
    hour: NDArray[np.uint8] | Times

    @property
    def size(self) -> int:
        """Number of incidents."""
        return len(self.combination)

    @property
    def is_monthly(self) -> bool:
        """Whether only the month may be told."""
        return bool(len(self.slots.monday) and self.slots.monday[0] == NO_WEEK)

    @property
    def nbytes(self) -> int:
        """Bytes of the columns."""
        times = (self.hour.start, self.hour.end) if isinstance(self.hour, Times) else (self.hour,)
        return sum(column.nbytes for column in (self.combination, self.area, self.cell, self.spot, *times))


@dataclass(frozen=True, eq=False)
class Stock:
    """All incidents of a part of a snapshot.

    `combinations`: type id, organisation id, reported (index) of each code; `areas`: number of districts, the code of "outside".
    """

    parts: tuple[Part, ...]
    combinations: NDArray[np.int32]
    areas: int
    places: Places
    spots: Spots
    coverage: Coverage
    quality: Quality

    @property
    def size(self) -> int:
        """Number of incidents."""
        return sum(part.size for part in self.parts)

    @property
    def nbytes(self) -> int:
        """Bytes of all columns."""
        return sum(part.nbytes for part in self.parts)


@dataclass(frozen=True, eq=False)
class _Codes:
    """The columns of all records before they are put in order."""

    combination: NDArray[Any]
    area: NDArray[Any]
    cell: NDArray[Any]
    spot: NDArray[np.uint32]

    def part(self, slots: Slots, rows: NDArray[np.int64], hour: NDArray[np.uint8] | Times) -> Part:
        return Part(slots, self.combination[rows], self.area[rows], self.cell[rows], self.spot[rows], hour)


def build_stock(frame: Frame, records: Records, sight: Sight, places: Places | None = None) -> Stock:
    """Code the records; `places`: the grid to use, when there is one already."""
    told = disclosure(frame, records, is_exact=sight.is_exact)
    spot, spots = Spots.of(records, told)
    area = _areas(frame, records)
    places = places or Places.of(spot, spots, area, len(frame.areas), is_guarded=sight.fewest > 0)
    combination, combinations = _combinations(records)
    codes = _Codes(combination, area, places.cell_codes(spot, spots, area), spot)
    return Stock(
        parts=tuple(_parts(records, told, codes, frame.timezone)),
        combinations=combinations,
        areas=len(frame.areas),
        places=places,
        spots=spots,
        coverage=coverage(records, told),
        quality=quality(records, told),
    )


def _parts(records: Records, told: Disclosure, codes: _Codes, timezone: str) -> Iterator[Part]:
    """What has months only; what has an hour or none; and intervals, by the change of the clock within."""
    clock = wall_intervals(records.occurred_from, records.occurred_to, timezone)
    has_time = records.time_precision != DATE
    is_interval = has_time & (clock.end != clock.start) & ~told.is_monthly
    hour = np.where(has_time, clock.start // HOUR_MINUTES, NO_TIME)
    hour = np.where(told.is_monthly, NOT_TOLD, hour).astype(np.uint8)
    day = records.local_date.astype(np.int32)
    for among in (told.is_monthly, ~told.is_monthly & ~is_interval):
        rows = np.flatnonzero(among)
        if len(rows):
            slots, order = _slots(day[rows], codes, rows, is_monthly=among is told.is_monthly)
            yield codes.part(slots, rows[order], hour[rows[order]])
    change = clock.changed_hour.astype(np.int64) * (1 << 16) + clock.added_min
    for code in np.unique(change[is_interval]):
        rows = np.flatnonzero(is_interval & (change == code))
        slots, order = _slots(day[rows], codes, rows, is_monthly=False)
        rows = rows[order]
        start, end = clock.start[rows].astype(np.uint16), clock.end[rows].astype(np.uint16)
        yield codes.part(
            slots, rows, Times(start, end, int(clock.changed_hour[rows[0]]), int(clock.added_min[rows[0]]))
        )


def _slots(
    day: NDArray[np.int32], codes: _Codes, rows: NDArray[np.int64], *, is_monthly: bool
) -> tuple[Slots, NDArray[np.int64]]:
    """Slots of some records and the order that sorts them by slot; within a slot by combination, which the kernel tests first."""
    dates = day.astype("datetime64[D]")
    first = dates.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32) if is_monthly else day
    width = int(codes.combination.max(initial=0)) + 1
    key = first.astype(np.int64) * width + codes.combination[rows]
    order = np.argsort(key, kind="stable")
    slot_first, begins = np.unique(first[order], return_index=True)
    last = _month_ends(slot_first.astype("datetime64[D]")) if is_monthly else slot_first
    monday = (
        np.full(len(slot_first), NO_WEEK) if is_monthly else slot_first - (slot_first + _WEEKDAY_OF_EPOCH) % 7
    )
    return (
        Slots(slot_first, last.astype(np.int32), monday.astype(np.int32), np.append(begins, len(rows))),
        order,
    )


def _month_ends(dates: NDArray[np.datetime64]) -> NDArray[np.int32]:
    """Last day of each date's month, in days since 1970."""
    return ((dates.astype("datetime64[M]") + 1).astype("datetime64[D]").astype(np.int32) - 1).astype(np.int32)


def _combinations(records: Records) -> tuple[NDArray[Any], NDArray[np.int32]]:
    """Code of each record's type, source and reported, and what the codes stand for."""
    category, categories = _dense(records.category_id)
    source, sources = _dense(records.organisation_id)
    joint = (category * max(len(sources), 1) + source) * REPORTED + records.reported
    code, used = _dense(joint)
    pair, reported = np.divmod(used, REPORTED)
    of_category, of_source = np.divmod(pair, max(len(sources), 1))
    table = np.stack([categories[of_category], sources[of_source], reported], axis=1)
    return narrow(code, len(used)), table.astype(np.int32).reshape(-1, 3)


def _dense(values: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Small numbers as places among those that occur."""
    used = np.flatnonzero(np.bincount(values)) if len(values) else np.zeros(0, np.int64)
    place = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int64)
    place[used] = np.arange(len(used))
    return place[values], used


def _areas(frame: Frame, records: Records) -> NDArray[Any]:
    """Place of each record's district in the frame; one past the last outside of all."""
    outside = len(frame.areas)
    ids = np.array([area.id for area in frame.areas], np.int64)
    order = np.argsort(ids)
    place = np.minimum(np.searchsorted(ids[order], records.area_id), max(outside - 1, 0))
    is_known = ids[order][place] == records.area_id if outside else np.zeros(records.size, bool)
    return narrow(np.where(is_known, order[place] if outside else 0, outside), outside + 1)


def narrow(codes: NDArray[Any], size: int) -> NDArray[Any]:
    """Codes below `size` in 16 bits where they fit, else in 32."""
    return codes.astype(np.uint16 if size <= 1 << 16 else np.uint32)
