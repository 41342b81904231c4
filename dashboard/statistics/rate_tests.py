"""Two Poisson rates over unequal exposures: whether one is higher, and how two changes compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import poisson

if TYPE_CHECKING:
    from collections.abc import Sequence

RateTest = Literal["score", "mid_p", "exact"]
_TIES = 1e-7
_METHODS: dict[RateTest, str] = {"score": "etest-score", "mid_p": "cond-midp", "exact": "exact-cond"}


def rate_p_value(
    now: float,
    before: float,
    exposure_now: float = 1,
    exposure_before: float = 1,
    *,
    method: RateTest = "score",
) -> float:
    """Two-sided p-value of equal rates.

    "score": Krishnamoorthy and Thomson's E-test with the pooled statistic; with unequal exposure their unpooled one has hardly
    any power for a rise. "mid_p" and "exact" are conditional on the sum. 1 where there is no event at all.

    Args:
        now: events in the period.
        before: events in the other period.
        exposure_now: length of the period, or what was expected in it.
        exposure_before: the same of the other.
        method: the test.

    """
    if now + before <= 0:
        return 1.0
    from statsmodels.stats.rates import test_poisson_2indep  # noqa: PLC0415 - takes a second to load; most pages never ask

    with np.errstate(divide="ignore"):  # the ratio, which is not asked for, of a rate that is 0
        result = test_poisson_2indep(
            now, exposure_now, before, exposure_before, method=_METHODS[method], compare="ratio"
        )
    return float(result.pvalue)


def expected_p_value(observed: int, expected: float) -> float:
    """Exact two-sided p-value of one Poisson count against what was expected: all counts at most as likely as it."""
    if expected <= 0:
        return 1.0 if observed == 0 else 0.0
    reach = int(expected + observed + 40 * np.sqrt(expected + 1)) + 1
    chances = poisson.pmf(np.arange(reach), expected)
    own = poisson.pmf(observed, expected) * (1 + _TIES)
    return float(min(chances[chances <= own].sum(), 1.0))


@dataclass(frozen=True)
class RatioOfRatios:
    """(T1 / T0) / (C1 / C0) with its interval and two-sided p-value; `se` is of its logarithm."""

    value: float
    low: float
    high: float
    se: float
    p_value: float


def ratio_of_ratios(
    treated: Sequence[float], comparison: Sequence[float], *, dispersion: float = 1.0, level: float = 0.95
) -> RatioOfRatios:
    """How the change in one place compares with that in another.

    Args:
        treated: events before and after.
        comparison: the same elsewhere.
        dispersion: variance of the counts as a multiple of chance.
        level: coverage of the interval.

    Where any count is 0, half an event is added to all four.

    """
    cells = np.array([treated, comparison], np.float64)
    if (cells == 0).any():
        cells += 0.5
    (t0, t1), (c0, c1) = cells
    log_ratio = float(np.log(t1 / t0) - np.log(c1 / c0))
    se = float(np.sqrt(max(dispersion, 1.0) * (1 / cells).sum()))
    reach = float(ndtri((1 + level) / 2)) * se
    low, value, high = np.exp([log_ratio - reach, log_ratio, log_ratio + reach]).tolist()
    return RatioOfRatios(value, low, high, se, float(2 * ndtr(-abs(log_ratio) / se)))
