import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.drift import USUAL, concentration, drift_variance


def areas_of(seed, drift, count=200, chance=60.0, noise=1.0):
    """What areas have more than the common change gives them, and its variance if counts were Poisson."""
    random = np.random.default_rng(seed)
    variance = chance * random.uniform(0.5, 2, count)
    change = drift * random.standard_normal(count)
    return variance * change + np.sqrt(noise * variance) * random.standard_normal(count), variance


@pytest.mark.parametrize("drift", [0.05, 0.1, 0.2, 0.4])
@pytest.mark.parametrize("noise", [1.0, 3.0])
def test_many_areas_tell_their_drift_apart_from_noise(drift, noise):
    found = [drift_variance(*areas_of(seed, drift, noise=noise), noise) ** 0.5 for seed in range(20)]
    assert np.mean(found) == pytest.approx(drift, rel=0.1, abs=0.015)


def test_noise_alone_is_little_drift_but_never_none():
    found = [drift_variance(*areas_of(seed, 0.0, chance=600), 1.0) ** 0.5 for seed in range(20)]
    assert min(found) > 0
    assert max(found) < 0.035


def test_few_small_areas_say_nothing_against_what_is_usual():
    nothing = drift_variance(np.zeros(0), np.zeros(0), 1.0)
    assert nothing == pytest.approx(2 * USUAL**2, rel=0.01)
    assert drift_variance(np.zeros(1), np.ones(1), 1.0) == pytest.approx(nothing)
    assert drift_variance(*areas_of(1, 0.0, count=4, chance=1.0), 1.0) == pytest.approx(nothing, rel=0.15)
    assert drift_variance(np.zeros(3), np.zeros(3), 1.0) == nothing


@given(st.integers(0, 500), st.floats(1, 3))
def test_areas_that_lie_farther_apart_drift_more(seed, times):
    more, variance = areas_of(seed, 0.1, count=12)
    farther = drift_variance(times * more, variance, 1.0)
    assert farther >= drift_variance(more, variance, 1.0) * (1 - 1e-9)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_a_sum_over_areas_keeps_a_part_of_their_drift(counts):
    of = concentration(np.array(counts))
    assert 1 / len(counts) <= of + 1e-12
    assert of <= 1
    assert concentration(np.array([7] * len(counts))) == pytest.approx(1 / len(counts))
    assert concentration(np.zeros(3)) == 1
