"""Files with polygons to features: a geometry and its attributes as text, one by one."""

from __future__ import annotations

import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np
import pyogrio
import pyogrio.raw
import pyproj
import pyproj.exceptions
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from data_access.importers.area_geojson import is_geojson, read_geojson
from data_access.importers.errors import ImportRefused
from data_access.importers.features import Features
from data_access.importers.limits import check_archive, unpack_gzip
from data_access.importers.workbooks import cell_text

if TYPE_CHECKING:
    from data_access.importers.limits import SourceFile

_INSIDE = (".shp", ".gpkg", ".geojson", ".json", ".kml")
_SIDECARS = (".shx", ".dbf", ".prj", ".cpg")
_ENTITIES = (b"<!doctype", b"<!entity")
_FAILURES = (DataSourceError, DataLayerError, FieldError, GeometryError, UnicodeDecodeError)


@dataclass(frozen=True)
class _Place:
    """A file laid out in a folder of its own, where GDAL can open it."""

    path: Path
    encoding: str | None = None


def read_features(source: SourceFile, layer: str | None = None) -> Features:
    """Read GeoJSON, GeoPackage, a zipped Shapefile or KML; the kind is seen from the bytes.

    Raises `ImportRefused`: not_areas, areas_unreadable, layer_missing, entities_forbidden, archive reasons.
    """
    if source.content.startswith(b"\x1f\x8b"):
        source = unpack_gzip(source)
    if is_geojson(source.content):
        return read_geojson(source)
    with tempfile.TemporaryDirectory(prefix="samsyn-areas-") as folder:
        place = _lay_out(source, Path(folder))
        if is_geojson(place.path.read_bytes()[:1000]):
            return read_geojson(_renamed(source, place.path))
        try:
            return _read_with_gdal(place, layer, source.name)
        except _FAILURES as error:
            raise ImportRefused(
                reason="areas_unreadable", file=source.name, detail=str(error)[:150]
            ) from error


def _renamed(source: SourceFile, path: Path) -> SourceFile:
    return type(source)(source.name, path.read_bytes(), source.limits)


def _lay_out(source: SourceFile, folder: Path) -> _Place:
    """Write the file, or what matters of an archive, under names of our own."""
    content = source.content
    if content.startswith(b"PK"):
        return _unzip(source, folder)
    if content.startswith(b"SQLite format 3"):
        path = folder / "areas.gpkg"
    elif b"<kml" in content[:2000].lower():
        _refuse_entities(content, source.name)
        path = folder / "areas.kml"
    else:
        raise ImportRefused(reason="not_areas", file=source.name)
    path.write_bytes(content)
    return _Place(path)


def _unzip(source: SourceFile, folder: Path) -> _Place:
    archive = check_archive(source)
    members = [name for name in archive.namelist() if not name.startswith("__MACOSX")]
    found = [name for suffix in _INSIDE for name in members if name.lower().endswith(suffix)]
    if not found:
        raise ImportRefused(reason="not_areas", file=source.name)
    main = PurePosixPath(found[0])
    suffix = main.suffix.lower()
    path = folder / f"areas{suffix}"
    path.write_bytes(archive.read(found[0]))
    if suffix == ".kml":
        _refuse_entities(path.read_bytes(), source.name)
    beside = {name.lower(): name for name in members} if suffix == ".shp" else {}
    for sidecar in _SIDECARS:
        member = beside.get(str(main.with_suffix(sidecar)).lower())
        if member is not None:
            path.with_suffix(sidecar).write_bytes(archive.read(member))
    return _Place(path, _dbf_encoding(path) if suffix == ".shp" else None)


def _refuse_entities(content: bytes, name: str) -> None:
    lowered = content.lower()
    if any(mark in lowered for mark in _ENTITIES):
        raise ImportRefused(reason="entities_forbidden", file=name)


def _dbf_encoding(shp: Path) -> str | None:
    """The encoding of a shapefile without .cpg: UTF-8 where its texts fit, else cp1252."""
    dbf = shp.with_suffix(".dbf")
    if shp.with_suffix(".cpg").exists() or not dbf.exists():
        return None
    content = dbf.read_bytes()
    try:
        content[int.from_bytes(content[8:10], "little") :].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _read_with_gdal(place: _Place, layer: str | None, file: str) -> Features:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL remarks on single rings: they are judged one by one below
        chosen = _choose_layer(place.path, layer, file)
        meta, _, wkb, columns = pyogrio.raw.read(place.path, layer=chosen, encoding=place.encoding)
        geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    names = tuple(str(name) for name in meta["fields"])
    is_broken = np.array(
        [given is not None and read is None for given, read in zip(wkb, geometries, strict=True)], bool
    )
    texts = tuple([_text(value) for value in column.tolist()] for column in columns)
    numbers = np.arange(1, len(wkb) + 1)
    return Features(
        tuple(geometries), is_broken, names, texts, numbers, _crs(meta.get("crs")), place.encoding
    )


def _choose_layer(path: Path, layer: str | None, file: str) -> str:
    """The named layer, else the first with polygons."""
    layers = [(str(name), str(kind or "")) for name, kind in pyogrio.list_layers(path)]
    if layer is not None:
        if layer not in [name for name, _ in layers]:
            names = ", ".join(name for name, _ in layers)[:200]
            raise ImportRefused(reason="layer_missing", file=file, layer=layer, layers=names)
        return layer
    polygons = [name for name, kind in layers if "Polygon" in kind] or [name for name, kind in layers if kind]
    if not polygons:
        raise ImportRefused(reason="no_areas", file=file)
    return polygons[0]


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return value.strip() if isinstance(value, str) else cell_text(value)


def _crs(text: str | None) -> pyproj.CRS | None:
    if not text:
        return None
    try:
        crs = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError:
        return None
    return crs if crs.is_projected or crs.is_geographic else None
