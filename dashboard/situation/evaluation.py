"""The evaluation of an intervention: the effect or why there is none, what must be known to read it, and what stood beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.statistics.outcome import AFTER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.statistics.outcome import Effect
    from data_access.frame import InterventionFact


@dataclass(frozen=True)
class Said:
    """A sentence: its text key and what it names."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """What is known of an intervention at one version of the data.

    `effect` is None exactly when `problem` (a key under `no_effect`) says why. `caveats` (keys under `caveat`) are only
    those that are true. `bundle`: titles of the interventions at the same place and time that cannot be told apart,
    this one first; empty when it stands alone. `target`, `ring`, `comparison`: codes of districts. `weeks`: Mondays of
    the window that `effect.weekly` is over; `others`: measures in the target areas within the window. `last_day`: the
    last day that is counted. `dose`: delivered per week (its Monday), in `dose_unit`. `fewest`: the viewer is told
    smaller counts only as "few"; 0: all. `led_weeks`: weeks just before the start that do not count as usual. `partly`:
    comparison areas that do not count in every week, because something is done there, too.
    """

    intervention: InterventionFact
    last_day: date | None
    effect: Effect | None
    problem: Said | None
    caveats: tuple[Said, ...]
    bundle: tuple[str, ...]
    target: tuple[str, ...]
    ring: tuple[str, ...]
    comparison: tuple[str, ...]
    weeks: NDArray[np.datetime64]
    others: tuple[InterventionFact, ...]
    dose: tuple[tuple[date, float], ...] = ()
    dose_unit: str = ""
    fewest: int = 0
    led_weeks: int = 0
    partly: int = 0

    @property
    def weekly_after(self) -> NDArray[np.bool_]:
        """Which of the weeks are after the start; none without an effect."""
        return (
            (self.effect.weekly.role == AFTER) if self.effect is not None else np.zeros(len(self.weeks), bool)
        )
