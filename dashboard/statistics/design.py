"""How an intervention is evaluated: which areas, which weeks, compared with what; and when that cannot be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

FEWEST_BASELINE_WEEKS = 8
"""Fewer weeks before the start say too little about what is usual."""


class NoEffectError(ValueError):
    """There is nothing that an effect could be computed from; `reason` is a text key under `no_effect`."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(f"{reason}: {parameters}" if parameters else reason)
        self.reason = reason
        self.parameters = parameters


@dataclass(frozen=True, eq=False)
class Comparison:
    """A set of comparison areas; `name` is a text key under `comparison`."""

    name: str
    areas: Bools


@dataclass(frozen=True, eq=False)
class Design:
    """Shapes (areas,), (weeks,) and (areas, weeks) of one panel.

    `role` of each week: BASELINE, LEFT_OUT or AFTER. `ring` areas lie around the target and are never a comparison. The first of
    `comparisons` is the one that is used, the others are computed beside it. `is_clean`: no intervention, this or another,
    touches the area in that week.
    """

    role: NDArray[np.int8]
    target: Bools
    ring: Bools
    comparisons: tuple[Comparison, ...]
    is_clean: Bools

    def __post_init__(self) -> None:
        """Refuse what gives no answer; raises `NoEffectError`: no_target, zero_weeks, no_comparison, no_baseline."""
        if not self.target.any():
            raise NoEffectError("no_target")
        if not (self.role == AFTER).any():
            raise NoEffectError("zero_weeks")
        if not (self.role == BASELINE).any():
            raise NoEffectError("no_baseline", weeks=0, fewest=FEWEST_BASELINE_WEEKS)
        if not self.comparisons or not self.comparisons[0].areas.any() or not self.after.any():
            raise NoEffectError("no_comparison")
        if self.baseline.sum() < FEWEST_BASELINE_WEEKS:
            raise NoEffectError("no_baseline", weeks=int(self.baseline.sum()), fewest=FEWEST_BASELINE_WEEKS)

    @property
    def baseline(self) -> Bools:
        """Weeks before the start in which the target areas are clean, and something can be compared with."""
        return (self.role == BASELINE) & self.is_clean[self.target].all(axis=0) & self.is_compared

    @property
    def after(self) -> Bools:
        """Weeks after the start in which something can be compared with."""
        return (self.role == AFTER) & self.is_compared

    @property
    def is_compared(self) -> Bools:
        """Weeks in which any comparison area is clean."""
        return np.asarray(self.is_clean[self.comparisons[0].areas].any(axis=0))

    @property
    def trigger(self) -> Bools:
        """Clean weeks just before the start that do not count as usual."""
        before = np.arange(len(self.role)) < np.flatnonzero(self.after)[0]
        return (self.role == LEFT_OUT) & before & self.is_clean[self.target].all(axis=0)

    @property
    def is_always_clean(self) -> Bools:
        """Areas that nothing touches in any week that counts."""
        return np.asarray(self.is_clean[:, self.baseline | self.after].all(axis=1))

    @property
    def clean_ring(self) -> Bools:
        """Areas of the ring that no other intervention touches in any week that counts."""
        return self.ring & self.is_always_clean
