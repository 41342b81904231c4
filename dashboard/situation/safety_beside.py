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
    """One district: the cells of the index before and after, and the difference with its interval (None: not told)."""

    area: str
    before: Cell | None
    after: Cell | None
    change: Difference | None


@dataclass(frozen=True)
class SafetyBeside:
    """The two waves, and what each district of the intervention says in them."""

    before: Wave
    after: Wave
    rows: tuple[Beside, ...]


def safety_beside(
    waves: Iterable[Wave],
    read: Callable[[int], Release | None],
    one: InterventionFact,
    area_set_id: int,
) -> SafetyBeside | None:
    """The two waves around the start of an intervention; None where there are not both, or of other districts."""
    found = around([wave for wave in waves if wave.area_set_id == area_set_id], "safety", one.starts_on)
    before, after = ((read(wave.id) if wave is not None else None) for wave in found)
    if before is None or after is None:
        return None
    rows = tuple(_row(before, after, area) for area in one.areas)
    return SafetyBeside(before.wave, after.wave, rows)


def _row(before: Release, after: Release, area: str) -> Beside:
    earlier, later = (release.cell(TOTAL, "index", area) for release in (before, after))
    change = change_of(later, earlier) if is_alike(after, before, TOTAL) else None
    return Beside(area, earlier, later, change)


def beside_words(of: SafetyBeside, names: dict[str, str], texts: Texts) -> tuple[str, ...]:
    """A sentence per district: the index before and after with its number of answers, and whether it differs."""
    return tuple(
        texts(
            "surveys.card_row",
            area=names.get(row.area, row.area),
            before=_index(row.before, texts),
            after=_index(row.after, texts),
            change=_change(row.change, texts),
        )
        for row in of.rows
    )


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
