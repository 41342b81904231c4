"""Where incidents are painted: cells that hold about equally many, and spots too small for a heat surface to tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.grid import Cells, equal_count_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.disclosure import Disclosure
    from data_access.records import Records

SPOT_M = 20.0
"""Divides the smallest side of a cell, so that no spot lies in two."""
ADDRESSES_A_PART = 8
_CELL_TARGET = 40
_AREAS_A_CELL = np.int64(1) << 32
_SPOTS_A_ROW = np.int64(1) << 32


@dataclass(frozen=True, eq=False)
class Spots:
    """Middles (metres) of the squares of SPOT_M that hold any painted point; one past the last is the code of no place."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @property
    def count(self) -> int:
        """Number of spots."""
        return len(self.x)

    @classmethod
    def of(cls, records: Records, told: Disclosure) -> tuple[NDArray[np.uint32], Spots]:
        """Code of each record's spot, and the spots."""
        column, row = (
            np.floor(values[told.is_place] / SPOT_M).astype(np.int64) for values in (records.x, records.y)
        )
        used, place = np.unique(row * _SPOTS_A_ROW + column, return_inverse=True)
        codes = np.full(records.size, len(used), np.uint32)
        codes[told.is_place] = place
        row, column = np.divmod(used, _SPOTS_A_ROW)
        return codes, cls((column + 0.5) * SPOT_M, (row + 0.5) * SPOT_M)


@dataclass(frozen=True, eq=False)
class Places:
    """A grid over the painted points; None while they are fewer than a cell must hold.

    `parts`, where places are guarded: cell and district (place in the frame) of each part of a cell that is told, a row each.
    No part reaches over a district's border, and each has points at ADDRESSES_A_PART places.
    """

    cells: Cells | None
    parts: NDArray[np.int64] | None = None

    @classmethod
    def of(
        cls, spot: NDArray[np.uint32], spots: Spots, area: NDArray[Any], areas: int, *, is_guarded: bool
    ) -> Places:
        """Cells with about equally many points each; `areas` is the number of districts, the code of "outside"."""
        times = np.bincount(spot, minlength=spots.count)[: spots.count]
        if times.sum() < ADDRESSES_A_PART:
            return cls(None)
        whole = cls(equal_count_cells(spots.x, spots.y, weights=times, target=_CELL_TARGET))
        return cls(whole.cells, whole.parts_told(spot, spots, area, areas)) if is_guarded else whole

    def parts_told(
        self, spot: NDArray[np.uint32], spots: Spots, area: NDArray[Any], areas: int
    ) -> NDArray[np.int64]:
        """Parts of cells inside one district with enough places that have a point."""
        is_known = (spot < spots.count) & (area < areas)
        cell = self._cell_of(spots)[spot[is_known]]
        of_place = np.stack([cell, area[is_known].astype(np.int64), spot[is_known].astype(np.int64)])
        places = np.unique(of_place[:, cell >= 0], axis=1)
        parts, times = np.unique(places[:2], axis=1, return_counts=True)
        return parts[:, times >= ADDRESSES_A_PART].T

    @property
    def count(self) -> int:
        """Number of cells, or of parts: the code of a place that is in none; one more is the code of no place."""
        if self.parts is not None:
            return len(self.parts)
        return 0 if self.cells is None else len(self.cells.side_m)

    def cell_codes(self, spot: NDArray[np.uint32], spots: Spots, area: NDArray[Any]) -> NDArray[Any]:
        """Code of each record's cell, or part of a cell; a spot never lies in two cells."""
        found = self._cell_of(spots)
        of_record = np.append(found, -1)[spot]
        if self.parts is not None:
            of_record = self._part_of(of_record, area)
        codes = np.where(of_record < 0, self.count, of_record)
        codes[spot >= spots.count] = self.count + 1
        return codes.astype(np.uint16 if self.count + 2 <= 1 << 16 else np.uint32)

    def _cell_of(self, spots: Spots) -> NDArray[np.int64]:
        if self.cells is None:
            return np.full(spots.count, -1)
        return self.cells.locate(spots.x, spots.y).astype(np.int64)

    def _part_of(self, cell: NDArray[np.int64], area: NDArray[Any]) -> NDArray[np.int64]:
        """Place among the parts, -1 for none; they are in the order of cell and district."""
        if self.parts is None or not len(self.parts):
            return np.full(len(cell), -1)
        keys = self.parts[:, 0] * _AREAS_A_CELL + self.parts[:, 1]
        wanted = cell * _AREAS_A_CELL + area.astype(np.int64)
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, place, -1)
