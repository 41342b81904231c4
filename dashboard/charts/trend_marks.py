"""How a trend is drawn: its layers, from the weeks without data at the bottom to the surface of the brush on top."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import vega
from dashboard.charts.lanes import LANE_PX
from dashboard.charts.weeks import WEEK_MS, week_axis, week_x
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts
from data_access.permissions import FEWEST_TOLD

if TYPE_CHECKING:
    from altair.utils.schemapi import UndefinedType

    from dashboard.charts.chart import Spec

WEEK, LANE, SELECTED = 0, 1, 2
"""What a row of the trend's data is, in its column `part`."""

PLOT_PX = 100
_GAP_PX = 7
_CHOSEN_PX = 1.75
_HALF_WEEK_MS = WEEK_MS // 2
_QUIET: dict[str, Any] = {"aria": False, "tooltip": None}
_TITLE_LIMIT = alt.ExprRef("width < 500 ? 84 : 400")


@cache
def trend_spec(
    language: str,
    mode: Mode,
    lane_count: int,
    has_before: bool,  # noqa: FBT001
    has_band: bool,  # noqa: FBT001
    has_few: bool,  # noqa: FBT001
) -> Spec:
    """The specification of a trend: one for each number of lanes, with and without comparable period, band, gaps."""
    words = texts(language)
    least = FEWEST_TOLD if has_few else None
    parts = [_silent(mode), _selected(mode)]
    parts += [_band(mode, least)] if has_band else []
    parts += _lines(words, mode, has_before=has_before, has_few=has_few)
    parts += _lane_marks(words, mode) if lane_count else []
    parts.append(_target(words, has_before=has_before, has_few=has_few))
    height = PLOT_PX + (_GAP_PX + lane_count * LANE_PX if lane_count else 0)
    chart = alt.layer(*parts).properties(height=height)
    return vega.finished(chart, language, mode)


def _weeks(condition: str = "", **after_ms: int) -> alt.Chart:
    """Layer of the weeks, with instants so many milliseconds after each begins worked out in the browser."""
    test = f"datum.part === {WEEK}" + (f" && {condition}" if condition else "")
    layer = alt.Chart().transform_filter(test)
    return layer.transform_calculate(
        **{name: f"toDate(datum.from_at) + {ms}" for name, ms in after_ms.items()}
    )


def _y(field: str, axis: alt.Axis | UndefinedType = alt.Undefined, least: int | None = None) -> alt.Y:
    """The y channel; `least`: how far the scale reaches where no week is told.

    All layers must have it or none: one that has it alone would decide the scale for all, by its own weeks.
    """
    domain = alt.Undefined if least is None else alt.DomainUnionWith([0, least])
    scale = alt.Scale(range=[PLOT_PX, 6], zero=True, nice=True, domain=domain)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _count_axis() -> alt.Axis:
    return alt.Axis(title=None, tickCount=3, format=",.0f", minExtent=vega.margin(), maxExtent=vega.margin())


def _silent(mode: Mode) -> alt.Chart:
    """A warm line right under the plot, in the colour that the coverage strip gives silence."""
    layer = _weeks("datum.label", end_at=WEEK_MS).mark_rect(color=look(mode).warning, **_QUIET)
    return layer.encode(x=week_x(), x2="end_at:T", y=alt.value(PLOT_PX + 1), y2=alt.value(PLOT_PX + 5))


def _selected(mode: Mode) -> alt.Chart:
    layer = alt.Chart().transform_filter(f"datum.part === {SELECTED}")
    shade = layer.mark_rect(color=look(mode).accent, opacity=0.13, **_QUIET)
    return shade.encode(x=week_x(), x2="to_at:T", y=alt.value(0), y2=alt.value(PLOT_PX))


def _band(mode: Mode, least: int | None) -> alt.Chart:
    layer = _weeks("isValid(datum.low)", mid_at=_HALF_WEEK_MS).mark_area(color=look(mode).band, **_QUIET)
    return layer.encode(x=week_x("mid_at"), y=_y("low", least=least), y2="high:Q")


def _lines(words: Texts, mode: Mode, *, has_before: bool, has_few: bool) -> list[alt.Chart]:
    colours = look(mode)
    series = {words("chart.series_count"): colours.accent}
    if has_before:
        series[words("chart.series_before")] = colours.before
    legend = alt.Legend(
        title=None, orient="top", direction="horizontal", symbolType="stroke", symbolStrokeWidth=2.5
    )
    scale = alt.Scale(domain=list(series), range=list(series.values()))
    least = FEWEST_TOLD if has_few else None

    def series_of(field: str, condition: str) -> alt.Chart:
        layer = _weeks(condition, mid_at=_HALF_WEEK_MS)
        named = layer.transform_calculate(series=f"'{words(f'chart.series_{field}')}'")
        colour = alt.Color("series:N", scale=scale, legend=legend)
        return named.encode(x=week_x("mid_at"), y=_y(field, _count_axis(), least), color=colour)

    # A count that is not told breaks the line; one that is not known is left out.
    known = "isValid(datum.before) || datum.before_words" if has_few else "isValid(datum.before)"
    before = series_of("before", known)
    drawn = [before.mark_line(strokeWidth=1.25, interpolate="step", **_QUIET)] if has_before else []
    drawn.append(
        series_of("count", "datum.is_complete").mark_line(strokeWidth=2, strokeJoin="round", **_QUIET)
    )
    told = " && isValid(datum.count)" if has_few else ""
    rings = _weeks(f"!datum.is_complete{told}", mid_at=_HALF_WEEK_MS).mark_point(
        size=46, color=colours.accent, fill=colours.page, strokeWidth=1.75, opacity=1, **_QUIET
    )
    drawn.append(rings.encode(x=week_x("mid_at"), y=_y("count", least=least)))
    if has_few:
        alone = _weeks("datum.is_alone && datum.is_complete", mid_at=_HALF_WEEK_MS)
        dots = alone.mark_circle(size=14, color=colours.accent, opacity=1, **_QUIET)
        drawn.append(dots.encode(x=week_x("mid_at"), y=_y("count", least=least)))
    return drawn


def _lane_marks(words: Texts, mode: Mode) -> list[alt.Chart]:
    colours = look(mode)
    lane = alt.Chart().transform_filter(f"datum.part === {LANE}")
    lane = lane.transform_calculate(top_px=f"{PLOT_PX + _GAP_PX} + {LANE_PX} * datum.lane")
    choose, release = (words(f"chart.lane_{does}") for does in ("choose", "release"))
    lane = lane.transform_calculate(
        bottom_px=f"datum.top_px + {LANE_PX - 2}", click=f"datum.is_chosen ? '{release}' : '{choose}'"
    )
    top = alt.Y("top_px:Q", scale=None, axis=None)
    lines = vega.tooltip(
        "label", ("words:N", words("chart.lane_period")), ("click:N", words("chart.lane_click"))
    )
    full = alt.when("datum.is_near").then(alt.value(1)).otherwise(alt.value(0.32))
    near = lane.transform_filter("datum.is_near")
    start = near.mark_rule(color=colours.lane_text, strokeDash=[2, 3], opacity=0.55, **_QUIET)
    firm = alt.when("datum.is_chosen").then(alt.value(_CHOSEN_PX)).otherwise(alt.value(0))
    band = lane.mark_rect(color=colours.lane, stroke=colours.selected, cornerRadius=3, cursor="pointer")
    label = lane.mark_text(
        align="left",
        baseline="middle",
        dx=6,
        dy=8,
        color=colours.lane_text,
        aria=False,
        limit=_TITLE_LIMIT,
        cursor="pointer",
    )
    return [
        start.encode(x=week_x(), y=top, y2=alt.value(0)),
        band.encode(x=week_x(), x2="to_at:T", y=top, y2="bottom_px:Q", tooltip=lines, opacity=full,
                    strokeWidth=firm, description="label:N"),
        label.encode(x=week_x(), y=top, text="label:N", tooltip=lines, opacity=full),
    ]  # fmt: skip


def _target(words: Texts, *, has_before: bool, has_few: bool) -> alt.Chart:
    """Unseen column per week: wide enough to point at, and the surface of the brush."""
    count, before = ("written:N", "earlier:N") if has_few else ("count:Q", "before_words:N")
    lines = [(count, words("chart.series_count"))]
    lines += [(before, words("chart.series_before"))] if has_before else []
    lines += [("silent:N", words("chart.column_silent"))]
    named = _weeks(end_at=WEEK_MS).transform_calculate(silent="datum.label || '\u2013'")
    if has_few:
        named = named.transform_calculate(written=vega.or_words("count"), earlier=vega.or_words("before"))
    else:
        named = named.transform_calculate(before_words=vega.or_dash("before"))
    column = named.mark_rect(opacity=0, cursor="col-resize")
    return column.encode(
        x=week_x(axis=week_axis()), x2="end_at:T", y=alt.value(0), y2=alt.value(PLOT_PX), tooltip=vega.tooltip("words", *lines),
        description="words:N",
    )  # fmt: skip
