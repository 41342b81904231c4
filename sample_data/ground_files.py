"""Districts and drawing base as GIS files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon

from sample_data.districts import TOWN_PARTS
from sample_data.formats import SWEREF99_16_30, SWEREF99_TM
from sample_data.scenery import Feature, scenery
from sample_data.town import town

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

WRITTEN_AT = "2026-11-16T06:00:00Z"


def write_areas(path: Path) -> Path:
    """Write the districts as GeoPackage in SWEREF 99 16 30 (EPSG:3010).

    Columns: kod, namn, overordnad_kod, overordnad_namn, folkmangd (residents), geometry (MultiPolygon).
    """
    ground = town()
    table = gpd.GeoDataFrame(
        {
            "kod": [district.code for district in ground.districts],
            "namn": [district.name for district in ground.districts],
            "overordnad_kod": [district.parent_code for district in ground.districts],
            "overordnad_namn": [TOWN_PARTS[district.parent_code] for district in ground.districts],
            "folkmangd": [district.residents for district in ground.districts],
        },
        geometry=[_as_multi(shape) for shape in ground.shapes],
        crs=SWEREF99_TM,
    )
    path.unlink(missing_ok=True)
    with _fixed_clock():
        table.to_crs(SWEREF99_16_30).to_file(path, layer="omraden", driver="GPKG", engine="pyogrio")
    return path


def write_base(path: Path) -> Path:
    """Write the drawing base as GeoPackage in SWEREF 99 TM (EPSG:3006): layers ytor, linjer, platser.

    Columns of every layer: slag (kind), namn (name, may be empty), geometry.
    """
    base = scenery()
    path.unlink(missing_ok=True)
    with _fixed_clock():
        for layer, features in (("ytor", base.surfaces), ("linjer", base.lines), ("platser", base.points)):
            _layer(features).to_file(path, layer=layer, driver="GPKG", engine="pyogrio")
    return path


def _layer(features: Sequence[Feature]) -> gpd.GeoDataFrame:
    shapes = [shapely.set_precision(feature.geometry, 0.1) for feature in features]
    return gpd.GeoDataFrame(
        {"slag": [feature.kind for feature in features], "namn": [feature.name for feature in features]},
        geometry=[_as_multi(shape) for shape in shapes],
        crs=SWEREF99_TM,
    )


def _as_multi(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    return MultiLineString([shape]) if isinstance(shape, LineString) else shape


@contextmanager
def _fixed_clock() -> Iterator[None]:
    """Write the same date of change into every GeoPackage, so that equal content gives equal files."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN_AT})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
