"""What each view of the explore page shows of a situation, as columns in the order of the frame."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from dashboard.situation.coverage import source_states
from dashboard.situation.once import once_per_facts
from dashboard.situation.periods import YEAR_DAYS
from data_access.crossfilter import crossfilter
from data_access.facts import REPORTED_CODES
from data_access.selection import KINDS, Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.frame import InterventionFact

Columns = dict[str, Any]
"""Lists or arrays of equal length, by name."""

BarFacet = Literal["categories", "areas", "sources", "police_reported", "kinds"]
SHOWN_ROWS: dict[BarFacet, int] = {"categories": 5, "areas": 5}


@dataclass(frozen=True, eq=False)
class Hours:
    """168 aoristic weights from Monday 00, and how many of `total` incidents have no time of day."""

    weights: NDArray[np.float64]
    unknown: int
    total: int


def hours(of: Situation) -> Hours:
    """When it happens."""
    if isnan(of.now.hours_unknown + of.now.timed):  # too few to be told
        return Hours(of.now.hours, 0, 0)
    unknown = round(of.now.hours_unknown)
    return Hours(of.now.hours, unknown, round(of.now.timed) + unknown)


def weeks(of: Situation) -> Columns:
    """Columns of `charts.trend`: every week of the data, and the same weeks a year before where the data reach so far."""
    facts = of.facts
    starts = week_starts(facts)
    shift = YEAR_DAYS // 7
    columns: Columns = {"week_start": starts, "count": of.now.weeks}
    if facts.weeks > shift:
        columns["before"] = np.concatenate([np.full(shift, np.nan), of.now.weeks[:-shift]])
        columns["is_compared"] = np.arange(facts.weeks) >= shift
    is_complete = starts + np.timedelta64(6, "D") <= np.datetime64(of.known.last, "D")
    return columns | {"is_complete": is_complete, "silent": _silent_names(facts)}


def week_starts(facts: Facts) -> NDArray[np.datetime64]:
    """Mondays of the weeks of the data."""
    return facts.first_week + np.arange(facts.weeks) * np.timedelta64(7, "D")


def days(of: Situation) -> tuple[date, date]:
    """First and last day of the period."""
    return of.period.first, of.period.last


def interventions(of: Situation) -> list[InterventionFact]:
    """Interventions in any of the chosen districts, or all of them; none of those that never were."""
    chosen, known = of.selection.areas, of.facts.frame.interventions
    return [one for one in known if not one.is_cancelled and (not chosen or chosen & set(one.areas))]


def bar_rows(of: Situation, texts: Texts) -> dict[BarFacet, Columns]:
    """Columns of `charts.bars` of every view that is drawn as bars: code, name, count, before."""
    return {facet: rows(of, texts) for facet, rows in _BARS.items()}


def categories(of: Situation, texts: Texts) -> Columns:
    """One row per type that has any incident now or before."""
    known = of.facts.categories
    rows = _bar_rows(of, "categories", [one.code for one in known], [texts.name(one) for one in known])
    had_any = np.asarray(rows["before"]) != 0 if of.before is not None else np.zeros(len(known), bool)
    return _kept(rows, (np.asarray(rows["count"]) != 0) | had_any)  # too few to be told is not none


def areas(of: Situation, texts: Texts) -> Columns:
    """One row per district."""
    del texts
    return _bar_rows(
        of, "areas", [area.code for area in of.facts.areas], [area.name for area in of.facts.areas]
    )


def sources(of: Situation, texts: Texts) -> Columns:
    """One row per reporting organisation with anything to its name."""
    del texts
    names = [source.name for source in of.facts.frame.sources]
    return _kept(_bar_rows(of, "sources", names, names), _has_reported(of.facts))


def police_reported(of: Situation, texts: Texts) -> Columns:
    """Yes, no, unknown."""
    names = [texts(f"explore.reported_{code}") for code in REPORTED_CODES]
    return _bar_rows(of, "police_reported", list(REPORTED_CODES), names)


def kinds(of: Situation, texts: Texts) -> Columns:
    """Crime, unsafe event, unsafe place, safe place."""
    return _bar_rows(of, "kinds", list(KINDS), [texts(f"explore.kind_{kind}") for kind in KINDS])


_BARS: dict[BarFacet, Callable[[Situation, Texts], Columns]] = {
    "categories": categories,
    "areas": areas,
    "sources": sources,
    "police_reported": police_reported,
    "kinds": kinds,
}


def _bar_rows(of: Situation, view: BarFacet, codes: list[str], names: list[str]) -> Columns:
    """Earlier counts are shown at the length of the period now."""
    before = np.full(len(codes), np.nan)
    if of.before is not None and of.before_period is not None:
        before = getattr(of.before, view) * (of.period.days / of.before_period.days)
    return {"code": codes, "name": names, "count": getattr(of.now, view), "before": before}


def _kept(rows: Columns, is_kept: NDArray[np.bool_]) -> Columns:
    kept = np.flatnonzero(is_kept).tolist()
    return {name: [values[row] for row in kept] for name, values in rows.items()}


@once_per_facts
def _has_reported(facts: Facts) -> NDArray[np.bool_]:
    return crossfilter(facts, Selection()).sources != 0


@once_per_facts
def _silent_names(facts: Facts) -> list[str]:
    states = source_states(facts)
    names = [source.name for source in facts.frame.sources]
    return [
        ", ".join(name for name, row in zip(names, states, strict=True) if row[week] == "silent")
        for week in range(facts.weeks)
    ]
