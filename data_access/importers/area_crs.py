"""In which coordinate system a file of polygons is, and conversion of its polygons to the municipality's metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyproj
import pyproj.exceptions
import shapely
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_crs_info
from pyproj.enums import PJType

from data_access.importers.errors import ImportRefused, Remark
from geo.crs import SWEDEN, projected_crs_for
from geo.guess import guess_crs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from data_access.importers.context import ImportContext
    from data_access.importers.features import Features

_WGS84 = 4326
_MOST = 0.5
_NEARLY_ALL = 0.9
_PROBES = 20
_DEGREES = 180


@dataclass(frozen=True)
class Placed:
    """Geometries in metres of `srid`; what was guessed on the way."""

    geometries: tuple[BaseGeometry | None, ...]
    srid: int
    guesses: list[Remark]


def to_metres(features: Features, crs: int | None, context: ImportContext, file: str) -> Placed:
    """Convert all geometries. `crs` (EPSG) overrules what the file states.

    Raises `ImportRefused`: no_crs when the file states none and its coordinates tell none, crs_unknown, no_areas.
    """
    x, y = _middles(features.geometries)
    if not len(x):
        raise ImportRefused(reason="no_areas", file=file)
    source, is_swapped, guesses = _source(features, crs, context, x, y, file)
    to_degrees = pyproj.Transformer.from_crs(source, _WGS84, always_xy=True)
    lon, lat = to_degrees.transform(*((y, x) if is_swapped else (x, y)))
    srid = context.srid or projected_crs_for(*_middle_of(np.asarray(lon), np.asarray(lat), file))
    transformer = pyproj.Transformer.from_crs(source, srid, always_xy=True)

    def convert(points: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = (points[:, 1], points[:, 0]) if is_swapped else (points[:, 0], points[:, 1])
        return np.column_stack(transformer.transform(east, north))

    moved = [None if shape is None else shapely.transform(shape, convert) for shape in features.geometries]
    return Placed(tuple(moved), srid, guesses)


def _middle_of(lon: NDArray[np.float64], lat: NDArray[np.float64], file: str) -> tuple[float, float]:
    is_place = np.isfinite(lon) & np.isfinite(lat)
    if not is_place.any():
        raise ImportRefused(reason="crs_unknown", column=file, value="-")
    return float(np.median(lon[is_place])), float(np.median(lat[is_place]))


def _source(
    features: Features,
    crs: int | None,
    context: ImportContext,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    file: str,
) -> tuple[pyproj.CRS, bool, list[Remark]]:
    """The system, whether its axes are swapped, and what is to be said of it."""
    guess = guess_crs(x, y, near=context.near)
    if crs is not None:
        is_swapped = guess.epsg == crs and guess.is_swapped
        return (
            _from_epsg(crs),
            is_swapped,
            [Remark("crs_given", {"crs": crs}), *_swap(file, is_swapped=is_swapped)],
        )
    stated = features.crs or (_from_epsg(_WGS84) if features.is_wgs84_by_rule else None)
    if stated is not None and _is_possible(stated, x, y):
        is_swapped = guess.is_swapped and guess.epsg == stated.to_epsg() and guess.share_plausible > _MOST
        said = [
            Remark("crs_from_file", {"crs": stated.to_epsg() or stated.name}),
            *_swap(file, is_swapped=is_swapped),
        ]
        return stated, is_swapped, said
    if (
        guess.epsg is not None
        and guess.share_plausible > _MOST
        and _is_known_ground(context, guess.epsg, x, y)
    ):
        said = [Remark("crs", {"crs": guess.epsg, "share_pct": round(100 * guess.share_plausible, 1)})]
        return _from_epsg(guess.epsg), guess.is_swapped, [*said, *_swap(file, is_swapped=guess.is_swapped)]
    found = _from_registry(context.near, x, y)
    if found is None:
        raise ImportRefused(reason="no_crs", file=file, x=round(float(x[0]), 3), y=round(float(y[0]), 3))
    return (
        found,
        False,
        [Remark("feet", {"crs": found.to_epsg() or found.name, "unit": found.axis_info[0].unit_name})],
    )


def _is_known_ground(
    context: ImportContext, epsg: int, x: NDArray[np.float64], y: NDArray[np.float64]
) -> bool:
    """Small numbers lie somewhere in the inhabited world however they are read: without a statement that is no proof."""
    if context.near is not None or epsg != _WGS84:
        return True
    west, south, east, north = SWEDEN
    low, high = np.minimum(x, y), np.maximum(x, y)
    return bool(((low > west) & (low < east) & (high > south) & (high < north)).mean() > _MOST)


def _swap(file: str, *, is_swapped: bool) -> list[Remark]:
    return [Remark("axes_swapped", {"column": file})] if is_swapped else []


def _from_epsg(epsg: int) -> pyproj.CRS:
    try:
        return pyproj.CRS.from_epsg(epsg)
    except pyproj.exceptions.CRSError as error:
        raise ImportRefused(reason="crs_unknown", column="crs", value=str(epsg)) from error


def _is_possible(crs: pyproj.CRS, x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    """Numbers of metres in a file that states degrees show that the statement is untrue."""
    return not crs.is_geographic or bool(
        (np.abs(x) <= _DEGREES).mean() > _MOST and (np.abs(y) <= _DEGREES).mean() > _MOST
    )


def _middles(geometries: Sequence[BaseGeometry | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    boxes = shapely.bounds(np.asarray(geometries, dtype=object).reshape(-1))
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    return (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2


def _from_registry(
    near: tuple[float, float, float, float] | None, x: NDArray[np.float64], y: NDArray[np.float64]
) -> pyproj.CRS | None:
    """Any projected system of the region (feet included) that puts the polygons into the municipality."""
    if near is None:
        return None
    probes = slice(None, None, max(1, len(x) // _PROBES))
    region = AreaOfInterest(*near)
    infos = query_crs_info("EPSG", pj_types=PJType.PROJECTED_CRS, area_of_interest=region, contains=True)
    for info in sorted(infos, key=lambda info: int(info.code)):
        crs = pyproj.CRS.from_epsg(int(info.code))
        lon, lat = pyproj.Transformer.from_crs(crs, _WGS84, always_xy=True).transform(x[probes], y[probes])
        inside = (lon >= near[0]) & (lon <= near[2]) & (lat >= near[1]) & (lat <= near[3])
        if inside.mean() >= _NEARLY_ALL:
            return crs
    return None
