"""When was what done? All interventions as lanes over time, by the verdict on each."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import altair as alt

from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.lane_marks import lane_columns, lane_labels, measure_lanes
from dashboard.charts.weeks import week_axis, week_x
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.charts.chart import Spec
    from dashboard.situation.evaluation import Evaluation

_ROW_PX, _BAND_PX = 22, 17
_TONES = ("less", "more")


def measures(
    evaluations: Sequence[Evaluation], first: date, last: date, texts: Texts, *, mode: Mode = "light"
) -> Chart:
    """One lane per intervention with any day from `first` to `last`, those that began first on top."""
    by_start = sorted(evaluations, key=lambda of: (of.intervention.starts_on, of.intervention.title))
    seen = {id(of.intervention): of for of in by_start}
    placed = [lane for of in by_start for lane in measure_lanes(of.intervention, (), first, last)]
    verdicts = [_verdict(seen[id(lane.intervention)]) for lane in placed]
    columns = lane_columns(placed, first, last, texts)
    columns["tone"] = [verdict if verdict in _TONES else "grey" for verdict in verdicts]
    columns["verdict"] = [texts(f"effect.verdict_{verdict}") for verdict in verdicts]
    return Chart(
        spec=_spec(texts.language, mode, len(placed)),
        columns=columns,
        title=texts("effect_chart.measures_title"),
        unit=texts("effect_chart.measures_unit"),
        description=texts("effect_chart.measures_description"),
        fields=(
            Field("label", texts("interventions.column_title")),
            Field("words", texts("interventions.column_days")),
            Field("verdict", texts("interventions.column_verdict")),
        ),
    )


def _verdict(of: Evaluation) -> str:
    return of.effect.verdict if of.effect is not None else "none"


@cache
def _spec(language: str, mode: Mode, rows: int) -> Spec:
    """The specification for so many lanes."""
    words, colours = texts(language), look(mode)
    lane = alt.Chart().transform_calculate(top_px=f"{_ROW_PX} * datum.lane")
    lane = lane.transform_calculate(bottom_px=f"datum.top_px + {_BAND_PX}")
    top = alt.Y("top_px:Q", scale=None, axis=None)
    fills = [colours.diverging[2], colours.diverging[4], colours.faint]
    tone = alt.Color("tone:N", scale=alt.Scale(domain=[*_TONES, "grey"], range=fills), legend=None)
    lines = vega.tooltip(
        "label",
        ("words:N", words("chart.lane_period")),
        ("verdict:N", words("interventions.column_verdict")),
    )
    drawn = lane.mark_rect(cornerRadius=3, aria=True).encode(
        x=week_x(axis=week_axis()), x2="to_at:T", y=top, y2="bottom_px:Q", color=tone, tooltip=lines,
        description="label:N",
    )  # fmt: skip
    chart = alt.layer(drawn, *lane_labels(lane, lines, alt.value(colours.text)))
    return vega.finished(chart.properties(height=max(_ROW_PX * rows, _ROW_PX)), language, mode)
