"""Signals of the weekly meeting: which counts of the last weeks chance does not explain, among all that are looked at.

After n comparable weeks with T events, k weeks are expected to hold m = k (T + 1/2) / n, with the variance phi m (1 + k / n): how
much weeks vary, and how little is known of their mean. The count is taken as negative binomial; where phi is 1 that is exactly
the predictive distribution of a Poisson rate under Jeffreys' prior. A dozen weeks of one cell tell little of phi: it is drawn
towards that of the same type in all areas, and never set lower.

Each test counts by what is expected of it (Benjamini and Hochberg with weights known beforehand: Genovese, Roeder and Wasserman
2006). Half of a municipality's cells see a report in ten weeks; without weights they take what is needed to see a doubling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc
from scipy.stats import nbinom

from dashboard.statistics.multiple import FALSE_SHARE, adjusted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

FEWEST_EXCESS = 3.0
"""Nearer to what was expected nothing is a signal, however unlikely it is."""

LEVEL = 0.95
FEWEST_COMPARED = 8
"""Fewer comparable weeks tell too little of what is usual."""

SHARED_WEEKS = 8.0
"""The dispersion of a type in all areas counts as so many weeks beside the cell's own."""

MOST_WEIGHT = 8.0
"""Expected events beyond which a cell counts no more than others."""

STILL = 0.1
"""The last period alone must be at least this unlikely for a signal of it and the one before it together."""


@dataclass(frozen=True, eq=False)
class Prediction:
    """Negative binomial counts, elementwise: their mean, and their variance as a multiple of it (above 1)."""

    mean: Floats
    ratio: Floats

    @property
    def size(self) -> Floats:
        """The distribution's other parameter, as SciPy has it."""
        return self.mean / (self.ratio - 1)

    def at_least(self, count: Ints) -> Floats:
        """Mid-p chance of so many or more: half of what is exactly so many."""
        return (self._tail(count) + self._tail(count + 1)) / 2

    def interval(self, level: float = LEVEL) -> tuple[Ints, Ints]:
        """Lowest and highest of the counts that hold `level` of the chance."""
        ends = (nbinom.ppf(share, self.size, 1 / self.ratio) for share in ((1 - level) / 2, (1 + level) / 2))
        low, high = (np.asarray(end).astype(np.int64) for end in ends)
        return low, high

    def _tail(self, count: Ints) -> Floats:
        return np.where(count > 0, betainc(np.maximum(count, 1), self.size, 1 - 1 / self.ratio), 1.0)


@dataclass(frozen=True, eq=False)
class Window:
    """The last `weeks` weeks of each area and type, and the comparable weeks: `observed` (areas, types), `history` (.., n weeks).

    `is_tested`: cells that are looked at, chosen without looking at `observed`; the others are given no p-value.
    """

    observed: Ints
    history: Ints
    weeks: int
    is_tested: Bools


@dataclass(frozen=True, eq=False)
class Signals:
    """What a window says of each area and type: `low` and `high` bound 95 % of what was to be expected.

    `p_value` is two-sided; `adjusted` for all tests of all windows, NaN where there was none. `order`: the smaller, the nearer to
    a signal of more than expected, over all windows; infinite where there is not more, or too little to be one.
    """

    observed: Ints
    expected: Floats
    low: Ints
    high: Ints
    p_value: Floats
    adjusted: Floats
    is_signal: Bools
    order: Floats


def predicted(history: Ints, weeks: int) -> Prediction:
    """What `weeks` weeks hold after the comparable weeks in the last axis of `history` (areas, types, weeks)."""
    count = history.shape[-1]
    mean = weeks * (history.sum(axis=-1) + 0.5) / count
    return Prediction(mean, dispersions(history) * (1 + weeks / count))


def dispersions(history: Ints) -> Floats:
    """Variance of weekly counts as a multiple of chance, per area and type; 1 for Poisson counts, never less.

    A cell's own weeks count the less the fewer events are in them, and raise what holds for its type, but do not lower it.
    """
    free, mean = history.shape[-1] - 1, history.mean(axis=-1)
    squares = ((history - mean[..., None]) ** 2).sum(axis=-1)
    shared = np.maximum(1.0, _over(squares.sum(axis=0), free * mean.sum(axis=0)))
    own_weeks = free * mean / (mean + 0.5)
    own = _over(squares, free * mean)
    return np.maximum(shared, (SHARED_WEEKS * shared + own_weeks * own) / (SHARED_WEEKS + own_weeks))


def signals(windows: Sequence[Window], share: float = FALSE_SHARE) -> tuple[Signals, ...]:
    """Test the cells of all windows together; of weeks in which nothing changes about `share` or fewer have any signal.

    All windows hold the same cells and end together, the shortest comes first: a longer one has a signal only where the first
    alone points the same way, so that what is over is not told again.
    """
    expected = [predicted(window.history, window.weeks) for window in windows]
    upper = [one.at_least(window.observed) for one, window in zip(expected, windows, strict=True)]
    p_values = [np.minimum(1.0, 2 * np.minimum(tail, 1 - tail)) for tail in upper]
    corrected = _corrected(windows, expected, p_values)
    found = []
    for window, one, p_value, of_all in zip(windows, expected, p_values, corrected, strict=True):
        low, high = one.interval()
        excess = window.observed - one.mean
        is_outside = (window.observed < low) | (window.observed > high)
        is_still = np.where(excess > 0, upper[0], 1 - upper[0]) <= STILL
        is_signal = (of_all <= share) & (np.abs(excess) >= FEWEST_EXCESS) & is_outside & is_still
        is_near = window.is_tested & (excess >= FEWEST_EXCESS) & is_still
        order = np.where(is_near, p_value / weight(one), np.inf)
        found.append(Signals(window.observed, one.mean, low, high, p_value, of_all, is_signal, order))
    return tuple(found)


def _corrected(
    windows: Sequence[Window], expected: Sequence[Prediction], p_values: Sequence[Floats]
) -> list[Floats]:
    """P-values adjusted for all tests, where each counts by what is expected of it; NaN where there is no test."""
    tested = np.stack([window.is_tested for window in windows])
    weights = np.stack([weight(one) for one in expected])[tested]
    found = np.full(tested.shape, np.nan)
    if weights.size:
        found[tested] = adjusted(np.minimum(1.0, np.stack(p_values)[tested] * weights.mean() / weights))
    return list(found)


def weight(of: Prediction) -> Floats:
    """How much a test counts by what is expected of it."""
    return np.minimum(of.mean, MOST_WEIGHT)


def _over(above: Floats, below: Floats) -> Floats:
    """Quotients, 0 where nothing is below."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
