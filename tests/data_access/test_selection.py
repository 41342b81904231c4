from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.selection import FACETS, Period, Selection, SelectionError
from tests.data_access.strategies import SELECTIONS


@given(SELECTIONS)
def test_a_selection_survives_a_link(selection: Selection) -> None:
    link = urlencode(selection.to_query())
    assert Selection.from_query(dict(parse_qsl(link, strict_parsing=bool(link)))) == selection


@given(SELECTIONS)
def test_equal_selections_have_equal_links(selection: Selection) -> None:
    again = Selection.from_query(dict(reversed(selection.to_query().items())))
    assert list(again.to_query().items()) == list(selection.to_query().items())


@given(SELECTIONS)
def test_only_active_facets_stand_in_the_link(selection: Selection) -> None:
    names = set(selection.active) | ({"area_set"} if selection.area_set is not None else set())
    assert set(selection.to_query()) == names
    assert Selection().to_query() == {}


@given(SELECTIONS, st.sampled_from(FACETS))
def test_without_opens_one_facet_and_no_other(selection: Selection, facet: str) -> None:
    opened = selection.without(facet)
    assert facet not in opened.active
    assert all(getattr(opened, other) == getattr(selection, other) for other in FACETS if other != facet)
    assert opened.with_(facet, getattr(selection, facet)) == selection


@given(SELECTIONS, st.integers(0, 167))
def test_toggling_twice_changes_nothing(selection: Selection, hour: int) -> None:
    once = selection.toggled("hours", hour)
    assert (hour in once.hours) is (hour not in selection.hours)
    assert once.toggled("hours", hour) == selection


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused_by_name(text: str) -> None:
    for name in (*FACETS, "area_set"):
        try:
            found = Selection.from_query({name: text})
        except SelectionError as error:
            assert text[:120].startswith(error.value)  # noqa: PT017
        else:
            assert Selection.from_query(found.to_query()) == found


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("period", "2026-01-05"),
        ("period", "2026-02-30..2026-03-01"),
        ("period", "2026-03-02..2026-03-01"),
        ("period", "a..b..c"),
        ("hours", "168"),
        ("hours", "5-3"),
        ("hours", "-1"),
        ("hours", "1,2"),
        ("hours", "\u0661"),
        ("police_reported", "maybe"),
        ("police_reported", "yes~maybe"),
        ("kinds", "Crime"),
        ("area_set", "one"),
        ("area_set", "-1"),
        ("area_set", "1" * 10),
    ],
)
def test_a_malformed_value_is_named(parameter: str, value: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.from_query({parameter: value})
    assert (caught.value.parameter, caught.value.value) == (parameter, value)


@pytest.mark.parametrize("parameter", ["areas", "categories", "sources"])
@pytest.mark.parametrize("value", ["a\x00b", "a~~b", "x" * 121])
def test_a_malformed_code_is_named_with_its_parameter(parameter: str, value: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.from_query({parameter: value})
    assert (caught.value.parameter, caught.value.value) == (parameter, value[:120])


def test_names_that_are_not_ours_are_left_alone() -> None:
    assert (
        Selection.from_query({"lang": "en", "layer": "heat", "utm_source": "x", "areas": ""}) == Selection()
    )


def test_a_link_can_be_read_by_a_person() -> None:
    selection = Selection(
        period=Period(date(2026, 1, 5), date(2026, 1, 11)),
        areas=frozenset({"02", "01"}),
        hours=frozenset({112, 113, 114, 115, 118}),
    )
    assert selection.to_query() == {
        "period": "2026-01-05..2026-01-11",
        "areas": "01~02",
        "hours": "112-115.118",
    }


def test_a_period_is_whole_days() -> None:
    week = Period(date(2026, 1, 5), date(2026, 1, 11))
    assert week.days == 7
    assert week.shifted(-7) == Period(date(2025, 12, 29), date(2026, 1, 4))
    assert week.covers(Period(date(2026, 1, 6), date(2026, 1, 11)))
    assert not week.covers(week.shifted(1))
    assert Period.parse(str(week)) == week
