"""The geometry that a browser fetches once: districts, backdrop and grid cells as GeoJSON in lon/lat."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dashboard.maps.cells import cell_shapes
from dashboard.situation.once import once_per_facts
from geo.crs import WGS84, transform, transform_bounds
from geo.simplify import to_lonlat_geojson

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from data_access.facts import Facts
    from data_access.frame import AreaFact, AreaShapes
    from data_access.places import Places

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
    districts: list[shapely.MultiPolygon]


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
        districts=shapes.districts,
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


def cells_json(places: Places, districts: list[shapely.MultiPolygon], srid: int) -> bytes:
    """Grid cells, or the parts of them that are told, with `i`; `districts` in the same metres."""
    if places.cells is None:
        return _NO_FEATURES
    if places.parts is None:
        return json.dumps(cell_shapes(places.cells, srid), separators=(",", ":")).encode()
    pieces = cell_pieces(places, districts)
    codes = [str(number) for number in range(len(pieces))]
    return to_lonlat_geojson(
        pieces,
        codes,
        source_epsg=srid,
        tolerance_m=0,
        properties=[{"i": number} for number in range(len(pieces))],
    )


def cell_pieces(places: Places, districts: list[shapely.MultiPolygon]) -> list[BaseGeometry]:
    """Each part of a cell that is told, cut at the border of its district."""
    if places.cells is None or places.parts is None or not len(places.parts):
        return []
    cell, area = places.parts.T
    return list(shapely.intersection(places.cells.polygons()[cell], np.array(districts, object)[area]))


@once_per_facts
def cell_km2(facts: Facts, ground: Ground) -> NDArray[np.float64]:
    """Square kilometres of each cell, or part of a cell."""
    places = facts.places
    if places.cells is None:
        return np.zeros(0)
    if places.parts is None:
        return (places.cells.side_m / 1000) ** 2
    return shapely.area(np.array(cell_pieces(places, ground.districts), object)) / 1e6
