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
    own = np.flatnonzero(areas & design.is_always_clean if areas is reference else areas)
    before, after = (by_stratum[:, :, weeks].sum(axis=2) for weeks in (design.baseline, design.after))
    fixed = reference & design.is_always_clean
    total = before[:, fixed].sum(axis=1) + after[:, fixed].sum(axis=1)
    share = np.divide(after[:, fixed].sum(axis=1), total, out=np.zeros(len(total)), where=total > 0)[:, None]
    both = before[:, own] + after[:, own]
    return (after[:, own] - both * share).sum(axis=0), (both * share * (1 - share)).sum(axis=0)


def dispersion_of_areas(more: Floats, variance: Floats) -> float:
    """How much more than by chance areas changed apart from each other (see `shifts`); 1 for Poisson counts, never less."""
    count = len(more)
    if count < _FEWEST_WEEKS or variance.sum() <= 0:
        return 1.0
    return max(1.0, float((more**2).sum() / variance.sum()) * count / (count - 1))


def noise_of_areas(by_stratum: Floats, design: Design, areas: Bools) -> float:
    """How much more than by chance the weeks of some areas vary, each area by itself before and after the start; at least 1."""
    cells = by_stratum[:, areas & design.is_always_clean]
    squares = due = 0.0
    for weeks in (design.baseline, design.after):
        part = cells[:, :, weeks]
        rows, columns = part.sum(axis=2, keepdims=True), part.sum(axis=1, keepdims=True)
        total = part.sum(axis=(1, 2), keepdims=True)
        fitted = (rows * np.divide(columns, total, out=np.zeros(columns.shape), where=total > 0)).sum(axis=0)
        freedom = np.prod([(size - 1) / max(size, 1) for size in fitted.shape])
        squares += float(((part.sum(axis=0) - fitted) ** 2).sum())
        due += float(fitted.sum() * freedom)
    return max(1.0, squares / due) if due > 0 else 1.0
