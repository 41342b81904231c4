"""Where is it common? Districts by the share, or the index, of one indicator."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_words import hidden_note, response_note
from dashboard.look import Mode, look
from dashboard.maps.classes import quantile_classes
from dashboard.maps.survey_columns import HIDDEN, Drawn, Kind, hidden_kind, hidden_notes, survey_map
from dashboard.situation.cell_words import index_in_words, reason, share_in_words
from dashboard.situation.survey_rows import EVERYBODY, Among, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.texts import Texts
    from data_access.surveys.told import Bound, Cell, Indicator, Measure, Release

WORDS = "words"
"""Kind of a district that is compared with the municipality in words only: grey, with a sign."""

BELOW = "below"
"""Kind of a district of which it is only known that its share is less than what can be told: light, with a sign."""

_SIGNS = {"higher": "\u25b2", "about_the_same": "\u2248", "lower": "\u25bc"}
_CLASSES = 5
_DASH = "\u2013"


def indicator_map(
    release: Release,
    indicator: Indicator,
    districts: bytes,
    texts: Texts,
    *,
    measure: Measure = "present",
    group: Among = EVERYBODY,
    chosen: frozenset[str] = frozenset(),
    mode: Mode = "light",
) -> Chart:
    """Districts (GeoJSON with code, name) in about equally large classes of the share in per cent, or of the index 0-6.

    Those told in words only are grey with a sign, hidden ones hatched and named; `chosen` codes have a
    firm line and their name. `group`: of whom; its area is not used.
    """
    cells = cells_of(release, indicator, measure, group)
    drawn = replace(_drawn(cells, measure, texts, mode), chosen=chosen)
    is_index = measure == "index"
    notes = [response_note(release, None, texts)]
    notes += [texts("survey_map.note_words")] if WORDS in drawn.kind_of.values() else []
    missing = hidden_notes(districts, drawn, texts)
    notes += [*missing, hidden_note(release, texts)] if missing else []
    return survey_map(
        "share",
        drawn,
        districts,
        texts,
        fields=(
            Field("name", texts("chart.column_areas")),
            Field("value", texts(f"survey_map.column_{'index' if is_index else 'share'}")),
            Field("range", texts("survey_chart.interval")),
            Field("n", texts("survey_chart.column_n")),
        ),
        unit=texts(
            "survey_map.share_unit", name=texts.name(indicator), unit=texts(f"survey_chart.axis_{measure}")
        ),
        notes=notes,
        mode=mode,
    )


def written_value(cell: Cell | None, texts: Texts) -> str:
    """The number as it is told, else the word, or why there is none."""
    is_index = cell is not None and cell.measure == "index"
    return (index_in_words if is_index else share_in_words)(cell, texts) or reason(cell, texts)


def _drawn(cells: Mapping[str, Cell | None], measure: Measure, texts: Texts, mode: Mode) -> Drawn:
    decimals = 1 if measure == "index" else 0
    values = np.array([_shaded(cell) for cell in cells.values()], np.float64)
    classes = quantile_classes(values, texts, count=_CLASSES, decimals=decimals, mode=mode)
    high = {
        classes.colours[int(digit)]
        for cell, digit in zip(cells.values(), classes.digits, strict=True)
        if _is(cell, "above")
    }
    kinds = {BELOW: Kind(look(mode).sequential[1], _below(cells.values(), texts))}
    kinds |= {
        row.colour: Kind(
            row.colour, _class_words(row.text, texts, is_index=measure == "index", is_open=row.colour in high)
        )
        for row in classes.rows
        if not row.is_hatched and row.areas
    }
    kinds |= {WORDS: Kind(look(mode).faint, texts("survey_map.in_words"))} | hidden_kind(texts, mode)
    kind_of = {
        code: _kind(cell, classes.colours[int(digit)])
        for (code, cell), digit in zip(cells.items(), classes.digits, strict=True)
    }
    columns: dict[str, dict[str, Any]] = {
        "value": {code: written_value(cell, texts) for code, cell in cells.items()},
        "range": {code: _range(cell, texts) for code, cell in cells.items()},
        "n": {
            code: texts.number(cell.n) if cell is not None and cell.n is not None else None
            for code, cell in cells.items()
        },
    }
    signs = {
        code: _SIGNS[cell.word]
        for code, cell in cells.items()
        if kind_of[code] == WORDS and cell is not None and cell.word is not None
    }
    signs |= {code: "<" for code, kind in kind_of.items() if kind == BELOW}
    return Drawn(kinds, kind_of, columns, symbols=signs)


def _is(cell: Cell | None, bound: Bound) -> bool:
    return cell is not None and cell.bound == bound


def _below(cells: Iterable[Cell | None], texts: Texts) -> str:
    """What is only known to be less than a share is of no class, and not said to be that share."""
    shares = [
        cell.share for cell in cells if cell is not None and cell.bound == "below" and cell.share is not None
    ]
    return texts("survey_chart.share_below", share=texts.percent(max(shares, default=0)))


def _class_words(text: str, texts: Texts, *, is_index: bool, is_open: bool) -> str:
    """A class as it is written; `is_open`: something in it is only known to be more than its upper end."""
    said = texts.number(0) if text == texts("map.zero") else text
    if is_index:
        return texts("survey_map.class_index", range=said)
    whole = texts("survey_map.class_share", range=said.split(_DASH)[0] if is_open else said)
    return texts("survey_map.or_more", share=whole) if is_open else whole


def _shaded(cell: Cell | None) -> float:
    """The number that decides the class: per cent or index; NaN without one, or where it is only known to be less."""
    if cell is None or cell.precision not in ("percent", "fives") or cell.bound == "below":
        return np.nan
    value = cell.index if cell.measure == "index" else cell.share
    if value is None:
        return np.nan
    return value if cell.measure == "index" else 100 * value


def _kind(cell: Cell | None, colour: str) -> str:
    if cell is None or cell.precision == "hidden":
        return HIDDEN
    if cell.bound == "below":
        return BELOW
    return WORDS if np.isnan(_shaded(cell)) else colour


def _range(cell: Cell | None, texts: Texts) -> str | None:
    if cell is None or cell.low is None or cell.high is None or np.isnan(_shaded(cell)):
        return None
    if cell.measure == "index":
        ends = {"low": texts.number(cell.low, 1), "high": texts.number(cell.high, 1)}
    else:
        ends = {"low": texts.number(100 * cell.low), "high": texts.percent(cell.high)}
    return texts("survey_chart.range", **ends)
