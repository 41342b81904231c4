"""Horizontal bars of one facet: what, where, reported by whom, known to the police."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import vega
from dashboard.charts.chart import Chart
from dashboard.look import Mode, look
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.charts.chart import Spec
    from dashboard.situation.explore import BarFacet

OTHERS = ""
_ROW_PX = 20
_NUMBERS_PX = 58
_NAMES_PX = (128, 168)


def bars(  # noqa: PLR0913 - one argument per choice the reader can see
    rows: pd.DataFrame,
    facet: BarFacet,
    texts: Texts,
    *,
    selected: Collection[str] = (),
    top: int | None = None,
    is_ordered: bool = False,
    decimals: int = 0,
    unit: str = "",
    source_line: str = "",
    mode: Mode = "light",
) -> Chart:
    """One bar per row, largest first; a click picks rows (parameter named after the facet, field code).

    `rows`: code (unique text), name, count; and where known before (the comparable period, drawn as a tick).
    `top`: so many rows, the rest summed as one row with the code "" (never a selection); selected rows always stay.
    `is_ordered`: keep the order given. `selected` codes stay full while the others step back.
    """
    order = range(len(rows)) if is_ordered else np.argsort(-rows["count"].to_numpy(np.float64), kind="stable")
    stays, rest = _kept(rows["code"].tolist(), list(order), top, set(selected))
    data = _data(rows, stays, rest, set(selected), texts)
    has_before = "before" in rows and bool(rows["before"].notna().any())
    return Chart(
        spec=_spec(texts.language, mode, facet, len(data), has_before, decimals),
        data=data,
        title=texts(f"chart.{facet}_title"),
        unit=unit or texts("chart.unit_incidents"),
        description=texts(f"chart.{facet}_description"),
        make_table=lambda: _table(data, facet, texts, has_before=has_before),
        source_line=source_line,
    )


def picked_codes(points: list[dict[str, str]]) -> tuple[str, ...]:
    """Codes of a click event's points, without the summed row."""
    return tuple(dict.fromkeys(str(p["code"]) for p in points if p.get("code", OTHERS) != OTHERS))


def _kept(
    codes: list[str], order: list[int], top: int | None, selected: set[str]
) -> tuple[list[int], list[int]]:
    """Rows that get a bar of their own, and those that are summed: never a single one."""
    rest = [] if top is None else [row for row in order[top:] if codes[row] not in selected]
    if len(rest) <= 1:
        return order, []
    summed = set(rest)
    return [row for row in order if row not in summed], rest


def _data(
    rows: pd.DataFrame, stays: list[int], rest: list[int], selected: set[str], texts: Texts
) -> pd.DataFrame:
    codes, names = (rows[column].astype(object).to_numpy()[stays].tolist() for column in ("code", "name"))
    data: dict[str, Any] = {}
    for column in ("count", "before"):
        if column in rows:
            values = rows[column].to_numpy(np.float64)
            total = [np.nansum(values[rest])] if rest else []
            data[column] = np.append(values[stays], total).astype(np.float32)
    if rest:
        codes, names = [*codes, OTHERS], [*names, texts("chart.others", rows=len(rest))]
    full = [not selected or code in selected for code in codes]
    return pd.DataFrame({"code": codes, "name": _unique(names, codes), **data, "is_full": full})


def _unique(names: list[str], codes: list[str]) -> list[str]:
    """Names as the axis needs them: two rows of one name get their codes after it."""
    times = Counter(names)
    return [f"{name} ({code})" if times[name] > 1 else name for name, code in zip(names, codes, strict=True)]


def _table(rows: pd.DataFrame, facet: str, texts: Texts, *, has_before: bool) -> pd.DataFrame:
    names = {"name": texts(f"chart.column_{facet}"), "count": texts("chart.column_count")}
    names |= {"before": texts("chart.column_before")} if has_before else {}
    return pd.DataFrame({header: rows[name] for name, header in names.items()})


@cache
def _spec(language: str, mode: Mode, facet: str, count: int, has_before: bool, decimals: int) -> Spec:  # noqa: FBT001
    words, number = texts(language), f",.{decimals}f"
    room = alt.Scale(range=[0, alt.ExprRef(f"max(20, width - {_NUMBERS_PX})")], zero=True, nice=False)
    parts = [_bar(mode, room)]
    parts += [_before_tick(mode, room)] if has_before else []
    value = alt.Chart().mark_text(align="right", baseline="middle", aria=False)
    parts.append(value.encode(x=alt.value(alt.expr("width")), text=alt.Text("count:Q", format=number)))
    parts.append(_target(words, facet, number, has_before=has_before))
    chart = alt.layer(*parts).encode(y=_names_axis(mode)).properties(height=_ROW_PX * max(count, 1))
    return vega.finished(chart, language, mode, has_dates=False)


def _names_axis(mode: Mode) -> alt.Y:
    room_px = alt.ExprRef(f"containerSize()[0] < 400 ? {_NAMES_PX[0]} : {_NAMES_PX[1]}")
    ink = look(mode).text
    axis = alt.Axis(title=None, labelColor=ink, minExtent=room_px, maxExtent=room_px, labelLimit=room_px)
    return alt.Y("name:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.32, paddingOuter=0.16))


def _named() -> alt.Chart:
    """Rows of their own: the summed row is only written, since its bar would shrink all others."""
    return alt.Chart().transform_filter(f"datum.code !== '{OTHERS}'")


def _bar(mode: Mode, room: alt.Scale) -> alt.Chart:
    colours = look(mode)
    full = alt.when("datum.is_full").then(alt.value(1)).otherwise(alt.value(0.28))
    bar = _named().mark_bar(cornerRadiusEnd=2, aria=True)
    return bar.encode(
        x=alt.X("count:Q", scale=room, axis=None),
        opacity=full,
        color=alt.value(colours.accent),
        description="name:N",
    )


def _before_tick(mode: Mode, room: alt.Scale) -> alt.Chart:
    tick = _named().mark_tick(color=look(mode).text, thickness=2, size=_ROW_PX - 5, aria=False)
    return tick.encode(x=alt.X("before:Q", scale=room, axis=None))


def _target(words: Texts, facet: str, number: str, *, has_before: bool) -> alt.Chart:
    """Unseen row as wide as the chart: a short bar is as easy to hit as a long one."""
    rows, lines = alt.Chart(), [("count:Q", words("chart.column_count"))]
    if has_before:
        rows = rows.transform_calculate(before_words=vega.or_dash("before", number))
        lines.append(("before_words:N", words("chart.column_before")))
    pick = alt.selection_point(name=facet, fields=["code"], on="click", toggle="true", clear=False)
    row = rows.mark_rect(opacity=0, cursor="pointer", aria=False)
    tips = vega.tooltip("name", *lines, number_format=number)
    return row.encode(x=alt.value(0), x2=alt.value(alt.expr("width")), tooltip=tips).add_params(pick)
