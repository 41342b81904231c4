"""GeoJSON feature by feature, so that one broken ring costs one feature."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import pyproj.exceptions
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from data_access.importers.cells import cell_text
from data_access.importers.errors import ImportRefused
from data_access.importers.features import Features
from data_access.importers.records import check_json, storable

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from data_access.importers.limits import SourceFile

_EPSG = re.compile(r"EPSG:{1,2}(\d{4,6})", re.IGNORECASE)
_LONGEST_NAME = 200
_RING_POINTS = 4
_BROKEN = (
    ShapelyError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    OverflowError,  # a whole number of a thousand digits is JSON, but no coordinate
)
_GEOMETRIES = (
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
    "Point",
    "LineString",
    "MultiPoint",
    "MultiLineString",
)


def is_geojson(content: bytes) -> bool:
    """Return whether the bytes begin like JSON."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_geojson(source: SourceFile) -> Features:
    """Read a FeatureCollection, a Feature or a bare geometry.

    Raises `ImportRefused`: not_areas, too_many_areas, unpacked_too_large.
    """
    check_json(source.content, source)
    try:
        document = json.loads(source.content.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise ImportRefused(reason="not_areas", file=source.name) from error
    features = _features(document)
    if not features:
        raise ImportRefused(reason="not_areas", file=source.name)
    return features_of(features, source, _stated_crs(document))


def features_of(
    features: list[dict[str, Any]], source: SourceFile, crs: pyproj.CRS | None = None
) -> Features:
    """What the features of a GeoJSON document hold. Raises `ImportRefused`: no_areas, too_many_areas."""
    if not features:
        raise ImportRefused(reason="no_areas", file=source.name)
    if len(features) > source.limits.areas:
        limit = source.limits.areas
        raise ImportRefused(reason="too_many_areas", file=source.name, count=len(features), limit=limit)
    with np.errstate(invalid="ignore"):
        pairs = [_geometry(feature.get("geometry")) for feature in features]
    properties = [_properties(feature) for feature in features]
    columns = tuple(dict.fromkeys(name for row in properties for name in row))[: source.limits.columns]
    return Features(
        geometries=tuple(geometry for geometry, _ in pairs),
        is_broken=np.array([is_broken for _, is_broken in pairs], bool),
        columns=columns,
        cells=tuple([_text(row.get(name)) for row in properties] for name in columns),
        numbers=np.arange(1, len(features) + 1),
        crs=crs,
        is_wgs84_by_rule=True,
    )


def _features(document: Any) -> list[dict[str, Any]]:
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection":
        features = document.get("features")
        return (
            [feature for feature in features if isinstance(feature, dict)]
            if isinstance(features, list)
            else []
        )
    if kind == "Feature":
        return [document]
    return [{"geometry": document, "properties": {}}] if kind in _GEOMETRIES else []


def _geometry(document: Any) -> tuple[BaseGeometry | None, bool]:
    """The geometry (None when empty or broken) and whether it is broken."""
    if not document:
        return None, False
    try:
        if not all(map(_is_ring, _rings(document))):
            return None, True
        geometry = shape(document)
    except _BROKEN:
        return None, True
    return geometry, not np.isfinite(shapely.get_coordinates(geometry)).all()


def _rings(document: dict[str, Any]) -> list[Any]:
    if document["type"] == "Polygon":
        return list(document["coordinates"])
    if document["type"] == "MultiPolygon":
        return [ring for polygon in document["coordinates"] for ring in polygon]
    return []


def _is_ring(ring: Any) -> bool:
    """An unclosed ring may have lost one point or half of itself: nobody can tell, so it is not closed by guess."""
    return len(ring) >= _RING_POINTS and list(ring[0][:2]) == list(ring[-1][:2])


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    own = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature and "id" not in own and not isinstance(feature["id"], dict | list):
        own["id"] = feature["id"]
    return {storable(str(name)): value for name, value in own.items()}


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        try:
            return storable(json.dumps(value, ensure_ascii=False))
        except RecursionError:
            return ""
    return storable(value).strip() if isinstance(value, str) else cell_text(value)


def _stated_crs(document: dict[str, Any]) -> pyproj.CRS | None:
    """The member `crs` of older GeoJSON; longitude and latitude where it says CRS84."""
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", ""))[:_LONGEST_NAME] if isinstance(properties, dict) else ""
    found = _EPSG.search(name)
    if not found:
        return pyproj.CRS.from_epsg(4326) if "CRS84" in name else None
    try:
        return pyproj.CRS.from_epsg(int(found[1]))
    except pyproj.exceptions.CRSError:
        return None
