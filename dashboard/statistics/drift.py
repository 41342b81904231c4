"""How far areas drift apart by themselves: chance beyond that of their counts, in proportion to how much happens there.

What varies by chance of the counts becomes small beside a large count; what an area does on its own does not. A target
larger than the areas it is compared with is judged by both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.statistics.dispersion import dispersion_of_areas, noise_of_areas, shifts
from dashboard.statistics.expectation import FEWEST_RESAMPLED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.design import Design

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

USUAL = 0.1
"""Drift that is likeliest before anything is known, as a standard deviation of the logarithm of the change. Census
tracts of Seattle drift by 0.12 to 0.15 from two years to the next, 0.07 to 0.10 when what their quarters vary by is
taken away."""

_DRIFTS = np.linspace(0.005, 1.0, 200)


@dataclass(frozen=True)
class Spread:
    """What comparison areas differ by.

    As a multiple of chance (`dispersion`), and as a `drift` (variance of the logarithm of the change) beside the noise
    of their weeks (`noise`, a multiple of chance). `of_few`: the part of the drift that their common change has itself,
    where they are too few to be drawn anew.
    """

    dispersion: float
    noise: float
    drift: float
    of_few: float

    def variance(self, chance: Floats) -> Floats:
        """Variance of what areas have more than the common change gives them, from that of Poisson counts."""
        return self.noise * chance + self.drift * chance**2


def spread_of(by_stratum: Floats, design: Design, comparison: Bools) -> Spread:
    """Spread of the comparison areas that nothing touches in any week that counts; counts are (strata, areas, weeks)."""
    more, variance = shifts(by_stratum, design, comparison, comparison)
    noise = noise_of_areas(by_stratum, design, comparison)
    before = by_stratum[:, comparison][:, :, design.baseline].sum(axis=(0, 2))
    of_few = concentration(before) if len(before) < FEWEST_RESAMPLED else 0.0
    return Spread(dispersion_of_areas(more, variance), noise, drift_variance(more, variance, noise), of_few)


def drift_variance(more: Floats, variance: Floats, noise: float) -> float:
    """Variance of the logarithm of an area's own change, from the areas that are compared with; never 0.

    An area's change beyond the common one, more / variance, varies by noise / variance through its counts and by the
    drift. Every drift is weighted by how well it fits what is left when the noise is taken away, and by how likely it
    is beforehand (a Rayleigh distribution with its top at `USUAL`); the answer is the mean. Few or small areas tell
    little: then also drifts count that they merely do not contradict. A plain estimate would be 0 for many of them, and
    the interval far too narrow. Without any area the answer is 2 USUAL^2.

    Args:
        more: events that each area has more after the start than the common change gives it.
        variance: of `more`, if counts were Poisson.
        noise: variance of counts as a multiple of Poisson.

    """
    is_any = variance > 0
    fit = np.log(_DRIFTS) - 0.5 * (_DRIFTS / USUAL) ** 2
    if is_any.any():
        change = (more[is_any] / variance[is_any])[:, None]
        weight = 1 / (noise / variance[is_any][:, None] + _DRIFTS**2)
        common = (weight * change).sum(axis=0) / weight.sum(axis=0)
        misfit = (weight * (change - common) ** 2).sum(axis=0)
        fit += 0.5 * (np.log(weight).sum(axis=0) - np.log(weight.sum(axis=0)) - misfit)
    likely = np.exp(fit - fit.max())
    return float((likely * _DRIFTS**2).sum() / likely.sum())


def concentration(counts: Floats) -> float:
    """Part of the drift variance that a sum over areas keeps, the sum of squared shares: 1 for one area, 1 / n for n alike."""
    total = counts.sum()
    return float(((counts / total) ** 2).sum()) if total > 0 else 1.0
