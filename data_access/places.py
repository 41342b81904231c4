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
_CELL_TARGET = 40
_ADDRESSES_A_CELL = 8
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
    """A grid over the painted points; None while they are fewer than a cell must hold."""

    cells: Cells | None

    @classmethod
    def of(cls, spot: NDArray[np.uint32], spots: Spots) -> Places:
        """Cells with about equally many points each."""
        times = np.bincount(spot, minlength=spots.count)[: spots.count]
        if times.sum() < _ADDRESSES_A_CELL:
            return cls(None)
        return cls(equal_count_cells(spots.x, spots.y, weights=times, target=_CELL_TARGET))

    @property
    def count(self) -> int:
        """Number of cells: the code of a place that is in none; one more is the code of no place."""
        return 0 if self.cells is None else len(self.cells.side_m)

    def cell_codes(self, spot: NDArray[np.uint32], spots: Spots) -> NDArray[Any]:
        """Code of each record's cell; a spot never lies in two."""
        found = np.full(spots.count, -1) if self.cells is None else self.cells.locate(spots.x, spots.y)
        of_spot = np.append(np.where(found < 0, self.count, found), self.count + 1)
        return of_spot.astype(np.uint16 if self.count + 2 <= 1 << 16 else np.uint32)[spot]
