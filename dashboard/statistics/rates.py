"""Rates per residents with intervals, and the smoothed rates that shade small areas on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaincinv

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SMALLEST_POPULATION = 50
"""With fewer residents a rate says more about the residents' number than about crime: counts are shown instead."""

PER = 1000.0


@dataclass(frozen=True)
class Rate:
    """Events per 1,000 residents and year, per area.

    Attributes:
        per_1000: the rate, float64; NaN where there is none.
        low: lower end of the exact Poisson interval (Garwood), same unit.
        high: upper end.
        reason: why an area has no rate: ``no_population`` (unknown or zero), ``tiny_population`` (below 50),
            or an empty string where it has one.

    """

    per_1000: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    reason: NDArray[np.str_]


@dataclass(frozen=True)
class SmoothedRates:
    """Empirical-Bayes rates, events per unit of exposure.

    Attributes:
        raw: count / exposure; NaN where there is no exposure.
        smoothed: the raw rate drawn towards the mean, the more the smaller the exposure; NaN like `raw`.
        mean: the rate of all areas together.
        variance_between: estimated variance of the true rates between areas; 0 means that nothing but chance tells the
            areas apart, and then all smoothed rates equal the mean.

    """

    raw: NDArray[np.float64]
    smoothed: NDArray[np.float64]
    mean: float
    variance_between: float


def garwood(count: ArrayLike, level: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exact interval for the expected value of Poisson counts (Garwood 1936).

    Args:
        count: observed counts, any shape.
        level: coverage.

    Returns:
        Low and high as float64 arrays of the same shape; low is 0 for a count of 0.

    """
    count = np.asarray(count, dtype=np.float64)
    tail = (1 - level) / 2
    low = np.where(count > 0, gammaincinv(np.maximum(count, 1), tail), 0.0)
    return low, np.asarray(gammaincinv(count + 1, 1 - tail))


def rate_per_1000(
    count: ArrayLike, population: ArrayLike, years: float = 1.0, *, level: float = 0.95
) -> Rate:
    """Events per 1,000 residents and year with exact intervals.

    Args:
        count: events per area in the period.
        population: residents per area; None or NaN is unknown.
        years: length of the period in years (> 0).
        level: coverage of the intervals.

    """
    count = np.asarray(count, dtype=np.float64)
    residents = np.nan_to_num(np.asarray(population, dtype=np.float64), nan=0.0)
    reason = np.select(
        [residents <= 0, residents < SMALLEST_POPULATION], ["no_population", "tiny_population"], default=""
    )
    person_years = np.where(reason == "", residents * years, np.nan)
    low, high = garwood(count, level)
    return Rate(PER * count / person_years, PER * low / person_years, PER * high / person_years, reason)


def marshall(count: ArrayLike, exposure: ArrayLike) -> SmoothedRates:
    """Global empirical-Bayes rates by the method of moments (Marshall 1991).

    With m = sum(y) / sum(n) and s2 = sum(n (r - m)2) / sum(n) - m / mean(n), floored at 0, a rate r over exposure n
    becomes m + s2 / (s2 + m / n) (r - m).

    Args:
        count: events per area (y).
        exposure: residents, or residents x years, per area (n); None, NaN or 0 leaves the area out.

    """
    count = np.asarray(count, dtype=np.float64)
    n = np.asarray(exposure, dtype=np.float64)
    is_exposed = np.nan_to_num(n, nan=0.0) > 0
    raw, smoothed = np.full(count.shape, np.nan), np.full(count.shape, np.nan)
    if not is_exposed.any():
        return SmoothedRates(raw, smoothed, np.nan, 0.0)
    y, n = count[is_exposed], n[is_exposed]
    rate, mean = y / n, float(y.sum() / n.sum())
    variance = max(float((n * (rate - mean) ** 2).sum() / n.sum() - mean / n.mean()), 0.0)
    weight = variance / (variance + mean / n) if variance > 0 else np.zeros(n.size)
    raw[is_exposed], smoothed[is_exposed] = rate, mean + weight * (rate - mean)
    return SmoothedRates(raw, smoothed, mean, variance)
