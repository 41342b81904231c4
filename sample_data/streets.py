"""The local streets of each district: slightly bent grids over the built-up land (EPSG:3006)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import LineString, Point

from sample_data.places import ROADS, VILLAGES
from sample_data.shapes import from_km, smooth_line

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from sample_data.districts import District
    from sample_data.town import Town

SPACING_M = {"centre": 95.0, "rental": 150.0, "mixed": 125.0, "villa": 140.0, "work": 240.0, "rural": 170.0}
ROADSIDE_M = 18.0


def local_streets(
    ground: Town, open_ground: BaseGeometry, rng: np.random.Generator
) -> tuple[BaseGeometry, ...]:
    """Return one geometry of lines per district, kept off water, green and larger roads."""
    roadside = shapely.union_all([smooth_line(points) for _, _, points in ROADS]).buffer(ROADSIDE_M)
    return tuple(
        _streets(district, _built_up(district, shape).intersection(open_ground), roadside, rng)
        for district, shape in zip(ground.districts, ground.shapes, strict=True)
    )


def _built_up(district: District, shape: BaseGeometry) -> BaseGeometry:
    villages = VILLAGES.get(district.code)
    inner = shape.simplify(5).buffer(-15)
    if villages is None:
        return inner
    return inner.intersection(
        shapely.union_all([Point(from_km([at])[0]).buffer(radius) for at, radius in villages])
    )


def _streets(
    district: District, zone: BaseGeometry, roadside: BaseGeometry, rng: np.random.Generator
) -> BaseGeometry:
    spacing_m = SPACING_M[district.character]
    turn = rng.uniform(0, np.pi / 2)
    lines = [
        *_parallels(zone, spacing_m, turn, rng, is_across=False),
        *_parallels(zone, spacing_m * 1.9, turn, rng, is_across=True),
    ]
    return shapely.union_all(lines).intersection(zone).difference(roadside)


def _parallels(
    zone: BaseGeometry, gap_m: float, turn: float, rng: np.random.Generator, *, is_across: bool
) -> list[LineString]:
    """Return parallel lines over the zone; a quarter of them are dead ends."""
    west, south, east, north = zone.bounds
    reach = float(np.hypot(east - west, north - south)) / 2 + gap_m
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    centre = (zone.centroid.x, zone.centroid.y)
    lines = []
    for offset in np.arange(-reach, reach, gap_m):
        start, end = sorted(rng.uniform(-reach, reach, 2)) if rng.random() < 0.25 else (-reach, reach)
        along = np.arange(start, end, 50.0)
        across = np.full(along.shape, offset + rng.normal(0, gap_m * 0.06))
        points = np.column_stack([across, along] if is_across else [along, across]) @ rotation + centre
        if len(points) > 1:
            lines.append(LineString(_bend(points)))
    return lines


def _bend(points: np.ndarray) -> np.ndarray:
    """Push points sideways by slow waves, the same everywhere, so that crossings stay crossings."""
    x, y = points[:, 0], points[:, 1]
    return points + 38 * np.column_stack(
        [np.sin(y / 310) + np.sin(y / 790 + 1), np.sin(x / 350) + np.cos(x / 830)]
    )
