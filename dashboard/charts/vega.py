"""The Vega configuration that all charts share: language, fonts, quiet axes."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt
from altair.utils.schemapi import disable_debug_mode
from babel import Locale

from dashboard.look import FONT, TEXT_PX, Mode, look

if TYPE_CHECKING:
    from dashboard.charts.chart import Spec

# Altair would hold each part of each chart against its schema as it is made, which costs a report half a second: tests do that.
disable_debug_mode()

_SEPARATORS = {"sv": (",", "\u00a0"), "en": (".", ",")}
_DATES = {"sv": "%Y-%m-%d", "en": "%d/%m/%Y"}
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)
LABELS_PX = 116
# Below this width of the whole chart the labels keep to a narrow margin.
NARROW_PX = 520
_NUMBERS_PX = 44


def _names(language: str, kind: str, width: str) -> list[str]:
    names = getattr(Locale(language), kind)["format"][width]
    keys = _SUNDAY_FIRST if kind == "days" else range(1, 13)
    return [names[key].removesuffix(".") for key in keys]


@cache
def locale(language: str) -> dict[str, Any]:
    """Numbers and dates of a language in Vega's form: 12 345,6 and "mån" in Swedish."""
    decimal, thousands = _SEPARATORS[language]
    return {
        "number": {
            "decimal": decimal,
            "thousands": thousands,
            "grouping": [3],
            "currency": ["", ""],
            "minus": "\u2212",
        },
        "time": {
            "dateTime": f"{_DATES[language]} %H:%M",
            "date": _DATES[language],
            "time": "%H:%M",
            "periods": ["fm", "em"] if language == "sv" else ["am", "pm"],
            "days": _names(language, "days", "wide"),
            "shortDays": _names(language, "days", "abbreviated"),
            "months": _names(language, "months", "wide"),
            "shortMonths": _names(language, "months", "abbreviated"),
        },
    }


@cache
def config(language: str, mode: Mode, *, has_dates: bool = True) -> dict[str, Any]:
    """Configuration of every chart; the names of days and months only where they are needed."""
    colours = look(mode)
    words = {"labelFontSize": TEXT_PX, "labelColor": colours.muted}
    words_of = locale(language)
    return {
        "locale": words_of if has_dates else {"number": words_of["number"]},
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None, "cursor": "default"},
        "axis": {
            **words,
            "gridColor": colours.faint,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "labelBound": False,
            "labelFlush": False,
            "labelLimit": LABELS_PX,
        },
        "legend": {**words, "symbolSize": 90, "padding": 0, "offset": 6, "columnPadding": 18},
        "text": {"fontSize": TEXT_PX, "color": colours.text},
    }


def finished(
    chart: alt.LayerChart | alt.Chart | alt.FacetChart, language: str, mode: Mode, *, has_dates: bool = True
) -> Spec:
    """The specification without data, as wide as its container."""
    spec: Spec = chart.properties(width="container").to_dict(validate=False)
    # Altair names an empty data set in place of none; with it the browser would wait for data of that name.
    spec.pop("$schema", None)
    for part in (spec, *spec.get("layer", ())):
        part.pop("data", None)
        part.pop("datasets", None)
    return spec | {
        "config": config(language, mode, has_dates=has_dates),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 4, "right": 8, "bottom": 4},
    }


def margin() -> alt.ExprRef:
    """Width in pixels of the left margin: the same in every chart over time, so that their weeks stand in line."""
    return alt.ExprRef(f"containerSize()[0] < {NARROW_PX} ? 78 : {LABELS_PX}")


def by_itself(spec: Spec) -> Spec:
    """The specification of a chart over time that no other stands in line with: its numbers take the room that they need."""
    written = json.dumps(spec)
    return json.loads(written.replace(json.dumps(margin().to_dict()["expr"]), f'"{_NUMBERS_PX}"'))


def or_dash(field: str, number_format: str = ",.0f") -> str:
    """Vega expression: the number as written, a dash where there is none."""
    return f"isValid(datum.{field}) ? format(datum.{field}, '{number_format}') : '\u2013'"


def or_words(field: str, number_format: str = ",.0f") -> str:
    """Vega expression: the number as written, else what stands in its column of words, a dash where nothing does."""
    written = f"isValid(datum.{field}) ? format(datum.{field}, '{number_format}')"
    return f"{written} : (datum.{field}_words || '\u2013')"


def tooltip(title_field: str, *lines: tuple[str, str], number_format: str = ",.0f") -> list[alt.Tooltip]:
    """Tooltip with a heading ("title" is the reader's own keyword for it) and lines of (typed field, words)."""
    formats = {True: number_format, False: alt.Undefined}
    rows = [alt.Tooltip(field, title=words, format=formats[field.endswith(":Q")]) for field, words in lines]
    return [alt.Tooltip(f"{title_field}:N", title="title"), *rows]
