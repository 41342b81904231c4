"""Perceived safety beside an intervention: the waves before and after its start, never weighed into the effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.situation.cell_words import index_in_words, reason
from dashboard.situation.survey import around
from dashboard.situation.survey_told import change_of, is_alike, told_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.statistics.proportions import Difference
    from dashboard.texts import Texts
    from data_access.intervention_facts import InterventionFact
    from data_access.surveys.told import Cell, Release, Wave

TOTAL = "total"
"""Code of the indicator that weighs all items of the index equally."""


@dataclass(frozen=True)
class Beside:
    """A district, or the municipality (None): the cells of the index before and after, and the difference with its interval.

    `change` None: not told. `is_same`: whether both waves are of the same district; else there are no cells.
    """

    area: str | None
    before: Cell | None
    after: Cell | None
    change: Difference | None
    is_same: bool = True


@dataclass(frozen=True)
class SafetyBeside:
    """The two waves, and what each district of the intervention says in them; the municipality last."""

    before: Wave
    after: Wave
    rows: tuple[Beside, ...]


def safety_beside(
    waves: Iterable[Wave],
    read: Callable[[int], Release | None],
    one: InterventionFact,
    unchanged: Callable[[Wave], frozenset[str]],
) -> SafetyBeside | None:
    """The two waves around the start of an intervention; None where there are not both.

    `unchanged`: codes of the intervention's districts that are the same in the set of a wave; the others are not compared.
    """
    found = around(waves, "safety", one.starts_on)
    before, after = ((read(wave.id) if wave is not None else None) for wave in found)
    if before is None or after is None:
        return None
    same = unchanged(before.wave) & unchanged(after.wave)
    rows = [
        _row(before, after, area) if area in same else Beside(area, None, None, None, is_same=False)
        for area in one.areas
    ]
    return SafetyBeside(before.wave, after.wave, (*rows, _row(before, after, None)))


def _row(before: Release, after: Release, area: str | None) -> Beside:
    earlier, later = (release.cell(TOTAL, "index", area) for release in (before, after))
    change = change_of(later, earlier) if is_alike(after, before, TOTAL) else None
    return Beside(area, earlier, later, change)


def beside_words(of: SafetyBeside, names: dict[str, str], texts: Texts) -> tuple[str, ...]:
    """A sentence per place: the index before and after with its number of answers, and whether it differs."""
    return tuple(_words(row, names, texts) for row in of.rows)


def _words(row: Beside, names: dict[str, str], texts: Texts) -> str:
    area = texts("survey_chart.municipality") if row.area is None else names.get(row.area, row.area)
    if not row.is_same:
        return texts("surveys.card_redrawn", area=area)
    told = {name: _index(cell, texts) for name, cell in (("before", row.before), ("after", row.after))}
    return texts("surveys.card_row", area=area, change=_change(row.change, texts), **told)


def _index(cell: Cell | None, texts: Texts) -> str:
    value = told_value(cell)
    if cell is None or value is None:
        return index_in_words(cell, texts) or reason(cell, texts)
    return texts("surveys.card_index", index=texts.number(value, 1), n=cell.n or 0)


def _change(change: Difference | None, texts: Texts) -> str:
    if change is None:
        return texts("survey_chart.not_compared")
    ends = {name: texts.number(getattr(change, name), 1, signed=True) for name in ("value", "low", "high")}
    key = "unclear" if not change.is_clear else "clear_higher" if change.value > 0 else "clear_lower"
    return texts("surveys.card_change", words=texts(f"surveys.card_{key}"), **ends)
