"""Where are both high? Districts by thirds of an indicator and thirds of a rate, with a square for a legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_words import response_note
from dashboard.look import Mode, look
from dashboard.maps.indicator import written_value
from dashboard.maps.square_legend import square_legend
from dashboard.maps.survey_columns import Drawn, Kind, hidden_kind, hidden_notes, survey_map
from dashboard.situation.survey_rows import EVERYBODY, Among, cells_of
from dashboard.situation.survey_told import ranked_values
from dashboard.statistics.rank import average_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.texts import Texts
    from data_access.surveys.told import Indicator, Measure, Release

THIRDS = 3
_STEPS = ("low", "middle", "high")


def bivariate_map(  # noqa: PLR0913 - a survey, crime beside it, and how they are shown
    release: Release,
    indicator: Indicator,
    rates: Mapping[str, float],
    districts: bytes,
    texts: Texts,
    *,
    rate_name: str = "",
    measure: Measure = "present",
    group: Among = EVERYBODY,
    chosen: frozenset[str] = frozenset(),
    mode: Mode = "light",
) -> Chart:
    """Districts in nine colours: the third of the indicator they are in, by the third of the rate.

    `rates`: incidents per 1,000 residents and year, by code; `rate_name` says what they count. Districts without a number of
    either are hatched and named. Equal values, and what is only known to be less than a share, are always in the same third.
    `chosen` codes have a firm line and their name. `group`: of whom; its area is not used.
    """
    rate_name = rate_name or texts("survey_chart.scatter_rate")
    cells = cells_of(release, indicator, measure, group)
    ranked = ranked_values(cells)
    known = {
        code: (ranked[code], rate)
        for code in cells
        if code in ranked and (rate := rates.get(code)) is not None and np.isfinite(rate)
    }
    thirds = [_thirds([pair[place] for pair in known.values()]) for place in range(2)]
    squares = [THIRDS * y + x for x, y in zip(*thirds, strict=True)]
    kinds = {
        str(square): Kind(colour, _words(square, indicator, rate_name, texts))
        for square, colour in enumerate(look(mode).bivariate)
    }
    columns: dict[str, dict[str, Any]] = {
        "value": {code: written_value(cell, texts) for code, cell in cells.items()},
        "rate": {code: texts.number(rate, 1) for code, rate in rates.items() if np.isfinite(rate)},
        "told": {code: kinds[str(square)].words for code, square in zip(known, squares, strict=True)},
    }
    kind_of = {code: str(square) for code, square in zip(known, squares, strict=True)}
    across = texts(
        "survey_chart.scatter_x", name=texts.name(indicator), unit=texts(f"survey_chart.axis_{measure}")
    )
    counts = [squares.count(square) for square in range(THIRDS * THIRDS)]
    above = square_legend(counts, across, rate_name, texts, mode)
    drawn = Drawn(kinds | hidden_kind(texts, mode), kind_of, columns, chosen=chosen, above=above)
    chart = survey_map(
        "both",
        drawn,
        districts,
        texts,
        fields=(
            Field("name", texts("chart.column_areas")),
            Field("value", across),
            Field("rate", rate_name),
            Field("told", texts("survey_map.column_both")),
        ),
        unit=texts("survey_map.both_unit"),
        notes=[
            texts("survey_chart.note_areas"),
            response_note(release, None, texts),
            *hidden_notes(districts, drawn, texts),
        ],
        mode=mode,
    )
    return _with_square(chart)


def _thirds(values: list[float]) -> list[int]:
    """0, 1, 2 from the smallest to the largest."""
    if not values:
        return []
    return np.floor(THIRDS * (average_ranks(values) - 0.5) / len(values)).astype(int).tolist()


def _words(square: int, indicator: Indicator, rate_name: str, texts: Texts) -> str:
    x, y = square % THIRDS, square // THIRDS
    steps = {"x": texts(f"survey_map.third_{_STEPS[x]}"), "y": texts(f"survey_map.third_{_STEPS[y]}")}
    return texts("survey_map.both_words", name=texts.name(indicator), rate=rate_name, **steps)


def _with_square(chart: Chart) -> Chart:
    """The square stands over the map in place of the list of colours."""
    chart.spec["layer"][0]["encoding"]["color"]["legend"] = None
    return chart
