"""Is it felt where it is reported? Places of districts in perceived, reported and police-reported, and how far they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_words import response_note
from dashboard.look import Mode, look
from dashboard.maps.indicator import cells_of
from dashboard.maps.survey_columns import Drawn, Kind, hidden_kind, hidden_notes, survey_map
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import told_value
from dashboard.statistics.rank import average_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from dashboard.texts import Texts
    from data_access.surveys.told import Cell, Indicator, Measure, Release

Source = Literal["perceived", "reported", "police_reported"]
SOURCES: tuple[Source, ...] = ("perceived", "reported", "police_reported")

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
    between: tuple[Source, Source] = ("perceived", "reported"),
    measure: Measure = "index",
    group: Among = EVERYBODY,
    mode: Mode = "light",
) -> Chart:
    """Districts by how many places higher they stand in the first of two rankings than in the second; 1st place: most.

    `reported`, `police_reported`: incidents per 1,000 residents and year, by code. Only districts that have all three are ranked;
    the others are hatched and named. Orange: more of the first than of the second; purple: less. A district whose
    interval leaves open on which side it is counts as about the same. `group`: of whom; its area is not used.
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
    is_open = _is_open([cells[code] for code in known], places, between)
    drawn = _drawn(known, places, between, is_open, texts, mode)
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


def _is_open(
    cells: list[Cell | None], places: Mapping[Source, NDArray[np.float64]], between: tuple[Source, Source]
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
