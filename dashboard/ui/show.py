"""A chart in its frame: question as title, unit, notes, table view and downloads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import streamlit as st

from dashboard.reports import export
from dashboard.ui import state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from dashboard.charts.chart import Chart
    from dashboard.texts import Texts

ROW_PX = 35


def chart(
    drawn: Chart, name: str, texts: Texts, *, pick: Callable[[Any], Iterable[Any]] | None = None
) -> None:
    """Draw a chart; with `pick`, a click toggles in the facet `name` what `pick` reads from the event."""
    with _frame(drawn, name, texts):
        key = f"view-{name}"
        if pick is None:
            st.vega_lite_chart(_slim(drawn.data), drawn.spec, key=key, theme=None, alt=drawn.description)
            return

        def take() -> None:
            state.picked(key, name, pick(st.session_state[key].selection.get(name) or []))

        event = st.vega_lite_chart(
            _slim(drawn.data), drawn.spec, key=key, on_select=take, theme=None, alt=drawn.description
        )
        state.remember(key, pick(event.selection.get(name) or []))


def brushed(drawn: Chart, texts: Texts, *, read: Callable[[Any], Any], strip: Chart) -> None:
    """Draw the chart over time with a strip under it; a brush sets the period, an emptied brush opens it."""
    with _frame(drawn, "period", texts, strip.notes):
        key = state.brush_key()

        def take() -> None:
            state.brush(read(st.session_state[key].selection.get("weeks")))

        st.vega_lite_chart(
            _slim(drawn.data), drawn.spec, key=key, on_select=take, theme=None, alt=drawn.description
        )
        st.vega_lite_chart(_slim(strip.data), strip.spec, key="view-strip", theme=None, alt=strip.description)


@contextmanager
def _frame(drawn: Chart, name: str, texts: Texts, more_notes: tuple[str, ...] = ()) -> Iterator[None]:
    """Title with unit, what is drawn, and what must be known to read it."""
    with st.container(border=True, gap="xxsmall", key=f"frame-{name}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            st.markdown(f"**{drawn.title}** :gray[:small[{drawn.unit}]]", width="stretch")
            _menu(drawn, name, texts)
        yield
        lines = [*drawn.notes, *more_notes, drawn.source_line]
        if any(lines):
            st.caption(" ".join(line for line in lines if line))


def _slim(rows: pd.DataFrame) -> pa.Table:
    """The rows without what pandas would say about them: a kilobyte a chart and click."""
    return pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata(None)


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
            with st.container(horizontal=True):
                stem = export.file_stem(drawn.title)
                st.download_button(
                    "CSV", export.csv(drawn.table, texts), f"{stem}.csv", "text/csv", key=f"csv-{name}"
                )
                st.download_button(
                    texts("ui.picture"),
                    lambda: export.picture(drawn),
                    f"{stem}.png",
                    "image/png",
                    key=f"png-{name}",
                )
