"""Points that stand for a whole place: centres of districts or municipalities, and stacked addresses.

Registers that know only the district or the town often write its centre as the point. Painted as heat, such a centre
is the hottest spot of the map, although perhaps nothing ever happened there. Three signs tell it from a square where
300 things really happened:

1. It lies on the centre of a known area (within 2 m of the centroid or the inner point of a polygon).
2. The whole file is coarse: most of its rows share a coordinate with others, and its distinct coordinates lie a
   kilometre or more apart. Addresses in a town lie tens of metres apart, towns lie kilometres apart. Then every row is
   a stand-in, also in the small town that occurs once.
3. It towers over its surroundings: many rows on one and the same metre and next to nothing around. A busy square has
   busy streets around it and its reports spread over doors and corners; a centroid gathers what happened elsewhere.

An isolated address that is really hot (a shopping centre out in the fields, registered on one single coordinate)
falls under the third sign too. It is counted in its area and named in the number that the map shows; as heat it would
say no more than one dot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

CENTROID_M = 2.0
"""Two programs that round the same centroid differ by less than this."""

COARSE_SHARE = 0.5
COARSE_SPACING_M = 1000.0
COARSE_FEWEST_ROWS = 50
"""A file is coarse when at least this share of so many rows repeats coordinates this far apart (medians)."""

STACK_FEWEST_ROWS = 30
STACK_SHARE = 0.002
"""A stack has at least this many rows and this share of the file (the larger of the two)."""

SURROUNDINGS_M = 300.0
STACK_DOMINANCE = 3.0
"""A stack is a stand-in when it holds this many times the rows that lie around it within these metres."""


def repeats(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """How many rows share each row's coordinate to the metre (itself included); 0 where a coordinate is NaN."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    is_point = np.isfinite(x) & np.isfinite(y)
    out = np.zeros(x.size, dtype=np.int64)
    _, place, rows = _places(x[is_point], y[is_point])
    out[is_point] = rows[place]
    return out


def centres(geometries: Sequence[BaseGeometry | None]) -> NDArray[np.float64]:
    """Centroids and inner points of areas as float64[n, 2] in the areas' CRS: what registers write for an area."""
    shapes = np.asarray(geometries, dtype=object)
    points = np.concatenate([shapely.centroid(shapes), shapely.point_on_surface(shapes)])
    return shapely.get_coordinates(points[~(shapely.is_missing(points) | shapely.is_empty(points))])


def is_stand_in(
    x: ArrayLike, y: ArrayLike, *, at_least: int | None = None, centroids: ArrayLike | None = None
) -> NDArray[np.bool_]:
    """Which rows stand for a place rather than for a point; the module's text gives the rule.

    Args:
        x: east, projected metres, of the rows of **one source**; NaN is no point.
        y: north, projected metres.
        at_least: rows on one metre from which a stack is judged by its surroundings; by default 30 or 0.2 % of the
            rows, whichever is more.
        centroids: float[n, 2] points known to stand for areas (`centres`).

    Returns:
        bool per row; False where there is no point.

    """
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    is_point = np.isfinite(x) & np.isfinite(y)
    out = np.zeros(x.size, dtype=bool)
    if not is_point.any():
        return out
    where, place, rows = _places(x[is_point], y[is_point])
    if _is_coarse(where, rows):
        return is_point
    threshold = max(STACK_FEWEST_ROWS, STACK_SHARE * place.size) if at_least is None else at_least
    is_marked = _towers(where, rows, threshold)
    if centroids is not None and np.size(centroids):
        away_m, _ = KDTree(np.asarray(centroids, dtype=np.float64)).query(where)
        is_marked |= away_m <= CENTROID_M
    out[is_point] = is_marked[place]
    return out


def _places(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.intp], NDArray[np.int64]]:
    """Distinct metres as float[n, 2], the place of each row, and the rows of each place."""
    column, row = np.round(x).astype(np.int64), np.round(y).astype(np.int64)
    keys, first, place, rows = np.unique(
        (row << 32) + column, return_index=True, return_inverse=True, return_counts=True
    )
    return np.column_stack([column, row])[first].astype(np.float64), place.reshape(keys[place].shape), rows


def _is_coarse(where: NDArray[np.float64], rows: NDArray[np.int64]) -> bool:
    """True when the file knows towns or districts only."""
    share_repeated = rows[rows > 1].sum() / rows.sum()
    if rows.sum() < COARSE_FEWEST_ROWS or share_repeated < COARSE_SHARE or len(where) == 1:
        return bool(rows.sum() >= COARSE_FEWEST_ROWS and len(where) == 1)
    apart_m, _ = KDTree(where).query(where, k=2)
    return bool(np.median(apart_m[:, 1]) >= COARSE_SPACING_M)


def _towers(where: NDArray[np.float64], rows: NDArray[np.int64], threshold: float) -> NDArray[np.bool_]:
    """Places with at least `threshold` rows that hold several times the rows of their surroundings."""
    out = np.zeros(rows.size, dtype=bool)
    stacks = np.flatnonzero(rows >= threshold)
    around = KDTree(where).query_ball_point(where[stacks], SURROUNDINGS_M) if stacks.size else []
    for stack, neighbours in zip(stacks, around, strict=True):
        others = rows[neighbours].sum() - rows[stack]
        out[stack] = rows[stack] > STACK_DOMINANCE * others
    return out
