import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import bootstrap, rankdata, spearmanr

from dashboard.statistics.rank import FEWEST_AREAS, average_ranks, spearman

VALUES = st.lists(st.integers(0, 9), min_size=FEWEST_AREAS, max_size=40)


def correlated(count, weight, seed=3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=count)
    return x, weight * x + rng.normal(size=count)


@given(VALUES, st.integers(0, 1000))
def test_with_ties_it_is_what_scipy_says(values, seed):
    x = np.array(values)
    y = np.random.default_rng(seed).integers(0, 6, x.size)
    found = spearman(x, y, draws=2)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        assert found is None
    else:
        assert found.value == pytest.approx(spearmanr(x, y).statistic, abs=1e-12)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_ties_share_the_mean_of_their_ranks(values):
    assert average_ranks(values) == pytest.approx(rankdata(values))


def test_the_interval_is_that_of_drawing_areas():
    x, y = correlated(33, 0.9)
    found = spearman(x, y)
    peer = bootstrap(
        (x, y), lambda a, b: spearmanr(a, b).statistic, paired=True, vectorized=False, n_resamples=3000,
        method="percentile", rng=np.random.default_rng(1),
    ).confidence_interval  # fmt: skip
    assert (found.low, found.high) == pytest.approx((peer.low, peer.high), abs=0.03)
    assert found.low < found.value < found.high
    assert found.is_clear
    assert not spearman(*correlated(33, 0.0)).is_clear


def test_the_same_data_have_the_same_interval_whatever_their_order():
    x, y = correlated(20, 1)
    assert spearman(x, y) == spearman(x, y)
    assert spearman(np.exp(x), y) == spearman(x, y)


def test_too_few_areas_or_no_variation_tell_nothing():
    x, y = correlated(FEWEST_AREAS, 1)
    assert spearman(x, y).areas == FEWEST_AREAS
    assert spearman(x[1:], y[1:]) is None
    assert spearman(np.where(np.arange(x.size) == 2, np.nan, x), y) is None
    assert spearman(np.ones(20), np.arange(20)) is None
