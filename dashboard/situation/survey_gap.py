"""Is it felt where it is reported? Places of districts in perceived, reported and police-reported, and how far they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from dashboard.situation.survey_rows import EVERYBODY, Among, cells_of
from dashboard.situation.survey_told import ranked_values
from dashboard.statistics.proportions import difference
from dashboard.statistics.rank import average_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from data_access.surveys.told import Cell, Indicator, Measure, Release

Source = Literal["perceived", "reported", "police_reported"]
SOURCES: tuple[Source, ...] = ("perceived", "reported", "police_reported")
Pair = tuple[Source, Source]
Limits = dict[str, tuple[float, float]]
"""Ends of an interval, by district."""

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
    limits: Mapping[Source, Limits],
    between: Pair = ("perceived", "reported"),
    measure: Measure = "index",
    group: Among = EVERYBODY,
) -> Gaps:
    """Rank the districts that have all three, and compare two of the rankings.

    `reported`, `police_reported`: incidents per 1,000 residents and year, by code; `limits`: their 95 % intervals. A district
    whose two intervals together leave open which place is the higher counts as about the same. `group`: of whom; its area is not
    used.
    """
    cells = cells_of(release, indicator, measure, group)
    values: dict[Source, Mapping[str, float]] = {
        "perceived": ranked_values(cells),
        "reported": reported,
        "police_reported": police_reported,
    }
    known = [code for code in cells if all(np.isfinite(values[of].get(code, np.nan)) for of in SOURCES)]
    known = known if len(known) >= FEWEST_RANKED else []
    places: dict[Source, NDArray[np.float64]] = {
        of: _places([values[of][code] for code in known]) for of in SOURCES
    }
    every = {"perceived": _limits(cells)} | dict(limits)
    is_open = _is_open(*((places[of], _ranges(known, values[of], every.get(of, {}))) for of in between))
    first, second = between
    higher = places[second] - places[first]
    classes = tuple(max(step + 1, round(share * len(known))) for step, share in enumerate(_LIMITS))
    size = np.searchsorted(classes, np.abs(higher), side="right")
    sides = np.where(is_open, 0, np.sign(higher) * size).astype(int).tolist()
    return Gaps(tuple(known), places, between, tuple(sides), classes)


def _places(values: list[float]) -> NDArray[np.float64]:
    """1 for the largest; equal values share their mean place."""
    return average_ranks([-value for value in values]) if values else np.zeros(0)


def _limits(cells: Mapping[str, Cell | None]) -> Limits:
    return {
        code: (cell.low, cell.high)
        for code, cell in cells.items()
        if cell is not None and cell.low is not None and cell.high is not None
    }


def _ranges(known: Sequence[str], values: Mapping[str, float], limits: Limits) -> list[tuple[float, float]]:
    """The first and the last place that each district may have, by its interval among the values of the others."""
    found, of = [], np.array([values[code] for code in known])
    for row, code in enumerate(known):
        rest, (low, high) = np.delete(of, row), limits.get(code, (of[row], of[row]))
        ends = max(high, of[row]), min(low, of[row])
        found.append(tuple(float(1 + (rest > end).sum() + (rest == end).sum() / 2) for end in ends))
    return found


_Places = tuple["NDArray[np.float64]", list[tuple[float, float]]]
"""Places of districts in a ranking, and the first and the last that each may have."""


def _is_open(first: _Places, second: _Places) -> NDArray[np.bool_]:
    """Whether the intervals of the two values leave open which place is the higher; both count, as in any difference."""
    pairs = zip(first[0].tolist(), first[1], second[0].tolist(), second[1], strict=True)
    return np.array([not difference(*pair).is_clear for pair in pairs], bool)
