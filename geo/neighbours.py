"""Which areas lie around which, and how far apart they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

SHARED_BORDER_M = 50.0
"""Areas that meet in a corner only are no neighbours."""

SLIVER_M = 1.0
"""Neighbours that were drawn apart leave gaps, or overlap a little."""


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """n areas: `is_beside` (n, n) share a border, no area beside itself; `distance_m` (n, n) between points well inside them.

    `shapes` (n,): their polygons, metres.
    """

    is_beside: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    shapes: NDArray[np.object_]


def neighbourhood(areas: Sequence[BaseGeometry], *, border_m: float = SHARED_BORDER_M) -> Neighbourhood:
    """Neighbours and distances.

    Args:
        areas: polygons in a projected CRS, metres.
        border_m: how long a border must be for two areas to be neighbours.

    """
    shapes = np.array(areas, dtype=object)
    count = len(shapes)
    is_beside = np.zeros((count, count), bool)
    grown = shapely.buffer(shapes, SLIVER_M)
    one, other = shapely.STRtree(grown).query(grown, predicate="intersects")
    pairs = one < other
    one, other = one[pairs], other[pairs]
    # Two areas that each grew by a sliver overlap in a strip along their border, two slivers wide.
    strips = shapely.area(shapely.intersection(grown[one], grown[other])) - shapely.area(
        shapely.intersection(shapes[one], shapes[other])
    )
    is_long = strips / (2 * SLIVER_M) >= border_m
    is_beside[one[is_long], other[is_long]] = is_beside[other[is_long], one[is_long]] = True
    points = shapely.get_coordinates(shapely.point_on_surface(shapes)) if count else np.zeros((0, 2))
    apart = points[:, None, :] - points[None, :, :]
    return Neighbourhood(is_beside, np.hypot(apart[..., 0], apart[..., 1]), shapes)


def distance_to_any(of: Neighbourhood, target: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Distance of each area to the nearest of the target areas, metres; 0 for those themselves."""
    return of.distance_m[:, target].min(axis=1)
