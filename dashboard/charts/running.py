"""Is the difference growing? Observed minus expected, added up week by week after the start."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.columns import epoch_ms, numbers
from dashboard.charts.told import effect_of, told_sums
from dashboard.charts.weeks import WEEK_MS, days, week_axis, week_words, week_x
from dashboard.look import Mode, look
from dashboard.statistics.outcome import AFTER, Running
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from altair.utils.schemapi import UndefinedType
    from numpy.typing import NDArray

    from dashboard.charts.chart import Spec
    from dashboard.situation.evaluation import Evaluation

_PLOT_PX = 150
_QUIET: dict[str, Any] = {"aria": False, "tooltip": None}


def running(of: Evaluation, texts: Texts, *, mode: Mode = "light") -> Chart:
    """The difference in events from the start to the end of each week, with its interval.

    Where a week has too few events to be told, only the last sum is drawn. Raises ValueError without an effect.
    """
    effect = effect_of(of)
    mondays = days(of.weeks)[effect.weekly.role == AFTER]
    is_shown = told_sums(effect, of.fewest)
    notes = [texts("effect_chart.note_zero")]
    if not is_shown.all():
        notes.append(texts("effect_chart.note_sums", few=texts("explore.few", count=of.fewest)))
    return Chart(
        spec=_spec(texts.language, mode),
        columns=_columns(mondays[is_shown], mondays[:1], _only(effect.running, is_shown), texts),
        title=texts("effect_chart.running_title"),
        unit=texts("effect_chart.running_unit"),
        description=texts("effect_chart.running_description"),
        fields=(
            Field("words", texts("effect_chart.column_to_week")),
            Field("difference", texts("effect_chart.difference"), 0),
            Field("low", texts("effect_chart.column_low"), 0),
            Field("high", texts("effect_chart.column_high"), 0),
        ),
        notes=tuple(notes),
        where={"is_week": True},
    )


def _only(of: Running, is_shown: NDArray[np.bool_]) -> Running:
    return Running(of.difference[is_shown], of.low[is_shown], of.high[is_shown])


def _columns(
    mondays: NDArray[np.datetime64], first: NDArray[np.datetime64], of: Running, texts: Texts
) -> dict[str, list[Any]]:
    """The start of the first week, where there is no difference yet, and the end of each week that is shown."""
    ends = np.append(first, mondays + 7)
    known = np.flatnonzero(np.isfinite(of.difference)).tolist()
    return {
        "end_at": epoch_ms(ends),
        "is_week": [False] * len(first) + [True] * len(mondays),
        "is_last": [
            *[False] * len(first),
            *(week == known[-1] if known else False for week in range(len(mondays))),
        ],
        **{
            name: [*[0] * len(first), *numbers(getattr(of, name), 1)]
            for name in ("difference", "low", "high")
        },
        "words": [*[None] * len(first), *(week_words(monday, texts.language) for monday in mondays.tolist())],
    }


def _in_words(field: str, words: Texts) -> str:
    """Vega expression: "12 färre", "12 fler", "0"."""
    fewer, more = words("effect_chart.fewer"), words("effect_chart.more")
    number = f"format(abs(datum.{field}), ',.0f')"
    return f"{number} + (datum.{field} <= -0.5 ? ' {fewer}' : datum.{field} >= 0.5 ? ' {more}' : '')"


@cache
def _spec(language: str, mode: Mode) -> Spec:
    words, colours = texts(language), look(mode)
    known = alt.Chart().transform_filter("isValid(datum.difference)")
    band = known.mark_area(color=colours.band, opacity=1, **_QUIET)
    line = known.mark_line(color=colours.accent, strokeWidth=2.75, strokeJoin="round", **_QUIET)
    zero = alt.Chart().mark_rule(color=colours.text, strokeWidth=1.25, **_QUIET)
    parts = [
        band.encode(x=week_x("end_at"), y=_y("low"), y2="high:Q"),
        zero.encode(y=alt.YDatum(0)),
        line.encode(x=week_x("end_at"), y=_y("difference", _axis(words))),
        *_last(words, mode),
        _target(words),
    ]
    return vega.finished(alt.layer(*parts).properties(height=_PLOT_PX), language, mode)


def _y(field: str, axis: alt.Axis | UndefinedType = alt.Undefined) -> alt.Y:
    scale = alt.Scale(range=[_PLOT_PX, 0], zero=True, nice=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _axis(words: Texts) -> alt.Axis:
    written = _in_words("value", words)
    return alt.Axis(
        title=None, tickCount=5, labelExpr=written, minExtent=vega.margin(), maxExtent=vega.margin()
    )


def _last(words: Texts, mode: Mode) -> list[alt.Chart]:
    """Where it stands: a dot, and the number on the side that the curve does not come from."""
    than, alike = words("effect_chart.than_expected"), words("effect_chart.as_expected")
    written = f"abs(datum.difference) < 0.5 ? '{alike}' : {_in_words('difference', words)} + ' {than}'"
    last = alt.Chart().transform_filter("datum.is_last").transform_calculate(written=written)
    place = {"x": week_x("end_at"), "y": _y("difference")}
    drawn = [last.mark_circle(size=70, color=look(mode).accent, opacity=1, **_QUIET).encode(**place)]
    for test, dy in (("datum.difference < 0", 17), ("datum.difference >= 0", -17)):
        number = last.transform_filter(test).mark_text(
            align="right", dx=4, dy=dy, fontSize=15, fontWeight=600, color=look(mode).text, **_QUIET
        )
        drawn.append(number.encode(**place, text="written:N"))
    return drawn


def _target(words: Texts) -> alt.Chart:
    weeks = alt.Chart().transform_filter("datum.is_week && isValid(datum.difference)")
    written = weeks.transform_calculate(
        from_at=f"toDate(datum.end_at) - {WEEK_MS}",
        written=_in_words("difference", words),
        range=f"({_in_words('low', words)}) + ' \u2013 ' + ({_in_words('high', words)})",
    )
    tips = vega.tooltip(
        "words", ("written:N", words("effect_chart.difference")), ("range:N", words("effect_chart.interval"))
    )
    column = written.mark_rect(opacity=0, aria=True)
    return column.encode(
        x=week_x(axis=week_axis(least=4)), x2="end_at:T", y=alt.value(0), y2=alt.value(_PLOT_PX), tooltip=tips,
        description="words:N",
    )  # fmt: skip
