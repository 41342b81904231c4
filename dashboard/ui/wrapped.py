"""Tables to read: their words wrap, so that nothing of them is out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.ui.plain import plain

if TYPE_CHECKING:
    import pandas as pd


def table(frame: pd.DataFrame, *, alt: str) -> None:
    """Draw a table without columns that are empty in every row; what stands in it is words, never markup."""
    words = frame.map(lambda cell: plain(str(cell)))
    st.table(words.loc[:, (words != "").any()], border="horizontal", hide_index=True, alt=alt)
