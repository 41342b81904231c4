import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics.multiple import adjusted, findings

CASES = json.loads((Path(__file__).parents[1] / "reference/fdr.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_adjusted_p_values_equal_the_reference(case):
    assert adjusted(case["input"]) == pytest.approx(case["expected"]["BH"], abs=case["tolerance"])
    assert findings(case["input"], 0.05).sum() == 4


def test_no_test_is_no_finding():
    assert list(findings([])) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.01, 0.5))
def test_findings_are_those_of_the_step_up_rule(p_values, share):
    order, count = np.sort(p_values), len(p_values)
    reached = [value for rank, value in enumerate(order, start=1) if value <= share * rank / count]
    limit = max(reached, default=-1)
    margin = np.abs(order - share * np.arange(1, count + 1) / count).min()
    if margin > 1e-9:
        assert list(findings(p_values, share)) == [value <= limit for value in p_values]
