import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.columns import epoch_ms, numbers

VALUES = st.lists(st.one_of(st.floats(-1e9, 1e9), st.just(math.nan), st.just(math.inf)), max_size=30)


@given(VALUES)
def test_numbers_travel_rounded_and_what_is_not_known_as_nothing(values):
    written = json.loads(json.dumps(numbers(values), allow_nan=False))
    assert len(written) == len(values)
    for value, one in zip(values, written, strict=True):
        assert (one is None) == (not math.isfinite(value))
        assert one is None or one == pytest.approx(value, abs=0.0051)


def test_whole_numbers_have_no_decimals():
    assert json.dumps(numbers([3.0, 12.0])) == "[3, 12]"
    assert json.dumps(numbers([3.0, math.nan])) == "[3, null]"
    assert json.dumps(numbers([1.005, 2.125], 1)) == "[1.0, 2.1]"


def test_days_are_utc_midnights():
    assert epoch_ms(np.array(["1970-01-02", "2026-03-29"], "datetime64[D]")) == [
        86_400_000,
        1_774_742_400_000,
    ]
