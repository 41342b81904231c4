import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from dashboard.statistics.proportions import clopper_pearson, wilson

CASES = json.loads((Path(__file__).parents[1] / "reference/proportions.json").read_text("utf-8"))["cases"]


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
