"""Marks that the charts of a survey share: names at the left, numbers at the right, headings, and hatching for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import vega
from dashboard.charts.survey_rows import HEADING, KEY, ROW, ROW_PX
from dashboard.look import Mode, look

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES_PX = f"(width < {vega.NARROW_PX} ? 124 : min(264, 0.36 * width))"
NUMBERS_PX, PEOPLE_PX = 52, 40
"""Room at the right for the number of a row, and for how many people it is of."""

QUIET: dict[str, Any] = {"aria": False, "tooltip": None}
SMALL_PX = 12
_LETTER_PX = 5.9
_HATCH = "".join(f"M{x / 10},1L{x / 10 + 0.7},-1" for x in range(-40, 41, 7))


def rows(test: str = "true") -> alt.Chart:
    """Rows of indicators, with their middle in pixels."""
    return (
        alt.Chart()
        .transform_filter(f"datum.part === {ROW} && ({test})")
        .transform_calculate(middle_px=f"datum.top_px + {ROW_PX / 2}")
    )


def thick(of: alt.Chart, bar_px: float) -> alt.Chart:
    """Rows with the upper and lower edge of a bar around their middle."""
    return of.transform_calculate(
        from_px=f"datum.middle_px - {bar_px / 2}", to_px=f"datum.middle_px + {bar_px / 2}"
    )


def y(field: str) -> alt.Y:
    """Where a column of pixels says."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def room(right_px: float | str, **more: Any) -> alt.Scale:
    """From the names to so many pixels (or an expression) from the right; from 0 unless more is said of the scale."""
    ends = [alt.ExprRef(NAMES_PX), alt.ExprRef(f"max({NAMES_PX} + 30, width - {right_px})")]
    return alt.Scale(**({"range": ends, "zero": True, "nice": False} | more))


def when_wide(wide: float, narrow: float) -> str:
    """Expression: pixels on a wide page and on a narrow one."""
    return f"(width < {vega.NARROW_PX} ? {narrow} : {wide})"


def names(mode: Mode, *, bold: str = "false") -> list[alt.Chart]:
    """Headings of the levels, and the names; rows that pass the test are bold."""
    colours = look(mode)
    head = alt.Chart().transform_filter(f"datum.part === {HEADING}")
    head = head.transform_calculate(line_px="datum.top_px + 22")
    heading = head.mark_text(
        align="left", baseline="bottom", fontWeight=600, color=colours.muted, fontSize=SMALL_PX, **QUIET
    )
    line = head.transform_calculate(line_px="datum.top_px + 26").mark_rule(
        color=colours.line, strokeWidth=1, **QUIET
    )
    drawn = [
        heading.encode(x=alt.value(0), y=y("line_px"), text="head:N"),
        line.encode(x=alt.value(0), x2=alt.value(alt.expr("width")), y=y("line_px")),
    ]
    weights: tuple[tuple[str, Any], ...] = ((f"!({bold})", 400), (bold, 600))
    for test, weight in weights:
        if test != "false":
            name = rows(test).mark_text(
                align="left",
                baseline="middle",
                color=colours.text,
                fontWeight=weight,
                limit=alt.ExprRef(f"{NAMES_PX} - 10"),
                **QUIET,
            )
            drawn.append(name.encode(x=alt.value(0), y=y("middle_px"), text="head:N"))
    return drawn


def at_right(
    field: str,
    header: str,
    from_right_px: float | str,
    mode: Mode,
    *,
    is_quiet: bool = False,
    is_wide: bool = False,
) -> list[alt.Chart]:
    """A column of words that ends so many pixels from the right, under its header; `is_wide`: not on a narrow page."""
    colours = look(mode)
    ends = alt.value(alt.expr(f"width - {from_right_px}"))
    ink = colours.muted if is_quiet else colours.text
    size: dict[str, Any] = {"fontSize": SMALL_PX} if is_quiet else {}
    seen: dict[str, Any] = {"opacity": alt.ExprRef(when_wide(1, 0))} if is_wide else {}
    written = rows(f"isValid(datum.{field})").mark_text(
        align="right", baseline="middle", color=ink, **size, **seen, **QUIET
    )
    return [
        written.encode(x=ends, y=y("middle_px"), text=f"{field}:N"),
        _key_row("right", mode, **seen).encode(x=ends, y=alt.value(4), text=alt.value(header)),
    ]


def key(mode: Mode) -> alt.Chart:
    """What the marks mean, at the top left."""
    return _key_row("left", mode).encode(x=alt.value(0), y=alt.value(4), text="head:N")


def swatches(meanings: Sequence[tuple[str, str]], mode: Mode) -> list[alt.Chart]:
    """Squares with (words, colour) at the top left, one after the other."""
    drawn, left = [], 0.0
    for words, colour in meanings:
        square = alt.Chart().transform_filter(f"datum.part === {KEY}")
        drawn.append(
            square.mark_rect(color=colour, cornerRadius=2, opacity=1, **QUIET).encode(
                x=alt.value(left), x2=alt.value(left + 11), y=alt.value(5), y2=alt.value(16)
            )
        )
        drawn.append(
            _key_row("left", mode).encode(x=alt.value(left + 16), y=alt.value(4), text=alt.value(words))
        )
        left += 16 + _LETTER_PX * len(words) + 14
    return drawn


def _key_row(align: Any, mode: Mode, **more: Any) -> alt.Chart:
    first = alt.Chart().transform_filter(f"datum.part === {KEY}")
    return first.mark_text(
        align=align, baseline="top", color=look(mode).muted, fontSize=SMALL_PX, **more, **QUIET
    )


def reasons(mode: Mode) -> list[alt.Chart]:
    """Hatching where a number is hidden, and the reason, or the word, in its place."""
    colours = look(mode)
    hatch = rows("datum.is_hidden").transform_calculate(hatch_x=f"{NAMES_PX} + 22")
    hatched = hatch.mark_point(
        shape=_HATCH, size=110, stroke=colours.hatch, strokeWidth=1.2, filled=False, opacity=1, **QUIET
    )
    words = rows("isValid(datum.why)").transform_calculate(why_x=f"{NAMES_PX} + (datum.is_hidden ? 52 : 0)")
    why = words.mark_text(
        align="left",
        baseline="middle",
        color=colours.muted,
        fontSize=SMALL_PX,
        limit=alt.ExprRef(f"width - {NAMES_PX} - 52"),
        **QUIET,
    )
    return [
        hatched.encode(x=alt.X("hatch_x:Q", scale=None, axis=None), y=y("middle_px")),
        why.encode(x=alt.X("why_x:Q", scale=None, axis=None), y=y("middle_px"), text="why:N"),
    ]


def stroke(
    field: str, test: str, scale: alt.Scale, size_px: float, mode: Mode, *, axis: alt.Axis | None = None
) -> list[alt.Chart]:
    """A stroke across the bars at what they are compared with, seen on any colour."""
    x, height = alt.X(f"{field}:Q", scale=scale, axis=axis), {"size": size_px, **QUIET}
    known = rows(f"isValid(datum.{field}) && {test}")
    inks = ((look(mode).page, 5), (look(mode).text, 2))
    return [
        known.mark_tick(color=ink, thickness=wide, opacity=1, **height).encode(x=x, y=y("middle_px"))
        for ink, wide in inks
    ]


def target(lines: Sequence[tuple[str, str]]) -> alt.Chart:
    """Unseen row as wide as the chart, with a tooltip of (column, words)."""
    whole = rows().transform_calculate(bottom_px=f"datum.top_px + {ROW_PX}")
    typed = []
    for field, words in lines:
        whole = whole.transform_calculate(**{f"{field}_tip": f"datum.{field} || '\u2013'"})
        typed.append((f"{field}_tip:N", words))
    return whole.mark_rect(opacity=0, aria=True).encode(
        x=alt.value(0),
        x2=alt.value(alt.expr("width")),
        y=y("top_px"),
        y2="bottom_px:Q",
        tooltip=vega.tooltip("head", *typed),
        description="head:N",
    )
