"""The map of the explore page: layer switch, map, legend in its corner, and what is not painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.geometry import document, ground
from dashboard.maps import explore
from dashboard.maps.choropleth import picked_areas
from dashboard.ui import session, state

if TYPE_CHECKING:
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

_WIDE_PX = (900, 440)
_NARROW_PX = (350, 380)
_MAP = "areas-map"


def draw(of: Situation, texts: Texts, *, is_narrow: bool) -> None:
    """Draw the map; a click on a district toggles it in the selection."""
    area_set = of.facts.frame.area_set
    with st.container(border=True, gap="xxsmall", key="frame-map"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{texts('map.title')}**", width="stretch")
            layer = _layer_switch(texts)
        if area_set is None:
            st.info(texts("map.no_areas"), icon=":material/map:")
            return
        size_px = _NARROW_PX if is_narrow else _WIDE_PX
        key = f"{_MAP}-narrow" if is_narrow else _MAP
        paths = {kind: _path(of, kind) for kind in ("districts", "backdrop", "cells")}
        found = ground(session.database(), session.viewer(), area_set)
        drawn = explore.explore_map(of, found, paths, layer, texts, session.mode(), size_px=size_px)

        def take() -> None:
            state.picked(key, "areas", picked_areas(st.session_state[key].selection.objects))

        event = st.pydeck_chart(
            drawn.deck,
            key=key,
            on_select=take,
            selection_mode="multi-object",
            height=size_px[1],
            alt=drawn.description,
        )
        state.remember(key, picked_areas(event.selection.objects))
        st.html(f"<div class='samsyn-legend'>{drawn.legend}</div>")
        st.caption(" ".join(drawn.notes))


def _layer_switch(texts: Texts) -> str:
    st.session_state.setdefault(state.LAYER, state.LAYERS[0])
    st.segmented_control(
        texts("map.layer"),
        state.LAYERS,
        key=state.LAYER,
        format_func=lambda name: texts(f"map.layer_{name}"),
        label_visibility="collapsed",
        required=True,
    )
    return st.session_state[state.LAYER]


def _path(of: Situation, kind: str) -> str:
    found = document(session.database(), session.viewer(), of.facts.frame, kind)
    return found.path if found else ""
