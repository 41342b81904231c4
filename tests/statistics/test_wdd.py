import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.wdd import wdd

CASES = json.loads((Path(__file__).parents[1] / "reference/wdd.json").read_text("utf-8"))["cases"]
PAIR = st.tuples(st.integers(0, 5000), st.integers(0, 5000))


def of_case(case):
    given_ = case["input"]
    control, treated, ring_control, ring = given_["area_weights_control_treated_dispcontrol_disptreated"]
    return wdd(
        given_["treated"],
        given_["control"],
        ring=given_["disp_treated"],
        ring_comparison=given_["disp_control"],
        period_weights=given_["time_weights"],
        area_weights=(treated, control, ring, ring_control),
        level=1 - given_["alpha"],
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_number_equals_the_reference(case):
    found, expected = of_case(case), case["expected_peer_run"]
    close = {"rel": case["tolerance"]["peer_run_rel"], "abs": 1e-12}
    assert found.local == pytest.approx(expected["Est_Local"], **close)
    assert found.local_se == pytest.approx(expected["SE_Local"], **close)
    assert found.displaced == pytest.approx(expected["Est_Displace"], **close)
    assert found.displaced_se == pytest.approx(expected["SE_Displace"], **close)
    assert found.total == pytest.approx(expected["Est_Total"], **close)
    assert found.total_se == pytest.approx(expected["SE_Total"], **close)
    assert found.z == pytest.approx(expected["Z"], **close)
    assert (found.low, found.high) == pytest.approx((expected["LowCI"], expected["HighCI"]), **close)


def test_the_published_figures_are_met():
    case = next(case for case in CASES if case["id"] == "paper_2018")
    found, published = of_case(case), case["expected_published"]
    assert found.total == pytest.approx(published["Est_Total"])
    assert (found.low, found.high) == pytest.approx((published["LowCI"], published["HighCI"]), abs=0.5)


@given(PAIR, PAIR, st.floats(1, 9))
def test_dispersion_widens_the_interval_and_moves_nothing(treated, comparison, dispersion):
    plain, wide = wdd(treated, comparison), wdd(treated, comparison, dispersion=dispersion)
    assert wide.total == plain.total
    assert wide.total_se == pytest.approx(plain.total_se * dispersion**0.5)
    assert wdd(treated, comparison, dispersion=0.2) == plain


@given(PAIR, PAIR, st.floats(0, 1))
def test_drift_widens_the_interval_by_a_share_of_what_was(treated, comparison, drift):
    plain, wide = wdd(treated, comparison), wdd(treated, comparison, drift=drift)
    assert wide.total == plain.total
    assert wide.total_se**2 == pytest.approx(plain.total_se**2 + drift * treated[0] ** 2)


@given(PAIR)
def test_what_happens_alike_in_both_is_no_difference(pair):
    assert wdd(pair, pair).total == 0
