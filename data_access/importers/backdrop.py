"""What is drawn under the districts: coast, green, roads and named places from a file of layers, as one GeoJSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from data_access.importers.area_gpkg import gpkg_layers, read_gpkg
from data_access.importers.errors import ImportRefused
from data_access.importers.limits import Limits, SourceFile
from geo.crs import WGS84, transform

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from data_access.importers.features import Features

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
_LIMITS = Limits(unpacked_bytes=500 * 1024**2, areas=1_000_000)  # whoever runs the program chose the file


def read_backdrop(path: Path) -> bytes:
    """GeoJSON (lon/lat) of all layers of a GeoPackage whose features carry `slag` or `kind` and `namn` or `name`.

    Features of a kind that is not drawn are left out. Raises ValueError for another file and for a layer without CRS.
    """
    source = SourceFile(path.name, path.read_bytes(), _LIMITS)
    try:
        layers = gpkg_layers(source)
        features = [feature for layer in layers for feature in _features(read_gpkg(source, layer), layer)]
    except ImportRefused as refused:
        message = f"{path.name} is no GeoPackage that can be read: {refused.parameters}"
        raise ValueError(message) from refused
    features.sort(key=lambda feature: _ORDER.index(feature["properties"]["kind"]))
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _features(layer: Features, name: str) -> list[dict[str, Any]]:
    if layer.crs is None:
        message = f"layer {name} has no CRS"
        raise ValueError(message)
    epsg = layer.crs.to_epsg() or WGS84
    missing = [""] * len(layer.numbers)
    words, names = (
        next((layer.column(column) for column in columns if column in layer.columns), missing)
        for columns in (("slag", "kind"), ("namn", "name"))
    )
    rows = zip(layer.geometries, words, names, strict=True)
    return [feature for row in rows if (feature := _feature(*row, epsg)) is not None]


def _feature(geometry: BaseGeometry | None, word: str, name: str, epsg: int) -> dict[str, Any] | None:
    if geometry is None:
        return None
    is_point = geometry.geom_type == "Point"
    kind = "place" if is_point else KIND_OF.get(word)
    if kind is None:
        return None
    shape = geometry if is_point else shapely.simplify(geometry, _TOLERANCE_M)
    drawn = json.loads(shapely.to_geojson(_lonlat(shape, epsg)))
    rank = 1 if word in _FIRST_PLACES else 3
    return {"type": "Feature", "properties": {"kind": kind, "name": name, "rank": rank}, "geometry": drawn}


def _lonlat(shape: shapely.Geometry, epsg: int) -> shapely.Geometry:
    points = shapely.get_coordinates(shape)
    lon, lat = transform(points[:, 0], points[:, 1], epsg, WGS84)
    return shapely.set_coordinates(shapely.force_2d(shape), np.round(np.column_stack([lon, lat]), _DECIMALS))
