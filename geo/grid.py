"""Square cells that hold about equally many points each, on one fixed lattice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import GeoError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

HALF_LATTICE = np.int64(1) << 30
"""Added to lattice numbers so that they are positive: the lattice reaches a billion cells each way."""


@dataclass(frozen=True)
class Cells:
    """Squares that never overlap; a cell holds its west and south edges but not its east and north ones.

    Attributes:
        x_min: west edge per cell, projected metres (float64).
        y_min: south edge per cell, projected metres (float64).
        side_m: side per cell (float64).

    """

    x_min: NDArray[np.float64]
    y_min: NDArray[np.float64]
    side_m: NDArray[np.float64]

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Index of the cell that holds each point (metres), -1 where none does or a coordinate is NaN."""
        x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        out = np.full(x.size, -1, dtype=np.int32)
        is_point = np.isfinite(x) & np.isfinite(y)
        for side in np.unique(self.side_m):
            cells = np.flatnonzero(self.side_m == side)
            keys = _keys(*_lattice(self.x_min[cells], self.y_min[cells], side))
            order = np.argsort(keys)
            rows = np.flatnonzero(is_point & (out < 0))
            wanted = _keys(*_lattice(x[rows], y[rows], side))
            place = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), keys.size - 1)]
            is_hit = keys[place] == wanted
            out[rows[is_hit]] = cells[place[is_hit]]
        return out

    def polygons(self) -> NDArray[np.object_]:
        """The cells as shapely polygons in the same projected metres."""
        return shapely.box(self.x_min, self.y_min, self.x_min + self.side_m, self.y_min + self.side_m)


def equal_count_cells(
    x: ArrayLike,
    y: ArrayLike,
    *,
    target: int,
    weights: ArrayLike | None = None,
    smallest_m: float = 100,
    largest_m: float = 3200,
) -> Cells:
    """Cells that are small where points are dense: a cell is quartered while it holds more than `target` points.

    The lattice starts at 0, 0 of the CRS, so the same place falls in the same squares whatever the points are. All
    four quarters are kept, the empty ones too: points of another period find their cell as well.

    Args:
        x: east, projected metres; NaN is no point.
        y: north, projected metres.
        target: most points in a cell, unless it has the smallest side already.
        weights: how many points each is; one when not given.
        smallest_m: smallest side.
        largest_m: largest side; `smallest_m` doubled a whole number of times.

    Returns:
        Cells, the largest first, then from south to north and west to east.

    Raises:
        GeoError: `geo.sides_do_not_double` when the two sides do not fit one lattice.

    """
    levels = np.log2(largest_m / smallest_m)
    if levels < 0 or levels != round(levels):
        raise GeoError("geo.sides_do_not_double", smallest_m=smallest_m, largest_m=largest_m)
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    is_point = np.isfinite(x) & np.isfinite(y)
    each = np.ones(x.size) if weights is None else np.asarray(weights, dtype=np.float64)
    each = each[is_point]
    column, row = _lattice(x[is_point], y[is_point], smallest_m)
    done: list[NDArray[np.float64]] = []
    here = _keys(column >> int(levels), row >> int(levels))
    cells = np.unique(here)
    for level in range(int(levels), -1, -1):
        counts = np.bincount(np.searchsorted(cells, here), weights=each, minlength=cells.size)
        is_split = (counts > target) & (level > 0)
        done.append(_squares(cells[~is_split], smallest_m * 2.0**level))
        is_down = np.isin(here, cells[is_split])
        column, row, each = column[is_down], row[is_down], each[is_down]
        cells = _quarters(cells[is_split])
        here = _keys(column >> max(level - 1, 0), row >> max(level - 1, 0))
    return Cells(*np.hstack(done))


def _lattice(
    x: NDArray[np.float64], y: NDArray[np.float64], side_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Column and row of the square of the given side that holds each point."""
    return np.floor(x / side_m).astype(np.int64), np.floor(y / side_m).astype(np.int64)


def _keys(column: NDArray[np.int64], row: NDArray[np.int64]) -> NDArray[np.int64]:
    """One number per square that sorts by row, then column."""
    return ((row + HALF_LATTICE) << 32) + (column + HALF_LATTICE)


def _squares(keys: NDArray[np.int64], side_m: float) -> NDArray[np.float64]:
    """x_min, y_min and side of squares, as three rows."""
    column, row = (keys & 0xFFFFFFFF) - HALF_LATTICE, (keys >> 32) - HALF_LATTICE
    return np.vstack([column * side_m, row * side_m, np.full(keys.size, side_m)])


def _quarters(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """The four squares of half the side inside each square, sorted."""
    column, row = 2 * ((keys & 0xFFFFFFFF) - HALF_LATTICE), 2 * ((keys >> 32) - HALF_LATTICE)
    return np.sort(np.concatenate([_keys(column + i, row + j) for i in (0, 1) for j in (0, 1)]))
