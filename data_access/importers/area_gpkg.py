"""GeoPackage: tables of features, read in memory by SQLite alone, with everything forbidden but reading columns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import pyproj.exceptions

from data_access.importers.area_crs_text import crs_from_wkt
from data_access.importers.cells import cell_text
from data_access.importers.errors import ImportRefused
from data_access.importers.features import Features
from data_access.importers.wkb import read_wkb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from data_access.importers.limits import SourceFile

_MB = 1024**2
_FAILURES = (sqlite3.Error, sqlite3.Warning, UnicodeError, TypeError, ValueError, OverflowError, IndexError)
_STEPS = 100_000
_MOST_CALLS = 500  # times so many steps: a second or two, for what no honest file needs
_ENVELOPES = (0, 32, 48, 48, 64)
_EMPTY = 0x10
_WRITE_VERSION, _READ_VERSION, _ROLLBACK = 18, 19, 1
_LAYERS = """
    SELECT contents.table_name, columns.column_name, columns.geometry_type_name, columns.srs_id
    FROM gpkg_contents AS contents
    JOIN gpkg_geometry_columns AS columns ON columns.table_name = contents.table_name COLLATE NOCASE
    JOIN sqlite_master AS master ON master.name = contents.table_name COLLATE NOCASE
    WHERE contents.data_type = 'features' AND master.type = 'table' AND master.rootpage > 0
    ORDER BY contents.rowid
"""
_SYSTEM = (
    "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?"
)


@dataclass(frozen=True)
class Layer:
    """A table of features: its column of geometries, what kind it says they are, and its reference system."""

    name: str
    geometry: str
    kind: str
    srs_id: int


def read_gpkg(source: SourceFile, layer: str | None = None) -> Features:
    """Read one layer: the one that is named, else the first with polygons.

    Only stored tables count: a view runs what its author wrote. Raises `ImportRefused`: areas_unreadable,
    layer_missing, no_areas, too_many_areas, too_many_columns, unpacked_too_large.
    """
    try:
        with closing(_opened(source.content)) as database:
            chosen = _choose(_layers(database), layer, source.name)
            return _features(database, chosen, source)
    except _FAILURES as error:
        raise ImportRefused(reason="areas_unreadable", file=source.name, detail=str(error)[:150]) from error


def gpkg_layers(source: SourceFile) -> list[str]:
    """Names of all layers. Raises `ImportRefused`: areas_unreadable."""
    try:
        with closing(_opened(source.content)) as database:
            return [layer.name for layer in _layers(database)]
    except _FAILURES as error:
        raise ImportRefused(reason="areas_unreadable", file=source.name, detail=str(error)[:150]) from error


def _opened(content: bytes) -> sqlite3.Connection:
    """The database in memory; it has no file, so it can neither be locked nor written nor attach its neighbour."""
    plain = bytearray(content)
    plain[_WRITE_VERSION] = plain[_READ_VERSION] = _ROLLBACK  # a write-ahead log cannot be beside it
    database = sqlite3.connect(":memory:")
    database.deserialize(bytes(plain))
    database.text_factory = lambda text: text.decode("utf-8", "replace")
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY", "query_only=ON"):
        database.execute(f"PRAGMA {pragma}")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(len(content), _MB))
    calls = iter(range(_MOST_CALLS))
    database.set_progress_handler(lambda: next(calls, None) is None, _STEPS)
    database.set_authorizer(_allowed)
    return database


def _allowed(action: int, first: str | None, _second: str | None, _third: str | None, _by: str | None) -> int:
    is_columns = action == sqlite3.SQLITE_PRAGMA and first == "table_info"
    is_reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) or is_columns
    return sqlite3.SQLITE_OK if is_reading else sqlite3.SQLITE_DENY


def _layers(database: sqlite3.Connection) -> list[Layer]:
    """All tables of features in the order in which the file lists them."""
    rows = database.execute(_LAYERS).fetchmany(_STEPS)
    return [Layer(str(name), str(column), str(kind).upper(), int(srs)) for name, column, kind, srs in rows]


def _choose(layers: list[Layer], named: str | None, file: str) -> Layer:
    if named is not None:
        found = [layer for layer in layers if layer.name == named]
        if not found:
            names = ", ".join(layer.name for layer in layers)[:200]
            raise ImportRefused(reason="layer_missing", file=file, layer=named, layers=names)
        return found[0]
    if not layers:
        raise ImportRefused(reason="no_areas", file=file)
    return next((layer for layer in layers if "POLYGON" in layer.kind), layers[0])


def _features(database: sqlite3.Connection, layer: Layer, source: SourceFile) -> Features:
    columns = _columns(database, layer)
    if len(columns) > source.limits.columns:
        raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
    names = ", ".join(map(_quoted, (layer.geometry, *columns)))
    rows = list(_rows(database, f"SELECT {names} FROM {_quoted(layer.name)}", source))
    if len(rows) > source.limits.areas:
        raise ImportRefused(
            reason="too_many_areas", file=source.name, count=len(rows), limit=source.limits.areas
        )
    shapes = [_geometry(row[0]) for row in rows]
    return Features(
        geometries=tuple(shape for shape, _ in shapes),
        is_broken=np.array([is_broken for _, is_broken in shapes], bool),
        columns=columns,
        cells=tuple([_text(row[place]) for row in rows] for place in range(1, len(columns) + 1)),
        numbers=np.arange(1, len(rows) + 1),
        crs=_crs(database, layer.srs_id),
    )


def _columns(database: sqlite3.Connection, layer: Layer) -> tuple[str, ...]:
    """Stored columns without the geometry and the number that SQLite gives every row."""
    rows = database.execute(f"PRAGMA table_info({_quoted(layer.name)})").fetchall()
    return tuple(
        str(name)
        for _, name, kind, _, _, key in rows
        if str(name).lower() != layer.geometry.lower() and not (key and str(kind).upper() == "INTEGER")
    )


def _rows(database: sqlite3.Connection, query: str, source: SourceFile) -> Iterator[tuple[Any, ...]]:
    """Rows until they are too many or too large together: pages of the file may say the same row again and again."""
    size = 0
    for number, row in enumerate(database.execute(query)):
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > source.limits.unpacked_bytes:
            limit_mb = round(source.limits.unpacked_bytes / _MB, 1)
            raise ImportRefused(reason="unpacked_too_large", file=source.name, limit_mb=limit_mb)
        yield row
        if number > source.limits.areas:
            return


def _geometry(value: Any) -> tuple[BaseGeometry | None, bool]:
    """The geometry behind the header that GeoPackage puts before it, and whether it is broken."""
    if value is None:
        return None, False
    if not isinstance(value, bytes) or value[:2] != b"GP" or len(value) < 8:  # noqa: PLR2004
        return None, True
    envelope = value[3] >> 1 & 7
    if value[3] & _EMPTY:
        return None, False
    shape = read_wkb(value[8 + _ENVELOPES[envelope] :]) if envelope < len(_ENVELOPES) else None
    return shape, shape is None


def _crs(database: sqlite3.Connection, srs_id: int) -> pyproj.CRS | None:
    row = database.execute(_SYSTEM, (srs_id,)).fetchone()
    if row is None or srs_id <= 0:
        return None
    organisation, code, definition = row
    if str(organisation).upper() == "EPSG":
        try:
            return pyproj.CRS.from_epsg(int(code))
        except pyproj.exceptions.CRSError:
            pass
    return crs_from_wkt(str(definition))


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return ""
    return value.replace("\0", "").strip() if isinstance(value, str) else cell_text(value)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
