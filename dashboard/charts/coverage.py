"""Which data do we have? One thin row per source: delivered, silent, not yet started, break in coding."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.columns import epoch_ms
from dashboard.charts.weeks import days, week_axis, week_x
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.charts.chart import Spec

STATES = ("delivered", "silent", "not_started", "break")
_ROW_PX = 13


def coverage(weeks: Mapping[str, Any], texts: Texts, *, has_axis: bool = True, mode: Mode = "light") -> Chart:
    """Source by week; without its own axis it stands in line under a trend of the same weeks.

    `weeks`: source (unique name), week_start (date, a Monday), state (one of STATES; "break": delivered, but coded in
    another way from this week on). Consecutive weeks of one state become one bar. Raises ValueError for another state.
    """
    unknown = set(weeks["state"]) - set(STATES)
    if unknown:
        message = f"a week's state is one of {', '.join(STATES)}; got {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return Chart(
        spec=_spec(texts.language, mode, has_axis),
        columns=_runs(weeks, texts),
        title=texts("chart.coverage_title"),
        unit=texts("chart.coverage_unit"),
        description=texts("chart.coverage_description"),
        fields=(
            Field("source", texts("chart.column_source")),
            Field("state_name", texts("chart.column_state")),
            Field("words", texts("chart.column_period")),
        ),
        notes=() if has_axis else (texts("chart.note_strip"),),
    )


def _runs(weeks: Mapping[str, Any], texts: Texts) -> dict[str, list[Any]]:
    """Consecutive weeks of one source and state as one row."""
    sources = list(dict.fromkeys(weeks["source"]))
    places = {name: i for i, name in enumerate(sources)}
    source = np.array([places[name] for name in weeks["source"]], dtype=np.int64)
    state = np.array([STATES.index(name) for name in weeks["state"]], dtype=np.int64)
    week = days(weeks["week_start"])
    order = np.lexsort((week, source))
    source, state, week = source[order], state[order], week[order]
    is_new = (np.diff(source) != 0) | (np.diff(state) != 0) | (np.diff(week) != np.timedelta64(7, "D"))
    first = np.flatnonzero(np.append(len(week) > 0, is_new))
    last = np.append(first[1:] - 1, len(week) - 1)[: len(first)]
    states = [STATES[i] for i in state[first]]
    return {
        "source": [sources[i] for i in source[first]],
        "state": states,
        "state_name": [texts(f"chart.state_{name}") for name in states],
        "from_at": epoch_ms(week[first]),
        "to_at": epoch_ms(week[last] + 7),
        "words": [
            f"{texts.week(start)} \u2013 {texts.week(end)}"
            for start, end in zip(week[first].tolist(), (week[last] + 6).tolist(), strict=True)
        ],
    }


@cache
def _spec(language: str, mode: Mode, has_axis: bool) -> Spec:  # noqa: FBT001
    words, colours = texts(language), look(mode)
    axis = alt.Axis(title=None, minExtent=vega.margin(), maxExtent=vega.margin(), labelLimit=vega.margin())
    y = alt.Y("source:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.35, paddingOuter=0.1))
    fills = {"delivered": colours.sequential[4], "silent": colours.page, "not_started": colours.faint,
             "break": colours.warning}  # fmt: skip
    scale = alt.Scale(domain=[words(f"chart.state_{state}") for state in STATES], range=list(fills.values()))
    legend = alt.Legend(
        title=None, orient="top", direction="horizontal", symbolType="square", symbolStrokeColor=colours.hatch,
        symbolStrokeWidth=1, columns=alt.ExprRef("containerSize()[0] < 520 ? 2 : 4"),
    ) if has_axis else None  # fmt: skip
    tips = vega.tooltip(
        "source", ("state_name:N", words("chart.column_state")), ("words:N", words("chart.column_period"))
    )
    bar = alt.Chart().mark_rect(cornerRadius=1, strokeWidth=1).encode(
        x=week_x(axis=week_axis(labels=has_axis)), x2="to_at:T", y=y, tooltip=tips,
        color=alt.Color("state_name:N", scale=scale, legend=legend),
        stroke=alt.when("datum.state === 'silent'").then(alt.value(colours.warning)).otherwise(alt.value("transparent")),
        description="words:N",
    )  # fmt: skip
    return vega.finished(bar.properties(height=alt.Step(_ROW_PX)), language, mode)
