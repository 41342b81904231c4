"""Is it felt where it is reported? Places of districts in perceived, reported and police-reported, and how far they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_words import response_note
from dashboard.look import Mode, look
from dashboard.maps.indicator import cells_of
from dashboard.maps.survey_columns import Drawn, Kind, hidden_kind, hidden_notes, survey_map
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import ranked_values
from dashboard.statistics.proportions import difference
from dashboard.statistics.rank import average_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dashboard.texts import Texts
    from data_access.surveys.told import Cell, Indicator, Measure, Release

Source = Literal["perceived", "reported", "police_reported"]
SOURCES: tuple[Source, ...] = ("perceived", "reported", "police_reported")
Limits = dict[str, tuple[float, float]]
"""Ends of an interval, by district."""

FEWEST_RANKED = 6
"""Among fewer districts a place says nothing."""

_LIMITS = (0.1, 0.25, 0.45)
"""Ends of the classes on either side, as share of all places."""
_MOST_NAMED = 6


def gap_map(  # noqa: PLR0913 - two surveys of the same districts, and how they are shown
    release: Release,
    indicator: Indicator,
    reported: Mapping[str, float],
    police_reported: Mapping[str, float],
    districts: bytes,
    texts: Texts,
    *,
    limits: Mapping[Source, Limits],
    between: tuple[Source, Source] = ("perceived", "reported"),
    measure: Measure = "index",
    group: Among = EVERYBODY,
    chosen: frozenset[str] = frozenset(),
    mode: Mode = "light",
) -> Chart:
    """Districts by how many places higher they stand in the first of two rankings than in the second; 1st place: most.

    `reported`, `police_reported`: incidents per 1,000 residents and year, by code; `limits`: their 95 % intervals. Only districts
    that have all three are ranked; the others are hatched and named. Orange: more of the first than of the second; purple: less.
    A district whose two intervals together leave open which place is the higher counts as about the same. `chosen` codes have a
    firm line and their name. `group`: of whom; its area is not used.
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
    drawn = replace(_drawn(known, places, between, is_open, texts, mode), chosen=chosen)
    first, second = between
    notes = [texts(f"survey_map.note_{first}_{second}"), response_note(release, None, texts)]
    return survey_map(
        "gap",
        drawn,
        districts,
        texts,
        fields=(
            Field("name", texts("chart.column_areas")),
            *(Field(source, texts(f"survey_map.place_{source}")) for source in SOURCES),
            Field("told", texts("survey_map.column_gap")),
        ),
        unit=texts("survey_map.gap_unit", name=texts.name(indicator)),
        notes=[*notes, *hidden_notes(districts, drawn, texts)],
        mode=mode,
    )


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


def _drawn(
    known: list[str],
    places: Mapping[Source, NDArray[np.float64]],
    between: tuple[Source, Source],
    is_open: NDArray[np.bool_],
    texts: Texts,
    mode: Mode,
) -> Drawn:
    first, second = between
    higher = places[second] - places[first]
    limits = [max(step + 1, round(share * len(known))) for step, share in enumerate(_LIMITS)]
    size = np.searchsorted(limits, np.abs(higher), side="right")
    classes = np.where(is_open, 0, np.sign(higher) * size).astype(int).tolist()
    said = {side: _words(side, limits, between, texts) for side in range(3, -4, -1)}
    kinds = {str(side): Kind(look(mode).diverging[3 + side], words) for side, words in said.items()}
    columns: dict[str, dict[str, Any]] = {
        str(source): {
            code: texts("survey_map.place", place=int((of < place).sum()) + 1, of=len(known))
            for code, place in zip(known, of, strict=True)
        }
        for source, of in places.items()
    }
    columns["told"] = {code: said[side] for code, side in zip(known, classes, strict=True)}
    outermost = [code for code, side in zip(known, classes, strict=True) if abs(side) == len(limits)]
    return Drawn(
        kinds | hidden_kind(texts, mode),
        {code: str(side) for code, side in zip(known, classes, strict=True)},
        columns,
        named=frozenset(outermost if len(outermost) <= _MOST_NAMED else ()),
        has_white=True,
    )


def _words(side: int, limits: list[int], between: tuple[Source, Source], texts: Texts) -> str:
    if side == 0:
        return texts("survey_map.gap_none", most=limits[0] - 1)
    ends = (*limits, None)
    low, above = ends[abs(side) - 1], ends[abs(side)]
    way = texts(f"survey_map.gap_{'more' if side > 0 else 'less'}_{between[0]}_{between[1]}")
    if above is None:
        return texts("survey_map.gap_over", way=way, low=low)
    return texts("survey_map.gap_between", way=way, low=low, high=above - 1)
