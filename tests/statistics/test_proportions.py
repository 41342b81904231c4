import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.proportion import confint_proportions_2indep

from dashboard.statistics.proportions import clopper_pearson, difference, newcombe, wilson

CASES = json.loads((Path(__file__).parents[1] / "reference/proportions.json").read_text("utf-8"))["cases"]

# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
PUBLISHED = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0)),
    ((10, 10, 0, 10), (0.6075, 1.0)),
]


def of_method(name):
    return [pytest.param(case, id=case["id"]) for case in CASES if name in case["expected"]]


@pytest.mark.parametrize("case", of_method("wilson"))
def test_the_score_interval_equals_the_reference(case):
    k = case["input"]
    found = wilson(k["x"], k["n"], level=k["conf"])
    assert found == pytest.approx(case["expected"]["wilson"], abs=case["tolerance"])
    if case.get("newcombe1998"):
        assert found == pytest.approx(case["newcombe1998"], abs=1e-4)


@pytest.mark.parametrize("case", of_method("clopper_pearson"))
def test_the_exact_interval_equals_the_reference(case):
    k = case["input"]
    found = clopper_pearson(k["x"], k["n"], level=k["conf"])
    assert found == pytest.approx(case["expected"]["clopper_pearson"], abs=case["tolerance"])


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.99))
def test_both_agree_with_scipy_and_hold_the_share(counted, level):
    count, of = counted
    for ours, name in ((wilson, "wilson"), (clopper_pearson, "exact")):
        low, high = ours(count, of, level=level)
        peer = binomtest(count, of).proportion_ci(level, method=name)
        assert (low, high) == pytest.approx((peer.low, peer.high), abs=1e-9)
        assert 0 <= low <= count / of <= high <= 1


@pytest.mark.parametrize(("counts", "published"), PUBLISHED)
def test_the_difference_equals_the_published_values(counts, published):
    found = newcombe(*counts)
    assert (found.low, found.high) == pytest.approx(published, abs=6e-5)
    assert found.value == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])
    assert found.is_clear == (published[0] > 0)


COUNTED = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTED, COUNTED)
def test_the_difference_agrees_with_statsmodels_and_turns_with_its_shares(now, before):
    found, turned = newcombe(*now, *before), newcombe(*before, *now)
    peer = confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx(peer, abs=1e-9)
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low), abs=1e-12)
    assert -1 <= found.low <= found.value <= found.high <= 1


def test_a_difference_of_told_intervals_is_wider_than_each_of_them():
    found = difference(2.4, (2.1, 2.7), 1.9, (1.6, 2.2))
    assert (found.low, found.high) == pytest.approx((0.5 - 0.4243, 0.5 + 0.4243), abs=1e-4)
    assert found.is_clear
    assert not difference(2.2, (1.9, 2.5), 1.9, (1.6, 2.2)).is_clear
