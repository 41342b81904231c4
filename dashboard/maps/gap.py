"""Is it felt where it is reported? Districts by how far their places in two rankings differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_words import response_note
from dashboard.look import Mode, look
from dashboard.maps.survey_columns import Drawn, Kind, hidden_kind, hidden_notes, survey_map
from dashboard.situation.survey_gap import SOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.situation.survey_gap import Gaps, Pair
    from dashboard.texts import Texts
    from data_access.surveys.told import Indicator, Release

_MOST_NAMED = 6


def gap_map(
    release: Release,
    indicator: Indicator,
    found: Gaps,
    districts: bytes,
    texts: Texts,
    *,
    chosen: frozenset[str] = frozenset(),
    mode: Mode = "light",
) -> Chart:
    """Districts by how many places higher they stand in the first of two rankings than in the second; 1st place: most.

    Districts that are not ranked are hatched and named. Orange: more of the first than of the second; purple: less. `chosen`
    codes have a firm line and their name.
    """
    drawn = replace(_drawn(found, texts, mode), chosen=chosen)
    first, second = found.between
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


def _drawn(found: Gaps, texts: Texts, mode: Mode) -> Drawn:
    known, classes, limits = found.codes, found.sides, found.limits
    said = {side: _words(side, limits, found.between, texts) for side in range(3, -4, -1)}
    kinds = {str(side): Kind(look(mode).diverging[3 + side], words) for side, words in said.items()}
    columns: dict[str, dict[str, Any]] = {
        str(source): {
            code: texts("survey_map.place", place=int((of < place).sum()) + 1, of=len(known))
            for code, place in zip(known, of, strict=True)
        }
        for source, of in found.places.items()
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


def _words(side: int, limits: Sequence[int], between: Pair, texts: Texts) -> str:
    if side == 0:
        return texts("survey_map.gap_none", most=limits[0] - 1)
    ends = (*limits, None)
    low, above = ends[abs(side) - 1], ends[abs(side)]
    way = texts(f"survey_map.gap_{'more' if side > 0 else 'less'}_{between[0]}_{between[1]}")
    if above is None:
        return texts("survey_map.gap_over", way=way, low=low)
    return texts("survey_map.gap_between", way=way, low=low, high=above - 1)
