"""Is it felt where it is reported? Places of districts in perceived, reported and police-reported, and how far they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from dashboard.situation.survey_rows import EVERYBODY, Among, cells_of
from dashboard.situation.survey_told import told_value
from dashboard.statistics.rank import average_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from data_access.surveys.told import Cell, Indicator, Measure, Release

Source = Literal["perceived", "reported", "police_reported"]
SOURCES: tuple[Source, ...] = ("perceived", "reported", "police_reported")
Pair = tuple[Source, Source]

FEWEST_RANKED = 6
"""Among fewer districts a place says nothing."""

_LIMITS = (0.1, 0.25, 0.45)
"""Ends of the classes on either side, as share of all places."""
_STANDS_OUT = 2
"""From this class on a district is named as one that stands out."""
_END = 1 / 3
"""What share of the districts are among the first, or the last."""


@dataclass(frozen=True)
class Gaps:
    """How places of districts differ `between` two rankings.

    `codes`: the districts that are ranked, none where they are too few. `places`: in each ranking, in their order, 1st: most.
    `sides`: 0 about the same, 1 to 3 more of the first (3: farthest), -1 to -3 less. `limits`: places at which the classes 1, 2
    and 3 begin.
    """

    codes: tuple[str, ...]
    places: Mapping[Source, NDArray[np.float64]]
    between: Pair
    sides: tuple[int, ...]
    limits: tuple[int, ...]

    def standing_out(self) -> list[str]:
        """Districts in the outer two classes, the farthest first."""
        far = {code: abs(side) for code, side in zip(self.codes, self.sides, strict=True)}
        return sorted((code for code in far if far[code] >= _STANDS_OUT), key=lambda code: (-far[code], code))

    def side(self, code: str) -> int:
        """Of one district that is ranked."""
        return self.sides[self.codes.index(code)]

    def end(self, code: str, source: Source) -> Literal["high", "low", ""]:
        """Whether a district is among the third with the most of something, or the least; "" for neither."""
        place = self.places[source][self.codes.index(code)]
        if place <= _END * len(self.codes):
            return "high"
        return "low" if place > (1 - _END) * len(self.codes) else ""


def gaps(
    release: Release,
    indicator: Indicator,
    reported: Mapping[str, float],
    police_reported: Mapping[str, float],
    *,
    between: Pair = ("perceived", "reported"),
    measure: Measure = "index",
    group: Among = EVERYBODY,
) -> Gaps:
    """Rank the districts that have all three, and compare two of the rankings.

    `reported`, `police_reported`: incidents per 1,000 residents and year, by code. A district whose interval leaves open on which
    side it is counts as about the same. `group`: of whom; its area is not used.
    """
    cells = cells_of(release, indicator, measure, group)
    values = {
        code: (told_value(cell), reported.get(code), police_reported.get(code))
        for code, cell in cells.items()
    }
    known = [code for code, of in values.items() if all(one is not None and np.isfinite(one) for one in of)]
    known = known if len(known) >= FEWEST_RANKED else []
    places: dict[Source, NDArray[np.float64]] = {
        source: _places([values[code][column] or 0.0 for code in known])
        for column, source in enumerate(SOURCES)
    }
    first, second = between
    higher = places[second] - places[first]
    limits = tuple(max(step + 1, round(share * len(known))) for step, share in enumerate(_LIMITS))
    size = np.searchsorted(limits, np.abs(higher), side="right")
    is_open = _is_open([cells[code] for code in known], places, between)
    sides = np.where(is_open, 0, np.sign(higher) * size).astype(int).tolist()
    return Gaps(tuple(known), places, between, tuple(sides), limits)


def _places(values: list[float]) -> NDArray[np.float64]:
    """1 for the largest; equal values share their mean place."""
    return average_ranks([-value for value in values]) if values else np.zeros(0)


def _is_open(
    cells: list[Cell | None], places: Mapping[Source, NDArray[np.float64]], between: Pair
) -> NDArray[np.bool_]:
    """Whether the interval of what a district perceives leaves open on which side of its other place it stands."""
    found = np.zeros(len(cells), bool)
    if between[0] != "perceived":
        return found
    values = np.array([told_value(cell) or 0.0 for cell in cells])
    other = places[between[1]]
    for row, cell in enumerate(cells):
        ends = (cell.low, cell.high) if cell is not None else (None, None)
        low, high = (values[row] if end is None else end for end in ends)
        rest = np.delete(values, row)
        sides = [
            np.sign(other[row] - 1 - (rest > end).sum() - (rest == end).sum() / 2) for end in (low, high)
        ]
        found[row] = sides[0] != sides[1]
    return found
