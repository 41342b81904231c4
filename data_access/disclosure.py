"""What of the records may be told: days, hours and places, without what a viewer must not learn.

Types of sensitivity 1 lose their points, types of sensitivity 2 also their days and hours, unless the viewer sees exact records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.aoristic import aoristic_weights
from data_access.local_calendar import monday_of
from geo.grid import Cells, equal_count_cells

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from data_access.frame import Frame
    from data_access.records import Records

DISTRICT_ONLY = 1
AGGREGATE_ONLY = 2
_WEEK = np.timedelta64(7, "D")
_CELL_TARGET = 40
_ADDRESSES_A_CELL = 8


@dataclass(frozen=True, eq=False)
class Disclosure:
    """For each of n records: the sensitivity of its type, whether only its month and whether only its district may be told."""

    sensitivity: NDArray[np.int8]
    monthly: NDArray[np.bool_]
    by_district: NDArray[np.bool_]
    timezone: str


@dataclass(frozen=True, eq=False)
class Days:
    """`first`, `last`: datetime64[D] between which a record lies as far as may be told.

    `week`: index of its true ISO week from `first_week`, to be told of no record that is only known by month.
    """

    first: NDArray[np.datetime64]
    last: NDArray[np.datetime64]
    week: NDArray[np.int32]
    first_week: np.datetime64[date]
    weeks: int


@dataclass(frozen=True, eq=False)
class Hours:
    """Aoristic weights, sparse: record, hour of the week (0 is Monday 00), weight; and which records have any."""

    is_known: NDArray[np.bool_]
    row: NDArray[np.int64]
    hour: NDArray[np.int16]
    weight: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Places:
    """Points in metres of the municipality's CRS, NaN where none may be painted; their grid cell, -1 for none."""

    is_place: NDArray[np.bool_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cells: Cells | None
    cell: NDArray[np.int32]


def disclosure(frame: Frame, records: Records, *, is_exact: bool) -> Disclosure:
    """What may be told of each record; of everything everything when `is_exact`."""
    sensitivity = np.array([category.sensitivity for category in frame.categories], np.int8)[records.category]
    return Disclosure(
        sensitivity=sensitivity,
        monthly=(sensitivity >= AGGREGATE_ONLY) & (not is_exact),
        by_district=(sensitivity >= DISTRICT_ONLY) & (not is_exact),
        timezone=frame.timezone,
    )


def told_days(records: Records, told: Disclosure) -> Days:
    """Days and weeks; a record that is only known by month lies between the month's first and last day."""
    day = records.local_date.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    month_last = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    first = np.where(told.monthly, month.astype("datetime64[D]"), day).astype("datetime64[D]")
    last = np.where(told.monthly, month_last, day).astype("datetime64[D]")
    decides = told.monthly if told.monthly.all() else ~told.monthly
    first_week, weeks = _weeks(first[decides], last[decides])
    week = ((monday_of(day) - first_week) // _WEEK).astype(np.int32)
    return Days(first=first, last=last, week=week, first_week=first_week, weeks=weeks)


def _weeks(first: NDArray[np.datetime64], last: NDArray[np.datetime64]) -> tuple[np.datetime64[date], int]:
    """First week and number of weeks; what may only be known per month must not move them."""
    if not len(first):
        return np.datetime64("1970-01-05", "D"), 0
    first_week, last_week = monday_of(first).min(), monday_of(last).max()
    return first_week, int((last_week - first_week) // _WEEK) + 1


def told_hours(records: Records, told: Disclosure) -> Hours:
    """Weights of the records that have a time of day, in the municipality's time zone."""
    is_known = (records.time_precision != "date") & ~told.monthly
    spread = aoristic_weights(records.occurred_from, records.occurred_to, is_known, told.timezone)
    return Hours(is_known, spread.row.astype(np.int64), spread.hour_of_week, spread.weight)


def told_places(records: Records, told: Disclosure) -> Places:
    """Points that are places, and a grid over them of cells with about equally many."""
    is_place = (records.place_precision == "point") & ~told.by_district
    x, y = np.where(is_place, records.x, np.nan), np.where(is_place, records.y, np.nan)
    cells, cell = _cells(x, y)
    return Places(is_place=is_place, x=x, y=y, cells=cells, cell=cell)


def _cells(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[Cells | None, NDArray[np.int32]]:
    known = ~np.isnan(x)
    if known.sum() < _ADDRESSES_A_CELL:
        return None, np.full(len(x), -1, np.int32)
    cells = equal_count_cells(x[known], y[known], target=_CELL_TARGET)
    return cells, cells.locate(x, y)
