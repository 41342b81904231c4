"""The weighted displacement difference (Wheeler & Ratcliffe 2018): the change in treated areas beyond that in comparable ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_COUNTS = (0.0, 0.0)


@dataclass(frozen=True)
class Wdd:
    """Events per unit of the weights: `local` in the treated areas, `displaced` around them, `total` both together.

    `se` are standard errors of the three, `low` and `high` the ends of the interval of `total`, `z` = total / se of it.
    """

    local: float
    local_se: float
    displaced: float
    displaced_se: float
    total: float
    total_se: float
    low: float
    high: float

    @property
    def z(self) -> float:
        """Standard score of the total; NaN without any event."""
        return self.total / self.total_se if self.total_se else np.nan


def wdd(
    treated: Sequence[float],
    comparison: Sequence[float],
    *,
    ring: Sequence[float] = NO_COUNTS,
    ring_comparison: Sequence[float] = NO_COUNTS,
    period_weights: Sequence[float] = (1.0, 1.0),
    area_weights: Sequence[float] = (1.0, 1.0, 1.0, 1.0),
    dispersion: float = 1.0,
    drift: float = 0.0,
    level: float = 0.95,
) -> Wdd:
    """Difference of differences of counts, each divided by its weight.

    Args:
        treated: events before and after in the treated areas.
        comparison: the same in the comparison areas.
        ring: the same in the areas around the treated ones; what they gain may have moved there.
        ring_comparison: the same in areas comparable with the ring.
        period_weights: length of the periods before and after.
        area_weights: sizes of treated, comparison, ring and ring comparison areas, in any common unit.
        dispersion: variance of counts as a multiple of chance alone; widens the standard errors, never narrows them.
        drift: variance of the logarithm of the treated areas' own change; 0 leaves the formula as it was published.
        level: coverage of the interval.

    """
    counts = np.array([treated, comparison, ring, ring_comparison], np.float64)
    weights = np.outer(area_weights, period_weights)
    change = np.diff(counts / weights, axis=1)[:, 0]
    variance = max(dispersion, 1.0) * (counts / weights**2).sum(axis=1)
    variance[0] += drift * (counts[0, 0] / weights[0, 0]) ** 2
    local, displaced = change[0] - change[1], change[2] - change[3]
    total, se = local + displaced, float(np.sqrt(variance.sum()))
    reach = float(ndtri((1 + level) / 2)) * se
    return Wdd(
        local=float(local),
        local_se=float(np.sqrt(variance[:2].sum())),
        displaced=float(displaced),
        displaced_se=float(np.sqrt(variance[2:].sum())),
        total=float(total),
        total_se=se,
        low=float(total - reach),
        high=float(total + reach),
    )
