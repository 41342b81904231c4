"""Signals against a slow and obvious version, and against weeks in which it is known what changed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from benchmarks.signals import MIXED, Town, false_share, found_share, is_found, said_of
from dashboard.statistics.signals import (
    FEWEST_EXCESS,
    MOST_WEIGHT,
    SHARED_WEEKS,
    STILL,
    Prediction,
    Window,
    predicted,
    signals,
)

AREAS, TYPES = 30, 14


def slow_dispersion(history, area, kind):
    """Area by area in plain loops."""
    areas, _, weeks = history.shape
    squares, means = [], []
    for row in range(areas):
        counts = history[row, kind].tolist()
        mean = sum(counts) / weeks
        means.append(mean)
        squares.append(sum((count - mean) ** 2 for count in counts))
    shared = max(1.0, sum(squares) / ((weeks - 1) * sum(means))) if sum(means) else 1.0
    if not means[area]:
        return shared
    own, weight = squares[area] / ((weeks - 1) * means[area]), (weeks - 1) * means[area] / (means[area] + 0.5)
    return max(shared, (SHARED_WEEKS * shared + weight * own) / (SHARED_WEEKS + weight))


def slow_upper(history, area, kind, count, weeks):
    """Expected, ratio of variance, and mid-p chance of so many or more, summed count by count."""
    mean = weeks * (history[area, kind].sum() + 0.5) / history.shape[2]
    ratio = slow_dispersion(history, area, kind) * (1 + weeks / history.shape[2])
    chances = nbinom.pmf(np.arange(count + 1), mean / (ratio - 1), 1 / ratio)
    return mean, ratio, 1 - chances[:count].sum() - chances[count] / 2


def slow_signals(windows, share):
    """The cells (window, area, type) with a signal."""
    found = []
    for number, window in enumerate(windows):
        for area, kind in np.argwhere(window.is_tested).tolist():
            count = int(window.observed[area, kind])
            mean, ratio, upper = slow_upper(window.history, area, kind, count, window.weeks)
            found.append((number, area, kind, count, mean, ratio, upper))
    weights = [min(mean, MOST_WEIGHT) for *_, mean, _, _ in found]
    average = sum(weights) / len(weights)
    weighed = [
        min(1.0, 2 * min(one[-1], 1 - one[-1]) * average / weight)
        for one, weight in zip(found, weights, strict=True)
    ]
    passed = [
        limit for rank, limit in enumerate(sorted(weighed), start=1) if limit <= share * rank / len(weighed)
    ]
    limit = max(passed, default=-1.0)
    said = set()
    for (number, area, kind, count, mean, ratio, _), p_value in zip(found, weighed, strict=True):
        first = windows[0]
        alone = slow_upper(first.history, area, kind, int(first.observed[area, kind]), first.weeks)[2]
        is_still = (alone if count > mean else 1 - alone) <= STILL
        low, high = nbinom.ppf([0.025, 0.975], mean / (ratio - 1), 1 / ratio)
        if p_value <= limit and abs(count - mean) >= FEWEST_EXCESS and is_still and not low <= count <= high:
            said.add((number, area, kind))
    return said


def windows_of(counts, weeks=14, tested=None):
    """The last week, and the last two, against `weeks` before."""
    history, last = counts[..., :weeks], counts[..., weeks:]
    tested = np.ones(counts.shape[:2], bool) if tested is None else tested
    return [Window(last[..., -length:].sum(axis=-1), history, length, tested) for length in (1, 2)]


def drawn(seed, areas=8, types=5, spread=2.0):
    rng = np.random.default_rng(seed)
    mean = rng.lognormal(0, 1.5, (areas, types))
    counts = Town(mean, np.full(mean.shape, spread)).draw(rng, 16)
    for area, kind in rng.integers((areas, types), size=(4, 2)):
        counts[area, kind, 14:] = np.array([2, 3]) * (counts[area, kind, 14:] + 3)
    return counts


@pytest.mark.parametrize("seed", range(12))
def test_the_same_as_the_slow_version(seed):
    counts = drawn(seed)
    tested = np.random.default_rng(seed).random(counts.shape[:2]) < 0.8
    windows = windows_of(counts, tested=tested)
    found = signals(windows)
    fast = {(number, *at) for number, one in enumerate(found) for at in np.argwhere(one.is_signal).tolist()}
    assert fast == slow_signals(windows, 0.1)
    if seed == 0:
        assert fast
    mean, _, upper = slow_upper(windows[1].history, 2, 3, int(windows[1].observed[2, 3]), 2)
    assert found[1].expected[2, 3] == pytest.approx(mean)
    assert found[1].p_value[2, 3] == pytest.approx(min(1, 2 * min(upper, 1 - upper)))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.permutations(range(8)), st.permutations(range(14)))
def test_the_order_of_areas_and_weeks_means_nothing(seed, areas, weeks):
    counts = drawn(seed)
    moved = counts[areas][:, :, [*weeks, 14, 15]]
    one, other = signals(windows_of(counts)), signals(windows_of(moved))
    for first, second in zip(one, other, strict=True):
        assert first.adjusted[areas] == pytest.approx(second.adjusted)
        assert (first.is_signal[areas] == second.is_signal).all()


@settings(max_examples=60, deadline=None)
@given(st.floats(0.03, 400), st.floats(1.01, 8))
def test_a_prediction_holds_what_it_says(mean, ratio):
    one = Prediction(np.array(mean), np.array(ratio))
    low, high = one.interval()
    counts = np.arange(int(mean + 60 * ratio + 30 * np.sqrt(mean * ratio)))
    chances = nbinom.pmf(counts, one.size, 1 / ratio)
    assert chances[low : high + 1].sum() >= 0.95 - 1e-9
    assert chances[counts < low].sum() <= 0.025 + 1e-9
    assert one.at_least(counts[5]) == pytest.approx(1 - chances[:5].sum() - chances[5] / 2, abs=1e-9)
    assert (np.diff(one.at_least(counts)) <= 1e-12).all()
    assert one.at_least(np.array(0)) > 0.5


def test_without_dispersion_it_is_the_predictive_distribution_of_a_poisson_rate():
    history = np.array([[[3, 4, 5, 4, 3, 4, 5, 4]]])
    one = predicted(history, 1)
    rate = np.random.default_rng(1).gamma(history.sum() + 0.5, 1 / 8, 400_000)
    counts = np.random.default_rng(2).poisson(rate)
    for count in (2, 6, 9):
        chance = (counts > count).mean() + (counts == count).mean() / 2
        assert one.at_least(np.array([[count]]))[0, 0] == pytest.approx(chance, abs=0.003)


def test_what_is_near_to_expected_is_no_signal_however_unlikely():
    counts = np.zeros((4, 3, 16), np.int64)
    counts[1, 1, 15] = 3
    assert not is_any(counts)
    counts[1, 1, 15] = 7
    assert is_any(counts)


def test_a_quarter_more_is_no_signal():
    rng = np.random.default_rng(4)
    mean = np.full((AREAS, TYPES), 8.0)
    counts = Town(mean, np.full(mean.shape, 2.0)).draw(rng, 16)
    counts[0, 0] = 8
    counts[0, 0, 15] = 10
    assert not signals(windows_of(counts))[0].is_signal[0, 0]


def test_what_is_over_is_not_told_again():
    counts = np.full((AREAS, TYPES, 16), 6)
    counts[3, 3, 14], counts[3, 3, 15] = 60, 6
    assert not is_any(counts)
    counts[3, 3, 14], counts[3, 3, 15] = 20, 20
    assert is_any(counts)


def test_cells_that_are_not_tested_have_no_p_value_and_cost_nothing():
    counts = drawn(3)
    tested = np.zeros(counts.shape[:2], bool)
    assert not any(one.is_signal.any() for one in signals(windows_of(counts, tested=tested)))
    tested[0, 0] = True
    one = signals(windows_of(counts, tested=tested))[0]
    assert np.isfinite(one.adjusted).sum() == 1
    assert one.adjusted[0, 0] <= 2 * one.p_value[0, 0]


def is_any(counts):
    return any(one.is_signal.any() for one in signals(windows_of(counts)))


def means():
    """As uneven as a municipality: most cells hardly ever, a few every day."""
    rng = np.random.default_rng(7)
    return np.minimum(rng.lognormal(-1.6, 1.9, (AREAS, TYPES)), 14)


@pytest.mark.parametrize("dispersion", [1.0, 2.0, 3.0, MIXED])
def test_weeks_in_which_nothing_changes_seldom_have_a_signal(dispersion):
    # At 10 % more than 14 % of 500 weeks would come by chance once in a thousand runs.
    assert false_share(means(), dispersion, 500, seed=3) <= 0.14


def test_a_doubling_is_seen_within_two_weeks_where_there_are_enough():
    for dispersion, expected, least, least_told in (
        (1.0, 20.0, 0.8, 0.95),
        (2.0, 38.0, 0.8, 0.95),
        (1.0, 8.0, 0.25, 0.8),
    ):
        found, told = found_share(means(), dispersion, expected, 200, seed=1)
        assert found >= least
        assert told >= least_told


def test_the_sum_of_a_district_is_looked_at_too():
    counts = np.full((AREAS, TYPES, 16), 2)
    counts[5, :, 14:] = 4
    found = is_found(said_of(counts))
    assert found[5, 0]
    assert not np.delete(found, 5, axis=0).any()


def test_the_nearest_to_a_signal_have_risen_enough_and_lately():
    rng = np.random.default_rng(4)
    counts = town_of(rng)
    for one in said_of(counts):
        near = np.isfinite(one.order)
        assert near[3, 3]
        assert not near.all()
        assert (one.observed[near] - one.expected[near] >= FEWEST_EXCESS).all()
        smallest = np.where(one.is_signal & (one.observed > one.expected), one.order, np.nan)
        others = np.where(one.is_signal, np.inf, one.order)
        assert np.isfinite(smallest[3, 3])
        assert np.nanmax(smallest) <= others.min() + 1e-9


def town_of(rng):
    """Weeks of a town, with one district that has more of one type in the last."""
    counts = Town(means(), np.full(means().shape, 1.5)).draw(rng, 16)
    counts[3, 2, -1] += 30
    return counts
