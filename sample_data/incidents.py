"""Drawing the incidents of Lindhamn: a seeded sample of the expected numbers, as columns."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sample_data.districts import DISTRICTS
from sample_data.intensity import Intensity, group_positions, intensity, organisation_positions
from sample_data.kinds import GROUPS, ORGANISATIONS
from sample_data.rhythms import HOURS_OF_WEEK
from sample_data.town import town
from sample_data.weeks import Window, clock_gaps, window
from sample_data.whereabouts import WHERE_KEYS, Spots, spots

if TYPE_CHECKING:
    from datetime import date

AREA_WEEK_SHAPE = 14.0
GROUP_AREA_WEEK_SHAPE = 7.0
TOWN_WEEK_SPREAD = 0.05
"""Overdispersion: gamma shapes per district-week (all types; per group) and the spread of town-wide weeks."""

JITTER_M = 8.0
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, eq=False)
class Incidents:
    """The incidents of one draw, one row each, ordered by time.

    `occurred_from`, `occurred_to`: datetime64[m], local wall-clock time of Sweden, equal for an instant;
    `week` counted from 0; `area_code`, `type_code`, `organisation`: the true ones, as str arrays;
    `x_m`, `y_m`: EPSG:3006, whole metres; `severity` 1-5.
    """

    occurred_from: np.ndarray
    occurred_to: np.ndarray
    week: np.ndarray
    area_code: np.ndarray
    type_code: np.ndarray
    organisation: np.ndarray
    x_m: np.ndarray
    y_m: np.ndarray
    severity: np.ndarray

    def __len__(self) -> int:
        return len(self.week)

    def take(self, rows: np.ndarray) -> Incidents:
        """Return the rows given by positions or by a boolean mask."""
        return Incidents(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def columns(self) -> dict[str, np.ndarray]:
        """Return the columns by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def incidents(seed: int = 7, *, today: date | None = None) -> Incidents:
    """Draw one sample of about 60,000 incidents; every seed is another chance around the same town and truth."""
    period = window(today)
    model = intensity(period)
    rng = np.random.default_rng(seed)
    stream, area, week = _draw_counts(model, rng)
    moment = _draw_hours(model, stream, week, period, rng)
    x_m, y_m = _draw_places(model, stream, area, rng)
    start, end = _draw_spans(model, stream, moment, period, rng)
    order = np.lexsort((stream, start))
    base = np.array([one.severity for one in model.streams])[stream]
    severity = np.clip(np.rint(base + rng.normal(0, 0.6, len(base))), 1, 5).astype(np.int8)
    codes = np.array([one.code for one in model.streams])
    return Incidents(
        start, end, week, np.array([d.code for d in DISTRICTS])[area], codes[stream],
        np.array(ORGANISATIONS)[organisation_positions(model.streams)][stream], x_m, y_m, severity,
    ).take(order)  # fmt: skip


def _draw_counts(model: Intensity, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    _, areas, weeks = model.expected.shape
    common = rng.gamma(AREA_WEEK_SHAPE, 1 / AREA_WEEK_SHAPE, (areas, weeks))
    town_week = np.exp(rng.normal(0, TOWN_WEEK_SPREAD, weeks) - TOWN_WEEK_SPREAD**2 / 2)
    own = rng.gamma(GROUP_AREA_WEEK_SHAPE, 1 / GROUP_AREA_WEEK_SHAPE, (len(GROUPS), areas, weeks))
    level = (own * common * town_week)[group_positions(model.streams)]
    counts = rng.poisson(model.expected * level)
    cells = np.repeat(np.arange(counts.size), counts.ravel())
    stream, area, week = np.unravel_index(cells, counts.shape)
    return stream, area, week


def _draw_hours(
    model: Intensity, stream: np.ndarray, week: np.ndarray, period: Window, rng: np.random.Generator
) -> np.ndarray:
    """Draw the minute of each incident from its rhythm: one search in all cumulated (rhythm, week) rows."""
    keys = list(model.rhythms)
    shares = np.stack([model.rhythms[key] for key in keys]).reshape(-1, HOURS_OF_WEEK)
    cumulated = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    cumulated[:, -1] = 1.0
    row = np.array([keys.index(one.rhythm) for one in model.streams])[stream] * period.weeks + week
    ladder = (cumulated + np.arange(len(cumulated))[:, None]).ravel()
    hour = np.searchsorted(ladder, row + rng.random(len(row)), side="right") - row * HOURS_OF_WEEK
    hour = np.clip(hour, 0, HOURS_OF_WEEK - 1)
    minute = week * 7 * DAY_MINUTES + hour * 60 + rng.integers(0, 60, len(row))
    return np.datetime64(period.first_day, "m") + minute


def _draw_places(
    model: Intensity, stream: np.ndarray, area: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a spot inside the given district and shake it a little, never across the border."""
    places = spots()
    where = np.array([WHERE_KEYS.index(one.where) for one in model.streams])[stream]
    spot = _draw_spots(places, where, area, rng)
    still = np.column_stack([places.x_m, places.y_m])[spot]
    shaken = np.round(still + rng.normal(0, JITTER_M, still.shape))
    inside = np.zeros(len(area), dtype=bool)
    for index, shape in enumerate(town().shapes):
        rows = np.flatnonzero(area == index)
        shapely.prepare(shape)
        inside[rows] = shapely.contains_xy(shape, shaken[rows, 0], shaken[rows, 1])
    points = np.where(inside[:, None], shaken, still)
    return points[:, 0], points[:, 1]


def _draw_spots(places: Spots, where: np.ndarray, area: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    chance = rng.random(len(area))
    first = np.searchsorted(places.area, np.arange(len(DISTRICTS)))
    last = np.searchsorted(places.area, np.arange(len(DISTRICTS)), side="right") - 1
    spot = np.empty(len(area), dtype=np.int64)
    for key in range(len(WHERE_KEYS)):
        rows = np.flatnonzero(where == key)
        cumulated = np.concatenate([[0.0], np.cumsum(places.weight[key])])
        low, high = cumulated[first[area[rows]]], cumulated[last[area[rows]] + 1]
        found = np.searchsorted(cumulated, low + chance[rows] * (high - low), side="right") - 1
        spot[rows] = np.clip(found, first[area[rows]], last[area[rows]])
    return spot


def _draw_spans(
    model: Intensity, stream: np.ndarray, moment: np.ndarray, period: Window, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Widen the moments nobody saw to the interval in which they must have happened."""
    span = np.array([one.span for one in model.streams])[stream]
    kinds = [span == "away", span == "night", span == "long"]
    count = len(moment)
    hours = np.select(
        kinds, [_away_hours(rng, count), rng.normal(12, 2.5, count), rng.lognormal(3.3, 0.9, count)], 0.0
    )
    is_seen = rng.random(count) < np.select(kinds, [0.12, 0.25, 0.08], 1.0)
    minutes = np.where(is_seen, 0, np.clip(hours, 1, 21 * 24) * 60)
    is_found = np.array([one.rhythm.endswith("morning_round") for one in model.streams])[stream]
    before = np.where(is_found, minutes, minutes * rng.random(count)).astype(np.int64)
    step = np.where(minutes > 0, 30, 1)
    start = ((moment - before).astype(np.int64) // step * step).astype("datetime64[m]")
    end = start + (minutes.astype(np.int64) // step * step)
    first = np.datetime64(period.first_day, "m")
    is_outside = (start < first) | (end >= first + period.weeks * 7 * DAY_MINUTES)
    start, end = np.where(is_outside, moment, start), np.where(is_outside, moment, end)
    return _on_clock(start, period), _on_clock(end, period)


def _away_hours(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return hours away from home: a working day, a weekend or a journey."""
    absence = rng.choice(3, count, p=(0.6, 0.28, 0.12))
    return np.choose(
        absence, [rng.normal(9, 1.8, count), rng.normal(46, 10, count), rng.normal(190, 70, count)]
    )


def _on_clock(moment: np.ndarray, period: Window) -> np.ndarray:
    """Move moments out of the hour that the clock skips in March."""
    hour = (moment - np.datetime64(period.first_day, "m")).astype(np.int64) // 60
    return moment + np.where(clock_gaps(period).ravel()[hour], 60, 0)
