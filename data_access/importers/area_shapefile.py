"""Shapefile: the polygons of a .shp one after the other, with the records of its .dbf."""

from __future__ import annotations

import codecs
import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from shapely.geometry import LinearRing, MultiPolygon, Point, Polygon

from data_access.importers.area_crs_text import crs_from_wkt
from data_access.importers.dbf import Dbf, read_dbf
from data_access.importers.errors import ImportRefused
from data_access.importers.features import Features

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from data_access.importers.limits import SourceFile

MAGIC = b"\0\0\x27\x0a"
_HEADER, _RECORD, _BOX = 100, 8, 44
_NULL, _POINTS, _POLYGONS = 0, (1, 11, 21, 8, 18, 28, 3, 13, 23), (5, 15, 25)
_WITH_Z = (11, 13, 15, 18)
_RING_POINTS = 4
_MOST_PAIRS = 4_000_000
_TRIED = 10
_FAILURES = (struct.error, ValueError, IndexError)


class Shapefile(NamedTuple):
    """The bytes of its parts; b"" for what is not there. An index (.shx) is not used: it could say one place twice."""

    shp: bytes
    dbf: bytes
    prj: bytes
    cpg: bytes


class _Shape(NamedTuple):
    geometry: BaseGeometry | None
    is_broken: bool


def read_shapefile(parts: Shapefile, source: SourceFile) -> Features:
    """Read all features. Raises `ImportRefused`: areas_unreadable, too_many_areas, too_many_columns."""
    if not parts.shp.startswith(MAGIC):
        raise _unreadable(source, ".shp")
    shapes = []
    for content in _records(parts.shp):
        shapes.append(_shape(content))
        if len(shapes) > source.limits.areas:
            limit = source.limits.areas
            raise ImportRefused(reason="too_many_areas", file=source.name, count=len(shapes), limit=limit)
    table = _table(parts.dbf, source)
    if len(table.fields) > source.limits.columns:
        raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
    encoding = _encoding(parts, table)
    decode = _decoder(encoding)
    missing = [""] * max(len(shapes) - len(table.records), 0)
    return Features(
        geometries=tuple(shape.geometry for shape in shapes),
        is_broken=np.array([shape.is_broken for shape in shapes], bool),
        columns=tuple(_unique([field.name for field in table.fields])),
        cells=tuple([*table.column(field, decode)[: len(shapes)], *missing] for field in table.fields),
        numbers=np.arange(1, len(shapes) + 1),
        crs=crs_from_wkt(parts.prj.decode("utf-8", "replace")) if parts.prj else None,
        encoding=encoding if not parts.cpg else None,
    )


def _records(shp: bytes) -> Iterator[bytes]:
    """What follows each record's header; a record that reaches beyond the file is the last, and cut."""
    place = _HEADER
    while place + _RECORD + 4 <= len(shp):
        (words,) = struct.unpack_from(">i", shp, place + 4)
        end = place + _RECORD + 2 * max(words, 2)
        yield shp[place + _RECORD : end]
        place = end


def _shape(content: bytes) -> _Shape:
    kind = int.from_bytes(content[:4], "little")
    if kind == _NULL:
        return _Shape(None, is_broken=False)
    if kind in _POINTS:  # refused as no area, whatever it looks like
        return _Shape(Point(0, 0), is_broken=False)
    if kind not in _POLYGONS:
        return _Shape(None, is_broken=True)
    try:
        geometry = _polygons(_rings(content, is_3d=kind in _WITH_Z))
    except (*_FAILURES, shapely.errors.ShapelyError):
        return _Shape(None, is_broken=True)
    return _Shape(geometry, is_broken=geometry is None)


def _rings(content: bytes, *, is_3d: bool) -> list[NDArray[np.float64]]:
    parts, count = struct.unpack_from("<ii", content, 36)
    if not 0 < parts <= count or _BOX + 4 * parts + 16 * count > len(content):
        raise ValueError
    starts = np.frombuffer(content, "<i4", parts, _BOX)
    place = _BOX + 4 * parts
    points = np.frombuffer(content, "<f8", 2 * count, place).reshape(-1, 2)
    heights = place + 16 * count + 16
    if is_3d and heights + 8 * count <= len(content):
        points = np.column_stack([points, np.frombuffer(content, "<f8", count, heights)])
    if starts[0] != 0 or (np.diff(starts) < 0).any() or starts[-1] > count:
        raise ValueError
    return np.split(points, starts[1:])


def _polygons(rings: list[NDArray[np.float64]]) -> BaseGeometry | None:
    """Clockwise rings are outer ones; each other ring is a hole of the smallest outer ring around it."""
    if any(
        len(ring) < _RING_POINTS
        or not np.isfinite(ring[:, :2]).all()
        or (ring[:1, :2] != ring[-1:, :2]).any()
        for ring in rings
    ):
        return None
    closed = [LinearRing(ring) for ring in rings]
    is_outer = [not ring.is_ccw for ring in closed]
    outer = [ring for ring, is_one in zip(closed, is_outer, strict=True) if is_one]
    holes = [ring for ring, is_one in zip(closed, is_outer, strict=True) if not is_one]
    if not outer:
        outer, holes = holes, []
    if len(outer) * len(holes) > _MOST_PAIRS:
        return None
    of: list[list[LinearRing]] = [[] for _ in outer]
    shells = [Polygon(ring) for ring in outer]
    boxes, areas = shapely.bounds(shells), shapely.area(shells)
    for hole in holes:
        of[_around(hole, shells, boxes, areas)].append(hole)
    made = [Polygon(ring, inside) for ring, inside in zip(outer, of, strict=True)]
    return made[0] if len(made) == 1 else MultiPolygon(made)


def _around(
    hole: LinearRing, shells: list[Polygon], boxes: NDArray[np.float64], areas: NDArray[np.float64]
) -> int:
    """The smallest outer ring that covers a hole; of few, the smallest around its box when none covers it."""
    west, south, east, north = hole.bounds
    is_around = (
        (boxes[:, 0] <= west) & (boxes[:, 1] <= south) & (boxes[:, 2] >= east) & (boxes[:, 3] >= north)
    )
    near = np.flatnonzero(is_around)
    if not near.size:
        raise ValueError
    smallest = near[np.argsort(areas[near], kind="stable")][:_TRIED].tolist()
    return next((k for k in smallest if shells[k].covers(hole)), smallest[0])


def _table(dbf: bytes, source: SourceFile) -> Dbf:
    if not dbf:
        return Dbf((), ())
    try:
        return read_dbf(dbf, source.limits.areas + 1)
    except _FAILURES as error:
        raise _unreadable(source, ".dbf") from error


def _encoding(parts: Shapefile, table: Dbf) -> str:
    """What the .cpg says, else UTF-8 where the texts fit, else cp1252."""
    stated = parts.cpg[:40].decode("ascii", "ignore").strip().lower()
    stated = (
        f"cp{stated[-4:]}" if stated[-4:].isdigit() and stated.startswith(("ansi", "125", "cp")) else stated
    )
    stated = stated.replace("8859", "8859-") if stated.startswith("8859") else stated
    try:
        name = codecs.lookup(stated).name if stated else ""
    except (LookupError, ValueError):
        name = ""
    if name.startswith(("utf-8", "cp", "iso8859", "ascii", "mac")):
        return name
    try:
        b"".join(table.records).decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoder(encoding: str) -> Callable[[bytes], str]:
    return lambda value: value.decode(encoding, "replace")


def _unique(names: list[str]) -> list[str]:
    return [name if names.index(name) == k else f"{name} ({k + 1})" for k, name in enumerate(names)]


def _unreadable(source: SourceFile, part: str) -> ImportRefused:
    return ImportRefused(reason="areas_unreadable", file=source.name, detail=part)
