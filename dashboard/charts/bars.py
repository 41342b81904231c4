"""Horizontal bars of one facet: what, where, reported by whom, known to the police."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field, words_instead
from dashboard.charts.columns import numbers
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.charts.chart import Spec
    from dashboard.situation.rows import BarFacet

OTHERS = ""
_ROW_PX = 20
_NUMBERS_PX = 58
_NAMES_PX = (128, 168)
_SOME = 0.5  # what is too small to be told stands between the told and none


def bars(
    rows: Mapping[str, Any],
    facet: BarFacet,
    texts: Texts,
    *,
    selected: Collection[str] = (),
    top: int | None = None,
    unit: str = "",
    few: str = "",
    mode: Mode = "light",
) -> Chart:
    """One bar per row, largest first.

    `rows`: code (unique text), name, count; and where known before (the comparable period, drawn as a tick).
    `few`: what is written where a count is NaN because it is too small to be told; "": every count is told.
    `top`: so many rows, the rest summed as one row with the code "" (never a selection); selected rows always stay.
    `selected` codes stay full while the others step back.
    """
    counts = np.nan_to_num(np.asarray(rows["count"], np.float64), nan=_SOME)
    order = np.argsort(-counts, kind="stable").tolist()
    stays, rest = _kept(list(rows["code"]), order, top, set(selected))
    columns = _columns(rows, stays, rest, set(selected), texts)
    words = _words(rows, stays, rest, few, texts) if few else {}
    return Chart(
        spec=_spec(texts.language, mode, bool(few)),
        columns=columns | words,
        title=texts(f"chart.{facet}_title"),
        unit=unit or texts("chart.unit_incidents"),
        description=texts(f"chart.{facet}_description"),
        fields=(
            Field("name", texts(f"chart.column_{facet}")),
            Field("count", texts("chart.column_count"), 0, "count_words" if few else ""),
            Field("before", texts("chart.column_before"), 0, "before_words" if few else ""),
        ),
    )


def _kept(
    codes: list[str], order: list[int], top: int | None, selected: set[str]
) -> tuple[list[int], list[int]]:
    """Rows that get a bar of their own, and those that are summed: never a single one."""
    rest = [] if top is None else [row for row in order[top:] if codes[row] not in selected]
    if len(rest) <= 1:
        return order, []
    summed = set(rest)
    return [row for row in order if row not in summed], rest


def _columns(
    rows: Mapping[str, Any], stays: list[int], rest: list[int], selected: set[str], texts: Texts
) -> dict[str, list[Any]]:
    codes, names = ([rows[column][row] for row in stays] for column in ("code", "name"))
    if rest:
        codes, names = [*codes, OTHERS], [*names, texts("chart.others", rows=len(rest))]
    count = np.asarray(rows["count"], np.float64)
    before = np.asarray(rows["before"], np.float64) if "before" in rows else np.full(len(count), np.nan)
    return {
        "code": codes,
        "name": _unique(names, codes),
        "count": _with_rest(count, stays, rest),
        "before": _with_rest(before, stays, rest),
        "is_full": [not selected or code in selected for code in codes],
    }


def _with_rest(values: np.ndarray, stays: list[int], rest: list[int]) -> list[Any]:
    total = [np.nansum(values[rest]) if np.isfinite(values[rest]).any() else np.nan] if rest else []
    return numbers(np.append(values[stays], total))


def _words(
    rows: Mapping[str, Any], stays: list[int], rest: list[int], few: str, texts: Texts
) -> dict[str, list[Any]]:
    """Counts anew, with the words in place of those that are not told; a summed row says what it is at least."""
    found: dict[str, list[Any]] = {}
    for name in ("count", "before"):
        values = np.asarray(rows.get(name, np.full(len(stays) + len(rest), np.nan)), np.float64)
        of_row = numbers(np.append(values[stays], [values[rest].sum()] if rest else []))
        words = words_instead(of_row, few if name in rows else "")
        if rest and words[-1]:
            words[-1] = _at_least(values[rest], few, texts)
        found |= {name: of_row, f"{name}_words": words}
    return found


def _at_least(values: np.ndarray, few: str, texts: Texts) -> str:
    told = float(np.nansum(values))
    if told:
        return texts("chart.at_least", count=told)
    return few if np.isnan(values).sum() == 1 else texts("chart.few_each", few=few)


def _unique(names: list[str], codes: list[str]) -> list[str]:
    """Names as the axis needs them: two rows of one name get their codes after it."""
    times = Counter(names)
    return [f"{name} ({code})" if times[name] > 1 else name for name, code in zip(names, codes, strict=True)]


@cache
def _spec(language: str, mode: Mode, has_few: bool) -> Spec:  # noqa: FBT001
    """One for all facets and all numbers of rows."""
    words, number = texts(language), ",.0f"
    room = alt.Scale(range=[0, alt.ExprRef(f"max(20, width - {_NUMBERS_PX})")], zero=True, nice=False)
    parts = (
        _bar(mode, room, has_few=has_few),
        _before_tick(mode, room),
        _written(number, has_few=has_few),
        _target(words, number, has_few=has_few),
    )
    chart = alt.layer(*parts).encode(y=_names_axis(mode)).properties(height=alt.Step(_ROW_PX))
    return vega.finished(chart, language, mode, has_dates=False)


def _names_axis(mode: Mode) -> alt.Y:
    room_px = alt.ExprRef(f"containerSize()[0] < 400 ? {_NAMES_PX[0]} : {_NAMES_PX[1]}")
    ink = look(mode).text
    axis = alt.Axis(title=None, labelColor=ink, minExtent=room_px, maxExtent=room_px, labelLimit=room_px)
    return alt.Y("name:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.32, paddingOuter=0.16))


def _named() -> alt.Chart:
    """Rows of their own: the summed row is only written, since its bar would shrink all others."""
    return alt.Chart().transform_filter(f"datum.code !== '{OTHERS}'")


def _bar(mode: Mode, room: alt.Scale, *, has_few: bool) -> alt.Chart:
    colours = look(mode)
    full = alt.when("datum.is_full").then(alt.value(1)).otherwise(alt.value(0.28))
    named = _named()
    if has_few:  # a row without a number would be left out, and lose its place among the names
        named = named.transform_calculate(drawn="datum.count || 0")
    bar = named.mark_bar(cornerRadiusEnd=2, aria=True)
    return bar.encode(
        x=alt.X("drawn:Q" if has_few else "count:Q", scale=room, axis=None, stack=False),
        opacity=full,
        color=alt.value(colours.accent),
        description="name:N",
    )


def _before_tick(mode: Mode, room: alt.Scale) -> alt.Chart:
    known = _named().transform_filter("isValid(datum.before)")
    tick = known.mark_tick(color=look(mode).text, thickness=2, size=_ROW_PX - 5, aria=False)
    return tick.encode(x=alt.X("before:Q", scale=room, axis=None))


def _written(number: str, *, has_few: bool) -> alt.Chart:
    value = alt.Chart().mark_text(align="right", baseline="middle", aria=False)
    text = alt.Text("count:Q", format=number)
    if has_few:
        value = value.transform_calculate(written=vega.or_words("count", number))
        text = alt.Text("written:N")
    return value.encode(x=alt.value(alt.expr("width")), text=text)


def _target(words: Texts, number: str, *, has_few: bool) -> alt.Chart:
    """Unseen row as wide as the chart: a short bar is as easy to hit as a long one."""
    count, before = ("written:N", "earlier:N") if has_few else ("count:Q", "before_words:N")
    rows = alt.Chart()
    if has_few:
        rows = rows.transform_calculate(written=vega.or_words("count", number))
        rows = rows.transform_calculate(earlier=vega.or_words("before", number))
    else:
        rows = rows.transform_calculate(before_words=vega.or_dash("before", number))
    lines = ((count, words("chart.column_count")), (before, words("chart.column_before")))
    row = rows.mark_rect(opacity=0, cursor="pointer", aria=False)
    tips = vega.tooltip("name", *lines, number_format=number)
    return row.encode(x=alt.value(0), x2=alt.value(alt.expr("width")), tooltip=tips)
