"""The ground of Lindhamn: coast, river, islands and an exact coverage of districts (EPSG:3006).

The town lies on real coordinates of the Baltic coast, but the land is invented; it is the same for every seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon

from sample_data.districts import DISTRICTS, District
from sample_data.shapes import ORIGIN_M, blob, from_km, polygon_parts, roughen, smooth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from shapely.geometry.base import BaseGeometry

LAND_SEED = 20231120
"""The town's own seed: other seeds draw other incidents around the same town."""

RIVER_WIDTH_M = 34.0
SMALLEST_ISLET_M2 = 1500.0
SEA_BEGINS_M = ORIGIN_M[0] + 4300.0
"""East of this, what is not mainland belongs to the archipelago."""
PRECISION_M = 0.5
"""All borders are snapped to this lattice, so that neighbours share their points exactly."""

COAST_KM = [
    *[
        (1.6, 9.0),
        (2.4, 6.6),
        (1.9, 5.6),
        (3.0, 4.9),
        (3.9, 4.1),
        (3.1, 3.4),
        (3.6, 2.6),
        (4.2, 1.9),
        (3.6, 1.15),
    ],
    *[
        (2.8, 0.8),
        (2.0, 0.62),
        (1.3, 0.2),
        (0.75, -0.05),
        (0.42, -0.33),
        (0.75, -0.55),
        (1.3, -0.62),
        (1.9, -0.95),
    ],
    *[(2.5, -1.5), (3.3, -1.7), (4.0, -2.4), (3.4, -3.0), (2.2, -3.3), (2.0, -3.7), (2.9, -4.1), (3.5, -4.8)],
    *[(2.9, -5.7), (3.3, -6.6), (2.9, -9.0)],
]
RIVER_KM = [
    *[(-13.0, 0.3), (-8.5, 0.5), (-6.6, -0.3), (-5.2, 0.3), (-4.2, 0.1), (-3.3, 0.25), (-2.5, -0.12)],
    *[(-1.6, 0.02), (-0.9, -0.35), (-0.2, -0.28), (0.42, -0.33)],
]
OPEN_SEA_KM = [(0.42, -0.33), (2.2, -0.2), (4.5, -0.9), (13.0, -0.9)]
LIMITS_KM = [
    *[(-8.3, 4.9), (-6.1, 6.4), (-2.6, 6.2), (0.3, 6.9), (3.0, 6.6), (10.6, 6.4), (10.9, -6.6), (3.0, -6.6)],
    *[(0.7, -6.2), (-2.7, -6.7), (-6.0, -5.8), (-8.6, -3.3), (-7.9, 0.4), (-8.3, 4.9)],
]
ISLANDS_KM = [
    *[
        (6.2, 0.5, 1.25, 0.85),
        (6.9, -2.6, 0.75, 0.5),
        (7.9, -0.9, 0.42, 0.3),
        (5.3, 2.6, 0.45, 0.35),
        (8.3, 2.1, 0.5, 0.3),
    ],
    *[(5.1, -3.9, 0.35, 0.3), (1.95, 0.02, 0.2, 0.13)],
]
PIERS_KM = [
    *[((0.85, 0.1), (1.12, -0.12), 28), ((1.05, 0.3), (1.4, 0.08), 22), ((1.5, 0.45), (1.72, 0.28), 12)],
    *[((1.62, 0.55), (1.86, 0.4), 12), ((1.1, -0.6), (1.3, -0.38), 26), ((2.5, 0.85), (2.72, 0.6), 16)],
]


@dataclass(frozen=True, eq=False)
class Town:
    """Land, water and districts of the municipality, EPSG:3006 metres; `frame` is the map sheet.

    `shapes[i]` is the land of `districts[i]`; together the shapes cover `land` without gap or overlap.
    """

    districts: tuple[District, ...]
    shapes: tuple[MultiPolygon, ...]
    land: MultiPolygon
    river: BaseGeometry
    sea: BaseGeometry
    frame: Polygon

    def index(self, code: str) -> int:
        """Return the position of a district code; KeyError when there is none."""
        return _positions()[code]


@cache
def town() -> Town:
    """Build the ground once (a fraction of a second) and keep it."""
    rng = np.random.default_rng(LAND_SEED)
    dry = _mainland_and_islands(rng)
    limits = Polygon(roughen(from_km(LIMITS_KM), rng, amplitude=0.05, rounds=5))
    river = smooth(from_km(RIVER_KM))
    barrier = LineString(np.vstack([river, smooth(from_km(OPEN_SEA_KM))[1:]]))
    faces = _faces(limits, dry, barrier, rng)
    shapes = tuple(_joined(group) for group in faces)
    frame = _widened(limits, 1500)
    return Town(
        districts=DISTRICTS,
        shapes=shapes,
        land=_joined(shapes),
        river=LineString(river).buffer(RIVER_WIDTH_M).intersection(frame),
        sea=frame.difference(dry),
        frame=frame,
    )


@cache
def _positions() -> dict[str, int]:
    return {district.code: position for position, district in enumerate(DISTRICTS)}


def _joined(shapes: Iterable[BaseGeometry]) -> MultiPolygon:
    return MultiPolygon(polygon_parts(shapely.union_all(list(shapes))))


def _widened(shape: BaseGeometry, by_m: float) -> Polygon:
    west, south, east, north = shape.bounds
    return shapely.box(west - by_m, south - by_m, east + by_m, north + by_m)


def _mainland_and_islands(rng: np.random.Generator) -> MultiPolygon:
    coast = roughen(from_km(COAST_KM), rng, amplitude=0.13, rounds=5)
    inland = from_km([(-14.0, -9.0), (-14.0, 9.0)])
    mainland = Polygon(np.vstack([coast, inland])).buffer(0)
    islands = [blob(from_km([(x, y)]), (rx * 1000, ry * 1000), rng) for x, y, rx, ry in ISLANDS_KM]
    piers = [LineString(from_km([start, end])).buffer(width) for start, end, width in PIERS_KM]
    skerries = [_skerry(rng) for _ in range(46)]
    parts = polygon_parts(shapely.union_all([mainland, *islands, *piers, *skerries]))
    return MultiPolygon([Polygon(part.exterior) for part in parts if part.area > SMALLEST_ISLET_M2])


def _skerry(rng: np.random.Generator) -> Polygon:
    centre = from_km([(rng.uniform(4.4, 9.8), rng.uniform(-5.9, 5.8))])
    size = rng.uniform(25, 130)
    return blob(centre, (size, size * rng.uniform(0.4, 1.0)), rng)


def _faces(
    limits: Polygon, dry: MultiPolygon, barrier: LineString, rng: np.random.Generator
) -> list[list[Polygon]]:
    """Cut the land by noisy Voronoi borders that never cross the river; one list of faces per district."""
    mainland = max(polygon_parts(dry), key=lambda part: part.area)
    sides = _sides(limits, barrier)
    inner = [_side_borders(side, rng) for side in sides]
    lines = shapely.union_all([dry.boundary, limits.exterior, barrier, *inner], grid_size=PRECISION_M)
    wanted = dry.intersection(limits)
    groups: list[list[Polygon]] = [[] for _ in DISTRICTS]
    for face in polygon_parts(shapely.polygonize([lines])):
        inside = face.representative_point()
        if wanted.contains(inside):
            is_at_sea = inside.x > SEA_BEGINS_M and not mainland.contains(inside)
            side = next(side for side in sides if side.contains(inside))
            groups[_owner(inside, None if is_at_sea else side)].append(face)
    return groups


def _sides(limits: Polygon, barrier: LineString) -> list[Polygon]:
    """Split the map along the river: south side, north side."""
    lines = shapely.union_all([_widened(limits, 3000).exterior, barrier])
    return sorted(polygon_parts(shapely.polygonize([lines])), key=lambda side: side.centroid.y)


def _side_borders(side: Polygon, rng: np.random.Generator) -> BaseGeometry:
    seats = MultiPoint(
        [seat for seat, district in zip(_seats(), DISTRICTS, strict=True) if _may_own(district, side)]
    )
    edges = shapely.voronoi_polygons(seats, extend_to=side, only_edges=True)
    noisy = [
        LineString(roughen(shapely.get_coordinates(edge), rng, amplitude=0.055, rounds=4))
        for edge in shapely.get_parts(shapely.line_merge(shapely.union_all([edges])))
    ]
    return shapely.union_all(np.array(noisy)).intersection(side)


@cache
def _seats() -> np.ndarray:
    return from_km([district.seat_km for district in DISTRICTS])


def _may_own(district: District, side: Polygon | None) -> bool:
    """Tell whether a district may lie on this side of the river; None stands for the archipelago."""
    if side is None or district.on_island:
        return side is None and district.on_island
    return side.contains(Point(from_km([district.seat_km])[0]))


def _owner(inside: Point, side: Polygon | None) -> int:
    """Return the nearest district that may own the point."""
    distance = np.hypot(*(_seats() - (inside.x, inside.y)).T)
    allowed = [_may_own(district, side) for district in DISTRICTS]
    return int(np.argmin(np.where(allowed, distance, np.inf)))
