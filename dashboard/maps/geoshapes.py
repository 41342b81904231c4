"""Districts as Vega-Lite draws them: filled by the rows of a chart that name them by code."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.charts import vega
from dashboard.look import Mode, look
from geo.simplify import to_lonlat_geojson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.charts.chart import Spec

_WIDE_PX = 760
_HEIGHT_PX = 360
_MARGIN = 0.3  # of the side of what is shown
DEGREES_NORTH_PER_EAST = 2.0  # in the north a degree to the east is about half as long as one to the north
_POLYGON_CODE = "drawn"


@lru_cache(maxsize=8)
def features(districts: bytes) -> tuple[dict[str, Any], ...]:
    """Features of districts (GeoJSON) with their rings as Vega wants them; shared between calls: never change them."""
    return tuple(
        feature | {"geometry": _turned(feature["geometry"])} for feature in json.loads(districts)["features"]
    )


def _turned(geometry: dict[str, Any]) -> dict[str, Any]:
    """Vega wants outer rings clockwise, the standard the other way round: a ring left as it is fills the whole globe."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    turned = [[ring[::-1] for ring in polygon] for polygon in polygons]
    return geometry | {"coordinates": turned[0] if geometry["type"] == "Polygon" else turned}


@lru_cache(maxsize=16)
def near(districts: bytes, codes: frozenset[str]) -> bytes:
    """The districts, cut to a frame around those of the codes; as they are when there is none."""
    found = json.loads(districts)
    shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in found["features"]])
    chosen = [one["properties"]["code"] in codes for one in found["features"]]
    if not any(chosen):
        return districts
    west, south, east, north = shapely.total_bounds(shapes[chosen])
    margin = _MARGIN * max(east - west, (north - south) * DEGREES_NORTH_PER_EAST)
    frame = (west - margin, south - margin / 2, east + margin, north + margin / 2)
    cut = shapely.orient_polygons(shapely.clip_by_rect(shapes, *frame))
    kept = [
        one | {"geometry": json.loads(text)}
        for one, text, is_empty in zip(
            found["features"], shapely.to_geojson(cut), shapely.is_empty(cut), strict=True
        )
        if not is_empty
    ]
    return json.dumps(found | {"features": kept}).encode()


@lru_cache(maxsize=8)
def middles(districts: bytes) -> dict[str, tuple[float, float]]:
    """Longitude and latitude of a point well inside each district, by code."""
    found = json.loads(districts)["features"]
    points = shapely.point_on_surface(shapely.from_geojson([json.dumps(one["geometry"]) for one in found]))
    places = shapely.get_coordinates(points).round(5).tolist()
    return {one["properties"]["code"]: (lon, lat) for one, (lon, lat) in zip(found, places, strict=True)}


def map_spec(
    districts: bytes,
    colours: Mapping[str, str],
    tooltip: Sequence[tuple[str, str]],
    language: str,
    mode: Mode,
    above: Sequence[Spec] = (),
) -> Spec:
    """Map whose rows hold `code`, `legend` (a key of `colours`, which is in the order of the legend) and `is_edged`.

    `tooltip`: column and words, the first of them as heading; `above`: layers over the districts. An edged district has a firm
    line around it.
    """
    layers = [_districts(districts, colours, tooltip, mode), *above]
    return {
        "layer": layers,
        "width": "container",
        "height": _HEIGHT_PX,
        "projection": {"type": "mercator"},
        "config": vega.config(language, mode, has_dates=False),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "top": 4, "right": 2, "bottom": 4},
    }


def _districts(
    districts: bytes, colours: Mapping[str, str], tooltip: Sequence[tuple[str, str]], mode: Mode
) -> Spec:
    drawn, (head, *lines) = look(mode), tooltip
    legend = {
        "title": None,
        "orient": "top",
        "symbolType": "square",
        "symbolStrokeColor": drawn.hatch,
        "symbolStrokeWidth": 1,
        "labelLimit": 300,
        "rowPadding": 2,
        "columns": {
            "expr": f"containerSize()[0] < {vega.NARROW_PX} ? 1 : containerSize()[0] < {_WIDE_PX} ? 2 : 4"
        },
    }
    collection = {"type": "FeatureCollection", "features": list(features(districts))}
    shapes = {"values": collection, "format": {"type": "json", "property": "features"}}
    return {
        "transform": [
            {
                "lookup": "code",
                "from": {"data": shapes, "key": "properties.code", "fields": ["type", "geometry"]},
            }
        ],
        "mark": {"type": "geoshape", "strokeJoin": "round"},
        "encoding": {
            "color": {
                "field": "legend",
                "type": "nominal",
                "scale": {"domain": list(colours), "range": list(colours.values())},
                "legend": legend,
            },
            "stroke": {"condition": {"test": "datum.is_edged", "value": drawn.text}, "value": drawn.page},
            "strokeWidth": {"condition": {"test": "datum.is_edged", "value": 1.5}, "value": 1},
            "tooltip": [
                {"field": head[0], "type": "nominal", "title": "title"},
                *({"field": field, "type": "nominal", "title": words} for field, words in lines),
            ],
            "description": {"field": head[0], "type": "nominal"},
        },
    }


def outline(wkb: bytes, srid: int, mode: Mode) -> list[Spec]:
    """Layers with the line around a polygon (WKB, metres in EPSG `srid`), seen on any colour."""
    drawn = to_lonlat_geojson([shapely.from_wkb(wkb)], [_POLYGON_CODE], source_epsg=srid, tolerance_m=0)
    colours = look(mode)
    mark = {"type": "geoshape", "filled": False, "strokeJoin": "round", "aria": False, "tooltip": None}
    lines = (
        {"stroke": colours.page, "strokeWidth": 5},
        {"stroke": colours.selected, "strokeWidth": 2, "strokeDash": [6, 3]},
    )
    return [{"data": {"values": list(features(drawn))}, "mark": mark | line} for line in lines]


def names(test: str, mode: Mode) -> list[Spec]:
    """Layers with the names of the rows that pass a test, at their `lon` and `lat`, readable on any colour."""
    colours = look(mode)
    mark = {"type": "text", "fontWeight": 600, "aria": False, "tooltip": None}
    encoding = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
        "text": {"field": "name", "type": "nominal"},
    }
    halo = {"stroke": colours.page, "strokeWidth": 4, "strokeJoin": "round", "color": colours.page}
    return [
        {"transform": [{"filter": test}], "mark": mark | ink, "encoding": encoding}
        for ink in (halo, {"color": colours.text})
    ]
