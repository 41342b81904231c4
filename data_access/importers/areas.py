"""A file of district polygons to validated areas in the municipality's metres."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import shapely

from data_access.importers.area_attributes import Attributes, ParsedArea
from data_access.importers.area_columns import AreaColumns, choose_columns
from data_access.importers.area_crs import to_metres
from data_access.importers.area_files import read_features
from data_access.importers.area_tangles import is_tangled, overlap_too_often
from data_access.importers.errors import ImportRefused, Reason, Remark, RowError
from data_access.importers.limits import FileLike, open_file
from geo.areas import clean, distant, overlaps

if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon
    from shapely.geometry.base import BaseGeometry

    from data_access.importers.context import ImportContext
    from data_access.importers.features import Features

SLIVER_M2 = 100.0
_NAMED = 5
_OVERLAPS = "∩ > 100 000"
_REASONS: dict[str, Reason] = {
    "missing": "geometry_missing",
    "empty": "geometry_missing",
    "not_an_area": "geometry_not_area",
    "not_finite": "ring_broken",
}
_REPAIRS: dict[str, Reason] = {
    "z_dropped": "z_dropped",
    "ring_repaired": "ring_repaired",
    "lines_dropped": "parts_dropped",
}


@dataclass(frozen=True)
class ParsedAreas:
    """A file of polygons, read.

    Attributes:
        name: of the file without its ending.
        srid: EPSG code (metres) of all geometries.
        rows: parts of town first (level 0), then districts (level 1), each sorted by code.
        refused: one error per refused feature; `row` counts features from 1.
        guesses: what was decided from the file (keys under `reading`). warnings: what to know (keys under `reason`).
        columns: attributes that were used.
        features_read: polygons in the file, good and bad.

    """

    name: str
    file_name: str
    sha256: str
    srid: int
    rows: list[ParsedArea]
    refused: list[RowError]
    guesses: list[Remark]
    warnings: list[Remark]
    columns: AreaColumns
    features_read: int


def read_areas(
    file: FileLike,
    *,
    layer: str | None = None,
    crs: int | None = None,
    columns: AreaColumns | None = None,
    context: ImportContext,
) -> ParsedAreas:
    """Read GeoJSON, GeoPackage, a zipped Shapefile or KML in any coordinate system.

    Args:
        file: path, or (bytes, name) of an upload.
        layer: of a GeoPackage with several; by default the first with polygons.
        crs: EPSG code that overrules what the file states.
        columns: attributes that overrule the guessed ones.
        context: the municipality.

    Raises:
        ImportRefused: the whole file cannot be used; single features that cannot are in `refused` instead.

    """
    source = open_file(file)
    features = read_features(source, layer)
    if overlap_too_often([shape for shape in features.geometries if shape is not None]):
        raise ImportRefused(reason="areas_unreadable", file=source.name, detail=_OVERLAPS)
    chosen = choose_columns(features, columns)
    placed = to_metres(features, crs, context, source.name)
    collected = _Collected(features, chosen)
    collected.take(placed.geometries)
    districts = collected.districts()
    if not districts:
        raise ImportRefused(reason="no_areas", file=source.name)
    warnings = [*collected.warnings(), *_look_over(districts)]
    return ParsedAreas(
        name=source.name.split(".")[0],
        file_name=source.name,
        sha256=source.sha256,
        srid=placed.srid,
        rows=[*_parts_of_town(districts), *districts],
        refused=collected.refused,
        guesses=[*placed.guesses, *collected.guesses],
        warnings=warnings,
        columns=chosen,
        features_read=len(features.numbers),
    )


class _Collected:
    """Areas by code as the features are gone through, with what was refused and repaired."""

    def __init__(self, features: Features, columns: AreaColumns) -> None:
        self._areas: dict[str, ParsedArea] = {}
        self._parts: dict[str, list[BaseGeometry]] = defaultdict(list)
        self.refused: list[RowError] = []
        self.guesses: list[Remark] = []
        self._repairs: Counter[Reason] = Counter()
        self._features = features
        self._attributes = Attributes(features, columns)
        if columns.code is None:
            self.guesses.append(Remark("code_from_name", {"column": columns.name or "#"}))

    def take(self, geometries: tuple[BaseGeometry | None, ...]) -> None:
        """Clean each geometry and join it to its attributes."""
        for place, geometry in enumerate(geometries):
            area = self._attributes.area(place)
            self._repairs["z_dropped"] += int(shapely.has_z(self._features.geometries[place]))
            if self._features.is_broken[place] or is_tangled(geometry):
                self._refuse(place, area.name, "ring_broken")
                continue
            cleaned = clean(geometry)
            self._repairs.update(_REPAIRS[repair] for repair in cleaned.repairs)
            if cleaned.geometry is None:
                self._refuse(place, area.name, _REASONS.get(cleaned.reason or "", "ring_broken"))
            else:
                self._add(place, replace(area, geometry=cleaned.geometry))

    def warnings(self) -> list[Remark]:
        """Return what was repaired."""
        said = [Remark(reason, {"count": count}) for reason, count in self._repairs.items() if count]
        without = self._attributes.without_population
        return [*said, Remark("population_missing", {"count": without})] if without else said

    def _refuse(self, place: int, value: str, reason: Reason, field: str = "geometry") -> None:
        self.refused.append(RowError(int(self._features.numbers[place]), field, value, reason))

    def _add(self, place: int, area: ParsedArea) -> None:
        """An area cut into several features (islands) becomes one; another area's code is refused."""
        first = self._areas.setdefault(area.code, area)
        if first.name != area.name:
            self._refuse(place, area.code, "code_repeated", "code")
        else:
            self._parts[area.code].append(area.geometry)

    def districts(self) -> list[ParsedArea]:
        """Return the areas in the order of their codes."""
        return [
            replace(self._areas[code], geometry=_joined(self._parts[code])) for code in sorted(self._areas)
        ]


def _joined(parts: list[BaseGeometry]) -> MultiPolygon:
    whole = clean(shapely.union_all(parts)).geometry if len(parts) > 1 else None
    return whole or cast("MultiPolygon", parts[0])


def _parts_of_town(districts: list[ParsedArea]) -> list[ParsedArea]:
    """Each part of town is the union of its districts."""
    members: dict[str, list[ParsedArea]] = defaultdict(list)
    for area in districts:
        if area.parent_code is not None:
            members[area.parent_code].append(area)
    parts = []
    for code in sorted(members):
        whole = clean(shapely.union_all([area.geometry for area in members[code]])).geometry
        residents = [area.population for area in members[code]]
        total = None if None in residents else sum(number for number in residents if number is not None)
        name = members[code][0].parent_name or code
        if whole is not None:
            parts.append(ParsedArea(0, code, name, whole, population=total))
    return parts


def _look_over(districts: list[ParsedArea]) -> list[Remark]:
    """Overlaps, areas far from the rest, names that come twice: kept, and said."""
    said = []
    geometries = [area.geometry for area in districts]
    pairs = overlaps(geometries, min_area_m2=SLIVER_M2)
    if pairs:
        first, second, shared_m2 = pairs[0]
        names = {"first": districts[first].name, "second": districts[second].name}
        said.append(Remark("areas_overlap", {"count": len(pairs), "area_m2": round(shared_m2), **names}))
    far = distant(geometries)
    if len(far):
        names = ", ".join(districts[int(place)].name for place in far[:_NAMED])
        said.append(Remark("area_out_of_place", {"count": len(far), "names": names}))
    repeated = [name for name, count in Counter(area.name for area in districts).items() if count > 1]
    if repeated:
        said.append(Remark("name_repeated", {"count": len(repeated), "names": ", ".join(repeated[:_NAMED])}))
    return said
