"""How intervals of a ratio are drawn: one row each, named above its bar, on a logarithmic scale in per cent."""

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

ROW, TICK = 0, 1
"""What a row of the data is, in its column `part`."""

LOWEST, HIGHEST = 0.1, 10.0
"""Ratios beyond are not drawn to scale: an arrow says that the interval goes on."""

_TOP_PX, _ROW_PX, _BAR_PX = 20, 44, 27
_NUMBERS_PX = 158
_AXIS = (0.1, 0.25, 0.5, 1, 2, 4, 10)


@cache
def interval_spec(language: str, mode: Mode, rows: int) -> Spec:
    """The specification for so many rows."""
    words = texts(language)
    row = alt.Chart().transform_filter(f"datum.part === {ROW}")
    row = row.transform_calculate(top_px=f"{_TOP_PX} + {_ROW_PX} * datum.row")
    row = row.transform_calculate(bar_px=f"datum.top_px + {_BAR_PX}")
    known = row.transform_filter("isValid(datum.value)")
    parts = [
        *_no_difference(known, words, mode),
        _bar(known, words, mode),
        *_ends(known, mode),
        *_ticks(mode),
        _dot(known, mode),
        *_names(row, mode),
        _target(row, words),
    ]
    return vega.finished(
        alt.layer(*parts).properties(height=_TOP_PX + _ROW_PX * rows), language, mode, has_dates=False
    )


def _x(field: str, axis: alt.Axis | UndefinedType = alt.Undefined) -> alt.X:
    scale = alt.Scale(type="log", nice=False, domain=alt.DomainUnionWith([0.5, 2]), padding=10)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)


def _axis(words: Texts) -> alt.Axis:
    change = f"format(100 * (datum.value - 1), '+.0f') + '{words.percent(0).removeprefix('0')}'"
    labels = f"datum.value === 1 ? '0' : {change}"
    return alt.Axis(title=None, values=list(_AXIS), grid=True, labelOverlap="greedy", labelExpr=labels)


def _tone(place: int, mode: Mode) -> Any:
    """Colour by the row's tone: that of its bar (0) or of its dot (1)."""
    colours = look(mode)
    tones = {
        "accent": (colours.sequential[3], colours.accent),
        "less": (colours.diverging[1], colours.diverging[0]),
        "more": (colours.diverging[5], colours.diverging[6]),
    }
    grey = (colours.hatch, colours.muted)
    chosen: Any = alt
    for name, pair in tones.items():
        chosen = chosen.when(f"datum.tone === '{name}'").then(alt.value(pair[place]))
    return chosen.otherwise(alt.value(grey[place]))


def _no_difference(known: alt.Chart, words: Texts, mode: Mode) -> list[alt.Chart]:
    """A rule at no difference beside every bar, and above the first what each side of it means."""
    beside = known.transform_calculate(from_px="datum.bar_px - 11", to_px="datum.bar_px + 15")
    rule = beside.mark_rule(color=look(mode).text, strokeWidth=1.5, **QUIET)
    drawn = [rule.encode(x=alt.XDatum(1), y=y_px("from_px"), y2="to_px:Q")]
    sides: tuple[tuple[str, Any, int, str], ...] = (
        ("fewer", "right", -8, "\u2190 {}"),
        ("more", "left", 8, "{} \u2192"),
    )
    first = alt.Chart().transform_filter(f"datum.part === {ROW} && datum.row === 0")
    for side, align, dx, arrow in sides:
        named = first.transform_calculate(side=f"'{arrow.format(words(f'effect_chart.{side}'))}'")
        label = named.mark_text(align=align, baseline="top", dx=dx, color=look(mode).muted, **QUIET)
        drawn.append(label.encode(x=alt.XDatum(1), y=alt.value(0), text="side:N"))
    return drawn


def _bar(known: alt.Chart, words: Texts, mode: Mode) -> alt.Chart:
    bar = known.mark_rule(strokeWidth=7, strokeCap="round", opacity=1, **QUIET)
    return bar.encode(x=_x("low", _axis(words)), x2="high:Q", y=y_px("bar_px"), color=_tone(0, mode))


def _ends(known: alt.Chart, mode: Mode) -> list[alt.Chart]:
    """Arrows where an interval goes on beyond what is drawn."""
    drawn = []
    for end, limit, shape in (
        ("low", f"datum.low <= {LOWEST}", "triangle-left"),
        ("high", f"datum.high >= {HIGHEST}", "triangle-right"),
    ):
        arrow = known.transform_filter(limit).mark_point(
            shape=shape, filled=True, size=150, opacity=1, **QUIET
        )
        drawn.append(arrow.encode(x=_x(end), y=y_px("bar_px"), color=_tone(0, mode)))
    return drawn


def _dot(known: alt.Chart, mode: Mode) -> alt.Chart:
    dot = known.mark_circle(size=130, opacity=1, stroke=look(mode).page, strokeWidth=1.5, **QUIET)
    return dot.encode(x=_x("value"), y=y_px("bar_px"), color=_tone(1, mode))


def _ticks(mode: Mode) -> list[alt.Chart]:
    """What other comparisons give, as strokes across the first bar."""
    tick = alt.Chart().transform_filter(f"datum.part === {TICK}")
    top, bottom = _TOP_PX + _BAR_PX - 8, _TOP_PX + _BAR_PX + 8
    stroke = tick.mark_rule(strokeWidth=2, color=look(mode).text, opacity=0.8, aria=True)
    lines = vega.tooltip("head", ("written:N", " "))
    return [
        stroke.encode(
            x=_x("value"), y=alt.value(top), y2=alt.value(bottom), tooltip=lines, description="head:N"
        )
    ]


def _names(row: alt.Chart, mode: Mode) -> list[alt.Chart]:
    """Name and words at the left, numbers at the right; on a narrow page the words give way."""
    room = f"floor((width - {_NUMBERS_PX}) / {LETTER_PX})"
    both = "datum.words ? datum.head + ': ' + datum.words : datum.head"
    named = row.transform_calculate(both=both)
    named = named.transform_calculate(
        shown=f"length(datum.both) <= {room} ? datum.both : truncate(datum.head, max(8, {room}))"
    )
    return row_words(named, row, "!isValid(datum.value)", mode, dy_px=4)


def _target(row: alt.Chart, words: Texts) -> alt.Chart:
    """Unseen row as wide as the chart."""
    whole = row.transform_calculate(bottom_px=f"datum.top_px + {_ROW_PX}", number="datum.written || '\u2013'")
    whole = whole.transform_calculate(
        told="datum.words || datum.why || '\u2013'", events="datum.counted || '\u2013'"
    )
    tips = vega.tooltip(
        "head",
        ("told:N", words("effect_chart.column_verdict")),
        ("number:N", words("effect_chart.change")),
        ("events:N", words("effect_chart.events")),
    )
    rect = whole.mark_rect(opacity=0, aria=True)
    return rect.encode(
        x=alt.value(0),
        x2=alt.value(alt.expr("width")),
        y=y_px("top_px"),
        y2="bottom_px:Q",
        tooltip=tips,
        description="head:N",
    )
