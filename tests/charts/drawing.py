"""Draws a chart as the browser would, from compiled Vega and plain rows, and gives the words in the picture."""

import html
import json
import re
from dataclasses import dataclass
from datetime import date

import vl_convert

from dashboard.charts.compiled import DATASET, compiled


@dataclass(frozen=True)
class Planned:
    """An intervention with nothing but what a trend asks for."""

    title: str
    starts_on: date
    ends_on: date | None = None


def rows(chart):
    """The rows as the browser makes them of the columns that travel."""
    columns = json.loads(json.dumps(dict(chart.columns), allow_nan=False))
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def svg(chart, width=900):
    spec = compiled(chart.spec)
    data = [one | {"values": rows(chart)} if one["name"] == DATASET else one for one in spec["data"]]
    signals = [one | {"init": str(width)} if one["name"] == "width" else one for one in spec["signals"]]
    return vl_convert.vega_to_svg(spec | {"data": data, "signals": signals})


def words(chart, width=900):
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]+)</text>", svg(chart, width))]
