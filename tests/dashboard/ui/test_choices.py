from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.choices import distinct


def test_only_names_that_are_there_twice_are_told_apart() -> None:
    assert distinct({1: "Anna", 2: "Bo", 3: "Anna"}) == {1: "Anna (1)", 2: "Bo", 3: "Anna (3)"}


def test_a_name_that_looks_like_one_told_apart_is_another() -> None:
    assert distinct({1: "A", 2: "A", 3: "A (1)"}) == {1: "A (1)", 2: "A (2)", 3: "A (1) (3)"}


@given(st.dictionaries(st.integers(0, 30), st.sampled_from(["A", "B", "A (1)", "A (2)", "A (1) (1)", ""])))
def test_no_two_choices_read_the_same(names: dict[int, str]) -> None:
    labels = distinct(names)
    assert list(labels) == list(names)
    assert len(set(labels.values())) == len(names)
    assert all(labels[key].startswith(name) for key, name in names.items())
