import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, poisson_means_test

from dashboard.statistics.rate_tests import expected_p_value, rate_p_value, ratio_of_ratios
from dashboard.statistics.rates import garwood

FOLDER = Path(__file__).parents[1] / "reference"
E_TESTS = json.loads((FOLDER / "poisson_etest.json").read_text("utf-8"))["cases"]
RATIOS = json.loads((FOLDER / "rate_ratio.json").read_text("utf-8"))["cases"]
COUNT = st.integers(0, 300)


def of_kind(kind):
    return [pytest.param(case, id=case["id"]) for case in RATIOS if case["kind"] == kind]


@pytest.mark.parametrize("case", E_TESTS, ids=[case["id"] for case in E_TESTS])
def test_the_e_test_equals_the_reference(case):
    k = case["input"]
    counts = (k["k1"], k["k2"], k["n1"], k["n2"])
    assert rate_p_value(*counts) == pytest.approx(case["etest_score_statsmodels"], abs=case["tolerance"])
    if (
        k["n1"] == k["n2"]
    ):  # with unequal exposure the published form has no power, and ours is meant to differ
        assert rate_p_value(*counts) == pytest.approx(case["expected_p"], abs=max(case["tolerance"], 1e-4))
    for method, name in (("exact", "exact_conditional"), ("mid_p", "conditional_midp")):
        if name in case:
            assert rate_p_value(*counts, method=method) == pytest.approx(case[name], abs=case["tolerance"])


def test_one_week_against_eight_is_found_where_the_unpooled_test_sees_nothing():
    assert rate_p_value(7, 20, 1, 8) < 0.02
    assert poisson_means_test(7, 1, 20, 8).pvalue > 0.1


@pytest.mark.parametrize("case", of_kind("two_sample_exact"))
def test_the_exact_test_equals_r(case):
    given_, expected = case["input"], case["expected"]
    found = rate_p_value(given_["x1"], given_["x2"], given_["T1"], given_["T2"], method="exact")
    assert found == pytest.approx(expected["p"], rel=case["tolerance"])


@pytest.mark.parametrize("case", of_kind("one_sample_exact"))
def test_one_count_against_a_rate_equals_r(case):
    given_, expected = case["input"], case["expected"]
    found = expected_p_value(given_["x"], given_["r0"] * given_["T"])
    assert found == pytest.approx(expected["p"], rel=case["tolerance"])
    low, high = garwood(given_["x"])
    assert (float(low), float(high)) == pytest.approx(
        (expected["lower"], expected["upper"]), rel=case["tolerance"]
    )


@pytest.mark.parametrize("case", of_kind("did_2x2_poisson_glm"))
def test_the_ratio_of_ratios_equals_the_model_of_r(case):
    found = ratio_of_ratios(case["input"]["treated"], case["input"]["control"])
    expected, close = case["expected"], case["tolerance"]
    assert np.log(found.value) == pytest.approx(expected["log_rr"], rel=close)
    assert found.se == pytest.approx(expected["se"], rel=close)
    assert (found.low, found.high) == pytest.approx((expected["lower95"], expected["upper95"]), rel=close)
    assert found.p_value == pytest.approx(expected["p"], rel=1e-5)


@settings(max_examples=60)
@given(COUNT, COUNT, st.integers(1, 60), st.integers(1, 60))
def test_the_exact_test_is_the_binomial_one(now, before, weeks_now, weeks_before):
    found = rate_p_value(now, before, weeks_now, weeks_before, method="exact")
    share = weeks_now / (weeks_now + weeks_before)
    total = now + before
    assert found == pytest.approx(binomtest(now, total, share).pvalue if total else 1.0, abs=1e-9)


@given(st.integers(0, 80), st.floats(0.1, 80))
def test_the_p_value_of_one_count_is_a_probability_and_largest_at_the_mode(observed, expected):
    found = expected_p_value(observed, expected)
    assert 0 <= found <= 1
    assert expected_p_value(int(expected), expected) >= found - 1e-9


def test_nothing_expected_and_nothing_seen_is_no_surprise():
    assert expected_p_value(0, 0) == 1
    assert expected_p_value(3, 0) == 0
    assert rate_p_value(0, 0, 5, 9) == 1


def test_a_cell_without_events_counts_as_half_a_one_in_all_four():
    assert ratio_of_ratios((10, 0), (20, 20)).value == pytest.approx((0.5 / 10.5) / (20.5 / 20.5))
