"""Do a risk and reported crime go together over districts? One dot per district, and what the ranks say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from dashboard.charts import survey_marks as marks
from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.columns import numbers
from dashboard.charts.survey_words import named, response_note
from dashboard.look import Mode, look
from dashboard.situation.cell_words import index_in_words, share_in_words
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import ranked_values
from dashboard.statistics.rank import FEWEST_AREAS, RankCorrelation, average_ranks, spearman
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dashboard.charts.chart import Spec
    from data_access.surveys.told import Indicator, Measure, Release

_HEIGHT_PX = 340
_LETTER, _LINE = 7.0, 15.0
"""Pixels of a letter and of a line, for names that must not lie over each other."""
_WIDTHS_PX = {"side": 780.0, "side_narrow": 260.0}
_WIDE_FROM_PX = 640
_SHAPES = {None: "circle", "below": "triangle-left", "above": "triangle-right"}
"""Of a dot, by what its share is only known to be."""
_EDGE = 0.06
"""Room around the dots, as share of what they span."""


def scatter(
    release: Release,
    indicator: Indicator,
    rates: Mapping[str, float],
    texts: Texts,
    *,
    rate_name: str = "",
    measure: Measure = "present",
    group: Among = EVERYBODY,
    chosen: frozenset[str] = frozenset(),
    mode: Mode = "light",
) -> Chart:
    """A dot per district that has both: the indicator's share in per cent (or index) against the right, the rate upwards.

    `rates`: incidents per 1,000 residents and year, by code; a district without a rate is left out, and named. `rate_name`: what
    they count, as the axis says it. Districts told in words only, or hidden, are left out and named; one that is only known to
    have less (more) than a share stands at it as an open triangle and is ranked below (above) all others. `chosen` codes have a
    firm ring and always their name. `group`: of whom; its area is not used. Rank correlation is only told with 15 districts or
    more.
    """
    cells = {
        one.code: Among(one.code, group.breakdown, group.group).cell(release, indicator.code, measure)
        for one in release.areas
    }
    ranked = ranked_values(cells)
    known = [
        (one, cell, 100.0 * (cell.share or 0.0) if cell.index is None else cell.index)
        for one in release.areas
        if (cell := cells[one.code]) is not None
        and one.code in ranked
        and np.isfinite(rates.get(one.code, np.nan))
    ]
    x = np.array([value for _, _, value in known])
    y = np.array([rates[one.code] for one, _, _ in known])
    names = [one.name for one, _, _ in known]
    is_chosen = [one.code in chosen for one, _, _ in known]
    written = index_in_words if measure == "index" else share_in_words
    columns: dict[str, Any] = {
        "code": [one.code for one, _, _ in known],
        "name": names,
        "is_chosen": is_chosen,
        "x": numbers(x, 1),
        "y": numbers(y, 1),
        "x_words": [written(cell, texts) for _, cell, _ in known],
        "is_rounded": [cell.precision == "fives" for _, cell, _ in known],
        "shape": [_SHAPES[cell.bound] for _, cell, _ in known],
        "n": [cell.n for _, cell, _ in known],
        **{column: _sides(x, y, names, width, is_chosen) for column, width in _WIDTHS_PX.items()},
    }
    told = {one.code for one, _, _ in known}
    without = [one.name for one in release.areas if one.code not in told]
    x_title = texts(
        "survey_chart.scatter_x", name=texts.name(indicator), unit=texts(f"survey_chart.axis_{measure}")
    )
    y_title = rate_name or texts("survey_chart.scatter_rate")
    return Chart(
        spec=_spec(texts.language, mode, x_title, y_title),
        columns=columns,
        title=texts("survey_chart.scatter_title"),
        unit=texts("survey_chart.scatter_unit"),
        description=texts("survey_chart.scatter_description"),
        fields=(
            Field("name", texts("chart.column_areas")),
            Field("x_words", texts.name(indicator)),
            Field("n", texts("survey_chart.column_n"), 0),
            Field("y", y_title, 1),
        ),
        notes=_notes(
            spearman([ranked[one.code] for one, _, _ in known], y), columns, without, release, texts
        ),
    )


def correlation_in_words(of: RankCorrelation | None, areas: int, texts: Texts) -> str:
    """What the ranks of so many areas say, with the interval; or that they are too few."""
    if of is None:
        key = "survey_chart.rank_too_few" if areas < FEWEST_AREAS else "survey_chart.rank_equal"
        return texts(key, areas=areas, fewest=FEWEST_AREAS)
    way = "none" if not of.is_clear else "same" if of.value > 0 else "opposite"
    value, low, high = (texts.number(end, 2) for end in (of.value, of.low, of.high))
    return texts(f"survey_chart.rank_{way}", value=value, low=low, high=high, areas=of.areas)


def _notes(
    found: RankCorrelation | None,
    columns: dict[str, list[Any]],
    without: list[str],
    release: Release,
    texts: Texts,
) -> tuple[str, ...]:
    notes = [correlation_in_words(found, len(columns["name"]), texts), texts("survey_chart.note_areas")]
    notes.append(response_note(release, None, texts))
    if any(columns["is_rounded"]):
        notes.append(texts("survey_chart.note_open"))
    if set(columns["shape"]) - {_SHAPES[None]}:
        notes.append(texts("survey_chart.note_bound"))
    if without:
        notes.append(texts("survey_chart.note_without", names=named(without, texts)))
    return tuple(notes)


def _sides(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    names: list[str],
    width_px: float,
    is_chosen: list[bool],
) -> list[str | None]:
    """Side of each dot on which its name has room in a picture of that width; the chosen, then the outermost are asked first.

    The chosen have a side in any case.
    """
    if not names:
        return []
    left, top = (_pixels(values, size) for values, size in ((x, width_px), (-y, _HEIGHT_PX)))
    ranks = [average_ranks(values) - (len(names) + 1) / 2 for values in (x, y)]
    taken = [(px - 5, px + 5, py) for px, py in zip(left, top, strict=True)]
    sides: list[str | None] = [None] * len(names)
    for row in np.lexsort((-(ranks[0] ** 2 + ranks[1] ** 2), np.logical_not(is_chosen))).tolist():
        others = [one for place, one in enumerate(taken) if place != row]
        reach = 8 + _LETTER * len(names[row])
        for side, begins in (("right", left[row] + 6), ("left", left[row] - 6 - reach)):
            box = (begins, begins + reach, top[row])
            if sides[row] is None and begins > 0 and box[1] < width_px and _is_free(box, others):
                sides[row] = side
                taken.append(box)
        if sides[row] is None and is_chosen[row]:
            sides[row] = "right" if left[row] < width_px / 2 else "left"
    return sides


def _is_free(box: tuple[float, float, float], others: list[tuple[float, float, float]]) -> bool:
    return all(
        box[1] < left or box[0] > right or abs(middle - box[2]) > _LINE for left, right, middle in others
    )


def _pixels(values: NDArray[np.float64], size_px: float) -> list[float]:
    low, span = values.min(), max(float(np.ptp(values)), 1e-9)
    return ((values - low + _EDGE * span) / (span * (1 + 2 * _EDGE)) * size_px).tolist()


@cache
def _spec(language: str, mode: Mode, x_title: str, y_title: str) -> Spec:
    words, colours = texts(language), look(mode)
    titles: dict[str, Any] = {"titleColor": colours.muted, "titleFontWeight": 400, "titleFontSize": 13}
    across = alt.Axis(title=x_title, tickCount=6, titlePadding=8, labelOverlap="greedy", **titles)
    upwards = alt.Axis(
        title=y_title, tickCount=5, orient="left", titleAngle=0, titleAnchor="start", titleAlign="left", titleX=0,
        titleY=-14, titlePadding=0, minExtent=34, **titles,
    )  # fmt: skip
    scale = alt.Scale(zero=False, nice=False, padding=18)
    x, y = alt.X("x:Q", scale=scale, axis=across), alt.Y("y:Q", scale=scale, axis=upwards)
    lines = vega.tooltip(
        "name",
        ("x_words:N", x_title),
        ("n:Q", words("survey_chart.column_n")),
        ("y:Q", y_title),
        number_format=",.0f",
    )
    dot = alt.Chart().mark_point(filled=True, size=70, opacity=0.9, aria=True)
    edges = {
        "stroke": alt.when("datum.is_chosen")
        .then(alt.value(colours.text))
        .otherwise(alt.value(colours.accent)),
        "strokeWidth": alt.when("datum.is_chosen").then(alt.value(3.5)).otherwise(alt.value(1.5)),
    }
    fill = alt.when("datum.is_rounded").then(alt.value(colours.page)).otherwise(alt.value(colours.accent))
    shape = alt.Shape("shape:N", scale=None)
    parts = [dot.encode(x=x, y=y, fill=fill, shape=shape, **edges, tooltip=lines, description="name:N")]
    for side, is_shown in (("side", ">="), ("side_narrow", "<")):
        name = alt.Chart().transform_filter(f"isValid(datum.{side})").mark_text(
            align=alt.ExprRef(f"datum.{side} === 'left' ? 'right' : 'left'"),
            dx=alt.ExprRef(f"datum.{side} === 'left' ? -8 : 8"),
            opacity=alt.ExprRef(f"width {is_shown} {_WIDE_FROM_PX} ? 1 : 0"),
            baseline="middle", fontSize=marks.SMALL_PX,
            fontWeight=alt.ExprRef("datum.is_chosen ? 600 : 400"), **marks.QUIET,
        )  # fmt: skip
        ink = alt.when("datum.is_chosen").then(alt.value(colours.text)).otherwise(alt.value(colours.muted))
        at = {"x": alt.X("x:Q", scale=scale), "y": alt.Y("y:Q", scale=scale)}
        parts.append(name.encode(**at, text="name:N", color=ink))
    return vega.finished(alt.layer(*parts).properties(height=_HEIGHT_PX), language, mode, has_dates=False)
