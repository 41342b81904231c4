"""What stands beside the answer: the question asked more simply, of other comparison areas, and of untreated areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.statistics.dispersion import shifts
from dashboard.statistics.expectation import expectations
from dashboard.statistics.outcome import Alternative, Placebo
from dashboard.statistics.wdd import Wdd, wdd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.design import Design
    from dashboard.statistics.drift import Spread

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]


def wdd_of(
    by_stratum: Floats, design: Design, *, dispersion: float, drift: float, level: float
) -> Wdd | None:
    """Events per week; comparison areas are brought to the target's size by their counts before the start.

    Of comparison areas that nothing touches in any week that counts: the sums know no weeks. None without any.
    """
    main = design.comparisons[0].areas & design.is_always_clean
    if not main.any():
        return None

    def sums(areas: Bools) -> tuple[float, float]:
        cells = by_stratum[:, areas].sum(axis=(0, 1))
        return float(cells[design.baseline].sum()), float(cells[design.after].sum())

    target, comparison = sums(design.target), sums(main)
    size = comparison[0] / target[0] if target[0] > 0 and comparison[0] > 0 else 1.0
    return wdd(
        target,
        comparison,
        period_weights=(design.baseline.sum(), design.after.sum()),
        area_weights=(1.0, size, 1.0, 1.0),
        dispersion=dispersion,
        drift=drift,
        level=level,
    )


def alternatives(by_stratum: Floats, design: Design, observed: int) -> tuple[Alternative, ...]:
    """The ratio under each other set of comparison areas."""
    found = []
    for one in design.comparisons[1:]:
        (own,) = expectations(by_stratum, design, one.areas, [design.target])
        total = float(own.weeks[design.after].sum())
        if total > 0:  # and not where some week has nothing to compare with
            found.append(Alternative(one.name, observed / total, int(one.areas.sum())))
    return tuple(found)


def placebo(by_stratum: Floats, design: Design, spread: Spread) -> Placebo | None:
    """Where the target stands among the comparison areas by how far each moved, in its own standard errors.

    The standard error holds the chance of the counts and the drift of an area: a large area is not an outlier for drifting.
    """
    main = design.comparisons[0].areas
    more, variance = shifts(by_stratum, design, main, main)
    own_more, own_variance = shifts(by_stratum, design, design.target, main)
    if not (variance > 0).any() or own_variance.sum() <= 0:
        return None
    is_any = variance > 0
    others = more[is_any] / np.sqrt(spread.variance(variance[is_any]))
    own = own_more.sum() / np.sqrt(spread.variance(own_variance).sum())
    return Placebo(1 + int((others < own).sum()), int(is_any.sum()) + 1)
