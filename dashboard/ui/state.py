"""The one Selection of a browser tab: kept across pages, written to the address, read from it.

The linked views keep a Selection of their own and tell it after each click (`take`). Only when it was set elsewhere - a link was
opened, the data were exchanged - does the epoch rise, and the views adopt ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.maps.explore import LAYERS
from data_access.selection import Selection, SelectionError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data_access.frame import Frame

_SELECTION, _LAYER, _EPOCH, _WRITTEN, _PAGE = (
    "selection",
    "map_layer",
    "epoch",
    "address_written",
    "address_page",
)

_BEGUN, _ROUND = "intervention_begun", "intervention_round"
INTERVENTION = "insats"
"""Parameter of the address: the number of the intervention that is looked at."""
MEETING = "mote"
"""Parameter of the address: the number of the meeting that is looked at."""
SHOWN = "visas"
"""Parameter of the address: 1 while a meeting is on the shared screen."""
STEP = "steg"
"""Parameter of the address: the step at which a meeting stands, so that it stands there after the page was read anew, too."""

_OF_PAGES = ("lang", INTERVENTION, MEETING, SHOWN, STEP)

_MOST_DIGITS = 9


def selection() -> Selection:
    """The current question."""
    return st.session_state.get(_SELECTION, Selection())


def layer() -> str:
    """The layer of the map that is looked at."""
    return st.session_state.get(_LAYER, LAYERS[0])


def epoch() -> int:
    """How many times the question was set by anything but the views themselves."""
    return st.session_state.get(_EPOCH, 0)


def follow_address(page: str) -> SelectionError | None:
    """Adopt the address when it was opened or changed by the person; returns what could not be understood in it.

    After a change of page the address is empty although nothing was asked: then the selection stays.
    """
    ours = {name: value for name, value in st.query_params.to_dict().items() if name not in _OF_PAGES}
    is_new_page = st.session_state.get(_PAGE) not in (None, page)
    st.session_state[_PAGE] = page
    if ours == st.session_state.get(_WRITTEN) or (is_new_page and not ours):
        return None
    try:
        chosen = Selection.from_query(ours)
    except SelectionError as error:
        return error
    _set(chosen, ours.get("layer", LAYERS[0]))
    return None


def write_address(language: str, **of_page: str | None) -> None:
    """Write the question to the address, and what the page itself asks, so that a copied link shows the same picture."""
    ours = selection().to_query() | ({"layer": layer()} if layer() != LAYERS[0] else {})
    st.session_state[_WRITTEN] = ours
    wanted = ours | {"lang": language} | {name: value for name, value in of_page.items() if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def take(asked: Any) -> None:
    """Adopt what the views say they ask: {"query": as in an address, "layer": name}; what makes no sense is left alone."""
    if not isinstance(asked, dict) or not isinstance(query := asked.get("query"), dict):
        return
    try:
        chosen = Selection.from_query({str(name): str(value) for name, value in query.items()})
    except SelectionError:
        return
    st.session_state[_SELECTION] = chosen
    if asked.get("layer") in LAYERS:
        st.session_state[_LAYER] = asked["layer"]


def shares_areas(frame: Frame) -> bool:
    """Whether the districts of a frame are those that the selection speaks of."""
    chosen = selection().area_set
    newest = frame.area_sets[-1].id if frame.area_sets else None
    return frame.area_set is not None and frame.area_set.id == (newest if chosen is None else chosen)


def number_asked(name: str) -> int | None:
    """The number that a part of the address is; None where it is none, or longer than any that there is."""
    asked = st.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS else None


def ask(chosen: Selection) -> None:
    """Ask something else, on every page."""
    _set(chosen, layer())


def choose_areas(codes: Iterable[str]) -> None:
    """Ask for some districts, on every page."""
    _set(selection().with_("areas", codes), layer())


def begin_intervention(*, areas: Iterable[str], **fields: Any) -> None:
    """Keep what the form for a new intervention is to begin with: districts, and fields by the names of its entry."""
    st.session_state[_BEGUN] = fields | {"areas": tuple(sorted(areas))}


def begun_intervention() -> dict[str, Any]:
    """What the form for a new intervention begins with; nothing when nobody came with anything."""
    return st.session_state.get(_BEGUN, {})


def forget_begun() -> None:
    """Nobody comes with anything any more."""
    st.session_state.pop(_BEGUN, None)


def next_form() -> None:
    """The form was left, or what it held is stored: the next one begins empty."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def form_round() -> str:
    """What tells the fields of one new form from those of the one before; nothing for the first."""
    return f"-{number}" if (number := st.session_state.get(_ROUND, 0)) else ""


def forget() -> None:
    """Begin anew: the data were exchanged."""
    _set(Selection(), layer())


def _set(chosen: Selection, layer_name: str) -> None:
    st.session_state[_SELECTION] = chosen
    if layer_name in LAYERS:
        st.session_state[_LAYER] = layer_name
    st.session_state[_EPOCH] = epoch() + 1
