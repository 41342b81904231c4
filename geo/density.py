"""Heat surfaces: how many events per square kilometre around each place, smoothed by a kernel in metres."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numba import njit

from geo.errors import GeoError
from geo.locate import Locator

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

Bounds = tuple[float, float, float, float]
Kernel = Literal["gaussian", "quartic"]

CELLS_PER_BANDWIDTH = 6
MOST_CELLS_PER_SIDE = 3000
WIDEST_SHARE = 0.5
"""Widest cell as a share of the bandwidth; wider ones would show their own edges."""

REACH_BANDWIDTHS = 4.0
"""Beyond this distance a Gaussian has 0.03 % of its peak left: events that far outside the bounds are left out."""

SHARING_VARIANCE = 1 / 6
"""Variance (in squared cells) that sharing an event over 2 x 2 cells adds on average; taken off the filter's own."""

M2_PER_KM2 = 1e6
MOST_THREADS = 4
THREADED_FROM_ROWS = 200_000
ONE, WHOLE = np.uint64(1), np.float32(1)
"""Typed, because a plain number would turn the kernel's arithmetic into signed or double precision."""


@dataclass(frozen=True)
class Surface:
    """A heat surface on a grid of square cells.

    Attributes:
        values: events per km2 at the middle of each cell, float32[rows, columns]; **row 0 is the northernmost**,
            column 0 the westernmost; NaN outside the mask.
        bounds: x_min, y_min, x_max, y_max of the grid in projected metres; reaches at most one cell further east and
            south than asked for.
        cell_m: side of a cell.
        bandwidth_m: standard deviation of the kernel; stated on the map.

    """

    values: NDArray[np.float32]
    bounds: Bounds
    cell_m: float
    bandwidth_m: float

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """East of each column's middle and north of each row's middle (metres)."""
        rows, columns = self.values.shape
        x = self.bounds[0] + (np.arange(columns) + 0.5) * self.cell_m
        y = self.bounds[3] - (np.arange(rows) + 0.5) * self.cell_m
        return x, y


def heat_surface(
    x: ArrayLike,
    y: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    bounds: Bounds,
    bandwidth_m: float = 300,
    cell_m: float | None = None,
    mask: BaseGeometry | None = None,
) -> Surface:
    """Gaussian heat surface of events, within 0.5 % of the surface's peak of the exact sum.

    Each event is shared over the 2 x 2 nearest cells in proportion to its nearness, which keeps its position and adds a
    little variance; a Gaussian filter with the rest of the variance follows. The error is at most about
    (cell / bandwidth)2 / 6 of the peak: 0.46 % for the default cell, and far less where many events add up.

    Args:
        x: east of events, projected metres; NaN is no point. Stand-ins (`geo.stand_ins`) must be left out before.
        y: north of events.
        weights: how many events each is; one when not given.
        bounds: x_min, y_min, x_max, y_max to draw; events outside still warm the edge.
        bandwidth_m: standard deviation of the kernel.
        cell_m: side of a cell, at most half of `bandwidth_m`; by default a sixth (wider on territories beyond 150 km).
        mask: polygon in the same CRS; values outside become NaN.

    Raises:
        GeoError: `geo.cell_too_wide_for_bandwidth`, or `geo.bounds_are_empty`.

    """
    cell_m = _cell_m(bounds, bandwidth_m) if cell_m is None else float(cell_m)
    if not 0 < cell_m <= WIDEST_SHARE * bandwidth_m:
        raise GeoError("geo.cell_too_wide_for_bandwidth", cell_m=cell_m, bandwidth_m=bandwidth_m)
    x_min, y_min, x_max, y_max = bounds
    if not (x_max > x_min and y_max > y_min):
        raise GeoError("geo.bounds_are_empty", bounds=str(bounds))
    columns, rows = (int(np.ceil(length / cell_m - 1e-9)) for length in (x_max - x_min, y_max - y_min))
    reach = int(np.ceil(REACH_BANDWIDTHS * bandwidth_m / cell_m)) + 1
    east = np.ascontiguousarray(x, dtype=np.float64)
    north = np.ascontiguousarray(y, dtype=np.float64)
    corner = (x_min - reach * cell_m, y_max + reach * cell_m)
    each = np.ones(1, np.float32) if weights is None else np.ascontiguousarray(weights, dtype=np.float32)
    shared = _shared(east, north, each, *corner, 1 / cell_m, rows + 2 * reach, columns + 2 * reach)
    kernel = _weights(reach, (bandwidth_m / cell_m) ** 2 - SHARING_VARIANCE)
    across = _blur(shared, kernel).T.copy()
    per_cell = _blur(across, kernel).T
    drawn = (x_min, y_max - rows * cell_m, x_min + columns * cell_m, y_max)
    surface = Surface((per_cell * (M2_PER_KM2 / cell_m**2)).astype(np.float32), drawn, cell_m, bandwidth_m)
    return surface if mask is None else mask_outside(surface, mask)


def mask_outside(surface: Surface, geometry: BaseGeometry) -> Surface:
    """The surface with NaN in cells whose middle lies outside a polygon: nothing is claimed beyond the municipality."""
    x, y = surface.centres()
    east, north = np.meshgrid(x, y)
    is_outside = Locator([geometry]).locate(east.ravel(), north.ravel()).reshape(east.shape) < 0
    return replace(surface, values=np.where(is_outside, np.nan, surface.values).astype(np.float32))


def density_at(
    places: ArrayLike, x: ArrayLike, y: ArrayLike, *, kernel: Kernel = "gaussian", bandwidth_m: float
) -> NDArray[np.float64]:
    """Exact kernel sum at given places, in events per m2 (divide by the number of events for a density).

    Args:
        places: float[n, 2] east and north, projected metres.
        x: east of events.
        y: north of events.
        kernel: ``gaussian`` (bandwidth = standard deviation) or ``quartic`` (bandwidth = radius;
            3 / (pi h2) (1 - d2 / h2)2, Silverman 1986).
        bandwidth_m: width of the kernel.

    """
    places, east, north = (np.asarray(values, dtype=np.float64) for values in (places, x, y))
    out = np.empty(len(places))
    for i, (px, py) in enumerate(places):
        squared = ((east - px) ** 2 + (north - py) ** 2) / bandwidth_m**2
        if kernel == "gaussian":
            out[i] = np.exp(-squared / 2).sum() / (2 * np.pi * bandwidth_m**2)
        else:
            out[i] = (np.clip(1 - squared, 0, None) ** 2).sum() * 3 / (np.pi * bandwidth_m**2)
    return out


def _cell_m(bounds: Bounds, bandwidth_m: float) -> float:
    """A sixth of the bandwidth, unless that makes more cells than a screen has pixels."""
    longest_m = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    return min(
        max(bandwidth_m / CELLS_PER_BANDWIDTH, longest_m / MOST_CELLS_PER_SIDE), WIDEST_SHARE * bandwidth_m
    )


def _weights(reach: int, variance: float) -> NDArray[np.float32]:
    """Gaussian weights of the cells up to `reach` away on both sides, adding up to 1 (variance in squared cells)."""
    weights = np.exp(-0.5 * np.arange(-reach, reach + 1) ** 2 / variance)
    return (weights / weights.sum()).astype(np.float32)


@njit(nogil=True, cache=True, fastmath={"contract"})
def _blur(cells, weights):  # noqa: ANN001, ANN202
    """Weighted sums down each column, for the rows that have all their neighbours."""
    rows = cells.shape[0] - weights.size + 1
    out = np.zeros((rows, cells.shape[1]), np.float32)
    for row in range(rows):
        for k in range(weights.size):
            for column in range(cells.shape[1]):
                out[row, column] += weights[k] * cells[row + k, column]
    return out


def _shared(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    each: NDArray[np.float32],
    west: float,
    north: float,
    per_m: float,
    rows: int,
    columns: int,
) -> NDArray[np.float32]:
    """Events shared over cells, float32[rows, columns]; many events are split over threads (the kernel frees the GIL)."""
    threads = min(os.cpu_count() or 1, MOST_THREADS) if x.size >= THREADED_FROM_ROWS else 1
    cuts = np.linspace(0, x.size, threads + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        futures = [
            pool.submit(
                _share,
                x[first:last],
                y[first:last],
                each[first:last] if each.size > 1 else each,
                west,
                north,
                per_m,
                rows,
                columns,
            )
            for first, last in pairwise(cuts)
        ]
        return sum((future.result() for future in futures[1:]), start=futures[0].result())


@njit(nogil=True, cache=True, fastmath={"contract"})
def _share(x, y, each, west, north, per_m, rows, columns):  # noqa: ANN001, ANN202
    """Share each event over the 2 x 2 cells whose middles surround it; row 0 is the northernmost. One weight is for all."""
    step = 1 if each.size == x.size else 0
    cells = np.zeros((rows, columns), np.float32)
    for k in range(x.size):
        u, v = (x[k] - west) * per_m - 0.5, (north - y[k]) * per_m - 0.5
        if not (0 <= u < columns - 1 and 0 <= v < rows - 1):
            continue
        i, j = int(u), int(v)
        a, b = np.float32(u - i), np.float32(v - j)
        # Unsigned, because signed indices cost a test for negative ones at each of the cells.
        column, row = np.uint64(i), np.uint64(j)
        above, below = each[k * step] * (WHOLE - b), each[k * step] * b
        cells[row, column] += (WHOLE - a) * above
        cells[row, column + ONE] += a * above
        cells[row + ONE, column] += (WHOLE - a) * below
        cells[row + ONE, column + ONE] += a * below
    return cells
