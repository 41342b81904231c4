"""A chart in its frame: question as title, unit, notes, table view and downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.reports import export
from dashboard.ui import session
from data_access.changes import record_export
from data_access.permissions import Action, can
from data_access.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.chart import Chart
    from dashboard.texts import Texts

ROW_PX = 35


def chart(drawn: Chart, name: str, texts: Texts) -> None:
    """Draw a chart: title with unit, what is drawn, and what must be known to read it."""
    with st.container(border=True, gap="xxsmall", key=f"frame-{name}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            st.markdown(f"**{drawn.title}** :gray[:small[{drawn.unit}]]", width="stretch")
            _menu(drawn, name, texts)
        st.vega_lite_chart(drawn.data, drawn.spec, key=f"view-{name}", theme=None, alt=drawn.description)
        if drawn.notes:
            st.caption(" ".join(drawn.notes))


def _menu(drawn: Chart, name: str, texts: Texts) -> None:
    with st.popover(
        "",
        icon=":material/table:",
        type="tertiary",
        help=texts("ui.table"),
        on_change="rerun",
        key=f"table-{name}",
    ) as menu:
        if menu.open:
            st.dataframe(drawn.table, hide_index=True, height=min(400, (len(drawn.table) + 1) * ROW_PX))
            if can(session.viewer(), Action.EXPORT):
                _downloads(drawn, name, texts)


def _downloads(drawn: Chart, name: str, texts: Texts) -> None:
    """Files of what is shown, each logged when it is asked for."""
    stem, viewer = export.file_stem(drawn.title), session.viewer_later()

    def made(kind: str, write: Callable[[], bytes]) -> Callable[[], bytes]:
        def written() -> bytes:
            body = write()
            subject = f"{kind}: {drawn.title}"
            record_export(session.database(), viewer(), subject, Selection(), len(drawn.table))
            return body

        return written

    with st.container(horizontal=True):
        st.download_button(
            "CSV",
            made("csv", lambda: export.csv(drawn.table, texts)),
            f"{stem}.csv",
            "text/csv",
            key=f"csv-{name}",
        )
        st.download_button(
            texts("ui.picture"),
            made("png", lambda: export.picture(drawn)),
            f"{stem}.png",
            "image/png",
            key=f"png-{name}",
        )
