"""Intervals of shares."""

from __future__ import annotations

from math import sqrt

from scipy.special import betaincinv, ndtri


def wilson(count: float, of: float, *, level: float = 0.95) -> tuple[float, float]:
    """Score interval of a share (Wilson 1927): close to its level for small numbers too, never beyond 0 and 1.

    Args:
        count: how many, 0 <= count <= of.
        of: how many in all; > 0.
        level: coverage.

    """
    z = float(ndtri((1 + level) / 2))
    share, squared = count / of, z * z
    middle = (share + squared / (2 * of)) / (1 + squared / of)
    reach = z / (1 + squared / of) * sqrt(share * (1 - share) / of + squared / (4 * of * of))
    low, high = max(middle - reach, 0.0), min(middle + reach, 1.0)
    return (0.0 if count == 0 else low), (1.0 if count == of else high)


def clopper_pearson(count: float, of: float, *, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of a share: covers at least its level."""
    tail = (1 - level) / 2
    low = float(betaincinv(count, of - count + 1, tail)) if count > 0 else 0.0
    high = float(betaincinv(count + 1, of - count, 1 - tail)) if count < of else 1.0
    return low, high
