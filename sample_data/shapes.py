"""Natural-looking lines and blobs: pure geometry in metres, no place names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

Points: TypeAlias = "NDArray[np.float64]"
"""Coordinates as an (n, 2) array of x (east) and y (north) in metres."""

ORIGIN_M = (599_000.0, 6_387_500.0)
"""The main square of the town in SWEREF 99 TM (EPSG:3006), east then north."""


def from_km(points: Sequence[tuple[float, float]]) -> Points:
    """Turn kilometres east and north of the main square into EPSG:3006 metres, shape (n, 2)."""
    return np.asarray(points, dtype=float) * 1000.0 + ORIGIN_M


def roughen(points: Points, rng: np.random.Generator, *, amplitude: float, rounds: int) -> Points:
    """Displace midpoints sideways, round after round, as coasts and old borders look; ends stay put.

    `amplitude` is the standard deviation of the displacement as a share of the segment's length.
    """
    for _ in range(rounds):
        start, end = points[:-1], points[1:]
        along = end - start
        sideways = np.column_stack([-along[:, 1], along[:, 0]])
        middle = (start + end) / 2 + sideways * rng.normal(0, amplitude, (len(along), 1))
        woven = np.empty((len(points) + len(middle), 2))
        woven[0::2], woven[1::2] = points, middle
        points = woven
    return points


def smooth(points: Points, *, rounds: int = 3) -> Points:
    """Cut the corners of a line (Chaikin), as roads and rivers bend; ends stay put."""
    for _ in range(rounds):
        start, end = points[:-1], points[1:]
        cut = np.empty((2 * len(start), 2))
        cut[0::2], cut[1::2] = start * 0.75 + end * 0.25, start * 0.25 + end * 0.75
        points = np.vstack([points[:1], cut, points[-1:]])
    return points


def smooth_line(points_km: Sequence[tuple[float, float]]) -> LineString:
    """Return a bending line through points in kilometres from the main square (EPSG:3006)."""
    return LineString(smooth(from_km(points_km)))


def blob(centre_m: Points, radii_m: tuple[float, float], rng: np.random.Generator) -> Polygon:
    """Return a rounded, irregular patch such as an islet, a lake or a wood (EPSG:3006)."""
    angle = np.linspace(0, 2 * np.pi, 11)[:-1] + rng.uniform(0, 0.6)
    reach = rng.uniform(0.72, 1.18, 10)
    ring = centre_m + np.column_stack(
        [np.cos(angle) * reach * radii_m[0], np.sin(angle) * reach * radii_m[1]]
    )
    closed = smooth(np.vstack([ring, ring[:1]]), rounds=2)
    return max(polygon_parts(Polygon(roughen(closed, rng, amplitude=0.10, rounds=2)).buffer(0)), key=_area)


def polygon_parts(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons inside any geometry; lines and points are left out."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def _area(polygon: Polygon) -> float:
    return polygon.area
