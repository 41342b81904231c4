"""KML: placemarks with polygons, read as a stream of elements. Nothing that it refers to is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from data_access.importers.limits import SourceFile

_DEEPEST = 100
_LONGEST = 10_000
_FOLDERS = ("Document", "Folder")
_ATTRIBUTES = ("name", "description")
_MARKS_PER_POINT = 3
_MB = 1024**2
_LINK = "NetworkLink"

Feature = dict[str, Any]


def read_kml(source: SourceFile, layer: str | None = None) -> list[Feature]:
    """Return features as GeoJSON writes them. A layer is a folder; by default the first with polygons.

    Raises `ImportRefused`: entities_forbidden, areas_unreadable, layer_missing, too_many_areas.
    """
    reader = _Reader(source)
    reader.read()
    folders = dict.fromkeys(folder for folder, _ in reader.found)
    if layer is not None and layer not in folders:
        names = ", ".join(folders)[:200]
        raise ImportRefused(reason="layer_missing", file=source.name, layer=layer, layers=names)
    chosen = layer if layer is not None else _first_with_polygons(reader.found)
    return [feature for folder, feature in reader.found if folder == chosen]


def _first_with_polygons(found: list[tuple[str, Feature]]) -> str | None:
    return next((folder for folder, feature in found if feature["geometry"]), None)


class _Reader:
    """The state while elements come and go."""

    def __init__(self, source: SourceFile) -> None:
        self.found: list[tuple[str, Feature]] = []
        self._source = source
        self._path: list[str] = []
        self._folders: list[str] = []
        self._text: list[str] = []
        self._attribute = ""
        self._points = 0
        self._properties: dict[str, str] | None = None
        self._polygons: list[list[list[list[float]]]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append

    def read(self) -> None:
        """Go through the whole file."""
        try:
            self._parser.Parse(self._source.content, True)  # noqa: FBT003 - the last piece
        except expat.ExpatError as error:
            raise self._unreadable(str(error)) from error
        except (ValueError, LookupError) as error:
            raise self._unreadable(type(error).__name__) from error

    def _doctype(self, *_given: object) -> None:
        raise ImportRefused(reason="entities_forbidden", file=self._source.name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rsplit(" ", 1)[-1]
        self._path.append(tag)
        self._text.clear()
        if len(self._path) > _DEEPEST or (len(self._path) == 1 and tag != "kml"):
            raise self._unreadable(tag[:40])
        if tag == _LINK:
            raise ImportRefused(reason="entities_forbidden", file=self._source.name)
        if tag in _FOLDERS:
            self._folders.append("")
        elif tag == "Placemark":
            self._properties = {"id": attributes["id"]} if "id" in attributes else {}
            self._polygons = []
        elif tag == "Polygon":
            self._polygons.append([])
        elif tag in ("Data", "SimpleData"):
            self._attribute = attributes.get("name", "")

    def _end(self, _name: str) -> None:
        tag = self._path.pop()
        above = self._path[-1] if self._path else ""
        text = "".join(self._text).strip()[:_LONGEST] if tag != "coordinates" else ""
        if tag == "coordinates":
            self._ring()
        elif tag == "name" and above in _FOLDERS:
            self._folders[-1] = text
        elif self._properties is not None:
            self._property(tag, above, text)
        if tag in _FOLDERS:
            self._folders.pop()
        self._text.clear()

    def _property(self, tag: str, above: str, text: str) -> None:
        assert self._properties is not None  # noqa: S101 - asked before
        if above == "Placemark" and tag in _ATTRIBUTES:
            self._properties[tag] = text
        elif self._attribute and (tag == "SimpleData" or (tag == "value" and above == "Data")):
            self._properties[self._attribute] = text
        elif tag == "Placemark":
            self._add(self._properties)
            self._properties = None

    def _ring(self) -> None:
        """Points are `lon,lat[,height]`, blanks between them; only those of polygons count."""
        if self._polygons and "Polygon" in self._path:
            text = "".join(self._text)
            self._points += text.count(",")
            if _MARKS_PER_POINT * self._points > self._source.limits.json_marks:
                limit_mb = round(len(self._source.content) / _MB, 1)
                raise ImportRefused(reason="unpacked_too_large", file=self._source.name, limit_mb=limit_mb)
            points = text.split()
            self._polygons[-1].append([[float(part) for part in point.split(",")[:2]] for point in points])

    def _add(self, properties: dict[str, str]) -> None:
        shape = {"type": "MultiPolygon", "coordinates": self._polygons} if self._polygons else None
        folder = next((name for name in reversed(self._folders) if name), "")
        self.found.append((folder, {"type": "Feature", "properties": properties, "geometry": shape}))
        if len(self.found) > self._source.limits.areas:
            limit = self._source.limits.areas
            raise ImportRefused(
                reason="too_many_areas", file=self._source.name, count=len(self.found), limit=limit
            )

    def _unreadable(self, detail: str) -> ImportRefused:
        return ImportRefused(reason="areas_unreadable", file=self._source.name, detail=detail)
