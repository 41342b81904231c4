"""The town under and over the figures: sea, land, green, roads, rails, names, all from one GeoJSON file of our own.

Properties of its features: `kind` (land, water, park, forest, building, road_major, road_minor, railway, place), `name`
and `rank` (1 the most important). No tile server is ever asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.look import TEXT_PX, Mode, look, rgb
from dashboard.maps.labels import OUTLINED, text_style
from dashboard.maps.layers import FeatureSource, Layer, compact, expression, hidden

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLEAR = [0, 0, 0, 0]
_FAR_DEGREES = 4.0
_POINTS = ("points-circle", "points-text", "points-icon")


def sheet(centre_lon: float, centre_lat: float, *, has_sea: bool, mode: Mode = "light") -> Layer:
    """The colour under everything: sea where the backdrop draws the land, else plain ground."""
    west, east = centre_lon - _FAR_DEGREES, centre_lon + _FAR_DEGREES
    south, north = centre_lat - _FAR_DEGREES / 2, centre_lat + _FAR_DEGREES / 2
    colours = look(mode)
    return {
        "@@type": "SolidPolygonLayer",
        "id": "sheet",
        "data": [{"p": [[west, south], [east, south], [east, north], [west, north]]}],
        "getPolygon": expression("p"),
        "getFillColor": rgb(colours.map_sea if has_sea else colours.map_land),
    }


def ground(source: FeatureSource, mode: Mode = "light") -> Layer:
    """Land, water, parks, forests and buildings, under the figures."""
    c = look(mode)
    fills = {"land": c.map_land, "water": c.map_sea, "park": c.map_park, "forest": c.map_forest,
             "building": c.map_building}  # fmt: skip
    return {
        "@@type": "GeoJsonLayer",
        "id": "ground",
        "data": source,
        "stroked": False,
        "getFillColor": _by_kind({kind: rgb(colour) for kind, colour in fills.items()}, _CLEAR),
        "_subLayerProps": hidden("linestrings", *_POINTS),
    }


def ways(source: FeatureSource, mode: Mode = "light") -> Layer:
    """Roads and rails, over the figures but faint enough to let them through."""
    c = look(mode)
    inks = {
        "road_major": rgb(c.map_road, 190),
        "road_minor": rgb(c.map_road, 120),
        "railway": rgb(c.map_rail, 190),
    }
    return {
        "@@type": "GeoJsonLayer",
        "id": "ways",
        "data": source,
        "filled": False,
        "stroked": False,
        "lineWidthUnits": "pixels",
        "lineJointRounded": True,
        "lineCapRounded": True,
        "getLineColor": _by_kind(inks, _CLEAR),
        "getLineWidth": _by_kind({"road_major": 2.2, "railway": 1.4}, 1),
        "_subLayerProps": hidden("polygons-fill", "polygons-stroke", *_POINTS),
    }


def places(source: FeatureSource, mode: Mode = "light") -> Layer:
    """Names of places, the least important left out where there is no room."""
    c = look(mode)
    style = {f"text{key[0].upper()}{key[1:]}": value for key, value in text_style(c.page, mode).items()}
    return {
        "@@type": "GeoJsonLayer",
        "id": "places",
        "data": source,
        "pointType": "text",
        "getText": expression("properties.kind === 'place' ? properties.name : ''"),
        "getTextColor": rgb(c.map_place),
        "getTextSize": expression(f"properties.rank < 2 ? {TEXT_PX + 2} : {TEXT_PX}"),
        "textSizeUnits": "pixels",
        **style,
        "textFontSettings": OUTLINED,
        "extensions": [{"@@type": "CollisionFilterExtension"}],
        "collisionTestProps": {"sizeScale": 2},
        "getCollisionPriority": expression("100 - properties.rank"),
        "_subLayerProps": hidden("linestrings", "polygons-fill", "polygons-stroke"),
    }


def _by_kind(choices: Mapping[str, Any], otherwise: Any) -> str:
    tests = "".join(f"properties.kind === '{kind}' ? {compact(value)} : " for kind, value in choices.items())
    return expression(tests + compact(otherwise))
