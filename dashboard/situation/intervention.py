"""Interventions: what each did, as far as anybody can tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.caveats import caveats, others_there
from dashboard.situation.evaluation import Evaluation, Said
from dashboard.situation.once import once_per_facts
from dashboard.situation.overlaps import surface_of
from dashboard.situation.trial import Setting, Trial, set_up
from dashboard.statistics.design import NoEffectError
from dashboard.statistics.effect import effect
from dashboard.statistics.multiple import findings
from dashboard.statistics.outcome import Running
from data_access.panel import weekly_panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboard.statistics.outcome import Effect
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact
    from geo.neighbours import Neighbourhood

_NO_WEEKS = np.zeros(0, "datetime64[D]")


@once_per_facts
def evaluate(facts: Facts, neighbourhood: Neighbourhood, one: InterventionFact) -> Evaluation:
    """Evaluate an intervention; worked out once per version of the data.

    `neighbourhood`: of the districts of the facts, in their order.
    """
    if facts.sight.fewest and one.polygon is not None:
        # Moved by a few metres, a surface would tell of single places.
        return _without(facts, one, Said("surface_guarded"))
    panel = weekly_panel(facts, one.categories, surface_of(one))
    try:
        trial = set_up(one, panel, Setting(facts.frame, facts.period, neighbourhood))
    except NoEffectError as problem:
        return _without(facts, one, Said(problem.reason, problem.parameters))
    found = effect(trial.counts, trial.design)
    return Evaluation(
        intervention=one,
        last_day=trial.weeks[trial.design.after][-1].item() + timedelta(days=6),
        effect=_told(found, trial),
        problem=None,
        caveats=caveats(facts, trial, found),
        bundle=_titles(trial),
        target=one.areas,
        ring=trial.codes(trial.design.clean_ring),
        comparison=trial.codes(trial.design.comparisons[0].areas),
        weeks=trial.weeks,
        others=others_there(facts, one, trial.weeks),
        fewest=facts.sight.fewest,
        led_weeks=int(trial.design.trigger.sum()),
        partly=int((trial.design.comparisons[0].areas & ~trial.design.is_always_clean).sum()),
    )


def evaluate_all(
    asked: Iterable[tuple[Facts, Neighbourhood, InterventionFact]],
    *,
    done: Callable[[int], None] = lambda _count: None,
) -> list[Evaluation]:
    """Evaluate many, those that most surely went down first; `done` is told how many are ready."""
    found = []
    for count, one in enumerate(asked, start=1):
        found.append(evaluate(*one))
        done(count)
    return sorted(found, key=_surest)


def hold_together(evaluations: list[Evaluation]) -> list[bool | None]:
    """For each, whether its difference still holds when all are looked at at once; None without a verdict to hold."""
    tested = [place for place, one in enumerate(evaluations) if is_told(one)]
    held = findings([_effect(evaluations[place]).p_value for place in tested])
    found: list[bool | None] = [None] * len(evaluations)
    for place, is_finding in zip(tested, held.tolist(), strict=True):
        found[place] = bool(is_finding)
    return found


def is_told(one: Evaluation) -> bool:
    """Whether there is an estimate to tell: with too few events there is none."""
    return one.effect is not None and one.effect.verdict != "too_few"


def is_hidden(one: Evaluation) -> bool:
    """Whether the number of events is too small to be told to this viewer, and with it all that follows from it."""
    return one.effect is not None and 0 < one.effect.target.observed < one.fewest


def _told(found: Effect, trial: Trial) -> Effect:
    """The effect without weeks that are too small for the viewer; sums over weeks would give them away, so they go too."""
    weekly = found.weekly
    observed = trial.panel.told(weekly.observed, trial.design.baseline, trial.design.after)
    if not np.isnan(observed).any():
        return found
    of = found.running
    is_last = np.arange(found.after_weeks) == found.after_weeks - 1
    running = Running(*(np.where(is_last, line, np.nan) for line in (of.difference, of.low, of.high)))
    return replace(found, weekly=replace(weekly, observed=observed), running=running)


def _effect(one: Evaluation) -> Effect:
    if one.effect is None:
        message = f"{one.intervention.title} has no effect"
        raise ValueError(message)
    return one.effect


def _surest(one: Evaluation) -> tuple[bool, float]:
    """The end of the interval that says least for the intervention; those without an estimate come last."""
    return not is_told(one), _effect(one).target.ratio.high if is_told(one) else 0.0


def _without(facts: Facts, one: InterventionFact, problem: Said) -> Evaluation:
    return Evaluation(
        intervention=one,
        last_day=None,
        effect=None,
        problem=problem,
        caveats=(),
        bundle=(),
        target=one.areas,
        ring=(),
        comparison=(),
        weeks=_NO_WEEKS,
        others=(),
        fewest=facts.sight.fewest,
    )


def _titles(trial: Trial) -> tuple[str, ...]:
    titles = [one.title for one in (trial.intervention, *trial.bundle)]
    return tuple(titles) if trial.bundle else ()
