"""Poisson counts that are an area's level times a week's level, fitted on the cells of a table that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

MOST_ROUNDS, CLOSE = 500, 1e-10


def fitted_weeks(counts: Floats, is_known: Bools, *, close: float = CLOSE) -> Floats:
    """Levels of the weeks, up to a common factor, of the Poisson model count ~ area + week.

    The likelihood's equations say that fitted and observed sums agree for every row and every column; they are met in turn
    (iterative proportional fitting). Rows that are known in the same weeks can be given as their sum: the answer is the same.

    Args:
        counts: (..., rows, weeks); leading axes are tables of their own.
        is_known: (rows, weeks): the cells that the model is fitted on; the others are ignored.
        close: the fit ends when no week's level moves by more.

    Returns:
        (..., weeks), the mean over the known weeks is 1; NaN where no row is known; 0 where all known counts are 0.

    """
    known = is_known.astype(np.float64)
    cells = counts * known
    of_rows, of_weeks = cells.sum(axis=-1), cells.sum(axis=-2)
    weeks = np.where(known.any(axis=0), 1.0, np.nan) * np.ones(of_weeks.shape)
    for _ in range(MOST_ROUNDS):
        levels = _over(of_rows, np.nan_to_num(weeks) @ known.T)
        found = _scaled(np.where(np.isnan(weeks), np.nan, _over(of_weeks, levels @ known)))
        step = np.nanmax(np.abs(found - weeks), initial=0.0)
        weeks = found
        if step <= close:
            break
    return weeks


def _over(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)


def _scaled(weeks: Floats) -> Floats:
    mean = np.nanmean(weeks, axis=-1, keepdims=True)
    return _over(weeks, np.where(mean > 0, mean, 1.0))
