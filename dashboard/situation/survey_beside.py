"""A survey beside an intervention: the waves before and after its start, never weighed into the effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.situation.cell_words import index_in_words, reason, share_in_words
from dashboard.situation.survey import around
from dashboard.situation.survey_told import change_of, is_alike, told_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.statistics.proportions import Difference
    from dashboard.texts import Texts
    from data_access.intervention_facts import InterventionFact
    from data_access.survey_goals import SurveyGoal
    from data_access.surveys.told import Cell, Release, Wave


@dataclass(frozen=True)
class Beside:
    """A district, or the municipality (None): its cells before and after, and the difference with its interval.

    `change` None: not told. `is_same`: whether both waves are of the same district; else there are no cells.
    """

    area: str | None
    before: Cell | None
    after: Cell | None
    change: Difference | None
    is_same: bool = True


@dataclass(frozen=True)
class SurveyBeside:
    """What is followed, the two waves, and what each district of the intervention says in them; the municipality last."""

    goal: SurveyGoal
    before: Wave
    after: Wave
    rows: tuple[Beside, ...]


def survey_beside(
    waves: Iterable[Wave],
    read: Callable[[int], Release | None],
    one: InterventionFact,
    unchanged: Callable[[Wave], frozenset[str]],
    goal: SurveyGoal,
) -> SurveyBeside | None:
    """The two waves around the start of an intervention; None where there are not both.

    `unchanged`: codes of the intervention's districts that are the same in the set of a wave; the others are not compared.
    """
    found = around(waves, goal.instrument, one.starts_on)
    before, after = ((read(wave.id) if wave is not None else None) for wave in found)
    if before is None or after is None:
        return None
    same = unchanged(before.wave) & unchanged(after.wave)
    rows = [
        _row(before, after, area, goal) if area in same else Beside(area, None, None, None, is_same=False)
        for area in one.areas
    ]
    return SurveyBeside(goal, before.wave, after.wave, (*rows, _row(before, after, None, goal)))


def _row(before: Release, after: Release, area: str | None, goal: SurveyGoal) -> Beside:
    earlier, later = (release.cell(goal.code, goal.measure, area) for release in (before, after))
    change = change_of(later, earlier) if is_alike(after, before, goal.code) else None
    return Beside(area, earlier, later, change)


def beside_words(of: SurveyBeside, names: dict[str, str], texts: Texts) -> tuple[str, ...]:
    """A sentence per place: the number before and after with its answers, and whether it differs."""
    return tuple(_words(row, of.goal, names, texts) for row in of.rows)


def _words(row: Beside, goal: SurveyGoal, names: dict[str, str], texts: Texts) -> str:
    area = texts("survey_chart.municipality") if row.area is None else names.get(row.area, row.area)
    if not row.is_same:
        return texts("surveys.card_redrawn", area=area)
    told = {name: _told(cell, texts) for name, cell in (("before", row.before), ("after", row.after))}
    return texts("surveys.card_row", area=area, change=_change(row.change, goal, texts), **told)


def _told(cell: Cell | None, texts: Texts) -> str:
    is_index = cell is not None and cell.measure == "index"
    value = told_value(cell)
    if cell is None or value is None:
        return (index_in_words if is_index else share_in_words)(cell, texts) or reason(cell, texts)
    written = texts.number(value, 1) if is_index else share_in_words(cell, texts)
    return written if cell.n is None else texts("surveys.card_index", index=written, n=cell.n)


def _change(change: Difference | None, goal: SurveyGoal, texts: Texts) -> str:
    """An index is better when it is lower; a share as its question says."""
    if change is None:
        return texts("survey_chart.not_compared")
    unit, decimals = (1, 1) if goal.measure == "index" else (100, 0)
    ends = {
        name: texts.number(unit * getattr(change, name), decimals, signed=True)
        for name in ("value", "low", "high")
    }
    is_more_better = goal.measure != "index" and goal.polarity == "protective"
    way = "better" if (change.value > 0) == is_more_better else "worse"
    words = texts(f"surveys.card_{way if change.is_clear else 'unclear'}")
    return texts(
        "surveys.card_change" if goal.measure == "index" else "surveys.card_points", words=words, **ends
    )
