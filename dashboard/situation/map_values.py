"""What each district is shaded by: count, rate per 1,000 residents, or change since the comparable period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.periods import YEAR_DAYS
from dashboard.statistics.compare import compare
from dashboard.statistics.rates import marshall, rate_per_1000

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.situation.explore import Situation

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class AreaValues:
    """Per district, in the order of the frame; NaN where there is none.

    `count`; `before` (scaled to the length of the period); `rate` raw per 1,000 residents and year with `rate_low`, `rate_high`
    (95 %); `smoothed` the same drawn towards the municipality where few live (Marshall); `change` as a share and whether it
    `is_clear` (its interval holds no "unchanged").
    """

    count: Floats
    before: Floats
    rate: Floats
    rate_low: Floats
    rate_high: Floats
    smoothed: Floats
    change: Floats
    is_clear: NDArray[np.bool_]


def area_values(of: Situation) -> AreaValues:
    """Compute all values of a situation's districts."""
    count = of.now.areas
    nothing = np.full(len(count), np.nan)
    population = np.array([np.nan if a.population is None else a.population for a in of.facts.areas], float)
    years = of.period.days / YEAR_DAYS
    rate = rate_per_1000(np.round(count), population, years)
    has_rate = ~np.isnan(rate.per_1000)
    smoothed = nothing.copy()
    if has_rate.any():
        exposure = population[has_rate] * years
        smoothed[has_rate] = marshall(np.round(count[has_rate]), exposure).smoothed * 1000
    before, change, is_clear = nothing, nothing, np.zeros(len(count), bool)
    if of.before is not None and of.before_period is not None:
        compared = compare(np.round(count), np.round(of.before.areas), of.period.days, of.before_period.days)
        before = of.before.areas * of.period.days / of.before_period.days
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.where(before > 0, count / before - 1, np.nan)
        is_clear = np.asarray(compared.is_clear, bool)
    return AreaValues(count, before, rate.per_1000, rate.low, rate.high, smoothed, change, is_clear)
