"""Seeded points and polygons for the benchmarks: a 20 x 20 km territory in SWEREF 99 TM."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import Voronoi

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE_M = 20_000.0
WEST, SOUTH = 660_000.0, 6_570_000.0
CORNER = np.array([WEST, SOUTH])
BOUNDS = (WEST, SOUTH, WEST + SIDE_M, SOUTH + SIDE_M)


def incidents(count: int, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """East and north of points around 60 busy places, one in five anywhere; all inside the territory."""
    random = np.random.default_rng(seed)
    middles, spreads = random.uniform(0, SIDE_M, (60, 2)), random.uniform(150, 1500, 60)
    weights = random.pareto(1.2, 60) + 0.1
    found = np.empty((0, 2))
    while len(found) < count:
        place = random.choice(60, count, p=weights / weights.sum())
        points = middles[place] + random.standard_normal((count, 2)) * spreads[place, None]
        is_anywhere = random.random(count) < 0.2
        points[is_anywhere] = random.uniform(0, SIDE_M, (int(is_anywhere.sum()), 2))
        found = np.vstack([found, points[((points > 0) & (points < SIDE_M)).all(axis=1)]])
    return found[:count, 0] + WEST, found[:count, 1] + SOUTH


def districts(count: int, seed: int = 3) -> NDArray[np.object_]:
    """About `count` polygons that tile the territory, with wandering borders of 32 edges each."""
    random = np.random.default_rng(seed)
    seeds = random.uniform(0, SIDE_M, (count, 2))
    mirrored = [seeds * m + o for m, o in (((-1, 1), (0, 0)), ((1, -1), (0, 0)))]
    mirrored += [seeds * m + o for m, o in (((-1, 1), (2 * SIDE_M, 0)), ((1, -1), (0, 2 * SIDE_M)))]
    cells = Voronoi(np.vstack([seeds, *mirrored]))
    lines = []
    for pair, ends in zip(cells.ridge_points, cells.ridge_vertices, strict=True):
        if min(ends) >= 0 and min(pair) < count:
            line = cells.vertices[list(ends)]
            line = line if max(pair) >= count else _wandering(line, random)
            lines.append(shapely.LineString(np.round(line, 2) + CORNER))
    polygons = shapely.get_parts(shapely.polygonize([*shapely.get_parts(shapely.union_all(lines))]))
    return polygons[shapely.area(polygons) > 50]


def _wandering(line: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.float64]:
    """The line with its middles moved aside five times over."""
    for _ in range(5):
        step = np.diff(line, axis=0)
        aside = np.column_stack([-step[:, 1], step[:, 0]]) * random.normal(0, 0.1, (len(step), 1))
        out = np.empty((2 * len(line) - 1, 2))
        out[::2], out[1::2] = line, (line[:-1] + line[1:]) / 2 + aside
        line = out
    return line
