"""Grid cells with about equally many incidents each, filled by class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import CLEAR, layer
from geo.crs import WGS84, transform

if TYPE_CHECKING:
    import pydeck

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


def cell_layer(mode: Mode = "light") -> pydeck.Layer:
    """Cells over the areas; they are not clickable, so that a click still picks the area under them."""
    return layer(
        "GeoJsonLayer",
        "cells",
        "cells",
        line_width_units="pixels",
        get_fill_color=CLEAR,
        get_line_color=rgb(look(mode).map_border, 160),
        get_line_width=0.5,
    )


def cell_fills(classes: Classes) -> list[list[int]]:
    """Colour of each digit; cells where nothing happened are clear."""
    return [CLEAR, *(rgb(colour, _ALPHA) for colour in classes.colours[1:])]
