"""Coordinate systems: which projected system to work in, and conversion between systems.

Order is always x = east or longitude, y = north or latitude, whatever the authority's own axis order.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Bounds = tuple[float, float, float, float]

WGS84 = 4326
SWEREF_99_TM = 3006
SWEREF_LOCAL = tuple(range(3007, 3019))
RT90_GON_V = 3021
WEB_MERCATOR = 3857

SWEDEN: Bounds = (10.9, 55.2, 24.2, 69.1)
"""West, south, east, north of Sweden in degrees (WGS84), islands included."""

INHABITED: Bounds = (-180.0, -56.0, 180.0, 75.0)
"""Where people live: a latitude beyond these is a swapped pair, not a place of incidents."""

LAST_UTM_ZONE = 60


def projected_crs_for(lon: float, lat: float) -> int:
    """EPSG code of the metre system to work in around a place.

    Args:
        lon: longitude in degrees (WGS84).
        lat: latitude in degrees (WGS84).

    Returns:
        3006 (SWEREF 99 TM) inside Sweden's box, else the place's UTM zone on WGS84 (326xx north, 327xx south).

    """
    west, south, east, north = SWEDEN
    if west <= lon <= east and south <= lat <= north:
        return SWEREF_99_TM
    zone = min(int((lon + 180) // 6) + 1, LAST_UTM_ZONE)
    return (32600 if lat >= 0 else 32700) + zone


def transform(
    x: ArrayLike, y: ArrayLike, source: int, target: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Convert coordinates from one EPSG code to another.

    Args:
        x: east or longitude in the unit of `source`.
        y: north or latitude in the unit of `source`.
        source: EPSG code of the input.
        target: EPSG code of the result.

    Returns:
        x and y as float64 arrays in the unit of `target`; NaN where a point has no place in `target`.

    """
    east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if source == target:
        return east.copy(), north.copy()
    out_x, out_y = transformer(source, target).transform(east, north)
    out_x, out_y = np.asarray(out_x, dtype=np.float64), np.asarray(out_y, dtype=np.float64)
    is_lost = ~(np.isfinite(out_x) & np.isfinite(out_y))
    return np.where(is_lost, np.nan, out_x), np.where(is_lost, np.nan, out_y)


def transform_bounds(bounds: Bounds, source: int, target: int) -> Bounds:
    """Enclosing box in `target` of a box in `source` (west, south, east, north; EPSG codes)."""
    if source == target:
        return bounds
    return transformer(source, target).transform_bounds(*bounds)


@lru_cache(maxsize=64)
def transformer(source: int, target: int) -> Transformer:
    """Transformer between two EPSG codes with east first; made once, because making one costs milliseconds."""
    return Transformer.from_crs(source, target, always_xy=True)


@lru_cache(maxsize=64)
def is_in_metres(epsg: int) -> bool:
    """Whether an EPSG code names a projected system whose unit is the metre."""
    try:
        system = CRS.from_epsg(epsg)
    except CRSError:
        return False
    return system.is_projected and all(axis.unit_name == "metre" for axis in system.axis_info)


@lru_cache(maxsize=64)
def area_of_use(epsg: int) -> Bounds:
    """Box in degrees where an EPSG code is meant to be used; the whole world where the registry names none."""
    area = CRS.from_epsg(epsg).area_of_use
    return (-180.0, -90.0, 180.0, 90.0) if area is None else area.bounds
