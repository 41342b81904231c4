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

FALSE_ALARMS_A_MAP = 0.1


@dataclass(frozen=True, eq=False)
class AreaValues:
    """Per district, in the order of the frame; NaN where there is none.

    `count`; `before` (scaled to the length of the period); `rate` raw per 1,000 residents and year with `rate_low`, `rate_high`
    (95 %); `smoothed` the same drawn towards the municipality where few live (Marshall).
    """

    count: Floats
    before: Floats
    rate: Floats
    rate_low: Floats
    rate_high: Floats
    smoothed: Floats


@dataclass(frozen=True, eq=False)
class AreaChanges:
    """Change per district since the comparable period as a share (-0.2: a fifth fewer), and whether it is clear."""

    change: Floats
    is_clear: NDArray[np.bool_]


def area_values(of: Situation) -> AreaValues:
    """Compute all values of a situation's districts."""
    count = of.now.areas
    nothing = np.full(len(count), np.nan)
    population = np.array([np.nan if a.population is None else a.population for a in of.facts.areas], float)
    population[np.isnan(count)] = np.nan  # too few to be told: no rate either
    years = of.period.days / YEAR_DAYS
    rate = rate_per_1000(np.round(np.nan_to_num(count)), population, years)
    has_rate = ~np.isnan(rate.per_1000)
    smoothed = nothing.copy()
    if has_rate.any():
        exposure = population[has_rate] * years
        smoothed[has_rate] = marshall(np.round(count[has_rate]), exposure).smoothed * 1000
    before = (
        of.before.areas * of.period.days / of.before_period.days
        if of.before and of.before_period
        else nothing
    )
    return AreaValues(count, before, rate.per_1000, rate.low, rate.high, smoothed)


def area_changes(of: Situation) -> AreaChanges:
    """Compare each district with itself; NaN where there is nothing to compare with."""
    count = of.now.areas
    if of.before is None or of.before_period is None:
        return AreaChanges(np.full(len(count), np.nan), np.zeros(len(count), bool))
    days = of.period.days, of.before_period.days
    # All districts are judged at once: each must be as sure as it takes for one false alarm in ten such maps (Bonferroni).
    level = 1 - FALSE_ALARMS_A_MAP / max(len(count), 1)
    is_told = np.isfinite(count + of.before.areas)
    now, before = (np.where(is_told, np.round(counts), 0) for counts in (count, of.before.areas))
    compared = compare(now, before, *days, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(of.before.areas > 0, count / of.before.areas * days[1] / days[0] - 1, np.nan)
    return AreaChanges(change, compared.is_clear)
