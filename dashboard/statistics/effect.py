"""Did it work? Events in the target areas against what would have been expected without the intervention.

Expected comes from a Poisson model with area and week levels, fitted where nothing was done (`expectation`). The interval holds
three kinds of chance: of the counts after the start, of those before it on which the level rests (both widened by how much the
target's weeks and the comparison areas vary by themselves), and of the comparison areas, which are drawn anew as wholes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit
from scipy.stats import nbinom, poisson

from dashboard.statistics.detectable import smallest_detectable
from dashboard.statistics.dispersion import dispersion_of_areas, dispersion_of_weeks, shifts
from dashboard.statistics.expectation import Expectation, expectations, strata
from dashboard.statistics.outcome import (
    AFTER,
    BASELINE,
    LEFT_OUT,
    Alternative,
    Effect,
    Interval,
    Outcome,
    Placebo,
    Running,
    Verdict,
    Weekly,
)
from dashboard.statistics.wdd import Wdd, wdd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.design import Design

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

LEVEL = 0.9
"""Coverage of all intervals of an evaluation: one in twenty lies beyond either end."""

DRAWS = 500
FEWEST_EXPECTED = 10
MOST_DETECTABLE_PCT = 50.0
"""Fewer events expected, or a smallest detectable decrease beyond this: too few to say anything."""

FEWEST_FREEDOM = 5
_LARGEST_POISSON = 1.0001


@dataclass(frozen=True, eq=False)
class _Group:
    """Areas that are evaluated together: events per week, what was expected, and how uncertain that is.

    `freedom`: degrees of freedom of the spread, one fewer than the comparison areas it was found from.
    """

    observed: Floats
    expectation: Expectation
    after: Bools
    dispersion: float
    freedom: int

    def reach(self, level: float) -> float:
        """How many standard errors an interval reaches to either side."""
        return float(stdtrit(self.freedom, (1 + level) / 2))

    @property
    def level_variance(self) -> float:
        """Variance of the logarithm of the expected sum."""
        return self.dispersion / max(self.expectation.before, 0.5) + self.expectation.variance

    def outcome(self, level: float) -> Outcome:
        """Observed and expected after the start."""
        observed = int(self.observed[self.after].sum())
        expected = float(np.nansum(self.expectation.weeks[self.after]))
        if expected <= 0:
            return Outcome(observed, Interval(0.0, 0.0, inf))
        error = np.sqrt(self.dispersion / max(observed, 0.5) + self.level_variance)
        reach = np.exp(self.reach(level) * error)
        return Outcome(observed, Interval(expected, float(expected / reach), float(expected * reach)))


def effect(
    counts: NDArray[np.floating | np.integer],
    design: Design,
    *,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 0,
) -> Effect:
    """Evaluate an intervention on a panel.

    Args:
        counts: events per source of reports, area and week; (sources, areas, weeks).
        design: target, ring and comparison areas, and what each week is.
        level: coverage of all intervals.
        draws: how often the comparison areas are drawn anew.
        seed: of the draws; the same data and seed give the same answer.

    What gives no answer is refused by `Design`.

    """
    by_stratum, _ = strata(np.asarray(counts, np.float64), design)
    main, ring = design.comparisons[0].areas, design.clean_ring
    groups = [design.target, *([ring, design.target | ring] if ring.any() else [])]
    found = expectations(by_stratum, design, main, groups, draws=draws, seed=seed)
    spread = dispersion_of_areas(by_stratum, design, main)
    measured = [
        _group(by_stratum[:, areas].sum(axis=(0, 1)), one, design, spread)
        for areas, one in zip(groups, found, strict=True)
    ]
    outcomes = [one.outcome(level) for one in measured]
    own, target = measured[0], outcomes[0]
    detectable = smallest_detectable(
        target.expected.value,
        own.expectation.before,
        own.expectation.variance,
        dispersion=own.dispersion,
        reach=own.reach(level),
    )
    return Effect(
        target=target,
        ring=outcomes[1] if ring.any() else None,
        net=outcomes[2] if ring.any() else None,
        verdict=_verdict(target, detectable),
        p_value=_p_value(target, own, level),
        level=level,
        dispersion=own.dispersion,
        detectable_pct=detectable,
        wdd=_wdd(by_stratum, design, own.dispersion, level),
        alternatives=_alternatives(by_stratum, design, target.observed),
        placebo=_placebo(by_stratum, design),
        comparison_name=design.comparisons[0].name,
        comparison_count=int(main.sum()),
        before=round(own.expectation.before),
        weekly=_weekly(own, design, level),
        running=_running(own, level),
    )


def _group(observed: Floats, expectation: Expectation, design: Design, spread: float) -> _Group:
    """The areas' own weeks, before and after with the ratio that was found, tell how much they vary by themselves."""
    before, after = design.baseline, design.after
    expected = np.where(before | after, expectation.weeks, np.nan)
    total = np.nansum(expected[after])
    ratio = observed[after].sum() / total if total > 0 else 1.0
    own = dispersion_of_weeks(observed, np.where(after, expected * ratio, expected))
    freedom = max(int(design.comparisons[0].areas.sum()) - 1, FEWEST_FREEDOM)
    return _Group(observed, expectation, after, max(own, spread), freedom)


def _verdict(target: Outcome, detectable_pct: float) -> Verdict:
    if target.expected.value < FEWEST_EXPECTED or detectable_pct > MOST_DETECTABLE_PCT:
        return "too_few"
    if target.observed < target.expected.low:
        return "less"
    return "more" if target.observed > target.expected.high else "no_clear_difference"


def _p_value(target: Outcome, own: _Group, level: float) -> float:
    """Two-sided, from the same standard error as the interval."""
    if target.expected.value <= 0:
        return 1.0
    error = np.log(target.expected.high / target.expected.value) / own.reach(level)
    return float(2 * stdtr(own.freedom, -abs(np.log(target.ratio.value)) / error))


def _wdd(by_stratum: Floats, design: Design, dispersion: float, level: float) -> Wdd:
    """Events per week; comparison areas are brought to the target's size by their counts before the start."""

    def sums(areas: Bools) -> tuple[float, float]:
        cells = by_stratum[:, areas].sum(axis=(0, 1))
        return float(cells[design.baseline].sum()), float(cells[design.after].sum())

    target, comparison = sums(design.target), sums(design.comparisons[0].areas)
    size = comparison[0] / target[0] if target[0] > 0 and comparison[0] > 0 else 1.0
    return wdd(
        target,
        comparison,
        period_weights=(design.baseline.sum(), design.after.sum()),
        area_weights=(1.0, size, 1.0, 1.0),
        dispersion=dispersion,
        level=level,
    )


def _alternatives(by_stratum: Floats, design: Design, observed: int) -> tuple[Alternative, ...]:
    """The ratio under each other set of comparison areas."""
    found = []
    for one in design.comparisons[1:]:
        (own,) = expectations(by_stratum, design, one.areas, [design.target])
        total = float(own.weeks[design.after].sum())
        if total > 0:  # and not where some week has nothing to compare with
            found.append(Alternative(one.name, observed / total, int(one.areas.sum())))
    return tuple(found)


def _placebo(by_stratum: Floats, design: Design) -> Placebo | None:
    """Where the target stands among the comparison areas by how far each moved, in its own standard errors."""
    main = design.comparisons[0].areas
    more, variance = shifts(by_stratum, design, main, main)
    is_any = variance > 0
    if not is_any.any():
        return None
    own_more, own_variance = shifts(by_stratum, design, design.target, main)
    if own_variance.sum() <= 0:
        return None
    own = own_more.sum() / np.sqrt(own_variance.sum())
    others = more[is_any] / np.sqrt(variance[is_any])
    return Placebo(1 + int((others < own).sum()), int(is_any.sum()) + 1)


def _weekly(own: _Group, design: Design, level: float) -> Weekly:
    expected = own.expectation.weeks
    variance = own.dispersion * expected + expected**2 * own.level_variance
    low, high = (_quantile(tail, expected, variance) for tail in ((1 - level) / 2, (1 + level) / 2))
    role = np.select([design.baseline, design.after], [BASELINE, AFTER], LEFT_OUT).astype(np.int8)
    return Weekly(own.observed, expected, low, high, role)


def _quantile(tail: float, mean: Floats, variance: Floats) -> Floats:
    """Quantile of counts with a mean and a variance at least as large: Poisson, or negative binomial."""
    is_known = np.isfinite(mean) & (mean > 0)
    safe, ratio = (
        np.where(is_known, mean, 1.0),
        np.where(is_known, variance / np.where(is_known, mean, 1.0), 2.0),
    )
    is_wide = ratio > _LARGEST_POISSON
    chance = 1 / np.where(is_wide, ratio, 2.0)
    wide = nbinom.ppf(tail, safe * chance / (1 - chance), chance)
    return np.where(
        is_known, np.where(is_wide, wide, poisson.ppf(tail, safe)), np.where(mean == 0, 0.0, np.nan)
    )


def _running(own: _Group, level: float) -> Running:
    """Sums over the weeks after the start; the interval is that of the sum so far."""
    expected = np.nan_to_num(own.expectation.weeks[own.after])
    difference = np.cumsum(own.observed[own.after] - expected)
    sums = np.cumsum(expected)
    reach = own.reach(level) * np.sqrt(own.dispersion * sums + sums**2 * own.level_variance)
    return Running(difference, difference - reach, difference + reach)
