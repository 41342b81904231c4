"""Importing districts: choose a file, look at how it is read, store it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.situation import remarks
from dashboard.ui import contents, import_refused, session
from dashboard.ui.plain import plain
from dashboard.ui.writing import is_written
from data_access.import_reports import said
from data_access.importers.errors import ImportRefused
from data_access.imports import import_areas, preview_areas

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.import_reports import AreasReport
    from data_access.importers.areas import ParsedAreas

_SHOWN_ROWS = 20
_TYPES = ["geojson", "json", "gpkg", "zip", "kml"]


def draw(texts: Texts) -> None:
    """Draw the form."""
    st.markdown(texts("import.areas_help"))
    file = st.file_uploader(texts("import.areas_file"), type=_TYPES, key="areas-file")
    if file is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            texts("import.set_name"),
            placeholder=file.name.rsplit(".", 1)[0],
            key="areas-name",
            max_chars=120,
            width=320,
        )
        crs = st.number_input(
            texts("import.crs"),
            min_value=0,
            value=0,
            step=1,
            key="areas-crs",
            help=texts("import.crs_help"),
            width=200,
        )
    source = (file.getvalue(), file.name)
    try:
        with st.spinner(texts("reading.step_reading")):
            parsed = preview_areas(session.database(), session.viewer(), source, crs=int(crs) or None)
    except ImportRefused as refused:
        st.error(plain(texts(f"reason.{refused.reason}", **refused.parameters)), icon=":material/block:")
        return
    _preview(parsed, texts)
    if st.button(
        texts("import.store_areas", count=_districts(parsed)),
        type="primary",
        icon=":material/save:",
        key="areas-store",
    ):
        _store(source, name or None, int(crs) or None, texts)


def _store(source: tuple[bytes, str], name: str | None, crs: int | None, texts: Texts) -> None:
    reports: list[AreasReport] = []

    def write() -> None:
        reports.append(import_areas(session.database(), session.viewer(), source, name=name, crs=crs))

    with st.spinner(texts("reading.step_placing")):
        is_stored = is_written(write, texts)
    if is_stored:
        (report,) = reports
        key = "import.areas_known" if report.is_known else "cli.areas_imported"
        st.success(plain(texts(key, **report.numbers())), icon=":material/check:")
        contents.link("explore", texts("import.see"), texts)


def _districts(parsed: ParsedAreas) -> int:
    return sum(row.level == 1 for row in parsed.rows)


def _preview(parsed: ParsedAreas, texts: Texts) -> None:
    for remark in said(parsed.guesses, parsed.warnings):
        icon = ":material/info:" if remark.table == "reading" else ":material/warning:"
        st.markdown(f"{icon} {plain(remarks.sentence(remark, texts))}")
    rows = [row for row in parsed.rows if row.level == 1]
    table = pd.DataFrame(
        {
            texts("export.area_code"): [row.code for row in rows],
            texts("chart.column_areas"): [row.name for row in rows],
            texts("export.parent"): [row.parent_name or "" for row in rows],
            texts("export.population"): [row.population for row in rows],
        }
    )
    st.caption(texts("import.first_rows", shown=min(_SHOWN_ROWS, len(rows)), total=len(rows)))
    st.dataframe(table.head(_SHOWN_ROWS), hide_index=True)
    import_refused.draw(parsed.refused, texts)
