"""Words of rows that are named above their bar, placed by the columns `top_px` and `bar_px`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.look import look

if TYPE_CHECKING:
    from dashboard.look import Mode

LETTER_PX = 6.9
QUIET: dict[str, Any] = {"aria": False, "tooltip": None}
"""Marks that are neither read aloud nor pointed at: another one is, as large as the row."""


def y_px(field: str) -> alt.Y:
    """A height in pixels, without an axis."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def row_words(named: alt.Chart, row: alt.Chart, untold: str, mode: Mode, *, dy_px: int) -> list[alt.Chart]:
    """Name (`shown`, of `named`) at the left, numbers (`written`) at the right; where `untold`, `why` in place of the bar."""
    name = named.mark_text(
        align="left", baseline="top", fontWeight=600, dy=dy_px, color=look(mode).text, **QUIET
    )
    told = row.transform_filter("isValid(datum.written)")
    numbers = told.mark_text(align="right", baseline="top", dy=dy_px, color=look(mode).text, **QUIET)
    why = row.transform_filter(untold).mark_text(
        align="left", baseline="middle", color=look(mode).muted, limit=alt.ExprRef("width"), **QUIET
    )
    return [
        name.encode(x=alt.value(0), y=y_px("top_px"), text="shown:N"),
        numbers.encode(x=alt.value(alt.expr("width")), y=y_px("top_px"), text="written:N"),
        why.encode(x=alt.value(0), y=y_px("bar_px"), text="why:N"),
    ]
