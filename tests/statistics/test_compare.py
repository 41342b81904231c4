import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from dashboard.statistics.compare import compare, ratio_interval

CASES = json.loads((Path(__file__).parents[1] / "reference/rate_ratio.json").read_text("utf-8"))["cases"]
COUNTS = st.integers(0, 2000)


def of_kind(kind):
    return [pytest.param(case, id=case["id"]) for case in CASES if case["kind"] == kind]


@pytest.mark.parametrize("case", of_kind("two_sample_exact"))
def test_without_mid_p_the_interval_equals_the_reference(case):
    given_, expected = case["input"], case["expected"]
    low, high = ratio_interval(given_["x1"], given_["x2"], given_["T1"], given_["T2"], is_mid_p=False)
    assert low == pytest.approx(expected["lower"], rel=case["tolerance"])
    assert high == pytest.approx(float(expected["upper"]), rel=case["tolerance"])


@pytest.mark.parametrize("case", of_kind("conditional_midp"))
def test_the_interval_touches_one_exactly_at_the_references_p_value(case):
    given_, expected = case["input"], case["expected"]
    counts = (given_["k1"], given_["k2"], given_["n1"], given_["n2"])
    # No smaller count is as improbable as this one, so the reference's two-sided value is one tail.
    for p_value, is_mid_p in ((expected["conditional_midp"], True), (expected["exact_conditional"], False)):
        low, _ = ratio_interval(*counts, level=1 - 2 * p_value, is_mid_p=is_mid_p)
        assert low == pytest.approx(1, abs=case["tolerance"])


def test_one_week_against_eight_is_compared_per_week():
    result = compare(7, 20, 1, 8)
    assert result.ratio == pytest.approx(2.8)
    assert (result.words, bool(result.is_clear)) == ("more", True)


def test_words_and_clearness():
    result = compare([30, 100, 60, 3], [100, 103, 20, 5])
    assert result.words.tolist() == ["fewer", "about_the_same", "more", "too_few"]
    assert result.is_clear.tolist() == [True, False, True, False]


def test_twenty_five_percent_more_than_last_week_is_no_signal():
    assert compare(25, 20).words == "about_the_same"


def test_nothing_before_and_nothing_at_all():
    result = compare([12, 0], [0, 0])
    assert np.isinf(result.ratio[0])
    assert np.isnan(result.ratio[1])
    assert np.isinf(result.high).all()
    assert result.low[0] > 1
    assert result.low[1] == 0
    assert result.words.tolist() == ["more", "too_few"]


@settings(max_examples=50, deadline=None)
@given(COUNTS, COUNTS, st.floats(0.1, 10), st.floats(0.1, 10))
def test_swapping_the_periods_turns_the_ratio_over(now, before, exposure_now, exposure_before):
    there = compare(now, before, exposure_now, exposure_before)
    back = compare(before, now, exposure_before, exposure_now)
    assert back.is_clear == there.is_clear
    if now and before:
        assert back.ratio == pytest.approx(1 / there.ratio)
        assert (back.low, back.high) == (pytest.approx(1 / there.high), pytest.approx(1 / there.low))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from([0.8, 0.95]))
def test_the_ends_are_where_the_mid_p_tails_equal_half_of_the_rest(now, before, level):
    low, high = ratio_interval(now, before, level=level)
    trials = now + before
    below = binom.sf(now, trials, low / (1 + low)) + binom.pmf(now, trials, low / (1 + low)) / 2
    above = binom.cdf(now - 1, trials, high / (1 + high)) + binom.pmf(now, trials, high / (1 + high)) / 2
    assert below == pytest.approx((1 - level) / 2, rel=1e-6)
    assert above == pytest.approx((1 - level) / 2, rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=20))
def test_arrays_give_what_single_numbers_give(pairs):
    together = compare(*np.array(pairs).T, 3, 9)
    for k, (now, before) in enumerate(pairs):
        alone = compare(now, before, 3, 9)
        assert (alone.low, alone.high) == (pytest.approx(together.low[k]), pytest.approx(together.high[k]))
        assert alone.words == together.words[k]
