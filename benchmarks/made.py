"""Made-up incidents in any number: ten years, hot spots in space, evenings in time, a few types that make up the most."""

from __future__ import annotations

import numpy as np

from data_access.frame import AreaFact, CategoryFact, Frame, SourceFact
from data_access.models.incident import PLACE_PRECISIONS, TIME_PRECISIONS
from data_access.records import NO_AREA, Records
from data_access.selection import KINDS

FIRST_DAY = np.datetime64("2016-01-04", "D")  # a Monday
DAYS, CATEGORIES, SOURCES = 3640, 40, 5
SIDE_M = 20_000.0
EAST, NORTH = 660_000.0, 6_570_000.0
_BY_HOUR = np.array([3, 2, 2, 1, 1, 1, 2, 3, 4, 4, 4, 5, 5, 5, 6, 7, 8, 8, 8, 8, 8, 8, 7, 5], float)
_EXACT, _INTERVAL, _DATE = (TIME_PRECISIONS.index(word) for word in ("exact", "interval", "date"))


def frame(areas: int) -> Frame:
    """Districts in a square, 40 types, five sources."""
    return Frame(
        version=1,
        municipality="Made",
        is_sample=False,
        srid=3006,
        timezone="UTC",
        area_set=None,
        area_sets=(),
        areas=tuple(AreaFact(n + 1, f"{n:04d}", f"Area {n}", None, 1000) for n in range(areas)),
        categories=tuple(
            CategoryFact(n + 1, f"type{n:02d}", "g", "g", "g", KINDS[n % 4], 0, f"Typ {n}", f"Type {n}")
            for n in range(CATEGORIES)
        ),
        sources=tuple(SourceFact(n + 1, f"source{n}", "other") for n in range(SOURCES)),
        interventions=(),
    )


def records(count: int, areas: int, *, has_intervals: bool = True, seed: int = 1) -> Records:
    """Of 20 incidents 16 have an exact time, three an interval of some hours, one a date only; 19 of 20 have a place.

    Without intervals 19 have an exact time.
    """
    chance = np.random.default_rng(seed)
    x, y = _points(count, chance)
    side = int(np.ceil(np.sqrt(areas)))
    column, row = ((values / (SIDE_M / side)).astype(np.int64) for values in (x, y))
    start, end, day, precision = _times(count, chance, has_intervals=has_intervals)
    has_place = chance.random(count) < 0.95
    points = [np.where(has_place, values, np.nan) for values in (x + EAST, y + NORTH)]
    return Records(
        category_id=1 + np.minimum(chance.pareto(1.0, count) * 3, CATEGORIES - 1).astype(np.int32),
        organisation_id=1 + chance.choice(SOURCES, count, p=[0.45, 0.25, 0.15, 0.1, 0.05]).astype(np.int32),
        area_id=np.where(
            chance.random(count) < 0.01, NO_AREA, 1 + np.minimum(row * side + column, areas - 1)
        ),
        reported=chance.choice(3, count, p=[0.6, 0.25, 0.15]).astype(np.int8),
        occurred_from=start,
        occurred_to=end,
        local_date=day,
        time_precision=precision,
        place_precision=np.where(
            has_place, PLACE_PRECISIONS.index("point"), PLACE_PRECISIONS.index("none")
        ).astype(np.int8),
        x=points[0],
        y=points[1],
        has_area_code=np.ones(count, bool),
    )


def _points(count: int, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    middles, spread = chance.uniform(0, SIDE_M, (60, 2)), chance.uniform(150, 1500, 60)
    weight = chance.pareto(1.2, 60) + 0.1
    spot = chance.choice(60, count, p=weight / weight.sum())
    points = middles[spot] + chance.standard_normal((count, 2)) * spread[spot, None]
    anywhere = chance.random(count) < 0.2
    points[anywhere] = chance.uniform(0, SIDE_M, (int(anywhere.sum()), 2))
    points = np.clip(points, 0, SIDE_M - 1)
    return points[:, 0], points[:, 1]


def _times(count: int, chance: np.random.Generator, *, has_intervals: bool) -> tuple[np.ndarray, ...]:
    """UTC start and end, local day, precision; times are whole minutes."""
    day = FIRST_DAY + chance.integers(0, DAYS, count).astype("timedelta64[D]")
    hour = chance.choice(24, count, p=_BY_HOUR / _BY_HOUR.sum())
    minute = hour * 60 + chance.integers(0, 60, count)
    precision = chance.choice(
        [_EXACT, _INTERVAL, _DATE], count, p=[0.8, 0.15, 0.05] if has_intervals else [0.95, 0.0, 0.05]
    ).astype(np.int8)
    minute[precision == _DATE] = 0
    length = np.select(
        [precision == _INTERVAL, precision == _DATE],
        [1 + np.minimum(chance.exponential(400, count), 9000).astype(np.int64), 1439],
        0,
    )
    start = day.astype("datetime64[s]") + (minute * 60).astype("timedelta64[s]")
    return start, start + (length * 60).astype("timedelta64[s]"), day, precision
