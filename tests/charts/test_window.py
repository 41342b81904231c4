import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.window import WEEKS_TOGETHER, window
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT, Weekly

MONDAY = np.datetime64("2025-01-06", "D")


def weekly(before, left_out, after, expected):
    role = np.repeat([BASELINE, LEFT_OUT, AFTER], [before, left_out, after]).astype(np.int8)
    size = len(role)
    half = np.full(size, 2.0)
    levels = np.full(size, expected)
    return MONDAY + 7 * np.arange(size), Weekly(
        np.arange(size, dtype=float), levels, levels - half, levels + half, role
    )


def test_weeks_of_enough_events_stay_as_they_are():
    mondays, counts = weekly(10, 2, 5, 3.0)
    shown = window(mondays, counts)
    assert (shown.weeks, shown.left_over) == (1, 0)
    assert shown.observed is counts.observed


@given(st.integers(8, 60), st.integers(0, 9), st.integers(1, 60))
def test_fewer_than_three_a_week_are_put_together_by_four_from_the_start_on(before, left_out, after):
    mondays, counts = weekly(before, left_out, after, 2.9)
    shown = window(mondays, counts)
    start = mondays[before + left_out]
    assert ((shown.starts - start).astype(int) % (7 * WEEKS_TOGETHER) == 0).all()
    assert (shown.role[shown.starts >= start] == AFTER).all()
    assert (shown.role[shown.starts < start] != AFTER).all()
    assert (shown.role == AFTER).sum() == after // WEEKS_TOGETHER
    assert shown.left_over == after % WEEKS_TOGETHER
    assert (shown.role == LEFT_OUT).sum() == -(-left_out // WEEKS_TOGETHER)
    kept = slice((before + left_out) % WEEKS_TOGETHER, before + left_out + after - shown.left_over)
    assert shown.observed.sum() == counts.observed[kept].sum()
    assert shown.expected == pytest.approx(4 * 2.9)


def test_the_width_of_four_weeks_is_twice_that_of_one_and_never_below_none():
    shown = window(*weekly(8, 0, 8, 2.9))
    assert shown.high - shown.expected == pytest.approx(4.0)
    assert window(*weekly(8, 0, 8, 0.2)).low.tolist() == [0.0] * 4


def test_a_week_that_is_not_told_hides_its_four():
    mondays, counts = weekly(8, 0, 8, 1.0)
    counts.observed[9] = np.nan
    assert np.isnan(window(mondays, counts).observed).tolist() == [False, False, True, False]
