"""From how many reports a week a doubling is seen, against weeks that are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboard.statistics.doubling import MOST, doubling_seen_from
from dashboard.statistics.signals import Window, signals

if TYPE_CHECKING:
    from numpy.typing import NDArray

AREAS, KINDS, BEFORE, AT = 30, 8, 14, (0, 0)


def drawn(
    rng: np.random.Generator, mean: NDArray[np.float64], varies: float, weeks: int
) -> NDArray[np.int64]:
    """Counts (areas, kinds, weeks) whose variance is a multiple of their mean."""
    extra = max(varies - 1, 1e-6)
    level = np.repeat(mean[..., None], weeks, axis=-1)
    return rng.poisson(rng.gamma(level / extra) * extra)


def windows(counts: NDArray[np.int64], history: NDArray[np.int64]) -> list[Window]:
    tested = np.ones(counts.shape[:2], bool)
    return [Window(counts[..., -weeks:].sum(axis=-1), history, weeks, tested) for weeks in (1, 2)]


def seen(expected: int, mean: NDArray[np.float64], varies: float, runs: int = 150) -> float:
    """Share of runs in which a doubling from `expected` a week has a signal within two weeks."""
    rng = np.random.default_rng(4)
    usual, doubled = mean.copy(), mean.copy()
    usual[AT], doubled[AT] = expected, 2 * expected
    found = 0
    for _ in range(runs):
        before = drawn(rng, usual, varies, BEFORE + 1)
        after = drawn(rng, doubled, varies, 2)
        history, last = before[..., :BEFORE], before[..., BEFORE:]
        weeks = (np.concatenate([last, after[..., :1]], axis=-1), after)
        found += any(of.is_signal[AT] for one in weeks for of in signals(windows(one, history)))
    return found / runs


@pytest.mark.parametrize("varies", [1.0, 2.0])
def test_four_doublings_of_five_are_seen_from_there_and_far_fewer_from_half_of_it(varies: float) -> None:
    mean = np.full((AREAS, KINDS), 2.0)
    counts = drawn(np.random.default_rng(1), mean, varies, BEFORE + 2)
    said = doubling_seen_from(windows(counts[..., BEFORE:], counts[..., :BEFORE]))
    assert seen(said, mean, varies) == pytest.approx(0.8, abs=0.12)
    assert seen(said // 2, mean, varies) < 0.5


def test_the_more_weeks_vary_and_the_more_is_tested_the_more_is_hidden() -> None:
    def said(varies: float, areas: int) -> int:
        counts = drawn(np.random.default_rng(2), np.full((areas, KINDS), 3.0), varies, BEFORE + 2)
        return doubling_seen_from(windows(counts[..., BEFORE:], counts[..., :BEFORE]))

    assert said(1.0, 10) < said(1.0, 100) < said(2.5, 100)
    assert said(1.0, 10) < said(2.5, 10)


def test_where_nothing_ever_happened_every_doubling_is_hidden() -> None:
    nothing = np.zeros((3, 2, BEFORE), int)
    assert doubling_seen_from(windows(nothing[..., :2], nothing)) == MOST
