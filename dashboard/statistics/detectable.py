"""The smallest decrease that a plan could find."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

POWER = 0.8
"""The decrease is found in four cases of five."""

_STEPS = 2000


def smallest_detectable(
    expected: float, before: float, variance: float, *, reach: float, dispersion: float = 1.0
) -> float | None:
    """Smallest decrease in per cent whose interval leaves out "no difference" in four cases of five.

    The standard error of the logarithm of the ratio is sqrt(dispersion (1 / after + 1 / before) + variance), in which
    `after` is what would then be left: fewer events make a decrease harder to see. None where not even the end of all
    events would be found.

    Args:
        expected: events expected after the start without the intervention.
        before: events in the baseline of the target areas.
        variance: of the logarithm of the change in the comparison areas.
        reach: standard errors that the interval reaches to either side.
        dispersion: variance of the target's counts as a multiple of chance.

    """
    if expected <= 0 or before <= 0 or not np.isfinite(variance):
        return None
    both = reach + ndtri(POWER)
    left = np.arange(1, _STEPS) / _STEPS
    errors = np.sqrt(dispersion * (1 / (expected * left) + 1 / before) + variance)
    is_found = left <= np.exp(-both * errors)
    return float(100 * (1 - left[is_found].max())) if is_found.any() else None
