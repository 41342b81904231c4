"""The one Selection of a browser tab: kept across pages, written to the address, read from it.

Charts and maps keep a selection of their own in the browser, which Python cannot set. So a click is read as what changed in it:
`picked` compares it with what was there before and toggles that in the Selection, whatever else has happened to the Selection in
the meantime. Only the brush in the trend, which is one range, is forgotten (its key changes) when the period is set elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from data_access.selection import Selection, SelectionError

if TYPE_CHECKING:
    from collections.abc import Iterable

LAYERS = ("count", "rate", "change", "heat", "cells")
LAYER = "map_layer"
_SELECTION, _EPOCH, _SEEN, _WRITTEN, _PAGE = (
    "selection",
    "brush_epoch",
    "seen_in_views",
    "address_written",
    "address_page",
)


def selection() -> Selection:
    """The current question."""
    return st.session_state.get(_SELECTION, Selection())


def follow_address(page: str) -> SelectionError | None:
    """Adopt the address when it was opened or changed by the person; returns what could not be understood in it.

    After a change of page the address is empty although nothing was asked: then the selection stays.
    """
    if LAYER in st.session_state:  # written anew, it outlives the pages that do not draw its switch
        st.session_state[LAYER] = st.session_state[LAYER]
    ours = {name: value for name, value in st.query_params.to_dict().items() if name != "lang"}
    is_new_page = st.session_state.get(_PAGE) not in (None, page)
    st.session_state[_PAGE] = page
    if ours == st.session_state.get(_WRITTEN) or (is_new_page and not ours):
        return None
    if ours.get("layer") in LAYERS:
        st.session_state[LAYER] = ours["layer"]
    try:
        chosen = Selection.from_query(ours)
    except SelectionError as error:
        return error
    _replace(chosen)
    return None


def write_address(language: str) -> None:
    """Write the question to the address, so that a copied link shows the same picture."""
    layer = st.session_state.get(LAYER, LAYERS[0])
    ours = selection().to_query() | ({"layer": layer} if layer != LAYERS[0] else {})
    st.session_state[_WRITTEN] = ours
    wanted = ours | {"lang": language}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def choose(facet: str, value: Any) -> None:
    """Set a facet; None opens it."""
    current = selection()
    _replace(current.without(facet) if value is None else current.with_(facet, value))


def brush(value: Any) -> None:
    """Set the period from the brush itself, which then stays as it is."""
    current = selection()
    st.session_state[_SELECTION] = (
        current.without("period") if value is None else current.with_("period", value)
    )


def clear() -> None:
    """Open all facets; the set of districts stays."""
    _replace(Selection(area_set=selection().area_set))


def use_area_set(number: int | None) -> None:
    """Look at another set of districts; chosen districts of the old one are let go."""
    _replace(selection().without("areas").with_("area_set", number))


def forget() -> None:
    """Begin anew: the data were exchanged."""
    _replace(Selection())


def picked(view: str, facet: str, values: Iterable[Any]) -> None:
    """Toggle in a facet what a click has changed in the view's own selection, now `values`."""
    now = frozenset(values)
    changed = now ^ _seen().get(view, frozenset())
    remember(view, now)
    st.session_state[_SELECTION] = selection().with_(facet, getattr(selection(), facet) ^ changed)


def remember(view: str, values: Iterable[Any]) -> None:
    """Note what a view's own selection holds, after it was drawn."""
    _seen()[view] = frozenset(values)


def brush_key() -> str:
    """Key of the chart with the brush."""
    return f"view-period-{st.session_state.get(_EPOCH, 0)}"


def _seen() -> dict[str, frozenset[Any]]:
    return st.session_state.setdefault(_SEEN, {})


def _replace(chosen: Selection) -> None:
    if chosen.period != selection().period:
        st.session_state[_EPOCH] = st.session_state.get(_EPOCH, 0) + 1
    st.session_state[_SELECTION] = chosen
