from __future__ import annotations

from typing import Any

import pytest
import streamlit as st
from hypothesis import HealthCheck, given, settings, strategies

from dashboard.ui import state
from data_access.selection import Selection, SelectionError


class Address(dict[str, str]):
    """The query of an address."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, query: dict[str, str]) -> None:
        self.clear()
        self.update(query)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Address:
    """A browser tab: an address and a session."""
    tab = Address()
    monkeypatch.setattr(st, "query_params", tab)
    monkeypatch.setattr(st, "session_state", {})
    return tab


def asked(layer: str = "count", **query: str) -> dict[str, Any]:
    return {"query": query, "layer": layer, "serial": 1}


def test_what_the_views_ask_becomes_the_selection_and_the_address(address: Address) -> None:
    state.follow_address("explore")
    before = state.epoch()
    state.take(asked("rate", areas="01~02", hours="112.113"))
    state.write_address("sv")
    assert state.selection() == Selection(areas=frozenset({"01", "02"}), hours=frozenset({112, 113}))
    assert state.layer() == "rate"
    assert address == {"areas": "01~02", "hours": "112-113", "layer": "rate", "lang": "sv"}
    assert state.epoch() == before
    assert state.follow_address("explore") is None
    assert state.epoch() == before


def test_an_opened_link_is_adopted_and_told_to_the_views(address: Address) -> None:
    state.follow_address("explore")
    state.write_address("sv")
    before = state.epoch()
    address.from_dict({"kinds": "crime", "layer": "heat", "lang": "sv"})
    state.follow_address("explore")
    assert (state.selection(), state.layer()) == (Selection(kinds=frozenset({"crime"})), "heat")
    assert state.epoch() == before + 1


def test_a_link_without_a_layer_opens_the_first(address: Address) -> None:
    address.from_dict({"layer": "heat"})
    state.follow_address("explore")
    address.from_dict({"kinds": "crime"})
    state.follow_address("explore")
    assert state.layer() == "count"


def test_another_page_with_an_empty_address_keeps_what_was_asked(address: Address) -> None:
    address.from_dict({"areas": "01"})
    state.follow_address("explore")
    before = state.epoch()
    address.clear()
    state.follow_address("about")
    assert (state.selection().areas, state.epoch()) == ({"01"}, before)


def test_a_link_that_makes_no_sense_is_said_and_leaves_all_as_it_was(address: Address) -> None:
    address.from_dict({"areas": "01"})
    state.follow_address("explore")
    address.from_dict({"hours": "999"})
    problem = state.follow_address("explore")
    assert isinstance(problem, SelectionError)
    assert (problem.parameter, problem.value) == ("hours", "999")
    assert state.selection().areas == {"01"}


def test_exchanged_data_open_everything(address: Address) -> None:
    address.from_dict({"areas": "01", "layer": "rate"})
    state.follow_address("explore")
    before = state.epoch()
    state.forget()
    assert (state.selection(), state.epoch()) == (Selection(), before + 1)


ANYTHING = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(),
    lambda inner: strategies.lists(inner) | strategies.dictionaries(strategies.text(), inner),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ANYTHING
    | strategies.fixed_dictionaries(
        {
            "query": strategies.dictionaries(strategies.sampled_from(["areas", "hours", "period"]), ANYTHING),
            "layer": ANYTHING,
        }
    )
)
def test_whatever_a_browser_says_the_state_stays_sound(address: Address, said: Any) -> None:
    state.take(said)
    state.write_address("sv")
    assert Selection.from_query(address) == state.selection()
    assert state.layer() == "count"
