"""Effects of interventions: does the interval hold the planted effect, how often is a false one found, and how fast.

The sample municipality is drawn anew for each seed, from the same expected numbers and with the same planted effects. The peer of
the first row is the plain Poisson model of statsmodels with one column per area and week, fitted on the same cells.
"""

from __future__ import annotations

import json
import resource
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import statsmodels.api as sm
from scipy.sparse import csr_matrix

from benchmarks.harness import Row, against, ceiling
from dashboard.settings import ROOT
from dashboard.situation.trial import Setting, Trial, set_up
from dashboard.statistics.effect import effect
from dashboard.statistics.two_way import fitted_weeks
from data_access.frame import AreaFact, Frame
from data_access.intervention_facts import InterventionFact
from data_access.panel import Panel
from data_access.selection import Period
from geo.neighbours import neighbourhood
from sample_data.districts import DISTRICTS
from sample_data.incidents import incidents
from sample_data.kinds import ORGANISATIONS
from sample_data.town import town
from sample_data.truth import plans
from sample_data.weeks import window

if TYPE_CHECKING:
    from dashboard.statistics.outcome import Effect
    from sample_data.incidents import Incidents

SEEDS = 100
MOST_MISSES_PCT, MOST_FALSE_PCT = 20.0, 8.0
NULL = 1.0


@dataclass(frozen=True)
class Found:
    """What one draw said of one intervention, and what was planted: in its own areas, and in the ring (None: nothing)."""

    title: str
    trap: str | None
    truth: float
    ring_truth: float | None
    bundle: tuple[str, ...]
    trial: Trial
    effect: Effect

    @property
    def is_covered(self) -> bool:
        """Whether the interval holds the planted effect."""
        return not self.effect.target.ratio.excludes(self.truth)


@cache
def setting() -> Setting:
    """The sample municipality's districts and interventions, without a database."""
    period = window()
    areas = tuple(
        AreaFact(number, one.code, one.name, one.parent_code, 0) for number, one in enumerate(DISTRICTS)
    )
    frame = Frame(0, "", True, 3006, "Europe/Stockholm", None, (), areas, (), (), _interventions())  # noqa: FBT003
    return Setting(frame, Period(period.first_day, period.last_day), neighbourhood(town().shapes))


def _interventions() -> tuple[InterventionFact, ...]:
    return tuple(
        InterventionFact(
            id=number,
            title=plan["title"],
            kind=plan["kind"],
            organisation=plan["organisation"],
            starts_on=date.fromisoformat(plan["starts_on"]),
            ends_on=date.fromisoformat(plan["ends_on"]) if plan["ends_on"] else None,
            status=plan["status"],
            areas=tuple(plan["area_codes"]),
            categories=tuple(plan["categories"]),
        )
        for number, plan in enumerate(plans(window()), start=1)
    )


def panel_of(drawn: Incidents, categories: tuple[str, ...]) -> Panel:
    """Incidents of some types per source, district and week."""
    period, codes = window(), [one.code for one in DISTRICTS]
    is_counted = np.isin(drawn.type_code, categories)
    counts = np.zeros((len(ORGANISATIONS), len(codes), period.weeks), np.int64)
    places = [
        np.searchsorted(names, values[is_counted], sorter=np.argsort(names))
        for names, values in ((codes, drawn.area_code), (list(ORGANISATIONS), drawn.organisation))
    ]
    area, source = (
        np.argsort(names)[place] for names, place in zip((codes, list(ORGANISATIONS)), places, strict=True)
    )
    np.add.at(counts, (source, area, drawn.week[is_counted]), 1)
    return Panel(counts, tuple(ORGANISATIONS), tuple(codes), np.datetime64(period.first_day), 0)


def findings(seed: int) -> list[Found]:
    """Evaluate every intervention on one draw of the sample."""
    drawn, known = incidents(seed), _truth()
    found = []
    for one in setting().frame.interventions:
        trial = set_up(one, panel_of(drawn, one.categories), setting())
        planted = known[one.title]
        found.append(
            Found(
                title=one.title,
                trap=planted["trap"],
                truth=planted["net_rate_ratio"],
                ring_truth=planted["ring_rate_ratio"],
                bundle=tuple(other.title for other in trial.bundle),
                trial=trial,
                effect=effect(trial.counts, trial.design),
            )
        )
    return found


@cache
def _truth() -> dict[str, dict]:
    planted = json.loads((ROOT / "sample_data" / "truth.json").read_text("utf-8"))["interventions"]
    return {one["title"]: one for one in planted}


def run() -> list[Row]:
    misses: dict[str, list[bool]] = defaultdict(list)
    false: dict[str, list[bool]] = defaultdict(list)
    begun = time.perf_counter()
    for seed in range(SEEDS):
        for one in findings(seed):
            misses[one.title].append(not one.is_covered)
            if one.truth == NULL:
                false[one.title].append(one.effect.verdict == "less")
    seconds = (time.perf_counter() - begun) / SEEDS / len(misses)
    rows = [
        _speed(),
        ceiling("one evaluation, with its draw", 1e3 * seconds, bar=250, unit="ms", note=f"{SEEDS} draws"),
    ]
    rows += [
        ceiling(
            f"planted effect outside its interval: {title}",
            100 * float(np.mean(missed)),
            bar=MOST_MISSES_PCT,
            unit="%",
        )
        for title, missed in misses.items()
    ]
    rows += [
        ceiling(
            f"called less though nothing was done: {title}",
            100 * float(np.mean(called)),
            bar=MOST_FALSE_PCT,
            unit="%",
        )
        for title, called in false.items()
    ]
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [*rows, ceiling("memory of all of it", peak_gb, bar=2.0, unit="GB")]


def _speed() -> Row:
    """Our fit of area and week levels against the general one."""
    one = findings(0)[0].trial
    counts = one.counts.sum(axis=0).astype(np.float64)
    known = one.design.is_clean.copy()
    area, week = np.nonzero(known)
    columns = np.concatenate([area, len(counts) + week])
    rows = np.tile(np.arange(len(area)), 2)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns))).toarray()[:, :-1]

    def peer() -> object:
        return sm.GLM(counts[known], matrix, family=sm.families.Poisson()).fit()

    return against(
        "area and week levels / statsmodels GLM",
        lambda: fitted_weeks(counts, known),
        peer,
        bar=10,
        rounds=2,
        note=f"{len(area):,} cells",
    )
