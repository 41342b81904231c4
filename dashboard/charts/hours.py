"""When does it happen? Weekday by hour of day, from aoristic weights."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field, words_instead
from dashboard.charts.columns import numbers
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts
from data_access.permissions import FEWEST_TOLD

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike

    from dashboard.charts.chart import Spec

HOURS, WEEKDAYS = 24, 7
_CELL_PX = 18
_HOUR_WORDS = "pad(datum.hour, 2, '0', 'left') + '\u2013' + pad((datum.hour + 1) % 24, 2, '0', 'left')"
_WEEKDAY = np.repeat(np.arange(WEEKDAYS), HOURS).tolist()
_HOUR = np.tile(np.arange(HOURS), WEEKDAYS).tolist()
_PLAIN, _PICKED, _BEHIND = 0, 1, 2


def hours(
    weights: ArrayLike,
    texts: Texts,
    *,
    selected: Collection[int] = (),
    unknown: int = 0,
    total: int = 0,
    unit: str = "",
    few: str = "",
    mode: Mode = "light",
) -> Chart:
    """168 weights, Monday 00 first, as a grid of weekday 0-6 and hour 0-23.

    `selected`: hours of the week (0-167) that stay full while the others step back; none: all are full. `unknown` of
    `total` incidents have no time of day, are in no cell, and the notes say so. `few`: what stands for a weight that is NaN
    because it is too small to be told; "": every weight is told. Raises ValueError for other shapes.
    """
    values = np.asarray(weights, dtype=np.float64)
    if values.shape != (HOURS * WEEKDAYS,):
        message = f"an hour grid takes {HOURS * WEEKDAYS} weights, one per hour of the week; got shape {values.shape}"
        raise ValueError(message)
    notes = [texts("chart.note_no_time", unknown=unknown, total=total)] if unknown else []
    notes += [texts("chart.note_few_hours", few=few)] if few and np.isnan(values).any() else []
    unit, weights = unit or texts("chart.unit_incidents"), numbers(values)
    words = {"weight_words": words_instead(weights, few)} if few else {}
    return Chart(
        spec=_spec(texts.language, mode, bool(few)),
        columns={"weekday": _WEEKDAY, "hour": _HOUR, "weight": weights, "state": _states(selected), **words},
        title=texts("chart.when_title"),
        unit=unit,
        description=texts("chart.when_description"),
        fields=(
            Field("weekday", texts("chart.column_weekday"), 0),
            Field("hour", texts("chart.column_hour"), 0),
            Field("weight", unit, 1, "weight_words" if few else ""),
        ),
        notes=tuple(notes),
        make_table=lambda: _table(values, few, texts),
    )


def _states(selected: Collection[int]) -> list[int]:
    cells = range(HOURS * WEEKDAYS)
    return [_PICKED if cell in selected else _BEHIND for cell in cells] if selected else [_PLAIN] * len(cells)


def _days(language: str, names: Literal["days", "shortDays"]) -> list[str]:
    """Names from Monday on."""
    sunday, *others = vega.locale(language)["time"][names]
    return [*others, sunday]


def _table(values: np.ndarray, few: str, texts: Texts) -> pd.DataFrame:
    grid = np.round(values.reshape(WEEKDAYS, HOURS).T, 1)
    table = pd.DataFrame(grid, columns=_days(texts.language, "shortDays"))
    table = table.astype(object).where(table.notna(), few) if few else table
    table.insert(0, texts("chart.column_hour"), [f"{h:02d}\u2013{(h + 1) % 24:02d}" for h in range(HOURS)])
    return table


@cache
def _spec(language: str, mode: Mode, has_few: bool) -> Spec:  # noqa: FBT001
    words, colours = texts(language), look(mode)
    names = _days(language, "shortDays")
    words_of = f"{_days(language, 'days')}[datum.weekday] + ' ' + {_HOUR_WORDS}"
    x = alt.X(
        "hour:O", axis=alt.Axis(title=None, labelAngle=0, labelExpr="datum.value % 3 ? '' : datum.label")
    )
    y = alt.Y("weekday:O", axis=alt.Axis(title=None, labelExpr=f"{names}[datum.value]"))
    # Where no cell is told, the legend still has two ends.
    ends: dict[str, Any] = {"domain": alt.DomainUnionWith([0, FEWEST_TOLD])} if has_few else {"domainMin": 0}
    scale = alt.Scale(range=[colours.zero, *colours.sequential[1:]], nice=False, **ends)
    legend = alt.Legend(
        title=None, orient="right", direction="vertical", gradientLength=104, gradientThickness=8, tickCount=3, format=",.0f",
        offset=10,
    )  # fmt: skip
    full = alt.when(f"datum.state === {_BEHIND}").then(alt.value(0.5)).otherwise(alt.value(1))
    number = ",.1f"
    weight = "written:N" if has_few else "weight:Q"
    lines = vega.tooltip("words", (weight, words("chart.unit_incidents")), number_format=number)
    grid = alt.Chart().transform_calculate(words=words_of)
    if has_few:
        # A cell without a number would be left out: it is shaded as none, and coloured by hand.
        grid = grid.transform_calculate(written=vega.or_words("weight", number), shade="datum.weight || 0")
    cell = grid.mark_rect(cursor="pointer", stroke=colours.page, strokeWidth=1.5, cornerRadius=2)
    colour = alt.when("datum.weight > 0").then(
        alt.Color("shade:Q" if has_few else "weight:Q", scale=scale, legend=legend)
    )
    none = f"isValid(datum.weight) ? '{colours.zero}' : '{colours.missing}'"
    other = alt.value(alt.expr(none)) if has_few else alt.value(colours.zero)
    cells = cell.encode(
        color=colour.otherwise(other),
        opacity=full,
        description="words:N",
    )  # fmt: skip
    mark = grid.transform_filter(f"datum.state === {_PICKED}")
    frame = mark.mark_rect(fill=None, stroke=colours.selected, strokeWidth=1.75, cornerRadius=2, aria=False)
    both = alt.layer(cells, frame).encode(x=x, y=y, tooltip=lines)
    return vega.finished(both.properties(height=_CELL_PX * WEEKDAYS), language, mode, has_dates=False)
