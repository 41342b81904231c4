"""What is shown, as one Excel workbook that also says what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.geometry import document
from dashboard.reports import export
from dashboard.reports.explore import about, picture, tables
from dashboard.ui import session

if TYPE_CHECKING:
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(of: Situation, texts: Texts) -> None:
    """Draw the download buttons; files are made when they are asked for."""
    stem = export.file_stem(f"samsyn {of.facts.frame.municipality} {of.period}")
    with st.container(horizontal=True, gap="small", key="downloads"):
        st.download_button(
            texts("export.excel"),
            lambda: export.workbook(tables(of, texts), about(of, texts), texts),
            f"{stem}.xlsx",
            _EXCEL,
            icon=":material/download:",
            on_click="ignore",
            key="download-excel",
        )
        st.download_button(
            texts("export.csv"),
            lambda: export.csv(tables(of, texts)[texts("chart.column_areas")], texts),
            f"{stem}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="download-csv",
        )
        found = document(session.database(), session.viewer(), of.facts.frame, "districts")
        if found is None:
            return
        st.download_button(
            texts("export.map_picture"),
            lambda: picture(of, found.body, texts),
            f"{stem}.png",
            "image/png",
            icon=":material/image:",
            on_click="ignore",
            key="download-map",
        )
