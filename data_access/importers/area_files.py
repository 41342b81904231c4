"""Files with polygons to features: a geometry and its attributes as text, one by one.

No file from outside reaches a library that opens files by what they hold: such a library follows references to other
files and to the network, and knows dozens of formats that nobody asked for.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from data_access.importers.area_geojson import features_of, is_geojson, read_geojson
from data_access.importers.area_gpkg import read_gpkg
from data_access.importers.area_kml import read_kml
from data_access.importers.area_shapefile import Shapefile, read_shapefile
from data_access.importers.errors import ImportRefused
from data_access.importers.limits import SourceFile, check_archive, unpack_gzip

if TYPE_CHECKING:
    from data_access.importers.features import Features

_INSIDE = (".shp", ".gpkg", ".geojson", ".json", ".kml")
_SIDECARS = (".dbf", ".prj", ".cpg")
_GZIP = b"\x1f\x8b"
_SQLITE = b"SQLite format 3\0"
_BLANKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of encodings and blanks, also of UTF-16


def read_features(source: SourceFile, layer: str | None = None) -> Features:
    """Read GeoJSON, GeoPackage, a zipped Shapefile or KML; the kind is seen from the bytes.

    Raises `ImportRefused`: not_areas, areas_unreadable, layer_missing, entities_forbidden, too_many_areas,
    too_many_columns, unpacked_too_large, archive reasons.
    """
    if source.content.startswith(_GZIP):
        source = unpack_gzip(source)
    if source.content.startswith(b"PK"):
        return _read_zipped(source, layer)
    return _read_plain(source, layer)


def _read_plain(source: SourceFile, layer: str | None) -> Features:
    if is_geojson(source.content):
        return read_geojson(source)
    if source.content.startswith(_SQLITE):
        return read_gpkg(source, layer)
    if source.content.lstrip(_BLANKS).startswith(b"<") and _says_kml(source.content):
        return features_of(read_kml(source, layer), source)
    raise ImportRefused(reason="not_areas", file=source.name)


def _says_kml(content: bytes) -> bool:
    return b"<kml" in content[:4000].replace(b"\0", b"").lower()


def _read_zipped(source: SourceFile, layer: str | None) -> Features:
    """The first file of a kind that we know, with what lies beside it under the same name."""
    archive = check_archive(source)
    members = [name for name in archive.namelist() if not name.startswith("__MACOSX")]
    found = [name for suffix in _INSIDE for name in members if name.lower().endswith(suffix)]
    if not found:
        raise ImportRefused(reason="not_areas", file=source.name)
    content = archive.read(found[0])
    if not found[0].lower().endswith(".shp"):
        return _read_plain(SourceFile(source.name, content, source.limits), layer)
    beside = {name.lower(): name for name in members}
    names = (str(PurePosixPath(found[0]).with_suffix(suffix)).lower() for suffix in _SIDECARS)
    sidecars = (archive.read(beside[name]) if name in beside else b"" for name in names)
    return read_shapefile(Shapefile(content, *sidecars), source)
