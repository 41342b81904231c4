"""The frame of every page: what it needs, and what is shown while there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import contents, session, state
from dashboard.ui.plain import plain

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.facts import Facts


def begin(page: str) -> Texts:
    """Texts for the page, after the selection has been read from the address."""
    texts = session.current_texts()
    if not contents.is_open(page, session.viewer()):
        st.error(texts("ui.not_permitted"), icon=":material/lock:")
        st.stop()
    problem = state.follow_address(page)
    if problem is not None:
        st.warning(
            plain(texts("ui.bad_address", parameter=problem.parameter, value=problem.value)),
            icon=":material/link_off:",
        )
    return texts


def current_facts(texts: Texts) -> Facts:
    """Facts for the chosen set of districts; says what goes on while they are read for the first time."""
    with st.spinner(texts("ui.reading"), show_time=False):
        return session.current_facts(state.selection().area_set)


def nothing_yet(texts: Texts) -> None:
    """An installation without incidents says what to do; so does one in which somebody may see none."""
    if not session.viewer().sight.is_whole:
        st.info(texts("ui.no_areas"), icon=":material/visibility_off:")
        return
    with st.container(border=True, key="nothing-yet"):
        st.subheader(texts("ui.empty_title"))
        st.markdown(texts("ui.empty_body"))
        contents.link("import_data", texts("page.import"), texts)
