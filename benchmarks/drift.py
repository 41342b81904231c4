"""Intervals where areas drift apart by themselves, and the target is larger than the areas that it is compared with.

Nothing is done in any of the towns drawn here. Each area's level after the start is another than before by a factor of
its own, drawn from a lognormal distribution; the sample municipality plants no such drift, real towns have it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.harness import Row, ceiling
from dashboard.statistics.design import Comparison, Design
from dashboard.statistics.effect import effect
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT

SEEDS = 200
DRIFTS = (0.0, 0.05, 0.10, 0.15)
TIMES = (1, 6, 15)
FEW = 3
BEFORE, LED, WEEKS = 104, 8, 164
MOST_OUTSIDE_PCT, MOST_LESS_PCT = 15.0, 8.0


@dataclass(frozen=True)
class Town:
    """Comparison areas with so many events a year each, a target so many times as large, and the drift of all of them."""

    drift: float
    times: float
    areas: int = 20
    per_year: float = 100.0

    def answers(self, seeds: int) -> tuple[float, float]:
        """Share of draws whose interval leaves out "no difference", and of those that are called less than expected."""
        found = [self._drawn(seed) for seed in range(seeds)]
        return float(np.mean([outside for outside, _ in found])), float(np.mean([less for _, less in found]))

    def _drawn(self, seed: int) -> tuple[bool, bool]:
        random = np.random.default_rng(seed)
        rate = np.full((self.areas + 1, WEEKS), self.per_year / 52)
        rate[0] *= self.times
        rate[:, BEFORE + LED :] *= np.exp(self.drift * random.standard_normal((self.areas + 1, 1)))
        found = effect(random.poisson(rate)[None], _design(self.areas), draws=200, seed=seed)
        return found.target.ratio.excludes(1), found.verdict == "less"


def _design(areas: int) -> Design:
    role = np.full(WEEKS, AFTER, np.int8)
    role[:BEFORE], role[BEFORE : BEFORE + LED] = BASELINE, LEFT_OUT
    target = np.arange(areas + 1) == 0
    is_clean = np.ones((areas + 1, WEEKS), bool)
    is_clean[0, BEFORE + LED :] = False
    return Design(role, target, np.zeros(areas + 1, bool), (Comparison("all", ~target),), is_clean)


def run() -> list[Row]:
    towns = [Town(drift, times) for drift in DRIFTS for times in TIMES]
    rows = []
    for town in [*towns, Town(max(DRIFTS), max(TIMES), areas=FEW)]:
        outside, less = town.answers(SEEDS)
        where = f"drift {100 * town.drift:.0f} %, target {town.times:.0f} times one of {town.areas} comparison areas"
        rows += [
            ceiling(
                f"no difference outside its interval: {where}", 100 * outside, bar=MOST_OUTSIDE_PCT, unit="%"
            ),
            ceiling(f"called less though nothing was done: {where}", 100 * less, bar=MOST_LESS_PCT, unit="%"),
        ]
    return rows
