"""What is drawn under the districts: coast, green, roads and named places from a file of layers, as one GeoJSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import shapely

from geo.crs import WGS84, transform

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas

KIND_OF = {
    "land": "land", "surroundings": "land", "island": "land",
    "water": "water", "sea": "water", "lake": "water", "river": "water",
    "park": "park", "forest": "forest", "building": "building",
    "motorway": "road_major", "main": "road_major", "road_major": "road_major",
    "secondary": "road_minor", "street": "road_minor", "road_minor": "road_minor",
    "railway": "railway",
}  # fmt: skip
"""Words for kinds of ground and ways, and what each is drawn as; a point is always a place."""

_ORDER = ("land", "forest", "park", "water", "building", "road_minor", "road_major", "railway", "place")
_FIRST_PLACES = ("station", "harbour", "square", "hospital", "shopping")
_TOLERANCE_M = 12.0
_DECIMALS = 5


def read_backdrop(path: Path) -> bytes:
    """GeoJSON (lon/lat) of all layers of a file whose features carry `slag` or `kind` and `namn` or `name`.

    Features of a kind that is not drawn are left out. Raises ValueError for a layer without CRS.
    """
    features = [feature for layer, _ in pyogrio.list_layers(path) for feature in _features(path, str(layer))]
    features.sort(key=lambda feature: _ORDER.index(feature["properties"]["kind"]))
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _features(path: Path, layer: str) -> list[dict[str, Any]]:
    table = pyogrio.read_dataframe(path, layer=layer)
    if table.crs is None:
        message = f"layer {layer} of {path.name} has no CRS"
        raise ValueError(message)
    epsg = table.crs.to_epsg() or WGS84
    return [feature for number in range(len(table)) if (feature := _feature(table, number, epsg)) is not None]


def _feature(table: geopandas.GeoDataFrame, number: int, epsg: int) -> dict[str, Any] | None:
    row = table.iloc[number]
    word = str(row.get("slag", row.get("kind", "")))
    is_point = row.geometry.geom_type == "Point"
    kind = "place" if is_point else KIND_OF.get(word)
    if kind is None:
        return None
    shape = row.geometry if is_point else shapely.simplify(row.geometry, _TOLERANCE_M)
    geometry = json.loads(shapely.to_geojson(_lonlat(shape, epsg)))
    rank = 1 if word in _FIRST_PLACES else 3
    name = str(row.get("namn", row.get("name", "")) or "")
    return {"type": "Feature", "properties": {"kind": kind, "name": name, "rank": rank}, "geometry": geometry}


def _lonlat(shape: shapely.Geometry, epsg: int) -> shapely.Geometry:
    points = shapely.get_coordinates(shape)
    lon, lat = transform(points[:, 0], points[:, 1], epsg, WGS84)
    return shapely.set_coordinates(shapely.force_2d(shape), np.round(np.column_stack([lon, lat]), _DECIMALS))
