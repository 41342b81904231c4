"""Lighter polygons for drawing: neighbours keep sharing their border, and coordinates are written short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import WGS84, transform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DECIMALS = 5
"""Decimals of a degree in a drawing: about one metre."""

SLIVER_SHARE = 0.02
"""An overlap with neighbours up to this share of an area is a sliver of drawing, not a second level of areas."""


def simplify_coverage(geometries: Sequence[BaseGeometry | None], tolerance_m: float) -> NDArray[np.object_]:
    """Polygons with fewer vertices, for drawing only.

    Areas that tile the ground are simplified together, so that neighbours still share every border without gaps or
    overlaps. Areas that tile it but for slivers of drawing are first fitted to each other. A set that really overlaps
    is simplified polygon by polygon. An area that would vanish or become invalid stays as it is.

    Args:
        geometries: valid polygons in projected metres; None stays None.
        tolerance_m: detail to lose: about the square root of the area of the corners that are cut off.

    """
    shapes = np.array(geometries, dtype=object)
    is_area = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    areas = shapes[is_area]
    tiles = _fitted(areas)
    if tiles is None:
        simple = shapely.simplify(areas, tolerance_m, preserve_topology=True)
    else:
        simple = shapely.coverage_simplify(tiles, tolerance_m)
    is_usable = shapely.is_valid(simple) & ~shapely.is_empty(simple)
    shapes[is_area] = np.where(is_usable, simple, areas)
    return shapes


def _fitted(areas: NDArray[np.object_]) -> NDArray[np.object_] | None:
    """The areas with exactly shared borders, or None when that would change one of them visibly."""
    if shapely.coverage_is_valid(areas):
        return areas
    # The type stubs lag behind the library.
    fitted = shapely.coverage_clean(areas)  # pyright: ignore[reportAttributeAccessIssue]
    changed_m2 = np.abs(shapely.area(fitted) - shapely.area(areas))
    return fitted if (changed_m2 <= SLIVER_SHARE * shapely.area(areas)).all() else None


def to_lonlat_geojson(
    geometries: Sequence[BaseGeometry | None],
    ids: Sequence[str | int],
    *,
    source_epsg: int,
    tolerance_m: float = 0,
    properties: Sequence[Mapping[str, Any]] | None = None,
) -> bytes:
    """A compact GeoJSON FeatureCollection in longitude and latitude (WGS84, 5 decimals, outer rings anticlockwise).

    Args:
        geometries: valid polygons in `source_epsg`, in metres when a tolerance is given; None becomes a null geometry.
        ids: the `id` of each feature, in the same order.
        source_epsg: EPSG code of the geometries.
        tolerance_m: as in `simplify_coverage`; 0 keeps every vertex.
        properties: the `properties` of each feature, in the same order.

    """
    shapes = (
        simplify_coverage(geometries, tolerance_m) if tolerance_m > 0 else np.array(geometries, dtype=object)
    )
    texts = shapely.to_geojson(shapely.orient_polygons(_to_lonlat(shapes, source_epsg)))
    details = [{}] * len(ids) if properties is None else properties
    features = [
        f'{{"type":"Feature","id":{_json(name)},"properties":{_json(dict(detail))},"geometry":{text or "null"}}}'
        for name, detail, text in zip(ids, details, texts, strict=True)
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'.encode()


def _to_lonlat(shapes: NDArray[np.object_], source_epsg: int) -> NDArray[np.object_]:
    points = shapely.get_coordinates(shapes)
    lon, lat = transform(points[:, 0], points[:, 1], source_epsg, WGS84)
    return shapely.set_coordinates(shapely.force_2d(shapes), np.round(np.column_stack([lon, lat]), DECIMALS))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
