"""Do two things go together over areas? Rank correlation with a bootstrap interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FEWEST_AREAS = 15
"""With fewer areas no correlation is told: its interval would hold nearly everything."""


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's rho, -1 to 1, with the ends of its bootstrap interval, over so many areas."""

    value: float
    low: float
    high: float
    areas: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no correlation."""
        return self.low > 0 or self.high < 0


def spearman(
    x: ArrayLike, y: ArrayLike, *, level: float = 0.95, draws: int = 4000, seed: int = 1
) -> RankCorrelation | None:
    """Spearman's rho; ties share their ranks. Areas are drawn with replacement, percentiles are the interval.

    Args:
        x: a value per area; NaN leaves the area out.
        y: another value per area, in the same order.
        level: coverage.
        draws: bootstrap samples.
        seed: of the draws: the same data always have the same interval.

    Returns:
        None with fewer than 15 areas that have both, or when either value is the same everywhere.

    """
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    known = np.isfinite(x) & np.isfinite(y)
    x, y, areas = x[known], y[known], int(known.sum())
    if areas < FEWEST_AREAS or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    value = float(_correlations(x, y, np.ones((1, areas)))[0])
    times = np.random.default_rng(seed).multinomial(areas, np.full(areas, 1 / areas), size=draws)
    found = _correlations(x, y, times.astype(np.float64))
    low, high = np.nanquantile(found, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return RankCorrelation(value, low, high, areas)


def average_ranks(values: ArrayLike) -> NDArray[np.float64]:
    """1 for the smallest; ties share the mean of their ranks."""
    values = np.asarray(values, np.float64)
    return _ranks(values, np.ones((1, values.size)))[0]


def _correlations(
    x: NDArray[np.float64], y: NDArray[np.float64], times: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Rho of each sample in which area i stands `times[sample, i]` times; NaN where all values are the same."""
    a, b = (_centred(_ranks(values, times), times) for values in (x, y))
    with np.errstate(divide="ignore", invalid="ignore"):
        return (times * a * b).sum(1) / np.sqrt((times * a * a).sum(1) * (times * b * b).sum(1))


def _centred(ranks: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    return ranks - (times * ranks).sum(1, keepdims=True) / times.sum(1, keepdims=True)


def _ranks(values: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Average ranks of the values within each sample, without building the samples."""
    _, place = np.unique(values, return_inverse=True)
    alike = np.zeros((times.shape[0], int(place.max()) + 1))
    for value in range(alike.shape[1]):
        alike[:, value] = times[:, place == value].sum(1)
    return (np.cumsum(alike, axis=1) - (alike - 1) / 2)[:, place]
