import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from dashboard.statistics.rates import garwood, marshall, rate_per_1000

FOLDER = Path(__file__).parents[1] / "reference"
SMOOTHED = json.loads((FOLDER / "eb_rates.json").read_text("utf-8"))["cases"]
COUNTS = [
    c
    for c in json.loads((FOLDER / "rate_ratio.json").read_text("utf-8"))["cases"]
    if c["kind"] == "exact_rate_ci95"
]


@pytest.mark.parametrize("case", SMOOTHED, ids=lambda case: case["id"])
def test_smoothed_rates_equal_the_reference(case):
    rates = marshall(case["input"]["events"], case["input"]["exposure"])
    assert rates.raw == pytest.approx(case["expected"]["raw"], rel=case["tolerance"])
    assert rates.smoothed == pytest.approx(case["expected"]["est"], rel=case["tolerance"])
    assert rates.mean == pytest.approx(case["expected"]["b_mean"], rel=case["tolerance"])
    assert rates.variance_between == pytest.approx(case["expected"]["a_between_variance"], rel=1e-8)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20_000)), min_size=1, max_size=40))
def test_smoothing_draws_every_rate_towards_the_mean_and_never_past_it(areas):
    count, exposure = np.array(areas).T
    rates = marshall(count, exposure)
    lower, upper = np.minimum(rates.raw, rates.mean), np.maximum(rates.raw, rates.mean)
    slack = 1e-12 * (1 + upper)
    assert (rates.smoothed >= lower - slack).all()
    assert (rates.smoothed <= upper + slack).all()


def test_areas_that_differ_by_chance_only_all_get_the_mean():
    rates = marshall([10, 10, 10], [1000, 1000, 1000])
    assert rates.variance_between == 0
    assert rates.smoothed == pytest.approx([0.01] * 3)


def test_areas_without_residents_have_no_smoothed_rate_and_do_not_disturb_the_others():
    rates = marshall([5, 3, 9], [1000, 0, 1200])
    assert np.isnan([rates.raw[1], rates.smoothed[1]]).all()
    assert rates.smoothed[[0, 2]] == pytest.approx(marshall([5, 9], [1000, 1200]).smoothed)
    assert np.isnan(marshall([1], [None]).smoothed).all()


@pytest.mark.parametrize("case", COUNTS, ids=lambda case: case["id"])
def test_count_intervals_equal_the_reference(case):
    low, high = garwood(case["input"]["x"])
    exposure = case["input"]["exposure"]
    assert low / exposure == pytest.approx(case["expected"]["lower"], rel=case["tolerance"], abs=1e-12)
    assert high / exposure == pytest.approx(case["expected"]["upper"], rel=case["tolerance"])


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_ends_where_the_count_becomes_improbable(count, level):
    low, high = garwood(count, level)
    assert poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2)
    assert poisson.cdf(count, high) == pytest.approx((1 - level) / 2)


def test_rates_are_per_thousand_residents_and_year():
    rate = rate_per_1000([30], [2000], years=3)
    assert rate.per_1000 == pytest.approx([5.0])
    low, high = garwood(30)
    assert (rate.low[0], rate.high[0]) == pytest.approx((low / 6, high / 6))
    assert rate.reason.tolist() == [""]


def test_areas_with_no_or_tiny_population_have_a_reason_instead_of_a_rate():
    rate = rate_per_1000([3, 3, 3, 3, 0], [None, 0, 49, 50, 1000])
    assert rate.reason.tolist() == ["no_population", "no_population", "tiny_population", "", ""]
    assert np.isnan(rate.per_1000).tolist() == [True, True, True, False, False]
    assert np.isnan(rate.low).tolist() == np.isnan(rate.high).tolist() == np.isnan(rate.per_1000).tolist()
    assert (rate.per_1000[4], rate.low[4]) == (0, 0)
