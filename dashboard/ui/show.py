"""A chart in its frame: question as title, unit, notes, table view and downloads."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.reports import export
from dashboard.ui import session
from data_access.changes import record_export
from data_access.permissions import Action, can
from data_access.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.chart import Chart, Spec
    from dashboard.texts import Texts

ROW_PX = 35
_PRESSED = "pressed"


def chart(
    drawn: Chart, name: str, texts: Texts, *, pick: Callable[[frozenset[str]], None] | None = None
) -> None:
    """Draw a chart: title with unit, what is drawn, and what must be known to read it.

    `pick`: told the codes that were pressed, in a chart whose first layer draws a row per code.
    """
    with st.container(border=True, gap="xxsmall", key=f"frame-{name}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            st.markdown(f"**{drawn.title}** :gray[:small[{drawn.unit}]]", width="stretch")
            _menu(drawn, name, texts)
        if pick is None:
            st.vega_lite_chart(drawn.data, drawn.spec, key=f"view-{name}", theme=None, alt=drawn.description)
        else:
            _pressable(drawn, name, pick)
        if drawn.notes:
            st.caption(" ".join(drawn.notes))


def _pressable(drawn: Chart, name: str, pick: Callable[[frozenset[str]], None]) -> None:
    """The chart whose rows can be pressed. The browser says all that are pressed: what is new since then is what was pressed.

    A chart with another specification is drawn anew there with nothing pressed, so it has another key here.
    """
    spec = _with_presses(drawn.spec)
    digest = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()
    key, before = f"view-{name}-{digest[:8]}", f"pressed-{name}-{digest[:8]}"
    if key not in st.session_state:
        st.session_state[before] = frozenset()

    def picked() -> None:
        now = pressed_codes(st.session_state.get(key))
        changed, st.session_state[before] = now ^ st.session_state[before], now
        pick(changed)

    st.vega_lite_chart(
        drawn.data,
        spec,
        key=key,
        theme=None,
        alt=drawn.description,
        on_select=picked,
        selection_mode=_PRESSED,
    )


def _with_presses(spec: Spec) -> Spec:
    """The specification whose first layer can be pressed, row by row."""
    first, *others = spec["layer"]
    chosen = {"type": "point", "fields": ["code"], "toggle": "true", "clear": False}
    pressable = first | {
        "params": [{"name": _PRESSED, "select": chosen}],
        "mark": first["mark"] | {"cursor": "pointer"},
    }
    return spec | {"layer": [pressable, *others]}


def pressed_codes(said: Any) -> frozenset[str]:
    """Codes of the rows that are pressed, as the browser says it; none where it says something else."""
    rows = said.get("selection", {}).get(_PRESSED) if isinstance(said, dict) else None
    if not isinstance(rows, list):
        return frozenset()
    found = (row.get("code") for row in rows if isinstance(row, dict))
    return frozenset(code for code in found if isinstance(code, str))


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
