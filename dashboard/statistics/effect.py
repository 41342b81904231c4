"""Did it work? Events in the target areas against what would have been expected without the intervention.

Expected comes from a Poisson model with area and week levels, fitted where nothing was done (`expectation`). The
interval holds four kinds of chance: of the counts after the start, of those before it on which the level rests (both
widened by how much the target's weeks and the comparison areas vary by themselves), of the comparison areas, which are
drawn anew as wholes, and of what the target areas would have done on their own (`drift`), which does not become smaller
where more happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtr, stdtrit
from scipy.stats import nbinom, poisson

from dashboard.statistics.beside import alternatives, placebo, wdd_of
from dashboard.statistics.detectable import smallest_detectable
from dashboard.statistics.dispersion import dispersion_of_weeks
from dashboard.statistics.drift import Spread, concentration, spread_of
from dashboard.statistics.expectation import Expectation, expectations, strata
from dashboard.statistics.outcome import (
    AFTER,
    BASELINE,
    LEFT_OUT,
    Effect,
    Interval,
    Outcome,
    Running,
    Verdict,
    Weekly,
)

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


def is_enough(detectable_pct: float | None) -> bool:
    """Whether a decrease that is not very large would be found; None: not even the largest would."""
    return detectable_pct is not None and detectable_pct <= MOST_DETECTABLE_PCT


@dataclass(frozen=True, eq=False)
class _Group:
    """Areas that are evaluated together: events per week, what was expected, and how uncertain that is.

    `drift`: variance of the logarithm of the sum's own change; `freedom`: degrees of freedom of the spread, one fewer than the
    comparison areas it was found from.
    """

    observed: Floats
    expectation: Expectation
    after: Bools
    dispersion: float
    drift: float
    freedom: int

    def reach(self, level: float) -> float:
        """How many standard errors an interval reaches to either side."""
        return float(stdtrit(self.freedom, (1 + level) / 2))

    @property
    def level_variance(self) -> float:
        """Variance of the logarithm of the expected sum, while the areas go on as before."""
        return self.dispersion / max(self.expectation.before, 0.5) + self.expectation.variance

    @property
    def sum_variance(self) -> float:
        """Variance of the logarithm of the expected sum after the start, in which the areas may have drifted."""
        return self.level_variance + self.drift

    def outcome(self, level: float) -> Outcome:
        """Observed and expected after the start."""
        observed = int(self.observed[self.after].sum())
        expected = float(np.nansum(self.expectation.weeks[self.after]))
        if expected <= 0:
            return Outcome(observed, Interval(0.0, 0.0, inf))
        error = np.sqrt(self.dispersion / max(observed, 0.5) + self.sum_variance)
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
    spread = spread_of(by_stratum, design, main)
    measured = [
        _group(by_stratum[:, areas].sum(axis=0), one, design, spread)
        for areas, one in zip(groups, found, strict=True)
    ]
    outcomes = [one.outcome(level) for one in measured]
    own, target = measured[0], outcomes[0]
    detectable = smallest_detectable(
        target.expected.value,
        own.expectation.before,
        own.expectation.variance + own.drift,
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
        drift=float(np.sqrt(spread.drift)),
        detectable_pct=detectable,
        wdd=wdd_of(by_stratum, design, dispersion=own.dispersion, drift=own.drift, level=level),
        alternatives=alternatives(by_stratum, design, target.observed),
        placebo=placebo(by_stratum, design, spread),
        comparison_name=design.comparisons[0].name,
        comparison_count=int(main.sum()),
        before=round(own.expectation.before),
        weekly=_weekly(own, design, level),
        running=_running(own, level),
    )


def _group(cells: Floats, expectation: Expectation, design: Design, spread: Spread) -> _Group:
    """Events (areas, weeks) of a group against what was expected.

    What comparison areas differ by is read in two ways: as a multiple of chance, and as a drift beside the chance of
    the target's own weeks. The reading that makes the sum less certain is used: the first where little happens in the
    target, the second where much.
    """
    observed = cells.sum(axis=0)
    own = _dispersion(observed, expectation, design)
    drift = spread.drift * (concentration(cells[:, design.baseline].sum(axis=1)) + spread.of_few)
    expected = max(float(np.nansum(expectation.weeks[design.after])), 0.5)
    chance = 1 / expected + 1 / max(expectation.before, 0.5)
    wide = max(own, spread.dispersion)
    dispersion, drift = (wide, 0.0) if wide * chance > own * chance + drift else (own, drift)
    freedom = max(int(design.comparisons[0].areas.sum()) - 1, FEWEST_FREEDOM)
    return _Group(observed, expectation, design.after, dispersion, drift, freedom)


def _dispersion(observed: Floats, expectation: Expectation, design: Design) -> float:
    """The areas' own weeks, before and after with the ratio that was found, tell how much they vary by themselves."""
    before, after = design.baseline, design.after
    expected = np.where(before | after, expectation.weeks, np.nan)
    total = np.nansum(expected[after])
    ratio = observed[after].sum() / total if total > 0 else 1.0
    return dispersion_of_weeks(observed, np.where(after, expected * ratio, expected))


def _verdict(target: Outcome, detectable_pct: float | None) -> Verdict:
    if target.expected.value < FEWEST_EXPECTED or not is_enough(detectable_pct):
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


def _weekly(own: _Group, design: Design, level: float) -> Weekly:
    expected = own.expectation.weeks
    variance = own.dispersion * expected + expected**2 * (own.level_variance + own.drift * own.after)
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
    reach = own.reach(level) * np.sqrt(own.dispersion * sums + sums**2 * own.sum_variance)
    return Running(difference, difference - reach, difference + reach)
