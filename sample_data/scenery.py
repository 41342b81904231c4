"""What is drawn under the districts: water, green, roads, railway, named places (EPSG:3006)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Point, box

from sample_data.places import FERRY, FIELDS, FORESTS, PARKS, PLACES, RAILWAY, ROADS, SMALL_LAKES
from sample_data.shapes import blob, from_km, smooth_line
from sample_data.streets import local_streets
from sample_data.town import LAND_SEED, Town, town

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry import Polygon
    from shapely.geometry.base import BaseGeometry

BEYOND_M = 30_000.0


@dataclass(frozen=True, eq=False)
class Feature:
    """One drawn thing; `kind` decides its colour or width, `name` may be empty."""

    kind: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True, eq=False)
class Scenery:
    """The drawing base in three layers; `streets[i]` are the local streets of district i."""

    surfaces: tuple[Feature, ...]
    lines: tuple[Feature, ...]
    points: tuple[Feature, ...]
    streets: tuple[BaseGeometry, ...]


@cache
def scenery() -> Scenery:
    """Build the drawing base once (under a second) and keep it."""
    ground = town()
    rng = np.random.default_rng(LAND_SEED + 1)
    lakes = [_patch(at, size, rng) for at, size in SMALL_LAKES]
    water = shapely.union_all([ground.river, *lakes])
    dry = ground.land.difference(water)
    green = [
        *_patches("field", [("", *row) for row in FIELDS], dry, rng),
        *_patches("forest", [("", *row) for row in FORESTS], dry, rng),
        *_patches("park", PARKS, dry, rng),
    ]
    open_ground = dry.difference(shapely.union_all([feature.geometry for feature in green]))
    streets = local_streets(ground, open_ground, rng)
    points = tuple(Feature(place.kind, place.name, Point(from_km([place.at_km])[0])) for place in PLACES)
    return Scenery(_surfaces(ground, green, water), _ways(ground, streets), points, streets)


def _continued(land: BaseGeometry, frame: Polygon) -> BaseGeometry:
    """Land beyond the map sheet, so that a map that shows more than the sheet does not end in a straight shore."""
    x_min, y_min, x_max, y_max = frame.bounds
    north, south = (land.intersection(box(x_min, y - 1, x_max, y + 1)) for y in (y_max, y_min))
    return shapely.union_all(
        [
            land,
            box(x_min - BEYOND_M, y_min - BEYOND_M, x_min + 1, y_max + BEYOND_M),
            box(x_min, y_max - 1, north.bounds[2], y_max + BEYOND_M),
            box(x_min, y_min - BEYOND_M, south.bounds[2], y_min + 1),
        ]
    )


def _surfaces(ground: Town, green: Sequence[Feature], water: BaseGeometry) -> tuple[Feature, ...]:
    """Return the surfaces from the bottom to the top."""
    elsewhere = _continued(
        ground.frame.difference(shapely.union_all([ground.sea, ground.land])), ground.frame
    )
    return (
        Feature("surroundings", "", elsewhere),
        Feature("land", "", ground.land),
        *green,
        Feature("water", "Östersjön", ground.sea),
        Feature("water", "Lindån", water.intersection(ground.land)),
    )


def _patch(at_km: tuple[float, float], size_m: tuple[float, float], rng: np.random.Generator) -> BaseGeometry:
    """Join a few overlapping blobs, so that woods and lakes get tongues and bays."""
    smaller = (size_m[0] * 0.62, size_m[1] * 0.62)
    around = rng.normal(0, 0.42, (4, 2)) * size_m
    return shapely.union_all([blob(from_km([at_km]) + shift, smaller, rng) for shift in around])


def _patches(
    kind: str,
    rows: Sequence[tuple[str, tuple[float, float], tuple[float, float]]],
    dry: BaseGeometry,
    rng: np.random.Generator,
) -> list[Feature]:
    return [Feature(kind, name, _patch(at, size, rng).intersection(dry)) for name, at, size in rows]


def _ways(ground: Town, streets: Sequence[BaseGeometry]) -> tuple[Feature, ...]:
    reach = ground.land.simplify(15).buffer(25)
    roads = [Feature(kind, name, smooth_line(points).intersection(reach)) for kind, name, points in ROADS]
    rails = Feature("railway", "Lindhamnsbanan", smooth_line(RAILWAY).intersection(reach))
    local = [Feature("street", "", lines) for lines in streets]
    return (*local, *roads, rails, Feature("ferry", "Granöfärjan", smooth_line(FERRY)))
