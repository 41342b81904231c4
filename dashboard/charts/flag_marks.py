"""How flags are drawn: one row each, named above the range of what was to be expected, with a dot for what was reported."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import vega
from dashboard.charts.row_words import LETTER_PX, QUIET, row_words, y_px
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from altair.utils.schemapi import UndefinedType

    from dashboard.charts.chart import Spec

_ROW_PX, _BAR_PX = 44, 29
_NUMBERS_PX = 128


@cache
def flag_spec(language: str, mode: Mode, rows: int) -> Spec:
    """The specification for so many rows."""
    words = texts(language)
    row = alt.Chart().transform_calculate(top_px=f"{_ROW_PX} * datum.row")
    row = row.transform_calculate(bar_px=f"datum.top_px + {_BAR_PX}")
    known = row.transform_filter("isValid(datum.observed) && isValid(datum.low)")
    parts = [
        _bar(known, mode),
        _stroke(known, mode),
        _dot(known, mode),
        *_names(row, mode),
        _target(row, words),
    ]
    return vega.finished(alt.layer(*parts).properties(height=_ROW_PX * rows), language, mode, has_dates=False)


def _x(field: str, axis: alt.Axis | UndefinedType | None = alt.Undefined) -> alt.X:
    scale = alt.Scale(zero=True, nice=True, domain=alt.DomainUnionWith([0, 10]))
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _bar(known: alt.Chart, mode: Mode) -> alt.Chart:
    bar = known.mark_rule(strokeWidth=9, strokeCap="round", opacity=1, color=look(mode).hatch, **QUIET)
    axis = alt.Axis(title=None, grid=True, tickMinStep=1, labelOverlap="greedy")
    return bar.encode(x=_x("low", axis), x2="high:Q", y=y_px("bar_px"))


def _stroke(known: alt.Chart, mode: Mode) -> alt.Chart:
    """What was expected, across the bar."""
    beside = known.transform_calculate(from_px="datum.bar_px - 7", to_px="datum.bar_px + 7")
    rule = beside.mark_rule(color=look(mode).text, strokeWidth=2, **QUIET)
    return rule.encode(x=_x("expected"), y=y_px("from_px"), y2="to_px:Q")


def _dot(known: alt.Chart, mode: Mode) -> alt.Chart:
    colours = look(mode)
    tone: Any = alt.when("datum.tone === 'more'").then(alt.value(colours.diverging[6]))
    tone = tone.when("datum.tone === 'fewer'").then(alt.value(colours.diverging[0]))
    dot = known.mark_circle(size=150, opacity=1, stroke=colours.page, strokeWidth=1.5, **QUIET)
    return dot.encode(x=_x("observed"), y=y_px("bar_px"), color=tone.otherwise(alt.value(colours.muted)))


def _names(row: alt.Chart, mode: Mode) -> list[alt.Chart]:
    """Name at the left, numbers at the right; what is not told is said in place of the bar."""
    room = f"floor((width - {_NUMBERS_PX}) / {LETTER_PX})"
    named = row.transform_calculate(shown=f"truncate(datum.head, max(8, {room}))")
    return row_words(named, row, "isValid(datum.why)", mode, dy_px=2)


def _target(row: alt.Chart, words: Texts) -> alt.Chart:
    """Unseen row as wide as the chart."""
    whole = row.transform_calculate(bottom_px=f"datum.top_px + {_ROW_PX}")
    whole = whole.transform_calculate(told="datum.written || datum.why || '\u2013'")
    tips = vega.tooltip(
        "head",
        ("told:N", words("weekly_chart.observed")),
        ("effort:N", words("weekly_chart.reports")),
    )
    return whole.mark_rect(opacity=0, aria=True).encode(
        x=alt.value(0),
        x2=alt.value(alt.expr("width")),
        y=y_px("top_px"),
        y2="bottom_px:Q",
        tooltip=tips,
        description="head:N",
    )
