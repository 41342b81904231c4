"""What would have been expected: area and week levels fitted where no intervention was on, by source of the reports.

Sources are fitted apart because they fall silent, begin, and are campaigned for at different times, in all areas alike: what a
source does in the comparison areas in a week is then expected of the same source in the target areas.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from dashboard.statistics.two_way import fitted_weeks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.design import Design

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

FEWEST_IN_A_SOURCE = 50
"""A source with fewer events than this in the comparison areas, or fewer than in the target, before or after, is fitted together
with other such ones: apart from them it would add more chance than it takes away."""

FEWEST_AREAS_OF_A_SOURCE = 5.0
"""So is one whose events lie in fewer areas than this (1 / the sum of squared shares): what one of them does is no trend."""

FEWEST_RESAMPLED = 6
"""Fewer comparison areas tell nothing of how areas differ; then their spread follows from their counts."""

_ROUGH = 1e-4
_TAILS = (0.05, 0.95)


@dataclass(frozen=True, eq=False)
class Expectation:
    """Expected events of one group of areas: per week (NaN where unknown), and the variance of the logarithm of their sum.

    `before`: events of the group in the baseline, on which the level rests; `variance` comes from the comparison areas alone.
    """

    weeks: Floats
    before: float
    variance: float


def strata(counts: Floats, design: Design) -> tuple[Floats, list[int]]:
    """Counts (sources, areas, weeks) by what is fitted together, (strata, areas, weeks), and the sources that are left out.

    Left out are sources that the comparison areas know on one side of the start only: they tell of recording, not of change.
    """
    areas = design.comparisons[0].areas
    sides = design.baseline, design.after
    before, after = (counts[:, areas][:, :, weeks].sum(axis=(1, 2)) for weeks in sides)
    own = np.max([counts[:, design.target][:, :, weeks].sum(axis=(1, 2)) for weeks in sides], axis=0)
    spread = _areas_of(counts[:, areas][:, :, design.baseline | design.after].sum(axis=2))
    is_large = np.minimum(before, after) >= np.maximum(own, FEWEST_IN_A_SOURCE)
    is_large &= spread >= FEWEST_AREAS_OF_A_SOURCE
    is_one_sided = (np.minimum(before, after) == 0) & (np.maximum(before, after) >= FEWEST_IN_A_SOURCE)
    apart = [counts[row] for row in np.flatnonzero(is_large)]
    rest = counts[~is_large & ~is_one_sided].sum(axis=0)
    if apart and rest[areas].sum() < 2 * FEWEST_IN_A_SOURCE:
        apart[0] = apart[0] + rest
    else:
        apart.append(rest)
    return np.stack(apart), np.flatnonzero(is_one_sided).tolist()


def _areas_of(counts: Floats) -> Floats:
    """Over how many equally large areas the events of each source are spread; 0 without any."""
    total = counts.sum(axis=1)
    return np.divide(total**2, (counts**2).sum(axis=1), out=np.zeros(len(total)), where=total > 0)


def expectations(
    by_stratum: Floats,
    design: Design,
    comparison: Bools,
    groups: list[Bools],
    *,
    draws: int = 0,
    seed: int = 0,
) -> list[Expectation]:
    """Expectation of each group of areas, from one set of comparison areas.

    Args:
        by_stratum: counts (strata, areas, weeks).
        design: the weeks, and which cells are clean.
        comparison: the comparison areas.
        groups: areas whose expectation is asked for.
        draws: how often the comparison areas are drawn anew for the variance; 0 gives no variance (NaN).
        seed: of the draws.

    """
    table, masks = _rows(by_stratum, design, comparison)
    weeks = fitted_weeks(table, masks)
    level = [by_stratum[:, areas][:, :, design.baseline].sum(axis=(1, 2)) for areas in groups]
    expected = [_of_weeks(before, weeks, design) for before in level]
    variances = (
        _variances(by_stratum, design, comparison, level, draws, seed) if draws else [np.nan] * len(groups)
    )
    return [
        Expectation(by_week, float(before.sum()), variance)
        for by_week, before, variance in zip(expected, level, variances, strict=True)
    ]


def _of_weeks(before: Floats, weeks: Floats, design: Design) -> Floats:
    """Expected events per week: the group's level in each stratum times the week's; `weeks` (..., strata, weeks)."""
    base = np.nansum(np.where(design.baseline, weeks, 0.0), axis=-1)
    level = np.divide(before, base, out=np.zeros(base.shape), where=base > 0)
    return (level[..., None] * weeks).sum(axis=-2)


def _rows(by_stratum: Floats, design: Design, comparison: Bools) -> tuple[Floats, Bools]:
    """Rows of the model: target and ring before the start, and the comparison areas summed where the same weeks are known."""
    parts, masks = [], []
    for areas in (design.target, design.clean_ring):
        if areas.any():
            parts.append(by_stratum[:, areas].sum(axis=1))
            masks.append(design.baseline & design.is_clean[areas].all(axis=0))
    for mask, rows in _patterns(design.is_clean[comparison]):
        parts.append(by_stratum[:, comparison][:, rows].sum(axis=1))
        masks.append(mask)
    return np.stack(parts, axis=1), np.stack(masks)


def _patterns(is_known: Bools) -> list[tuple[Bools, NDArray[np.int64]]]:
    """Areas that are known in the same weeks: the weeks, and their places."""
    masks, of_area = np.unique(is_known, axis=0, return_inverse=True)
    return [(mask, np.flatnonzero(of_area.ravel() == number)) for number, mask in enumerate(masks)]


def _variances(
    by_stratum: Floats, design: Design, comparison: Bools, level: list[Floats], draws: int, seed: int
) -> list[float]:
    """Variance of the logarithm of each group's expected sum, by drawing whole comparison areas anew."""
    count = int(comparison.sum())
    table, masks = _rows(by_stratum, design, comparison)
    if count < FEWEST_RESAMPLED:
        clean = by_stratum[:, comparison] * design.is_clean[comparison]
        before, after = (clean[:, :, weeks].sum() for weeks in (design.baseline, design.after))
        spread = float(1 / max(before, 0.5) + 1 / max(after, 0.5))
        return [spread] * len(level)
    times = (
        np.random.default_rng(seed)
        .multinomial(count, np.full(count, 1 / count), size=draws)
        .astype(np.float64)
    )
    own = table.shape[1] - len(patterns := _patterns(design.is_clean[comparison]))
    drawn = np.broadcast_to(table, (draws, *table.shape)).copy()
    cells = by_stratum[:, comparison]
    for number, (_, rows) in enumerate(patterns, start=own):
        drawn[:, :, number] = np.einsum("da,saw->dsw", times[:, rows], cells[:, rows], optimize=True)
    weeks = fitted_weeks(drawn, masks, close=_ROUGH)
    sums = [
        np.nansum(np.where(design.after, _of_weeks(before, weeks, design), 0.0), axis=-1) for before in level
    ]
    return [_spread_of_logs(total) * count / (count - 1) for total in sums]


def _spread_of_logs(sums: Floats) -> float:
    """Variance by the distance of two quantiles: a draw without the few areas in which a source is at home says nothing."""
    positive = sums[sums > 0]
    if not positive.size:
        return np.nan
    low, high = np.quantile(np.log(positive), _TAILS)
    return float(((high - low) / (ndtri(_TAILS[1]) - ndtri(_TAILS[0]))) ** 2)
