"""The geometry that a browser fetches once: districts, backdrop and grid cells as GeoJSON in lon/lat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.maps.cells import cell_shapes
from geo.crs import WGS84, transform, transform_bounds
from geo.simplify import to_lonlat_geojson

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from data_access.frame import AreaFact, AreaShapes
    from geo.grid import Cells

_DETAILS_A_SIDE = 4000  # on a screen of half that many pixels nobody sees the rest
_NO_FEATURES = b'{"type":"FeatureCollection","features":[]}'


@dataclass(frozen=True, eq=False)
class Ground:
    """What a map of one set of districts stands on.

    `bounds` west, south, east, north in degrees; `extent` x_min, y_min, x_max, y_max in metres of the set's CRS; `union` all
    districts as one geometry; `middles` lon, lat of a point well inside each district.
    """

    bounds: tuple[float, float, float, float]
    extent: tuple[float, float, float, float]
    union: BaseGeometry
    middles: list[tuple[float, float]]
    has_backdrop: bool


def ground_of(shapes: AreaShapes) -> Ground:
    """Measure the districts once."""
    x_min, y_min, x_max, y_max = map(float, shapely.total_bounds(np.array(shapes.districts, object)))
    extent = (x_min, y_min, x_max, y_max)
    inside = shapely.get_coordinates(shapely.point_on_surface(np.array(shapes.districts, object)))
    lon, lat = transform(inside[:, 0], inside[:, 1], shapes.srid, WGS84)
    return Ground(
        bounds=transform_bounds(extent, shapes.srid, WGS84),
        extent=extent,
        union=shapely.union_all(shapes.districts),
        middles=list(zip(lon.tolist(), lat.tolist(), strict=True)),
        has_backdrop=shapes.backdrop is not None,
    )


def districts_json(areas: tuple[AreaFact, ...], shapes: AreaShapes) -> bytes:
    """Districts with `i` (place in the frame), `code` and `name`; detail beyond the screen's is left out."""
    properties = [{"i": number, "code": area.code, "name": area.name} for number, area in enumerate(areas)]
    x_min, y_min, x_max, y_max = shapely.total_bounds(np.array(shapes.districts, object))
    return to_lonlat_geojson(
        shapes.districts,
        [area.code for area in areas],
        source_epsg=shapes.srid,
        tolerance_m=max(x_max - x_min, y_max - y_min) / _DETAILS_A_SIDE,
        properties=properties,
    )


def backdrop_json(shapes: AreaShapes) -> bytes:
    """The backdrop as it was stored; empty when the set has none."""
    return shapes.backdrop or _NO_FEATURES


def cells_json(cells: Cells | None, srid: int) -> bytes:
    """Grid cells with `i`."""
    if cells is None:
        return _NO_FEATURES
    return json.dumps(cell_shapes(cells, srid), separators=(",", ":")).encode()
