"""What of a file cannot be read: a table with row, field, value and reason, to look at and to send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.reports import export
from dashboard.situation import remarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.texts import Texts
    from data_access.importers.errors import RowError


def draw(refused: Sequence[RowError], texts: Texts) -> None:
    """Draw the table and its download; nothing where nothing is refused."""
    if not refused:
        return
    table = remarks.refusals(refused, texts)
    st.warning(texts("import.refused_rows", count=len(table)), icon=":material/rule:")
    st.dataframe(table, hide_index=True, height=min(300, 38 + 35 * len(table)))
    st.download_button(
        texts("import.download_refused"),
        export.csv(table, texts),
        "samsyn-refused.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
