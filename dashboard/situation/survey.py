"""Surveys: what to work on first, and why; numbers as they were released, never counted anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation import explore
from dashboard.situation.map_values import area_values
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, is_alike
from dashboard.statistics.rank import average_ranks
from data_access.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.statistics.proportions import Difference
    from data_access.facts import Facts
    from data_access.surveys.told import Cell, Indicator, Instrument, Release, Wave

MOST_PRIORITIES, FEWEST_PRIORITIES = 5, 2


@dataclass(frozen=True)
class Priority:
    """A risk to work on, and what speaks for it, as told.

    `share`: the cell of the risk. `elsewhere`: the same in the whole municipality, for a district. `change`: since the
    earlier wave, None where it is not known. `unmet`: those of all who have the risk, are distressed by it and wish for help.
    """

    indicator: Indicator
    share: Cell
    elsewhere: Cell | None
    change: Difference | None
    unmet: Cell | None


def waves_of(waves: Iterable[Wave], instrument: Instrument) -> list[Wave]:
    """Waves of an instrument, the latest first."""
    return sorted((one for one in waves if one.instrument == instrument), key=_latest)


def _latest(wave: Wave) -> tuple[int, int]:
    return -wave.last_day.toordinal(), -wave.id


def around(waves: Iterable[Wave], instrument: Instrument, day: date) -> tuple[Wave | None, Wave | None]:
    """The last wave that was collected before a day, and the latest that began after it."""
    known = waves_of(waves, instrument)
    before = next((one for one in known if one.last_day < day), None)
    after = next((one for one in known if one.first_day > day), None)
    return before, after


def earlier_waves(
    waves: Iterable[Wave], of: Wave, area: str | None, unchanged: Callable[[Wave], frozenset[str]]
) -> tuple[Wave | None, Wave | None]:
    """The wave before that a place can be compared with, and the last one before that it cannot (None: nothing in the way).

    The municipality can be compared with any; a district with waves in whose set it is `unchanged`: none is cut to new borders.
    """
    before = [one for one in waves_of(waves, of.instrument) if one.last_day < of.first_day]
    if area is None or not before:
        return (before[0] if before else None), None
    found = next((one for one in before if area in unchanged(one)), None)
    return found, (before[0] if found != before[0] else None)


def priorities(release: Release, earlier: Release | None, among: Among = EVERYBODY) -> list[Priority]:
    """Two to five risks that are common, that grow, and for which help is wished for; none where less is told.

    The risks are ranked by each of the three among all that are told; those with the largest product of ranks come first. What is
    not known of a risk neither lifts nor lowers it, and one in the upper half of none of the three is none to begin with.
    """
    risks = [one for one in release.indicators if one.polarity == "risk"]
    found = [one for risk in risks if (one := priority_of(release, earlier, among, risk))]
    if len(found) < FEWEST_PRIORITIES:
        return []
    ranks = np.array([_ranks([weigh(one) for one in found]) for weigh in (_common, _grown, _helpless)])
    order = np.argsort(-np.prod(ranks, axis=0), kind="stable").tolist()
    outstanding = set(np.flatnonzero(ranks.max(axis=0) > (len(found) + 1) / 2).tolist())
    first = [found[place] for place in order if place in outstanding][:MOST_PRIORITIES]
    return first if len(first) >= FEWEST_PRIORITIES else [found[place] for place in order[:FEWEST_PRIORITIES]]


def _ranks(values: list[float | None]) -> NDArray[np.float64]:
    """1 for the smallest of those that are known; the middle for the others."""
    known = [value for value in values if value is not None]
    ranks = np.full(len(values), (len(values) + 1) / 2)
    if known:
        scaled = np.asarray(average_ranks(known)) * (len(values) + 1) / (len(known) + 1)
        ranks[[value is not None for value in values]] = scaled
    return ranks


def _common(one: Priority) -> float | None:
    return _number(one.share)


def _grown(one: Priority) -> float | None:
    """A change that is not clear counts as none."""
    if one.change is None:
        return None
    return one.change.value if one.change.is_clear else 0.0


def _helpless(one: Priority) -> float | None:
    return _number(one.unmet)


def _number(cell: Cell | None) -> float | None:
    """The share that is told; a bound stands for what it bounds."""
    return cell.share if cell is not None and cell.precision in ("percent", "fives") else None


def priority_of(release: Release, earlier: Release | None, among: Among, risk: Indicator) -> Priority | None:
    """What is told of one risk; None where its share is told as no number."""
    cell = among.cell(release, risk.code)
    if cell is None or _number(cell) is None:
        return None
    before = None
    if earlier is not None and is_alike(release, earlier, risk.code):
        before = among.cell(earlier, risk.code)
    return Priority(
        indicator=risk,
        share=cell,
        elsewhere=among.in_municipality.cell(release, risk.code) if among.area else None,
        change=change_of(cell, before),
        unmet=among.cell(release, risk.code, "unmet"),
    )


@dataclass(frozen=True)
class Rates:
    """Incidents per 1,000 residents and year by district: of the chosen types and days, and those known to the police.

    `reported_limits`, `police_reported_limits`: ends of their 95 % intervals.
    """

    reported: dict[str, float]
    police_reported: dict[str, float]
    reported_limits: dict[str, tuple[float, float]]
    police_reported_limits: dict[str, tuple[float, float]]


def rates(facts: Facts, selection: Selection) -> Rates:
    """Rates of every district, of the selection's types and days; whatever else it filters is left open.

    Who reported, and whether the police know, is what the two rates are compared for.
    """
    asked = Selection(period=selection.period, categories=selection.categories)
    known = asked.with_("police_reported", {"yes"})
    (reported, limits), (known_rates, known_limits) = _rates(facts, asked), _rates(facts, known)
    return Rates(reported, known_rates, limits, known_limits)


def _rates(facts: Facts, selection: Selection) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    of = explore.situation(facts, selection)
    if of is None:
        return {}, {}
    values = area_values(of)
    columns = (values.rate.tolist(), values.rate_low.tolist(), values.rate_high.tolist())
    told = {
        area.code: ends for area, *ends in zip(facts.areas, *columns, strict=True) if np.isfinite(ends[0])
    }
    return (
        {code: rate for code, (rate, _, _) in told.items()},
        {code: (low, high) for code, (_, low, high) in told.items()},
    )
