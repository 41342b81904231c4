"""In which area does a point lie? Exactly one answer for every point, also on a border."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import _label_grid as grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

CELLS_PER_EDGE = 12
FEWEST_CELLS = 1 << 14
MOST_CELLS = 1 << 21
MOST_ENTRIES = 1 << 23
"""Bounds the memory of a locator to about 150 MB, whatever the polygons are like."""


class Locator:
    """Finds the area of each point; built once for a set of areas, then asked as often as needed.

    A point on a border belongs to the area with the lowest index, so callers order areas by code and the lowest code
    wins. Holes and several parts are respected. The answer equals that of an exact intersection test
    (`shapely.intersects`) with every area.
    """

    def __init__(self, geometries: Sequence[BaseGeometry | None]) -> None:
        """Prepare the areas.

        Args:
            geometries: valid polygons or multipolygons (`geo.areas.clean`) in one projected CRS, in metres; None and
                empty ones contain no point.

        """
        self._shapes = np.asarray(geometries, dtype=object)
        self._edges, self._area_starts = _edges(self._shapes)
        self._boxes = shapely.bounds(self._shapes).reshape(-1, 4)
        self._tree = shapely.STRtree(self._shapes)
        self._raster = _paint(self._edges, self._area_starts) if len(self._edges) else None

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Index of each point's area, -1 where it lies in none or a coordinate is NaN.

        Args:
            x: east in the areas' CRS (metres).
            y: north in the areas' CRS (metres).

        """
        x = np.ascontiguousarray(x, dtype=np.float64)
        y = np.ascontiguousarray(y, dtype=np.float64)
        if self._raster is None:
            return np.full(x.size, grid.NOWHERE, dtype=np.int32)
        out = grid.lookup(x, y, self._raster, self._edges, self._boxes)
        doubtful = np.flatnonzero(out == grid.DOUBTFUL)
        if doubtful.size:
            out[doubtful] = self._locate_exactly(x[doubtful], y[doubtful])
        return out

    def _locate_exactly(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int32]:
        point, area = self._tree.query(shapely.points(x, y), predicate="intersects")
        lowest = np.full(x.size, len(self._shapes), dtype=np.int64)
        np.minimum.at(lowest, point, area)
        return np.where(lowest < len(self._shapes), lowest, grid.NOWHERE).astype(np.int32)


def _edges(shapes: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Edges of all rings as ax, ay, bx, by, grouped by area, and the first edge of each area."""
    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    is_edge = ring_of_point[1:] == ring_of_point[:-1]
    edges = np.hstack([points[:-1], points[1:]])[is_edge]
    area = area_of_part[part_of_ring[ring_of_point[:-1][is_edge]]]
    counts = np.bincount(area, minlength=len(shapes))
    return np.ascontiguousarray(edges), np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _paint(edges: NDArray[np.float64], area_starts: NDArray[np.int64]) -> grid.Raster:
    """Paint the finest raster that stays within the bounds on memory."""
    low = np.minimum(edges[:, :2].min(axis=0), edges[:, 2:].min(axis=0))
    high = np.maximum(edges[:, :2].max(axis=0), edges[:, 2:].max(axis=0))
    size = np.maximum(high - low, np.abs(high).max() * 1e-12)
    cells = min(max(CELLS_PER_EDGE * len(edges), FEWEST_CELLS), MOST_CELLS)
    while True:
        cell_m = float(max(np.sqrt(size[0] * size[1] / cells), size.max() / cells))
        origin = low - cell_m / 2
        columns, rows = (int(n) for n in np.ceil(size / cell_m) + 1)
        in_cells = (edges - np.tile(origin, 2)) / cell_m
        pad = 1e-6 + 64 * np.finfo(np.float64).eps * float(np.abs(edges).max()) / cell_m
        entries, touched = grid.count_work(in_cells, pad, rows, columns)
        if cells <= FEWEST_CELLS or entries + touched <= MOST_ENTRIES:
            break
        cells //= 2
    painted = grid.paint(in_cells, area_starts, pad, rows, columns, entries, touched)
    return grid.Raster(float(origin[0]), float(origin[1]), 1 / cell_m, *painted)
