"""What is shown, as one Excel workbook that also says what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.geometry import document
from dashboard.reports import export
from dashboard.reports.explore import about, picture, tables
from dashboard.situation import explore, periods
from dashboard.ui import session, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts
    from data_access.facts import Facts

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(facts: Facts, texts: Texts) -> None:
    """Draw the download buttons; it is counted and written when a file is asked for."""
    selection = state.selection()

    def made(write: Callable[[Situation], bytes]) -> Callable[[], bytes]:
        def written() -> bytes:
            of = explore.situation(facts, selection)
            return write(of) if of else b""

        return written

    def workbook(of: Situation) -> bytes:
        return export.workbook(tables(of, texts), about(of, texts), texts)

    def areas(of: Situation) -> bytes:
        return export.csv(tables(of, texts)[texts("chart.column_areas")], texts)

    with st.container(horizontal=True, gap="small", key="downloads"):
        stem = _stem(facts)
        _button("excel", made(workbook), f"{stem}.xlsx", _EXCEL, texts)
        _button("csv", made(areas), f"{stem}.csv", "text/csv", texts)
        districts = document(session.database(), session.viewer(), facts, "districts")
        if districts is not None:
            body = districts.body
            _button(
                "map_picture", made(lambda of: picture(of, body, texts)), f"{stem}.png", "image/png", texts
            )


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
