"""Draws a chart as the browser would, and gives the words in the picture."""

import html
import json
import re
from dataclasses import dataclass
from datetime import date

import pandas as pd
import vl_convert


@dataclass(frozen=True)
class Planned:
    """An intervention with nothing but what a trend asks for."""

    title: str
    starts_on: date
    ends_on: date | None = None


def svg(chart, width=900):
    rows = chart.data.copy()
    for name in rows.columns:
        if isinstance(rows[name].dtype, pd.DatetimeTZDtype):
            rows[name] = [None if pd.isna(at) else int(at.timestamp() * 1000) for at in rows[name]]
    values = rows.astype(object).where(rows.notna(), None).to_dict("records")
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    return vl_convert.vegalite_to_svg(
        chart.spec | {"$schema": schema, "data": {"values": values}, "width": width}
    )


def words(chart, width=900):
    return [html.unescape(text) for text in re.findall(r"<text[^>]*>([^<]+)</text>", svg(chart, width))]


def size(chart):
    return len(json.dumps(chart.spec))
