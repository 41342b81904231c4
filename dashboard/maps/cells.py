"""Grid cells with about equally many incidents each, filled by class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import Layer, Shapes, by_digit
from geo.crs import WGS84, transform

if TYPE_CHECKING:
    from dashboard.maps.classes import Classes
    from geo.grid import Cells

_ALPHA = 215


def cell_shapes(cells: Cells, epsg: int) -> dict:
    """The cells as GeoJSON (WGS84, five decimals) with property `i`: to be served once, not sent per click."""
    x, y, side = cells.x_min, cells.y_min, cells.side_m
    east = np.stack([x, x + side, x + side, x, x], axis=1)
    north = np.stack([y, y, y + side, y + side, y], axis=1)
    lon, lat = transform(east.ravel(), north.ravel(), epsg, WGS84)
    rings = np.round(np.stack([lon, lat], axis=1), 5).reshape(-1, 5, 2).tolist()
    features = [
        {"type": "Feature", "properties": {"i": i}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for i, ring in enumerate(rings)
    ]
    return {"type": "FeatureCollection", "features": features}


def cell_layer(cells: Shapes, classes: Classes, mode: Mode = "light") -> list[Layer]:
    """Cells over the areas; they are not clickable, so that a click still picks the area under them."""
    clear = [0, 0, 0, 0]
    fills = [clear, *(rgb(colour, _ALPHA) for colour in classes.colours[1:])]
    layer: Layer = {
        "@@type": "GeoJsonLayer",
        "id": "cells",
        "data": cells.source,
        "lineWidthUnits": "pixels",
        "getFillColor": by_digit(fills, classes.digits),
        "getLineColor": by_digit(
            [clear, *[rgb(look(mode).map_border, 160)] * (len(fills) - 1)], classes.digits
        ),
        "getLineWidth": 0.5,
        "updateTriggers": {"getFillColor": [classes.digits], "getLineColor": [classes.digits]},
    }
    return [layer]
