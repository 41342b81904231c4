"""How much more than by chance counts vary, in the areas of an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.design import Design

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

_FEWEST_WEEKS = 4


def dispersion_of_weeks(observed: Floats, expected: Floats) -> float:
    """Squared differences of observed and expected weeks over what is expected; 1 for Poisson counts, never less."""
    is_known = np.isfinite(expected)
    count, total = int(is_known.sum()), float(expected[is_known].sum())
    if count < _FEWEST_WEEKS or total <= 0:
        return 1.0
    squares = float(((observed - expected)[is_known] ** 2).sum())
    return max(1.0, squares / total * count / (count - 1))


def shifts(by_stratum: Floats, design: Design, areas: Bools, reference: Bools) -> tuple[Floats, Floats]:
    """What each area has more after the start than the change of all `reference` areas gives it, and its Poisson variance.

    Only areas that are clean in all weeks that count; both arrays have one item for each of those.
    """
    counted = design.baseline | design.after
    own = (
        np.flatnonzero(areas & design.is_clean[:, counted].all(axis=1))
        if areas is reference
        else np.flatnonzero(areas)
    )
    before, after = (by_stratum[:, :, weeks].sum(axis=2) for weeks in (design.baseline, design.after))
    fixed = reference & design.is_clean[:, counted].all(axis=1)
    total = before[:, fixed].sum(axis=1) + after[:, fixed].sum(axis=1)
    share = np.divide(after[:, fixed].sum(axis=1), total, out=np.zeros(len(total)), where=total > 0)[:, None]
    both = before[:, own] + after[:, own]
    return (after[:, own] - both * share).sum(axis=0), (both * share * (1 - share)).sum(axis=0)


def dispersion_of_areas(by_stratum: Floats, design: Design, comparison: Bools) -> float:
    """How much more than by chance the comparison areas changed apart from each other; 1 for Poisson counts, never less."""
    more, variance = shifts(by_stratum, design, comparison, comparison)
    count = len(more)
    if count < _FEWEST_WEEKS or variance.sum() <= 0:
        return 1.0
    return max(1.0, float((more**2).sum() / variance.sum()) * count / (count - 1))
