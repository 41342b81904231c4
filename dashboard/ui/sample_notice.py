"""The sample municipality: open it in an empty installation, take it away before one's own data come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.demo import load_sample
from dashboard.ui import session, state
from dashboard.ui.plain import plain
from data_access.changes import remove_sample
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from dashboard.texts import Texts


def draw(texts: Texts) -> None:
    """Draw the notice that fits the installation; nothing once it holds its own data."""
    frame = session.current_frame()
    if not can(session.viewer(), Action.EXCHANGE_SAMPLE):
        return
    if frame.is_sample:
        _remove(frame.municipality, texts)
    elif not frame.area_sets and not frame.sources:
        _open(texts)


def _remove(name: str, texts: Texts) -> None:
    with st.container(border=True, key="sample-notice"):
        st.markdown(texts("import.sample_here", name=plain(name)))
        with st.popover(texts("import.remove_sample"), icon=":material/delete:"):
            st.markdown(texts("import.remove_sample_sure", name=plain(name)))
            if st.button(texts("import.remove_sample_yes"), type="primary", key="remove-sample"):
                remove_sample(session.database(), session.viewer())
                state.forget()
                st.rerun()


def _open(texts: Texts) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="sample-notice"):
        st.markdown(texts("import.no_data"))
        if st.button(texts("import.open_sample"), icon=":material/map:", key="open-sample"):
            with st.status(texts("demo.writing")) as status:
                load_sample(
                    session.database(),
                    session.viewer(),
                    say=lambda step: status.update(label=texts(f"demo.{step}")),
                )
            st.rerun()
