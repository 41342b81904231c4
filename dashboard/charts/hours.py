"""When does it happen? Weekday by hour of day, from aoristic weights."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import vega
from dashboard.charts.chart import Chart
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike

    from dashboard.charts.chart import Spec

HOURS, WEEKDAYS = 24, 7
_CELL_PX = 18
_HOUR_WORDS = "pad(datum.hour, 2, '0', 'left') + '\u2013' + pad((datum.hour + 1) % 24, 2, '0', 'left')"
_WEEKDAY = np.repeat(np.arange(WEEKDAYS, dtype=np.int8), HOURS)
_HOUR = np.tile(np.arange(HOURS, dtype=np.int8), WEEKDAYS)
_PLAIN, _PICKED, _BEHIND = 0, 1, 2


def hours(
    weights: ArrayLike,
    texts: Texts,
    *,
    selected: Collection[int] = (),
    unknown: int = 0,
    total: int = 0,
    unit: str = "",
    source_line: str = "",
    mode: Mode = "light",
) -> Chart:
    """168 weights, Monday 00 first, as a grid; a click picks cells ("hours", fields weekday 0-6 and hour 0-23).

    `selected`: hours of the week (0-167) that stay full while the others step back; none: all are full. `unknown` of
    `total` incidents have no time of day, are in no cell, and the notes say so. Raises ValueError for other shapes.
    """
    values = np.asarray(weights, dtype=np.float64)
    if values.shape != (HOURS * WEEKDAYS,):
        message = f"an hour grid takes {HOURS * WEEKDAYS} weights, one per hour of the week; got shape {values.shape}"
        raise ValueError(message)
    state = (
        np.where(np.isin(np.arange(values.size), list(selected)), _PICKED, _BEHIND) if selected else _PLAIN
    )
    rows = {"weekday": _WEEKDAY, "hour": _HOUR, "weight": values.astype(np.float32), "state": np.int8(state)}
    note = texts("chart.note_no_time", unknown=unknown, total=total) if unknown else ""
    return Chart(
        spec=_spec(texts.language, mode),
        data=pd.DataFrame(rows),
        title=texts("chart.when_title"),
        unit=unit or texts("chart.unit_incidents"),
        description=texts("chart.when_description"),
        make_table=lambda: _table(values, texts),
        source_line=source_line,
        notes=(note,) if note else (),
    )


def picked_hours(points: list[dict[str, int]]) -> tuple[int, ...]:
    """Hours of the week (0-167, in order) of a click event's points."""
    return tuple(sorted({int(p["weekday"]) * HOURS + int(p["hour"]) for p in points}))


def _days(language: str, names: Literal["days", "shortDays"]) -> list[str]:
    """Names from Monday on."""
    sunday, *others = vega.locale(language)["time"][names]
    return [*others, sunday]


def _table(values: np.ndarray, texts: Texts) -> pd.DataFrame:
    grid = np.round(values.reshape(WEEKDAYS, HOURS).T, 1)
    table = pd.DataFrame(grid, columns=_days(texts.language, "shortDays"))
    table.insert(0, texts("chart.column_hour"), [f"{h:02d}\u2013{(h + 1) % 24:02d}" for h in range(HOURS)])
    return table


@cache
def _spec(language: str, mode: Mode) -> Spec:
    words, colours = texts(language), look(mode)
    pick = alt.selection_point(
        name="hours", fields=["weekday", "hour"], on="click", toggle="true", clear=False
    )
    names = _days(language, "shortDays")
    words_of = f"{_days(language, 'days')}[datum.weekday] + ' ' + {_HOUR_WORDS}"
    x = alt.X(
        "hour:O", axis=alt.Axis(title=None, labelAngle=0, labelExpr="datum.value % 3 ? '' : datum.label")
    )
    y = alt.Y("weekday:O", axis=alt.Axis(title=None, labelExpr=f"{names}[datum.value]"))
    scale = alt.Scale(range=[colours.zero, *colours.sequential[1:]], domainMin=0, nice=False)
    legend = alt.Legend(
        title=None, orient="right", direction="vertical", gradientLength=104, gradientThickness=8, tickCount=3, format=",.0f",
        offset=10,
    )  # fmt: skip
    full = alt.when(f"datum.state === {_BEHIND}").then(alt.value(0.5)).otherwise(alt.value(1))
    lines = vega.tooltip("words", ("weight:Q", words("chart.unit_incidents")), number_format=",.1f")
    grid = alt.Chart().transform_calculate(words=words_of)
    cell = grid.mark_rect(cursor="pointer", stroke=colours.page, strokeWidth=1.5, cornerRadius=2)
    colour = alt.when("datum.weight > 0").then(alt.Color("weight:Q", scale=scale, legend=legend))
    cells = cell.encode(
        color=colour.otherwise(alt.value(colours.zero)),
        opacity=full,
        description="words:N",
    )  # fmt: skip
    mark = grid.transform_filter(f"datum.state === {_PICKED}")
    frame = mark.mark_rect(fill=None, stroke=colours.selected, strokeWidth=1.75, cornerRadius=2, aria=False)
    both = alt.layer(cells.add_params(pick), frame).encode(x=x, y=y, tooltip=lines)
    return vega.finished(both.properties(height=_CELL_PX * WEEKDAYS), language, mode, has_dates=False)
