"""What there is to draw of an evaluation, and what of it a viewer is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.statistics.outcome import AFTER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.situation.evaluation import Evaluation
    from dashboard.statistics.outcome import Effect, Outcome


def effect_of(of: Evaluation) -> Effect:
    """The effect that a chart draws; raises ValueError where there is none."""
    if of.effect is None:
        message = f"there is no effect of {of.intervention.title} to draw: say its problem instead"
        raise ValueError(message)
    return of.effect


def is_count_told(outcome: Outcome, fewest: int) -> bool:
    """Whether a viewer to whom counts under `fewest` are not told may see the count, or what it follows from."""
    return not 0 < outcome.observed < fewest


def told_sums(effect: Effect, fewest: int) -> NDArray[np.bool_]:
    """Weeks after the start whose sum so far is told: only the last where a week is hidden, which would follow from its sums."""
    observed = effect.weekly.observed[effect.weekly.role == AFTER]
    is_shown = np.full(len(observed), is_count_told(effect.target, fewest))
    if np.isnan(observed).any():
        is_shown[:-1] = False
    return is_shown
