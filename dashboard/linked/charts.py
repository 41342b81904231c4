"""The charts of the linked component, in their order on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from dashboard.charts.bars import bars
from dashboard.charts.coverage import coverage
from dashboard.charts.hours import hours
from dashboard.charts.lanes import Lane, lanes
from dashboard.charts.trend import LaneClick, trend
from dashboard.linked.interventions import expected_weeks, in_address, is_asked, questions
from dashboard.situation import rows
from dashboard.situation.coverage import coverage_rows
from dashboard.situation.once import once_per_facts
from dashboard.situation.words import few_in_words

if TYPE_CHECKING:
    from dashboard.charts.chart import Chart
    from dashboard.look import Mode
    from dashboard.situation.evaluation import Evaluation
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts
    from data_access.facts import Facts

Pick = Literal["hours", "code", "weeks"]
PICKS: dict[str, Pick | None] = {
    "hours": "hours",
    "categories": "code",
    "areas": "code",
    "period": "weeks",
    "coverage": None,
    "sources": "code",
    "police_reported": "code",
    "kinds": "code",
}
"""Every chart, and how a click in it chooses."""


def charts(
    of: Situation, texts: Texts, mode: Mode, *, evaluation: Evaluation | None = None
) -> dict[str, Chart]:
    """All charts of a situation, by the names in `PICKS`; `evaluation`: of the intervention that is asked for."""
    few = few_in_words(of.facts.sight, texts) if of.facts.sight.fewest else ""
    drawn = {"hours": _hours(of, texts, few, mode), "period": _trend(of, texts, few, mode, evaluation)}
    drawn["coverage"] = _coverage(of.facts, texts, mode)
    for facet, columns in rows.bar_rows(of, texts).items():
        selected, top = getattr(of.selection, facet), rows.SHOWN_ROWS.get(facet)
        shown = columns if of.before else {name: columns[name] for name in ("code", "name", "count")}
        drawn[facet] = bars(shown, facet, texts, selected=selected, top=top, few=few, mode=mode)
    return {name: drawn[name] for name in PICKS}


def _hours(of: Situation, texts: Texts, few: str, mode: Mode) -> Chart:
    when, selected = rows.hours(of), of.selection.hours
    unknown, total = when.unknown, when.total
    return hours(when.weights, texts, selected=selected, unknown=unknown, total=total, few=few, mode=mode)


def _trend(of: Situation, texts: Texts, few: str, mode: Mode, evaluation: Evaluation | None) -> Chart:
    weeks, expected = rows.weeks(of), expected_weeks(of, evaluation) if evaluation else None
    if expected is not None and "before" in weeks:
        weeks |= {"before": expected, "is_compared": np.isfinite(expected)}
    room, asks = _lanes(of.facts), questions(of.facts)
    near = {one.id for one in rows.interventions(of)}
    drawn = trend(
        weeks,
        texts,
        lanes=[lane for lane, _ in room],
        behind=[lane for lane, number in room if number not in near],
        clicks=[LaneClick(in_address(asks[one]), is_asked(asks[one], of.selection)) for _, one in room],
        selected=rows.days(of),
        few=few,
        mode=mode,
    )
    if evaluation is None or expected is None:
        return drawn
    note = texts("chart.note_expected", count=len(evaluation.comparison))
    return replace(drawn, notes=(note, *drawn.notes))


@once_per_facts
def _lanes(facts: Facts) -> tuple[tuple[Lane, int], ...]:
    """Lanes of all interventions with their numbers: a lane stays where it is, whatever is chosen."""
    starts, known = (
        rows.week_starts(facts),
        [one for one in facts.frame.interventions if not one.is_cancelled],
    )
    placed = lanes(known, starts[0].item(), (starts[-1] + 6).item())
    numbers = {id(one): one.id for one in known}
    return tuple((lane, numbers[id(lane.intervention)]) for lane in placed)


@once_per_facts
def _coverage(facts: Facts, texts: Texts, mode: Mode) -> Chart:
    return coverage(coverage_rows(facts), texts, has_axis=False, mode=mode)
