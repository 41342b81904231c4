"""Is it rising or falling? Weekly counts against a comparable period, with interventions in lanes underneath."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import vega
from dashboard.charts.chart import Chart
from dashboard.charts.lanes import LANE_PX, Intervention, Lane, lanes
from dashboard.charts.weeks import WEEK_MS, days, instants, week_axis, week_words, week_x, words_expression
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.charts.chart import Spec

PLOT_PX = 190
_GAP_PX = 8
_WEEK, _LANE, _SELECTED = 0, 1, 2
_QUIET: dict[str, Any] = {"aria": False, "tooltip": None}
_NUMBERS = ("count", "before", "low", "high")


def trend(
    weeks: pd.DataFrame,
    texts: Texts,
    *,
    interventions: Sequence[Intervention] = (),
    selected: tuple[date, date] | None = None,
    unit: str = "",
    source_line: str = "",
    mode: Mode = "light",
) -> Chart:
    """Weekly counts; a brush over weeks selects ("weeks", see `weeks.brushed_weeks`).

    `weeks`, one row per week in order: week_start (date, a Monday), count; and where known: before (the comparable
    period), low and high (band of the comparable weeks), is_complete (False: late reports expected, drawn open), silent
    (names of sources without data that week, "" when none). `selected`: first and last day, shaded. Interventions are
    cut to the weeks shown. Raises ValueError when there is no week.
    """
    if weeks.empty:
        message = "a trend takes at least one week; got none: widen the period"
        raise ValueError(message)
    starts = days(weeks["week_start"])
    placed = lanes(interventions, starts[0].item(), (starts[-1] + 6).item())
    count = max((lane.row + 1 for lane in placed), default=0)
    has_before, has_band = ("before" in weeks and bool(weeks["before"].notna().any())), "low" in weeks
    return Chart(
        spec=_spec(texts.language, mode, count, has_before, has_band),
        data=_rows(weeks, starts, placed, selected, texts),
        title=texts("chart.trend_title"),
        unit=unit or texts("chart.unit_per_week"),
        description=texts("chart.trend_description"),
        make_table=lambda: _table(weeks, texts),
        source_line=source_line,
        notes=_notes(weeks, texts),
    )


def _rows(
    weeks: pd.DataFrame,
    starts: NDArray[np.datetime64],
    placed: Sequence[Lane],
    selected: tuple[date, date] | None,
    texts: Texts,
) -> pd.DataFrame:
    """Weeks, then lanes, then the shade: one small table, since a chart takes one."""
    others = [(lane.starts_on, lane.ends_on) for lane in placed] + ([selected] if selected else [])
    more, every = len(others), len(starts) + len(others)
    until = np.full(every, np.datetime64("NaT", "D"))
    until[len(starts) :] = days([end for _, end in others]) + 1
    rows: dict[str, Any] = {
        "part": np.repeat([_WEEK, _LANE, _SELECTED], [len(starts), len(placed), more - len(placed)]).astype(
            np.int8
        ),
        "from_at": instants(np.concatenate([starts, days([start for start, _ in others])])),
        "to_at": instants(until),
    }
    for name in _NUMBERS:
        if name in weeks:
            rows[name] = np.append(weeks[name].to_numpy(np.float32), np.full(more, np.nan, dtype=np.float32))
    complete = (
        weeks["is_complete"].to_numpy(bool) if "is_complete" in weeks else np.ones(len(starts), dtype=bool)
    )
    silent = weeks["silent"].tolist() if "silent" in weeks else [""] * len(starts)
    lane = np.array([lane.row for lane in placed], dtype=np.float32)
    return pd.DataFrame(rows).assign(
        is_complete=np.append(complete, np.ones(more, dtype=bool)),
        silent=[
            *(s or None for s in silent),
            *(lane.intervention.title for lane in placed),
            *[None] * (more - len(placed)),
        ],
        words=[
            *[None] * len(starts),
            *(_when(lane.intervention, texts) for lane in placed),
            *[None] * (more - len(placed)),
        ],
        lane=np.concatenate(
            [np.full(len(starts), np.nan, np.float32), lane, np.full(more - len(placed), np.nan, np.float32)]
        ),
    )


def _when(one: Intervention, texts: Texts) -> str:
    if one.ends_on is None:
        return texts("chart.lane_since", start=texts.short_date(one.starts_on))
    return texts(
        "chart.lane_between", start=texts.short_date(one.starts_on), end=texts.short_date(one.ends_on)
    )


def _table(weeks: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    names = [name for name in (*_NUMBERS, "silent") if name in weeks]
    table = weeks[names].rename(columns={name: texts(f"chart.column_{name}") for name in names})
    words = [week_words(day.item(), texts.language) for day in days(weeks["week_start"])]
    table.insert(0, texts("chart.column_week"), words)
    if "is_complete" in weeks:
        yes_no = {True: texts("chart.yes"), False: texts("chart.no")}
        table[texts("chart.column_complete")] = weeks["is_complete"].map(yes_no)
    return table


def _notes(weeks: pd.DataFrame, texts: Texts) -> tuple[str, ...]:
    notes = []
    if "is_complete" in weeks and not weeks["is_complete"].all():
        notes.append(texts("chart.note_incomplete"))
    if "silent" in weeks and (silent := sum(map(bool, weeks["silent"]))):
        notes.append(texts("chart.note_silent", weeks=silent))
    return tuple(notes)


@cache
def _spec(language: str, mode: Mode, lane_count: int, has_before: bool, has_band: bool) -> Spec:  # noqa: FBT001
    words = texts(language)
    parts = [_silent(mode), _selected(mode)]
    parts += [_band(mode)] if has_band else []
    parts += _lines(words, mode, has_before=has_before)
    parts += _lane_marks(words, mode) if lane_count else []
    parts.append(_target(words, mode, has_before=has_before))
    height = PLOT_PX + (_GAP_PX + lane_count * LANE_PX if lane_count else 0)
    chart = alt.layer(*parts).properties(height=height)
    return vega.finished(chart, language, mode)


def _weeks(condition: str = "") -> alt.Chart:
    """Layer of the weeks, with the end and the middle of each worked out in the browser."""
    test = f"datum.part === {_WEEK}" + (f" && {condition}" if condition else "")
    start = "toDate(datum.from_at)"
    return (
        alt.Chart()
        .transform_filter(test)
        .transform_calculate(end_at=f"{start} + {WEEK_MS}", mid_at=f"{start} + {WEEK_MS // 2}")
    )


def _y(field: str, axis: alt.Axis | alt.UndefinedType = alt.Undefined) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(range=[PLOT_PX, 6], zero=True, nice=True), axis=axis)


def _count_axis() -> alt.Axis:
    return alt.Axis(title=None, tickCount=4, format=",.0f", minExtent=vega.margin(), maxExtent=vega.margin())


def _silent(mode: Mode) -> alt.Chart:
    """A warm line right under the plot, in the colour that the coverage strip gives silence."""
    layer = _weeks("datum.silent").mark_rect(color=look(mode).warning, **_QUIET)
    return layer.encode(x=week_x(), x2="end_at:T", y=alt.value(PLOT_PX + 1), y2=alt.value(PLOT_PX + 5))


def _selected(mode: Mode) -> alt.Chart:
    layer = alt.Chart().transform_filter(f"datum.part === {_SELECTED}")
    shade = layer.mark_rect(color=look(mode).accent, opacity=0.13, **_QUIET)
    return shade.encode(x=week_x(), x2="to_at:T", y=alt.value(0), y2=alt.value(PLOT_PX))


def _band(mode: Mode) -> alt.Chart:
    layer = _weeks("isValid(datum.low)").mark_area(color=look(mode).band, **_QUIET)
    return layer.encode(x=week_x("mid_at"), y=_y("low"), y2="high:Q")


def _lines(words: Texts, mode: Mode, *, has_before: bool) -> list[alt.Chart]:
    colours = look(mode)
    series = {words("chart.series_count"): colours.accent}
    if has_before:
        series[words("chart.series_before")] = colours.before
    legend = alt.Legend(
        title=None, orient="top", direction="horizontal", symbolType="stroke", symbolStrokeWidth=2.5
    )
    scale = alt.Scale(domain=list(series), range=list(series.values()))

    def series_of(field: str, condition: str) -> alt.Chart:
        named = _weeks(condition).transform_calculate(series=f"'{words(f'chart.series_{field}')}'")
        colour = alt.Color("series:N", scale=scale, legend=legend)
        return named.encode(x=week_x("mid_at"), y=_y(field, _count_axis()), color=colour)

    before = series_of("before", "isValid(datum.before)")
    drawn = [before.mark_line(strokeWidth=1.25, interpolate="step", **_QUIET)] if has_before else []
    drawn.append(
        series_of("count", "datum.is_complete").mark_line(strokeWidth=2, strokeJoin="round", **_QUIET)
    )
    rings = _weeks("!datum.is_complete").mark_point(
        size=46, color=colours.accent, fill=colours.page, strokeWidth=1.75, opacity=1, **_QUIET
    )
    return [*drawn, rings.encode(x=week_x("mid_at"), y=_y("count"))]


def _lane_marks(words: Texts, mode: Mode) -> list[alt.Chart]:
    colours = look(mode)
    lane = alt.Chart().transform_filter(f"datum.part === {_LANE}")
    lane = lane.transform_calculate(top_px=f"{PLOT_PX + _GAP_PX} + {LANE_PX} * datum.lane")
    lane = lane.transform_calculate(bottom_px=f"datum.top_px + {LANE_PX - 4}")
    top = alt.Y("top_px:Q", scale=None, axis=None)
    lines = vega.tooltip("silent", ("words:N", words("chart.lane_period")))
    start = lane.mark_rule(color=colours.lane_text, strokeDash=[2, 3], opacity=0.55, **_QUIET)
    band = lane.mark_rect(color=colours.lane, cornerRadius=3)
    label = lane.mark_text(align="left", baseline="middle", dx=6, dy=9, color=colours.lane_text, aria=False)
    return [
        start.encode(x=week_x(), y=top, y2=alt.value(0)),
        band.encode(x=week_x(), x2="to_at:T", y=top, y2="bottom_px:Q", tooltip=lines, description="silent:N"),
        label.encode(x=week_x(), y=top, text="silent:N", tooltip=lines),
    ]


def _target(words: Texts, mode: Mode, *, has_before: bool) -> alt.Chart:
    """Unseen column per week: wide enough to point at, and the surface of the brush."""
    colours = look(mode)
    brush = alt.selection_interval(
        name="weeks",
        encodings=["x"],
        mark=alt.BrushConfig(fill=colours.accent, fillOpacity=0.06, stroke=colours.accent, strokeOpacity=0.6),
    )
    lines = [("count:Q", words("chart.series_count"))]
    lines += [("before:Q", words("chart.series_before"))] if has_before else []
    lines += [("silent:N", words("chart.column_silent"))]
    named = _weeks().transform_calculate(words=words_expression("from_at", words.language))
    column = named.mark_rect(opacity=0, cursor="col-resize")
    encoded = column.encode(
        x=week_x(axis=week_axis()), x2="end_at:T", y=alt.value(0), y2=alt.value(PLOT_PX), tooltip=vega.tooltip("words", *lines),
        description="words:N",
    )  # fmt: skip
    return encoded.add_params(brush)
