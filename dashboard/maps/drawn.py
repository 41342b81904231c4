"""What somebody has chosen and drawn on a map: checked as it comes from a browser, and written as one reads it.

A browser speaks of corners as [longitude, latitude] in degrees with 6 decimals (about 0.1 m); everything else is in metres of the
set of districts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import Polygon

from geo.crs import WGS84, transform

if TYPE_CHECKING:
    from collections.abc import Collection

    from shapely.geometry.base import BaseGeometry

DECIMALS = 6
MOST_CORNERS = 500
LEAST_M2 = 100.0
"""Less ground than a small house stands on was not drawn on purpose."""

_FEWEST_CORNERS = 3
_MOST_DEGREES = (180.0, 85.0)

Corners = list[list[float]]


class SurfaceError(ValueError):
    """A drawn surface that cannot be taken.

    `reason`: unreadable, crossed (its sides cross), small, outside (of all districts).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Drawn:
    """Codes of the chosen districts, and the drawn surface in metres of the set's CRS.

    `problem` is a sentence when what was drawn cannot be taken; the surface is None then.
    """

    areas: frozenset[str]
    polygon: Polygon | None
    problem: str = ""


def codes_in(said: Any, known: Collection[str]) -> frozenset[str]:
    """The codes among what was said that are districts here; anything else is left out."""
    if not isinstance(said, list):
        return frozenset()
    return frozenset(known) & {code for code in said if isinstance(code, str)}


def corners_in(said: Any) -> Corners:
    """Corners as they were said; raises `SurfaceError` unreadable when they are not a list of 3-500 places on the map."""
    if not isinstance(said, list) or not _FEWEST_CORNERS <= len(said) <= MOST_CORNERS:
        raise SurfaceError("unreadable")
    return [_corner(one) for one in said]


def _corner(said: Any) -> list[float]:
    if not isinstance(said, list) or len(said) != len(_MOST_DEGREES):
        raise SurfaceError("unreadable")
    for value, most in zip(said, _MOST_DEGREES, strict=True):
        # A whole number may be longer than any float.
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            raise SurfaceError("unreadable")
    return [round(float(value), DECIMALS) for value in said]


def polygon_of(corners: Corners, srid: int, districts: BaseGeometry) -> Polygon:
    """The surface between corners, in metres; `districts` (in EPSG `srid`) is the ground that it has to touch.

    Raises `SurfaceError`: crossed, small, outside.
    """
    lon, lat = zip(*corners, strict=True)
    x, y = transform(lon, lat, WGS84, srid)
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    if not all(map(math.isfinite, (*x, *y))):
        raise SurfaceError("outside")
    made = shapely.make_valid(Polygon(points), method="structure", keep_collapsed=False)
    if made.area < LEAST_M2:
        raise SurfaceError("small")
    if not isinstance(made, Polygon) or made.interiors or len(made.exterior.coords) - 1 > MOST_CORNERS:
        raise SurfaceError("crossed")
    if not made.intersects(districts):
        raise SurfaceError("outside")
    return made


def corners_of(polygon: Polygon, srid: int) -> Corners:
    """Corners of a surface in EPSG `srid`, the first not repeated; holes are not drawn."""
    x, y = zip(*polygon.exterior.coords[:-1], strict=True)
    lon, lat = transform(x, y, srid, WGS84)
    return [[round(a, DECIMALS), round(b, DECIMALS)] for a, b in zip(lon.tolist(), lat.tolist(), strict=True)]
