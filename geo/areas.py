"""Area polygons as they arrive in files: made usable one by one, and looked over as a set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

OUT_OF_PLACE_SPREADS = 10.0
"""An area this many times the usual distance from the middle of the set is out of place."""

AT_ORIGIN_M = 1.0
"""A coordinate this close to 0, 0 is an unset field."""

FEWEST_FOR_PLACE = 3
"""With fewer areas there is no usual distance to judge by."""

SAME_GROUND = 0.001
"""Outlines that differ by less than this part of the area are the same, drawn once more."""


@dataclass(frozen=True)
class CleanGeometry:
    """A geometry made usable as an area, or the reason why it cannot be.

    Attributes:
        geometry: valid two-dimensional MultiPolygon, or None when refused.
        repairs: what was done, in order: ``z_dropped``, ``lines_dropped``, ``ring_repaired``.
        reason: None, or why it was refused: ``missing``, ``empty``, ``not_an_area``, ``not_finite``.

    """

    geometry: MultiPolygon | None
    repairs: tuple[str, ...] = ()
    reason: str | None = None


def clean(geometry: BaseGeometry | None) -> CleanGeometry:
    """Make a geometry from a file into a valid MultiPolygon in x and y, keeping every part that has an area.

    Args:
        geometry: any shapely geometry, in any CRS, or None.

    """
    reason = _refusal(geometry)
    if geometry is None or reason is not None:
        return CleanGeometry(None, reason=reason)
    repairs: list[str] = []
    if shapely.has_z(geometry) or shapely.has_m(geometry):
        geometry, repairs = shapely.force_2d(geometry), [*repairs, "z_dropped"]
    parts = shapely.get_parts(shapely.get_parts(geometry))
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    if len(polygons) < len(parts):
        repairs = [*repairs, "lines_dropped"]
    whole = MultiPolygon(list(polygons))
    if not shapely.is_valid(whole):
        whole, repairs = _valid(whole), [*repairs, "ring_repaired"]
    if whole.area == 0:
        return CleanGeometry(None, tuple(repairs), "not_an_area")
    return CleanGeometry(whole, tuple(repairs))


def _refusal(geometry: BaseGeometry | None) -> str | None:
    if geometry is None:
        return "missing"
    if geometry.is_empty:
        return "empty"
    return None if np.isfinite(shapely.get_coordinates(geometry)).all() else "not_finite"


def _valid(geometry: MultiPolygon) -> MultiPolygon:
    """Valid form with the same outline; parts that collapse to lines go, overlapping parts are merged."""
    repaired = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(shapely.get_parts(repaired))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon) and part.area > 0])


def overlaps(
    geometries: Sequence[BaseGeometry | None], *, min_area_m2: float
) -> list[tuple[int, int, float]]:
    """Pairs of areas that cover the same ground.

    Args:
        geometries: valid polygons in projected metres (`clean`); None is skipped.
        min_area_m2: smaller overlaps are slivers of drawing and are not reported.

    Returns:
        (i, j, shared area in m2) with i < j, largest first.

    """
    shapes = np.asarray(geometries, dtype=object)
    i, j = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    i, j = i[i < j], j[i < j]
    shared_m2 = shapely.area(shapely.intersection(shapes[i], shapes[j]))
    order = [k for k in np.argsort(-shared_m2, kind="stable") if shared_m2[k] > min_area_m2]
    return [(int(i[k]), int(j[k]), float(shared_m2[k])) for k in order]


def is_same_ground(first: MultiPolygon, second: MultiPolygon) -> bool:
    """Whether two areas, valid and in the same projected metres, cover the same ground but for slivers of drawing."""
    if shapely.equals_identical(first, second):
        return True
    return shapely.symmetric_difference(first, second).area <= SAME_GROUND * max(first.area, second.area)


def distant(geometries: Sequence[BaseGeometry | None]) -> NDArray[np.intp]:
    """Indices of areas that lie far from all the rest, as swapped or unset coordinates do.

    An area is out of place when the middle of its box lies more than ten times the median distance from the median
    middle, or at 0, 0 while the others do not. Sets of fewer than three areas have no usual distance: none is named.

    Args:
        geometries: polygons in one projected CRS; None and empty ones are never out of place.

    """
    boxes = shapely.bounds(np.asarray(geometries, dtype=object))
    middles = np.column_stack([(boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2])
    placed = np.flatnonzero(np.isfinite(middles).all(axis=1))
    if placed.size < FEWEST_FOR_PLACE:
        return np.empty(0, dtype=np.intp)
    middles, boxes = middles[placed], boxes[placed]
    away = np.hypot(*(middles - np.median(middles, axis=0)).T)
    sizes = np.hypot(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    usual = max(float(np.median(away)), float(np.median(sizes)))
    is_out = away > OUT_OF_PLACE_SPREADS * usual
    is_unset = np.hypot(*middles.T) < AT_ORIGIN_M
    return placed[is_out | (is_unset & ~is_unset.all())]
