"""Code, name, part of town and residents of each polygon in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from shapely.geometry import MultiPolygon

from data_access.importers.numbers import parse_numbers
from data_access.one_line import one_line

if TYPE_CHECKING:
    from data_access.importers.area_columns import AreaColumns
    from data_access.importers.features import Features

_CODE_LENGTH, _NAME_LENGTH = 40, 120


@dataclass(frozen=True)
class ParsedArea:
    """A district (level 1) or a part of town made of districts (level 0); `geometry` in metres of the file's `srid`."""

    level: int
    code: str
    name: str
    geometry: MultiPolygon
    parent_code: str | None = None
    parent_name: str | None = None
    population: int | None = None


class Attributes:
    """Code, name, part of town and residents of each feature."""

    def __init__(self, features: Features, columns: AreaColumns) -> None:
        self._cells = {
            part: features.column(heading) if (heading := getattr(columns, part)) else None
            for part in ("code", "name", "parent_code", "parent_name")
        }
        names = self._cells["name"] or []
        self._is_capitals = all(name == name.upper() for name in names)
        self._numbers = features.numbers
        self._population = self._residents(features, columns)
        is_missing = np.isnan(self._population)
        self.without_population = int(is_missing.sum()) if columns.population and not is_missing.all() else 0

    def area(self, place: int) -> ParsedArea:
        """Return the area without its geometry."""
        name = _spelled(self._text("name", place), is_capitals=self._is_capitals)
        code = self._text("code", place) or name or f"{self._numbers[place]}"
        parent_name = _spelled(self._text("parent_name", place), is_capitals=self._is_capitals) or None
        residents = self._population[place]
        return ParsedArea(
            level=1,
            code=code[:_CODE_LENGTH],
            name=(name or code)[:_NAME_LENGTH],
            geometry=MultiPolygon(),
            parent_code=(self._text("parent_code", place) or parent_name or "")[:_CODE_LENGTH] or None,
            parent_name=parent_name and parent_name[:_NAME_LENGTH],
            population=None if np.isnan(residents) else round(residents),
        )

    def _text(self, part: str, place: int) -> str:
        cells = self._cells[part]
        return one_line(cells[place]).removesuffix(".0") if cells else ""

    @staticmethod
    def _residents(features: Features, columns: AreaColumns) -> np.ndarray:
        if columns.population is None:
            return np.full(len(features.numbers), np.nan)
        values, _, _ = parse_numbers(features.column(columns.population))
        return np.where(values >= 0, values, np.nan)


def _spelled(name: str, *, is_capitals: bool) -> str:
    """Names in capitals shout on a map: `VÄSTRA KLAGSTORP` -> `Västra Klagstorp`."""
    if not is_capitals:
        return name
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in name.split(" "))
