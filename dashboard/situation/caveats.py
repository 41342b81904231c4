"""What must be known to read an effect; a caveat is there only when it is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dashboard.situation.caveats_before import peak, trend_before
from dashboard.situation.comparisons import DIFFERS
from dashboard.situation.coverage import source_states
from dashboard.situation.evaluation import Said
from dashboard.situation.overlaps import AFTERWARDS_WEEKS, is_done, is_same_area, surface_of, weeks_on
from dashboard.statistics.compare import dispersion_of
from dashboard.statistics.effect import LEVEL
from dashboard.statistics.expectation import strata
from dashboard.statistics.outcome import AFTER
from dashboard.statistics.proportions import wilson
from dashboard.statistics.rate_tests import rate_p_value
from data_access.crossfilter import painted_places
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.situation.trial import Trial
    from dashboard.statistics.outcome import Effect
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact

ONE_PLACE = 0.2
FEWEST_COMPARISONS = 5
YEAR_WEEKS = 52
_NOTHING = 1e-9
CLEARLY_OTHER = 1.25
"""A source that reports so many times more, or fewer, of everything than before has changed how it reports."""


def caveats(facts: Facts, trial: Trial, effect: Effect) -> tuple[Said, ...]:
    """All that are true, the gravest first."""
    return (
        *peak(trial, effect),
        *trend_before(trial),
        *_alternatives_differ(effect),
        *_recording(facts, trial),
        *_left_out(trial),
        *_by_hand(trial),
        *_not_compared(trial),
        *_reporting(facts, trial),
        *_others(facts, trial),
        *_one_place(facts, trial, effect),
        *_design(trial, effect),
        *_seen(facts, trial),
    )


def _alternatives_differ(effect: Effect) -> Iterator[Said]:
    """Another set of comparison areas lies outside the interval."""
    ratio = effect.target.ratio
    outside = [one for one in effect.alternatives if ratio.excludes(one.ratio)]
    if outside:
        yield Said("alternatives_differ", {"count": len(outside)})


def _sources(trial: Trial) -> NDArray[np.int64]:
    """Sources that report these types in the areas of the evaluation."""
    areas = trial.design.target | trial.design.comparisons[0].areas
    return np.flatnonzero(trial.counts[:, areas].sum(axis=(1, 2)) > 0)


def _recording(facts: Facts, trial: Trial) -> Iterator[Said]:
    """Sources that were silent, began or changed their codes in a week that counts."""
    states = source_states(facts)[:, trial.window]
    counted = trial.design.baseline | trial.design.after
    for key, state in (
        ("recording_silent", "silent"),
        ("recording_began", "not_started"),
        ("recording_break", "break"),
    ):
        names = [trial.panel.sources[row] for row in _sources(trial) if (states[row] == state)[counted].any()]
        if names:
            yield Said(key, {"names": ", ".join(names)})


def _left_out(trial: Trial) -> Iterator[Said]:
    """Sources that are in neither observed nor expected, because only one side of the start knows them."""
    _, rows = strata(trial.counts.astype(np.float64), trial.design)
    if rows:
        yield Said("recording_left_out", {"names": ", ".join(trial.panel.sources[row] for row in rows)})


def _by_hand(trial: Trial) -> Iterator[Said]:
    """Districts that somebody chose, and that may not be compared with."""
    chosen = trial.places.among(trial.intervention.comparison)
    unused = chosen & ~(
        trial.design.comparisons[0].areas if trial.design.comparisons[0].name == "by_hand" else False
    )
    if unused.any():
        yield Said("comparison_unused", {"count": int(unused.sum())})


def _not_compared(trial: Trial) -> Iterator[Said]:
    """Weeks in which every comparison area has an intervention of its own."""
    lost = (trial.design.role == AFTER) & ~trial.design.is_compared
    if lost.any():
        yield Said("weeks_not_compared", {"weeks": int(lost.sum())})


def _reporting(facts: Facts, trial: Trial) -> Iterator[Said]:
    """Sources that report clearly more, or fewer, of everything than before."""
    everything = facts.coverage[:, trial.window]
    before, after = trial.design.baseline, trial.design.after
    more, fewer = [], []
    for row in _sources(trial):
        weekly = everything[row]
        spread = dispersion_of(weekly[before | after])
        # A count with phi times the variance says as much as a Poisson count of a phi-th of it.
        now, earlier = (round(float(weekly[weeks].sum()) / spread) for weeks in (after, before))
        ratio = now / after.sum() / max(earlier / before.sum(), _NOTHING)
        if 1 / CLEARLY_OTHER < ratio < CLEARLY_OTHER:
            continue  # most are: the exact test, which takes nearly all the time of an evaluation, is for the others
        if rate_p_value(now, earlier, after.sum(), before.sum()) < DIFFERS:
            (more if ratio > 1 else fewer).append(trial.panel.sources[row])
    for key, names in (("reporting_more", more), ("reporting_fewer", fewer)):
        if names:
            yield Said(key, {"names": ", ".join(names)})


def _others(facts: Facts, trial: Trial) -> Iterator[Said]:
    """Other measures in force in the target areas after the start, or over shortly before it, whatever they are aimed at."""
    after = trial.weeks[trial.design.after]
    for other in others_there(facts, trial.intervention, trial.weeks):
        share = float(weeks_on(other, after).mean())
        if share > 0:
            yield Said("other_measure", {"title": other.title, "share": share})
        elif weeks_on(other, after, afterwards=AFTERWARDS_WEEKS).any():
            yield Said("ended_before", {"title": other.title, "last": other.ends_on})


def others_there(
    facts: Facts, one: InterventionFact, weeks: NDArray[np.datetime64]
) -> tuple[InterventionFact, ...]:
    """Other interventions in the same areas in any of some weeks."""
    return tuple(
        other
        for other in facts.frame.interventions
        if other.id != one.id and is_done(other) and is_same_area(one, other) and weeks_on(other, weeks).any()
    )


def _one_place(facts: Facts, trial: Trial, effect: Effect) -> Iterator[Said]:
    """A single place that holds a large share of all events after the start, also of those whose place is not known."""
    one, weeks = trial.intervention, trial.weeks[trial.design.after]
    first, last = _day(weeks[0]), _day(weeks[-1] + np.timedelta64(6, "D"))
    asked = Selection(Period(first, last), areas=frozenset(one.areas), categories=frozenset(one.categories))
    painted, surface = painted_places(facts, asked), surface_of(one)
    is_in = shapely.contains_xy(surface.shape, painted.x, painted.y) if surface else painted.weight > 0
    largest = round(float(painted.weight[is_in].max(initial=0.0)))
    total = max(effect.target.observed, largest)
    if largest > 1 and largest / total > ONE_PLACE:
        low, high = wilson(largest, total, level=LEVEL)
        yield Said("one_place", {"share": largest / total, "low": low, "high": high})


def _design(trial: Trial, effect: Effect) -> Iterator[Said]:
    """What the figures rest on is thin."""
    if effect.baseline_weeks < YEAR_WEEKS:
        yield Said("short_baseline", {"weeks": effect.baseline_weeks})
    if effect.comparison_count < FEWEST_COMPARISONS:
        yield Said("few_comparisons", {"count": effect.comparison_count})
    if effect.target.observed == 0:
        yield Said("zero_cell")
    if trial.design.ring.any() and effect.ring is None:
        yield Said("ring_touched")


def _seen(facts: Facts, trial: Trial) -> Iterator[Said]:
    """What is not in the figures because of who looks, or of how types may be told."""
    if not facts.sight.is_whole:
        yield Said("limited_sight")
    names = {one.code: one for one in facts.categories}
    for key, codes in (
        ("monthly_types", trial.panel.monthly_only),
        ("district_types", trial.panel.district_only),
    ):
        if codes:
            yield Said(key, {"types": tuple(names[code] for code in codes)})


def _day(at: np.datetime64[Any]) -> date:
    return at.astype("datetime64[D]").item()
