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

HEIGHT_PX = 560
_WIDTH_PX = 880
_MAP = "areas-map"


def draw(of: Situation, texts: Texts) -> None:
    """Draw the map; a click on a district toggles it in the selection."""
    area_set = of.facts.frame.area_set
    with st.container(border=True, gap="xxsmall", key="frame-map"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{texts('map.title')}**", width="stretch")
            layer = _layer_switch(texts)
        if area_set is None:
            st.info(texts("map.no_areas"), icon=":material/map:")
            return
        paths = {kind: _path(area_set.id, kind) for kind in ("districts", "backdrop", "cells")}
        found = ground(session.database(), session.viewer(), area_set)
        drawn = explore.explore_map(of, found, paths, layer, texts, session.mode(), size_px=(_WIDTH_PX, HEIGHT_PX))

        def take() -> None:
            state.picked(_MAP, "areas", picked_areas(st.session_state[_MAP].selection.objects))

        event = st.pydeck_chart(
            drawn.deck,
            key=_MAP,
            on_select=take,
            selection_mode="multi-object",
            height=HEIGHT_PX,
            alt=drawn.description,
        )
        state.remember(_MAP, picked_areas(event.selection.objects))
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


def _path(area_set: int, kind: str) -> str:
    found = document(session.database(), session.viewer(), area_set, kind)
    return found.path if found else ""
