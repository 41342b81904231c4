"""Counts of one period against a comparable earlier one: more, fewer, about the same, or too few to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, betaincinv

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

FEWEST_EVENTS = 10
"""With fewer events in both periods together no statement is made."""

FEWEST_WEEKS = 9
"""Fewer weeks do not tell how much weeks vary."""

MOST_STEPS, CLOSE = 60, 1e-11
"""The search for a limit ends when its chance is right to eleven digits; it takes about eight steps."""


@dataclass(frozen=True)
class Comparison:
    """Ratio of two Poisson rates, elementwise.

    Attributes:
        now: events in the period.
        before: events in the earlier period.
        ratio: rate now / rate before; infinite when there was none before, NaN when there was none at all.
        low: lower end of the exact conditional mid-p interval of the ratio.
        high: upper end; infinite when there was none before.
        is_clear: True where the interval leaves out 1 and there are events enough.
        words: key of the sentence: ``fewer``, ``about_the_same``, ``more`` or ``too_few``.

    """

    now: NDArray[np.int64]
    before: NDArray[np.int64]
    ratio: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    is_clear: NDArray[np.bool_]
    words: NDArray[np.str_]


def compare(
    now: ArrayLike,
    before: ArrayLike,
    exposure_now: ArrayLike = 1,
    exposure_before: ArrayLike = 1,
    *,
    level: float = 0.95,
    dispersion: float = 1.0,
) -> Comparison:
    """Compare counts with those of an earlier period.

    Args:
        now: events in the period; a number or an array.
        before: events in the earlier period.
        exposure_now: length of the period (days, weeks), or residents x time; > 0.
        exposure_before: the same for the earlier period.
        level: coverage of the interval.
        dispersion: variance of the counts as a multiple of what chance alone gives (`dispersion_of`); widens the interval.

    Returns:
        A Comparison whose arrays have the broadcast shape (0-dimensional for numbers).

    """
    now, before = np.broadcast_arrays(np.asarray(now, dtype=np.int64), np.asarray(before, dtype=np.int64))
    scale = np.asarray(exposure_before, dtype=np.float64) / np.asarray(exposure_now, dtype=np.float64)
    # A count with phi times the variance says as much as a Poisson count of a phi-th of it.
    thinned = (now / dispersion, before / dispersion)
    low, high = ratio_interval(*thinned, exposure_now, exposure_before, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.asarray(now / before * scale)
    is_few = now + before < FEWEST_EVENTS
    words = np.select([is_few, high < 1, low > 1], ["too_few", "fewer", "more"], default="about_the_same")
    return Comparison(now, before, ratio, low, high, np.isin(words, ["fewer", "more"]), words)


def dispersion_of(weekly: ArrayLike) -> float:
    """How much weekly counts vary beyond chance: 1 for Poisson counts, more when weeks vary by themselves.

    Mean of squared differences of neighbouring weeks over their sum, so that slow change (season, trend) does not count;
    never below 1, and 1 for fewer than 9 weeks.
    """
    counts = np.asarray(weekly, dtype=np.float64)
    if counts.size < FEWEST_WEEKS:
        return 1.0
    sums = counts[1:] + counts[:-1]
    known = sums > 0
    squares = np.diff(counts)[known] ** 2 / sums[known]
    return float(max(1.0, squares.mean())) if squares.size else 1.0


def ratio_interval(
    now: ArrayLike,
    before: ArrayLike,
    exposure_now: ArrayLike = 1,
    exposure_before: ArrayLike = 1,
    *,
    level: float = 0.95,
    is_mid_p: bool = True,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Interval for the ratio of two Poisson rates, conditional on their sum.

    Given both together, `now` is binomial; the interval of its share becomes one of the ratio. With mid-p (half of the
    probability of what was observed counts) the coverage is close to `level`; without it is the exact Clopper-Pearson
    interval (R's poisson.test), which covers more than promised.

    Returns:
        Low and high as float64 arrays; 0 and infinity where both counts are 0.

    """
    now, before = np.broadcast_arrays(np.asarray(now, dtype=np.float64), np.asarray(before, dtype=np.float64))
    scale = np.asarray(exposure_before, dtype=np.float64) / np.asarray(exposure_now, dtype=np.float64)
    tail, half = (1 - level) / 2, 0.5 if is_mid_p else 0.0
    low = _share_where(now, before, tail, half)
    high = 1 - _share_where(before, now, tail, half)
    with np.errstate(divide="ignore"):
        return np.asarray(low / (1 - low) * scale), np.asarray(high / (1 - high) * scale)


def _share_where(
    count: NDArray[np.float64], others: NDArray[np.float64], tail: float, half: float
) -> NDArray[np.float64]:
    """Share p at which P(more than count) + (1 - half) P(count) equals `tail`; 0 where count is 0."""
    low = betaincinv(np.maximum(count, 1), others + 1, tail)
    high = np.where(others > 0, betaincinv(count + 1, np.maximum(others, 1), tail), 1.0)

    def excess(share: NDArray[np.float64]) -> NDArray[np.float64]:
        whole, more = _at_least(count, others, share), _at_least(count + 1, others - 1, share)
        return np.asarray((1 - half) * whole + half * more - tail)

    share = np.asarray(_crossing(excess, low, high, CLOSE * tail))
    return np.where(count > 0, share, 0.0)


def _crossing(
    excess: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    close: float,
) -> NDArray[np.float64]:
    """Where a rising function is 0 between two ends, by the Illinois method: an end that stays twice counts half."""
    at_low, at_high, share = excess(low), excess(high), low
    was_above = np.full(np.shape(low), np.nan)
    for _ in range(MOST_STEPS):
        width = at_high - at_low
        safe = np.where(width > 0, width, 1.0)
        share = np.clip(np.where(width > 0, (low * at_high - high * at_low) / safe, low), low, high)
        at = excess(share)
        if np.max(np.where(low < high, np.abs(at), 0.0), initial=0.0) <= close:
            break
        is_above = at > 0
        stays = was_above == is_above
        at_low, at_high = (
            np.where(is_above, np.where(stays, at_low / 2, at_low), at),
            np.where(is_above, at, np.where(stays, at_high / 2, at_high)),
        )
        low, high = np.where(is_above, low, share), np.where(is_above, share, high)
        was_above = is_above.astype(np.float64)
    return share


def _at_least(
    count: NDArray[np.float64], others: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """P(X >= count) for X binomial of count + others trials; 0 where count exceeds the trials."""
    chance = betainc(np.maximum(count, 1), np.maximum(others + 1, 1), share)
    return np.where(others < 0, 0.0, np.where(count <= 0, 1.0, chance))
