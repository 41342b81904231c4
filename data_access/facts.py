"""The incident facts in memory: one coded NumPy column per thing that is filtered or counted.

Facts are read once per data version and shared by all viewers who may see the same. Sensitivity is applied here, before any
view can count: what a browser's viewer must not learn is not in the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from data_access.aoristic import aoristic_weights
from data_access.frame import AreaFact, CategoryFact, Frame, read_frame
from data_access.local_calendar import monday_of
from data_access.permissions import Viewer, check
from data_access.records import Records, read_records
from data_access.selection import Period
from geo.grid import Cells, equal_count_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.database import Database

REPORTED_CODES = ("yes", "no", "unknown")
DISTRICT_ONLY = 1
AGGREGATE_ONLY = 2
_CELL_TARGET = 40
_ADDRESSES_A_CELL = 8


@dataclass(frozen=True)
class Quality:
    """How complete the records are: counts of records."""

    records: int
    without_point: int
    stand_in_points: int
    without_area: int
    without_time: int
    interval_times: int
    district_only: int
    aggregate_only: int


@dataclass(frozen=True, eq=False)
class Facts:
    """n incidents as columns, and the frame that gives the codes their names.

    `coverage`: records per source (row) and week, of all types whose week may be known; `coverage_without_code`: those of them
    that came without an area code.

    `day_first`, `day_last`: days since 1970-01-01; equal, except for types that are only shown per month, where they are the
    month's first and last day. `week`: index of the ISO week from `first_week`, -1 where only the month may be known.
    `area`, `category`, `source`: index into the frame, -1 for no area. `reported`: index into REPORTED_CODES.
    `hour_row`, `hour`, `hour_weight`: the aoristic weights, sparse. `is_place`: the point may be painted; `x`, `y` are metres in
    the municipality's CRS and NaN elsewhere; `cell` is an index into `cells` or -1.
    """

    frame: Frame
    day_first: NDArray[np.int32]
    day_last: NDArray[np.int32]
    week: NDArray[np.int32]
    area: NDArray[np.int32]
    category: NDArray[np.int16]
    source: NDArray[np.int16]
    reported: NDArray[np.int8]
    has_hours: NDArray[np.bool_]
    hour_row: NDArray[np.int64]
    hour: NDArray[np.int16]
    hour_weight: NDArray[np.float64]
    is_place: NDArray[np.bool_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cell: NDArray[np.int32]
    cells: Cells | None
    first_week: np.datetime64
    weeks: int
    coverage: NDArray[np.int64]
    coverage_without_code: NDArray[np.int64]
    quality: Quality

    @property
    def size(self) -> int:
        """Number of incidents."""
        return len(self.area)

    @property
    def period(self) -> Period | None:
        """First and last day with an incident; None without any."""
        if not self.size:
            return None
        first, last = self.first_week, self.first_week + np.timedelta64(7 * self.weeks - 1, "D")
        return Period(first.item(), min(last, self._last_day()).item())

    def _last_day(self) -> np.datetime64:
        has_week = self.week >= 0
        return np.datetime64(int((self.day_first[has_week] if has_week.any() else self.day_last).max()), "D")

    @property
    def areas(self) -> tuple[AreaFact, ...]:
        """Districts in the order of `area`."""
        return self.frame.areas

    @property
    def categories(self) -> tuple[CategoryFact, ...]:
        """Types in the order of `category`."""
        return self.frame.categories


def facts(database: Database, viewer: Viewer, area_set: int | None = None) -> Facts:
    """Facts for a viewer with the districts of a set (None: the newest); cached by data version."""
    check(viewer, "incidents.read")
    frame = read_frame(database, viewer, area_set)
    return _facts(database, frame, viewer.sees_exact_records)


@lru_cache(maxsize=6)
def _facts(database: Database, frame: Frame, is_exact: bool) -> Facts:  # noqa: FBT001 - part of the cache key
    return build_facts(frame, read_records(database, frame), is_exact=is_exact)


def build_facts(frame: Frame, records: Records, *, is_exact: bool = False) -> Facts:
    """Code the records; without `is_exact` types of sensitivity 1 and 2 lose what may not be seen of them."""
    sensitivity = np.array([category.sensitivity for category in frame.categories], np.int8)[records.category]
    monthly = (sensitivity >= AGGREGATE_ONLY) & (not is_exact)
    by_district = (sensitivity >= DISTRICT_ONLY) & (not is_exact)
    day = records.local_date.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    month_last = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    day_first = np.where(monthly, month.astype("datetime64[D]"), day).astype("datetime64[D]")
    day_last = np.where(monthly, month_last, day).astype("datetime64[D]")
    decides = monthly if monthly.all() else ~monthly
    first_week, weeks = _weeks(day_first[decides], day_last[decides])
    week = ((monday_of(day) - first_week) // np.timedelta64(7, "D")).astype(np.int32)
    has_hours = (records.time_precision != "date") & ~monthly
    row, hour, weight = _hours(records, has_hours, frame.timezone)
    is_place = (records.place_precision == "point") & ~by_district
    x, y = np.where(is_place, records.x, np.nan), np.where(is_place, records.y, np.nan)
    cells, cell = _cells(x, y)
    told = ~monthly
    uncoded = told & ~records.has_area_code
    return Facts(
        frame=frame,
        day_first=day_first.astype(np.int32),
        day_last=day_last.astype(np.int32),
        week=np.where(monthly, -1, week).astype(np.int32),
        area=records.area,
        category=records.category,
        source=records.source,
        reported=records.reported,
        has_hours=has_hours,
        hour_row=row,
        hour=hour,
        hour_weight=weight,
        is_place=is_place,
        x=x,
        y=y,
        cell=cell,
        cells=cells,
        first_week=first_week,
        weeks=weeks,
        coverage=_coverage(records.source[told], week[told], len(frame.sources), weeks),
        coverage_without_code=_coverage(records.source[uncoded], week[uncoded], len(frame.sources), weeks),
        quality=_quality(records, sensitivity),
    )


def _weeks(first: NDArray[np.datetime64], last: NDArray[np.datetime64]) -> tuple[np.datetime64, int]:
    """First week and number of weeks; what may only be known per month must not move them."""
    if not len(first):
        return np.datetime64("1970-01-05", "D"), 0
    first_week, last_week = monday_of(first).min(), monday_of(last).max()
    return first_week, int((last_week - first_week) // np.timedelta64(7, "D")) + 1


def _hours(
    records: Records, has_hours: NDArray[np.bool_], timezone: str
) -> tuple[NDArray[np.int64], NDArray[np.int16], NDArray[np.float64]]:
    spread = aoristic_weights(records.occurred_from, records.occurred_to, has_hours, timezone)
    return spread.row.astype(np.int64), spread.hour_of_week, spread.weight


def _cells(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[Cells | None, NDArray[np.int32]]:
    known = ~np.isnan(x)
    if known.sum() < _ADDRESSES_A_CELL:
        return None, np.full(len(x), -1, np.int32)
    cells = equal_count_cells(x[known], y[known], target=_CELL_TARGET)
    return cells, cells.locate(x, y)


def _coverage(
    source: NDArray[np.int16], week: NDArray[np.int32], sources: int, weeks: int
) -> NDArray[np.int64]:
    """Records per source and week: only whether a source delivered, so no filter applies."""
    return np.bincount(source.astype(np.int64) * weeks + week, minlength=sources * weeks).reshape(
        sources, weeks
    )


def _quality(records: Records, sensitivity: NDArray[np.int8]) -> Quality:
    return Quality(
        records=len(records.area),
        without_point=int(np.isnan(records.x).sum()),
        stand_in_points=int((records.place_precision == "stand_in").sum()),
        without_area=int((records.area < 0).sum()),
        without_time=int((records.time_precision == "date").sum()),
        interval_times=int((records.time_precision == "interval").sum()),
        district_only=int((sensitivity == DISTRICT_ONLY).sum()),
        aggregate_only=int((sensitivity == AGGREGATE_ONLY).sum()),
    )
