"""Slanting lines over districts without a value, so that their grey is not taken for a class."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.look import Mode, look
from dashboard.maps.geoshapes import DEGREES_NORTH_PER_EAST

if TYPE_CHECKING:
    from dashboard.charts.chart import Spec

_LINES = 110
"""Lines over the whole map."""


def hatching(districts: bytes, codes: frozenset[str], mode: Mode) -> list[Spec]:
    """A layer of lines over the districts (GeoJSON) of these codes; none without codes."""
    drawn = _lines(districts, codes)
    if not drawn:
        return []
    mark = {
        "type": "geoshape",
        "filled": False,
        "stroke": look(mode).hatch,
        "strokeWidth": 1,
        "aria": False,
        "tooltip": None,
    }
    return [{"data": {"values": list(drawn)}, "mark": mark}]


@lru_cache(maxsize=16)
def _lines(districts: bytes, codes: frozenset[str]) -> tuple[dict[str, Any], ...]:
    found = json.loads(districts)["features"]
    shapes = shapely.from_geojson([json.dumps(one["geometry"]) for one in found])
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    height = (north - south) * DEGREES_NORTH_PER_EAST
    step = (east - west + height) / _LINES
    slants = shapely.linestrings(
        [[(west - height + k * step, south), (west + k * step, north)] for k in range(_LINES + 1)]
    )
    net = shapely.multilinestrings(slants)
    return tuple(
        {"type": "Feature", "geometry": json.loads(str(shapely.to_geojson(lines))), "properties": {}}
        for one, shape in zip(found, shapes, strict=True)
        if one["properties"]["code"] in codes
        and not shapely.is_empty(lines := shapely.set_precision(shapely.intersection(net, shape), 1e-5))
    )
