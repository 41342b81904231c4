"""Many tests at once: which findings hold although so many were looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import false_discovery_control

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FALSE_SHARE = 0.1
"""Of what is called a finding, no more than this share should be chance."""


def adjusted(p_values: ArrayLike) -> NDArray[np.float64]:
    """P-values adjusted by Benjamini and Hochberg (1995), in their order: at share q, those up to q are findings."""
    values = np.asarray(p_values, np.float64)
    return false_discovery_control(values, method="bh") if values.size else values


def findings(p_values: ArrayLike, share: float = FALSE_SHARE) -> NDArray[np.bool_]:
    """Which of the tests are findings."""
    return adjusted(p_values) <= share
