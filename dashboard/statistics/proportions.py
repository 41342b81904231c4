"""Intervals of shares, and of the difference between two."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy.special import betaincinv, ndtri


@dataclass(frozen=True)
class Difference:
    """What one share, 0-1 (or mean), is more than another, with the ends of its interval."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference."""
        return self.low > 0 or self.high < 0


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


def newcombe(count: float, of: float, before: float, before_of: float, *, level: float = 0.95) -> Difference:
    """Share now less share before, with the interval of two score intervals (Newcombe 1998, method 10).

    Args:
        count: how many now, 0 <= count <= of.
        of: how many in all now; > 0.
        before: how many of the earlier, independent sample.
        before_of: how many in all of that; > 0.
        level: coverage.

    """
    now, earlier = wilson(count, of, level=level), wilson(before, before_of, level=level)
    return difference(count / of, now, before / before_of, earlier)


def difference(
    share: float, limits: tuple[float, float], before: float, before_limits: tuple[float, float]
) -> Difference:
    """The same from shares (or means) whose own intervals are known: distances to the limits are squared and added."""
    low = sqrt((share - limits[0]) ** 2 + (before_limits[1] - before) ** 2)
    high = sqrt((limits[1] - share) ** 2 + (before - before_limits[0]) ** 2)
    value = share - before
    return Difference(value, value - low, value + high)
