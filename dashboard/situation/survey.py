"""Surveys: what to work on first, and why; numbers as they were released, never counted anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation import explore
from dashboard.situation.map_values import area_values
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, told_value
from dashboard.statistics.rank import average_ranks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from data_access.facts import Facts
    from data_access.selection import Selection
    from data_access.surveys.told import Indicator, Instrument, Release, Wave

MOST_PRIORITIES, FEWEST_PRIORITIES = 5, 2


@dataclass(frozen=True)
class Priority:
    """A risk to work on, and what speaks for it, as told.

    `change`: since the earlier wave, None where it is not known or not clear. `elsewhere`: share in the whole municipality, for a
    district. `unmet`: share of all who have the risk, are distressed by it and wish for help.
    """

    indicator: Indicator
    share: float
    elsewhere: float | None
    change: float | None
    unmet: float | None


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


def priorities(release: Release, earlier: Release | None, among: Among = EVERYBODY) -> list[Priority]:
    """Two to five risks that are common, that grow, and for which help is wished for; none where less is told.

    The risks are ranked by each of the three among all that are told; those with the largest product of ranks come first.
    """
    risks = [one for one in release.indicators if one.polarity == "risk"]
    found = [one for risk in risks if (one := _priority(release, earlier, among, risk))]
    if len(found) < FEWEST_PRIORITIES:
        return []
    ranks = [
        average_ranks([column(one) for one in found])
        for column in (lambda one: one.share, lambda one: one.change or 0.0, lambda one: one.unmet or 0.0)
    ]
    order = np.argsort(-np.prod(ranks, axis=0), kind="stable")
    return [found[place] for place in order[:MOST_PRIORITIES].tolist()]


def _priority(release: Release, earlier: Release | None, among: Among, risk: Indicator) -> Priority | None:
    cell = among.cell(release, risk.code)
    share = told_value(cell)
    if share is None:
        return None
    change = change_of(cell, among.cell(earlier, risk.code)) if earlier is not None else None
    return Priority(
        indicator=risk,
        share=share,
        elsewhere=told_value(among.in_municipality.cell(release, risk.code)) if among.area else None,
        change=change.value if change is not None and change.is_clear else None,
        unmet=told_value(among.cell(release, risk.code, "unmet")),
    )


@dataclass(frozen=True)
class Rates:
    """Incidents per 1,000 residents and year by district: of the chosen types and days, and those known to the police."""

    reported: dict[str, float]
    police_reported: dict[str, float]


def rates(facts: Facts, selection: Selection) -> Rates:
    """Rates of every district; the selection's districts and hours are left open, or there would be nothing to compare."""
    asked = selection.without("areas").without("hours")
    known = asked.with_("police_reported", {"yes"})
    return Rates(_rates(facts, asked), _rates(facts, known))


def _rates(facts: Facts, selection: Selection) -> dict[str, float]:
    of = explore.situation(facts, replace(selection, area_set=None))
    if of is None:
        return {}
    values = area_values(of).rate
    return {
        area.code: float(rate) for area, rate in zip(facts.areas, values, strict=True) if np.isfinite(rate)
    }
