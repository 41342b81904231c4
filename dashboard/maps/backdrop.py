"""The town under and over the figures: sea, land, green, roads, rails, all from one GeoJSON file of our own.

Properties of its features: `kind` (land, water, park, forest, building, road_major, road_minor, railway, place), `name`
and `rank` (1 the most important). No tile server is ever asked. The names of places are written by the browser over the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import CLEAR, compact, expression, hidden, layer

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pydeck

_FAR_DEGREES = 4.0
_POINTS = ("points-circle", "points-text", "points-icon")


def sheet(centre_lon: float, centre_lat: float, *, has_sea: bool, mode: Mode = "light") -> pydeck.Layer:
    """The colour under everything: sea where the backdrop draws the land, else plain ground."""
    west, east = centre_lon - _FAR_DEGREES, centre_lon + _FAR_DEGREES
    south, north = centre_lat - _FAR_DEGREES / 2, centre_lat + _FAR_DEGREES / 2
    corners = [[west, south], [east, south], [east, north], [west, north]]
    colour = look(mode).map_sea if has_sea else look(mode).map_land
    return layer(
        "SolidPolygonLayer",
        "sheet",
        [{"p": [[round(lon, 4), round(lat, 4)] for lon, lat in corners]}],
        get_polygon=expression("p"),
        get_fill_color=rgb(colour),
    )


def ground(mode: Mode = "light") -> pydeck.Layer:
    """Land, water, parks, forests and buildings, under the figures."""
    c = look(mode)
    fills = {"land": c.map_land, "water": c.map_sea, "park": c.map_park, "forest": c.map_forest,
             "building": c.map_building}  # fmt: skip
    return layer(
        "GeoJsonLayer",
        "ground",
        "backdrop",
        stroked=False,
        get_fill_color=_by_kind({kind: rgb(colour) for kind, colour in fills.items()}, CLEAR),
        _sub_layer_props=hidden("linestrings", *_POINTS),
    )


def ways(mode: Mode = "light") -> pydeck.Layer:
    """Roads and rails, over the figures but faint enough to let them through."""
    c = look(mode)
    inks = {
        "road_major": rgb(c.map_road, 190),
        "road_minor": rgb(c.map_road, 120),
        "railway": rgb(c.map_rail, 190),
    }
    return layer(
        "GeoJsonLayer",
        "ways",
        "backdrop",
        filled=False,
        stroked=False,
        line_width_units="pixels",
        line_joint_rounded=True,
        line_cap_rounded=True,
        get_line_color=_by_kind(inks, CLEAR),
        get_line_width=_by_kind({"road_major": 2.2, "railway": 1.4}, 1),
        _sub_layer_props=hidden("polygons-fill", "polygons-stroke", *_POINTS),
    )


def _by_kind(choices: Mapping[str, Any], otherwise: Any) -> str:
    tests = "".join(f"properties.kind === '{kind}' ? {compact(value)} : " for kind, value in choices.items())
    return expression(tests + compact(otherwise))
