"""What a file of polygons holds, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pyproj
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Features:
    """`geometries` (None: empty or broken, see `is_broken`), attribute `columns` as text, and each feature's number.

    `crs` is what the file states, None when it states nothing; `is_wgs84_by_rule` marks GeoJSON, whose standard knows
    only longitude and latitude.
    """

    geometries: tuple[BaseGeometry | None, ...]
    is_broken: np.ndarray
    columns: tuple[str, ...]
    cells: tuple[list[str], ...]
    numbers: np.ndarray
    crs: pyproj.CRS | None
    encoding: str | None = None
    is_wgs84_by_rule: bool = False

    def column(self, name: str) -> list[str]:
        """Return one attribute of every feature."""
        return self.cells[self.columns.index(name)]
