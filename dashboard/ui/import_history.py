"""Files that were imported, newest first, each of which can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui import session
from dashboard.ui.plain import plain
from data_access.batches import read_files
from data_access.changes import undo_import

if TYPE_CHECKING:
    from dashboard.texts import Texts

_SHOWN = 12


def draw(texts: Texts) -> None:
    """Draw the list; nothing while no file was imported."""
    files = read_files(session.database(), session.viewer())[:_SHOWN]
    if not files:
        return
    with st.expander(texts("import.history"), icon=":material/history:"):
        for file in files:
            with st.container(horizontal=True, vertical_alignment="center"):
                sentence = texts(
                    "import.history_row",
                    file=file.name,
                    organisation=file.organisation,
                    stored=file.stored,
                    refused=file.refused,
                )
                st.markdown(plain(sentence), width="stretch")
                with st.popover(texts("import.undo"), icon=":material/undo:", key=f"undo-{file.batch_id}"):
                    st.markdown(plain(texts("import.undo_sure", count=file.stored, file=file.name)))
                    if st.button(texts("import.undo_yes"), type="primary", key=f"undo-yes-{file.batch_id}"):
                        undo_import(session.database(), session.viewer(), file.batch_id)
                        st.rerun()
