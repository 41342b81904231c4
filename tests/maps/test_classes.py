import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.look import look
from dashboard.maps.classes import diverging_classes, quantile_classes
from dashboard.texts import texts

SV = texts("sv")
COUNTS = st.lists(st.one_of(st.integers(0, 50).map(float), st.just(float("nan"))), min_size=1, max_size=60)
CHANGES = st.lists(st.one_of(st.floats(-1, 20), st.just(float("nan"))), min_size=1, max_size=60)


def test_legend_says_limits_and_counts():
    classes = quantile_classes([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, float("nan")], SV)
    assert [(row.text, row.areas) for row in classes.rows] == [
        ("inga", 2), ("1\u20132", 2), ("3\u20134", 2), ("5\u20136", 2), ("7\u20138", 2), ("9\u201310", 2), ("uppgift saknas", 1),
    ]  # fmt: skip


def test_hidden_is_apart_from_missing():
    classes = quantile_classes([1, 2, float("nan")], SV, hidden=[False, True, False])
    assert [(row.text, row.is_hatched) for row in classes.rows if row.is_hatched] == [
        ("uppgift saknas", True),
        ("dolt (för få)", True),
    ]
    assert classes.digits[1] in classes.hatched
    assert classes.digits[1] != classes.digits[2]


def test_ties_share_a_class_and_few_values_make_few_classes():
    classes = quantile_classes([3, 3, 3, 3, 7], SV)
    assert [row.text for row in classes.rows] == ["3", "7"]


def test_rates_are_written_with_decimals():
    assert quantile_classes([1.25, 3.41], SV, decimals=1).rows[1].text == "3,4"


@given(COUNTS, st.integers(1, 7))
def test_every_area_has_one_class_and_more_is_never_lighter(values, count):
    classes = quantile_classes(values, SV, count=count)
    digits = [int(d) for d in classes.digits]
    assert len(digits) == len(values)
    assert max(digits) < len(classes.colours)
    assert sum(row.areas for row in classes.rows) == len(values)
    shown = sorted((v, d) for v, d in zip(values, digits, strict=True) if not np.isnan(v))
    assert [d for _, d in shown] == sorted(d for _, d in shown)
    assert all((d == 0) == (v == 0) for v, d in shown)
    assert len({d for v, d in shown if v > 0}) <= count
    assert list(classes.breaks) == sorted(classes.breaks)


@given(st.lists(st.integers(1, 1000), min_size=10, max_size=80, unique=True))
def test_classes_of_different_values_are_about_equally_large(values):
    sizes = [row.areas for row in quantile_classes(values, SV).rows]
    assert len(sizes) == 5
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(("values", "count"), [([-1.0], 5), ([1.0], 8)])
def test_refuses_what_it_cannot_class(values, count):
    with pytest.raises(ValueError, match="classes take values from 0 up"):
        quantile_classes(values, SV, count=count)


@given(CHANGES)
def test_change_is_symmetrical_around_none(changes):
    there = diverging_classes(changes, SV)
    back = diverging_classes([-c for c in changes], SV)
    assert sum(row.areas for row in there.rows) == len(changes)
    assert there.breaks == tuple(-b for b in reversed(there.breaks)) == back.breaks
    for change, one, other in zip(changes, there.digits, back.digits, strict=True):
        assert (int(one) + int(other) == 6) or np.isnan(change)
        if not np.isnan(change):
            assert np.sign(int(one) - 3) == (np.sign(change) if abs(change) > 0.05 else 0)


def test_unclear_change_is_white():
    classes = diverging_classes([0.5, 0.5, -0.5], SV, is_clear=[True, False, True])
    assert classes.colours[int(classes.digits[1])] == look("light").diverging[3] == "#ffffff"
    assert [row.areas for row in classes.rows if row.text == "ingen tydlig skillnad"] == [1]


def test_change_is_said_in_words():
    texts_of = [row.text for row in diverging_classes([-0.9, -0.2, 0.1, 0.3, 2.0], SV).rows]
    assert texts_of[0].endswith("färre")
    assert texts_of[-1].endswith("fler")
    assert all("\u2212" not in text for text in texts_of)
