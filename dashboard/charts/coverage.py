"""Which data do we have? One thin row per source: delivered, silent, not yet started, break in coding."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import vega
from dashboard.charts.chart import Chart
from dashboard.charts.weeks import DAY_MS, days, instants, week_axis, week_x
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from dashboard.charts.chart import Spec

STATES = ("delivered", "silent", "not_started", "break")
_ROW_PX = 13


def coverage(
    weeks: pd.DataFrame, texts: Texts, *, has_axis: bool = True, source_line: str = "", mode: Mode = "light"
) -> Chart:
    """Source by week; without its own axis it stands in line under a trend of the same weeks.

    `weeks`: source (unique name), week_start (date, a Monday), state (one of STATES; "break": delivered, but coded in
    another way from this week on). Consecutive weeks of one state become one bar. Raises ValueError for another state.
    """
    unknown = set(weeks["state"]) - set(STATES)
    if unknown:
        message = f"a week's state is one of {', '.join(STATES)}; got {', '.join(sorted(unknown))}"
        raise ValueError(message)
    runs = _runs(weeks)
    return Chart(
        spec=_spec(texts.language, mode, len(set(weeks["source"])), has_axis),
        data=runs,
        title=texts("chart.coverage_title"),
        unit=texts("chart.coverage_unit"),
        description=texts("chart.coverage_description"),
        make_table=lambda: _table(runs, texts),
        source_line=source_line,
        notes=() if has_axis else (texts("chart.note_strip"),),
    )


def _runs(weeks: pd.DataFrame) -> pd.DataFrame:
    """Consecutive weeks of one source and state as one row."""
    sources = list(dict.fromkeys(weeks["source"]))
    places = {name: i for i, name in enumerate(sources)}
    source = np.array([places[name] for name in weeks["source"]], dtype=np.int64)
    state = np.array([STATES.index(name) for name in weeks["state"]], dtype=np.int64)
    week = days(weeks["week_start"])
    order = np.lexsort((week, source))
    source, state, week = source[order], state[order], week[order]
    is_new = (np.diff(source) != 0) | (np.diff(state) != 0) | (np.diff(week) != np.timedelta64(7, "D"))
    first = np.flatnonzero(np.append(True, is_new))
    last = np.append(first[1:] - 1, len(week) - 1)
    return pd.DataFrame(
        {
            "source": [sources[i] for i in source[first]],
            "state": [STATES[i] for i in state[first]],
            "from_at": instants(week[first]),
            "to_at": instants(week[last] + 7),
        }
    )


def _table(runs: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    ends = zip(runs["from_at"], runs["to_at"], strict=True)
    return pd.DataFrame(
        {
            texts("chart.column_source"): runs["source"],
            texts("chart.column_state"): [texts(f"chart.state_{state}") for state in runs["state"]],
            texts("chart.column_period"): [
                f"{texts.week(start.date())} \u2013 {texts.week((end - pd.Timedelta(days=1)).date())}"
                for start, end in ends
            ],
        }
    )


@cache
def _spec(language: str, mode: Mode, count: int, has_axis: bool) -> Spec:  # noqa: FBT001
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
    week = words("format.week", week="%-V", year="%G")
    names = str({state: words(f"chart.state_{state}") for state in STATES})
    named = alt.Chart().transform_calculate(
        state_name=f"{names}[datum.state]",
        words=f"utcFormat(toDate(datum.from_at), '{week} \u2013 ') + utcFormat(toDate(datum.to_at) - {DAY_MS}, '{week}')",
    )
    bar = named.mark_rect(cornerRadius=1, strokeWidth=1).encode(
        x=week_x(axis=week_axis(labels=has_axis)), x2="to_at:T", y=y, tooltip=tips,
        color=alt.Color("state_name:N", scale=scale, legend=legend),
        stroke=alt.when("datum.state === 'silent'").then(alt.value(colours.warning)).otherwise(alt.value("transparent")),
        description="words:N",
    )  # fmt: skip
    return vega.finished(bar.properties(height=_ROW_PX * count), language, mode)
