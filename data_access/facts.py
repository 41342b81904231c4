"""The incident facts in memory: one coded NumPy column per thing that is filtered or counted.

Facts are read once per data version and shared by all viewers who may see the same. Sensitivity is applied here, before any
view can count: what a browser's viewer must not learn is not in the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from data_access.disclosure import (
    AGGREGATE_ONLY,
    DISTRICT_ONLY,
    Days,
    disclosure,
    told_days,
    told_hours,
    told_places,
)
from data_access.frame import AreaFact, CategoryFact, Frame, read_frame
from data_access.permissions import Viewer, check
from data_access.records import Records, read_records
from data_access.selection import Period

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from data_access.database import Database
    from geo.grid import Cells

REPORTED_CODES = ("yes", "no", "unknown")


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
    first_week: np.datetime64[date]
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

    def _last_day(self) -> np.datetime64[date]:
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
    told = disclosure(frame, records, is_exact=is_exact)
    days, hours, places = told_days(records, told), told_hours(records, told), told_places(records, told)
    return Facts(
        frame=frame,
        day_first=days.first.astype(np.int32),
        day_last=days.last.astype(np.int32),
        week=np.where(told.monthly, -1, days.week).astype(np.int32),
        area=records.area,
        category=records.category,
        source=records.source,
        reported=records.reported,
        has_hours=hours.is_known,
        hour_row=hours.row,
        hour=hours.hour,
        hour_weight=hours.weight,
        is_place=places.is_place,
        x=places.x,
        y=places.y,
        cell=places.cell,
        cells=places.cells,
        first_week=days.first_week,
        weeks=days.weeks,
        coverage=_coverage(frame, records, days, ~told.monthly),
        coverage_without_code=_coverage(frame, records, days, ~told.monthly & ~records.has_area_code),
        quality=_quality(records, told.sensitivity),
    )


def _coverage(frame: Frame, records: Records, days: Days, among: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Records per source and week: only whether a source delivered, so no filter applies."""
    sources = len(frame.sources)
    code = records.source[among].astype(np.int64) * days.weeks + days.week[among]
    return np.bincount(code, minlength=sources * days.weeks).reshape(sources, days.weeks)


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
