"""The map as a still picture, drawn by Vega from the same classes as the living map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import vl_convert

from dashboard.look import FONT, look
from dashboard.maps.geoshapes import features

if TYPE_CHECKING:
    from dashboard.maps.classes import Classes

_WIDTH_PX, _HEIGHT_PX = 900, 700
_SCALE = 2.0


def map_picture(districts: bytes, classes: Classes, *, title: str, subtitle: list[str]) -> bytes:
    """PNG of districts (GeoJSON with property `i`) filled by their class, with the legend and two lines above."""
    colours = look("light")
    shown = [
        one | {"legend": _words(classes, int(classes.digits[one["properties"]["i"]]))}
        for one in features(districts)
    ]
    words = [row.text for row in classes.rows]
    spec: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": _WIDTH_PX,
        "height": _HEIGHT_PX,
        "background": "white",
        "title": {
            "text": title,
            "subtitle": subtitle,
            "anchor": "start",
            "fontSize": 18,
            "subtitleFontSize": 13,
        },
        "data": {"values": shown},
        "projection": {"type": "mercator"},
        "mark": {"type": "geoshape", "stroke": colours.map_border, "strokeWidth": 1},
        "encoding": {
            "color": {
                "field": "legend",
                "type": "nominal",
                "title": None,
                "scale": {"domain": words, "range": [row.colour for row in classes.rows]},
                "legend": {"labelFontSize": 13},
            }
        },
        "config": {"font": FONT, "view": {"stroke": None}},
    }
    return vl_convert.vegalite_to_png(spec, scale=_SCALE)


def _words(classes: Classes, number: int) -> str:
    colour = classes.colours[number]
    return next((row.text for row in classes.rows if row.colour == colour), "")
