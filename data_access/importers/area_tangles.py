"""Polygons that would keep the computer busy for hours: found by counting boxes before anything is cut or joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_CHUNK = 16
_MOST_CROSSINGS = 100_000
_MOST_IN_LARGE = 500_000
_MANY_POINTS = 10_000
_MOST_POINTS = 200_000
_MOST_PAIRS = 100_000


def is_tangled(geometry: BaseGeometry | None) -> bool:
    """Whether a polygon crosses itself so often that mending it would not end: n lines can cross n^2 / 2 times."""
    if geometry is None or geometry.is_empty:
        return False
    points = shapely.get_coordinates(geometry)
    if len(points) > _MOST_POINTS:
        return not geometry.is_valid
    is_large = (
        len(points) > _MANY_POINTS
    )  # asking a large star whether it is valid takes longer than counting
    if not is_large and geometry.is_valid:
        return False
    lines = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
    return _has_more_pairs(np.asarray(lines, dtype=object), _MOST_IN_LARGE if is_large else _MOST_CROSSINGS)


def overlap_too_often(geometries: Sequence[BaseGeometry]) -> bool:
    """Whether areas lie over each other in more pairs than any map has: thousands of times the same square."""
    return _has_more_pairs(np.asarray(geometries, dtype=object), _MOST_PAIRS)


def _has_more_pairs(shapes: NDArray[np.object_], most: int) -> bool:
    """Whether the boxes of different shapes meet in more pairs than `most`, beyond a few per shape."""
    tree, pairs = shapely.STRtree(shapes), 0
    most += 10 * len(shapes)
    for start in range(0, len(shapes), _CHUNK):
        pairs += tree.query(shapes[start : start + _CHUNK]).shape[1]
        if pairs > most:
            return True
    return False
