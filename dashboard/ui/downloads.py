"""What is shown, as one Excel workbook that also says what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.geometry import document
from dashboard.reports import export
from dashboard.reports.explore import about, picture, tables
from dashboard.situation import explore, periods
from dashboard.ui import session, state
from data_access.changes import record_export
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts
    from data_access.facts import Facts

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(facts: Facts, texts: Texts) -> None:
    """Draw the download buttons for whom they are; a file is counted and written, and logged, when it is asked for."""
    selection, viewer = state.selection(), session.viewer_later()
    if not can(session.viewer(), Action.EXPORT):
        return

    def made(kind: str, write: Callable[[Situation], tuple[bytes, int]]) -> Callable[[], bytes]:
        def written() -> bytes:
            of = explore.situation(facts, selection)
            if of is None:
                return b""
            body, rows = write(of)
            record_export(session.database(), viewer(), kind, selection, rows)
            return body

        return written

    def workbook(of: Situation) -> tuple[bytes, int]:
        sheets = tables(of, texts)
        return export.workbook(sheets, about(of, texts), texts), sum(map(len, sheets.values()))

    def areas(of: Situation) -> tuple[bytes, int]:
        table = tables(of, texts)[texts("chart.column_areas")]
        return export.csv(table, texts), len(table)

    with st.container(horizontal=True, gap="small", key="downloads"):
        stem = _stem(facts)
        _button("excel", made("excel", workbook), f"{stem}.xlsx", _EXCEL, texts)
        _button("csv", made("csv", areas), f"{stem}.csv", "text/csv", texts)
        districts = document(session.database(), session.viewer(), facts, "districts")
        if districts is not None:
            body = districts.body

            def map_of(of: Situation) -> tuple[bytes, int]:
                return picture(of, body, texts), len(facts.areas)

            _button("map_picture", made("map_picture", map_of), f"{stem}.png", "image/png", texts)


def _stem(facts: Facts) -> str:
    known = facts.period
    period = known and periods.asked(state.selection().period, known)
    return export.file_stem(f"samsyn {facts.frame.municipality} {period or ''}")


def _button(name: str, make: Callable[[], bytes], file_name: str, kind: str, texts: Texts) -> None:
    icon = ":material/image:" if kind.startswith("image") else ":material/download:"
    st.download_button(
        texts(f"export.{name}"),
        make,
        file_name,
        kind,
        icon=icon,
        type="tertiary",
        on_click="ignore",
        key=f"download-{name}",
    )
