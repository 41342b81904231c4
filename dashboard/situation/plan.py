"""Before a start: what an intervention as it is planned could show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.situation.evaluation import Said
from dashboard.situation.overlaps import surface_of
from dashboard.situation.periods import last_whole_day
from dashboard.situation.trial import Setting, set_up
from dashboard.statistics.design import NoEffectError
from dashboard.statistics.effect import FEWEST_EXPECTED, effect, is_enough
from data_access.panel import weekly_panel

if TYPE_CHECKING:
    from dashboard.situation.trial import Trial
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact
    from geo.neighbours import Neighbourhood

WEEKS_WITHOUT_END = 26
"""An intervention that goes on is rehearsed over half a year."""

MOST_WEEKS = 52
NOWHERE = 0


@dataclass(frozen=True)
class Rehearsal:
    """The plan, computed on the latest weeks as if it had just been carried out without any effect.

    `expected`: events in so many `weeks`; `detectable_pct`: the smallest decrease found in four cases of five (None:
    not even the largest); `ring` and `comparison`: codes of districts. All are empty, and `problem` says why, where
    nothing can be computed.
    """

    weeks: int
    expected: float = 0.0
    detectable_pct: float | None = None
    ring: tuple[str, ...] = ()
    comparison: tuple[str, ...] = ()
    problem: Said | None = None

    @property
    def is_promising(self) -> bool:
        """Whether the plan could give a verdict at all."""
        enough = self.expected >= FEWEST_EXPECTED and is_enough(self.detectable_pct)
        return self.problem is None and enough

    @property
    def planned_pct(self) -> float | None:
        """The smallest detectable decrease as it is kept with the plan; None where there is none."""
        return round(self.detectable_pct, 1) if self.detectable_pct is not None else None


def rehearse(facts: Facts, neighbourhood: Neighbourhood, plan: InterventionFact) -> Rehearsal:
    """Rehearse a plan on the weeks just past; what ran at the same place all the time is part of what is usual."""
    weeks = planned_weeks(plan)
    known = facts.period
    if known is None:
        return Rehearsal(weeks, problem=Said("no_incidents"))
    last = last_whole_day(known)
    as_if = replace(
        plan, id=NOWHERE, status="ongoing", starts_on=last - timedelta(days=7 * weeks - 1), ends_on=last
    )
    frame = replace(
        facts.frame, interventions=tuple(one for one in facts.frame.interventions if one.id != plan.id)
    )
    panel = weekly_panel(facts, plan.categories, surface_of(plan))
    try:
        trial = set_up(as_if, panel, Setting(frame, known, neighbourhood))
    except NoEffectError as problem:
        return Rehearsal(weeks, problem=Said(problem.reason, problem.parameters))
    return _found(trial, weeks)


def planned_weeks(plan: InterventionFact) -> int:
    """Whole weeks from start to end, at most a year; half a year without an end."""
    if plan.ends_on is None:
        return WEEKS_WITHOUT_END
    return min(max((plan.ends_on - _monday(plan.starts_on)).days + 1, 7) // 7, MOST_WEEKS)


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _found(trial: Trial, weeks: int) -> Rehearsal:
    found = effect(trial.counts, trial.design)
    return Rehearsal(
        weeks=weeks,
        expected=found.target.expected.value,
        detectable_pct=found.detectable_pct,
        ring=trial.codes(trial.design.clean_ring),
        comparison=trial.codes(trial.design.comparisons[0].areas),
    )
