"""From how many reports a week a doubling is mostly seen: below that, chance can hide it from the weekly meeting's signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import nbinom

from dashboard.statistics.multiple import FALSE_SHARE
from dashboard.statistics.signals import MOST_WEIGHT, Prediction, dispersions, predicted, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dashboard.statistics.signals import Window

    Floats = NDArray[np.float64]

MOSTLY = 0.8
_NOTHING = 1e-6
MOST = 1000
"""Whoever would need more has too little to compare with for any number."""


def doubling_seen_from(windows: Sequence[Window], share: float = FALSE_SHARE) -> int:
    """Expected reports a week from which four doublings of five have a signal in the first period or the second; at most MOST.

    `windows` as for `signals`: the more is tested, the more is lost among it. How much weeks vary is taken from the cells that
    are tested, each by its reports. Measured against drawn weeks in `benchmarks.signals`.
    """
    first = windows[0]
    total = sum(float(weight(predicted(one.history, one.weeks))[one.is_tested].sum()) for one in windows)
    events = np.where(first.is_tested, first.history.sum(axis=-1), 0)
    if not total or not events.any():
        return MOST
    varies = max(float(np.average(dispersions(first.history), weights=events)), 1 + _NOTHING)
    low, high = 1, MOST
    while low < high:
        middle = (low + high) // 2
        if _seen(middle, varies, windows, share / total) >= MOSTLY:
            high = middle
        else:
            low = middle + 1
    return low


def _seen(expected: int, varies: float, windows: Sequence[Window], share: float) -> float:
    """Chance of a signal where `expected` a week are two times as many for two periods."""
    weeks, compared = windows[0].weeks, windows[0].history.shape[-1]
    limits = [_limit(expected * one.weeks, varies * (1 + one.weeks / compared), share) for one in windows]
    of_one, of_both = limits[0], limits[1] if len(limits) > 1 else 2 * limits[0]
    size, chance = 2 * expected * weeks / (varies - 1), 1 / varies
    counts = np.arange(of_one)
    unseen = nbinom.pmf(counts, size, chance) * nbinom.cdf(
        np.minimum(of_one, of_both - counts) - 1, size, chance
    )
    return 1 - float(unseen.sum())


def _limit(mean: float, ratio: float, share: float) -> int:
    """The smallest count that is a signal, where no other cell has one."""
    level = share * min(mean, MOST_WEIGHT) / 2
    counts = np.arange(int(mean + 15 * np.sqrt(mean * ratio) + 30))
    of = Prediction(np.asarray(float(mean)), np.asarray(ratio))
    return int(np.argmax(of.at_least(counts) <= level))
