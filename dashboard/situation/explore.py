"""Explore: what happened where and when, compared with a comparable period, for any selection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.periods import YEAR_DAYS, comparable, default, within
from dashboard.statistics.compare import Comparison, compare, dispersion_of
from data_access.crossfilter import Views, crossfilter_compared

if TYPE_CHECKING:
    from data_access.facts import Facts
    from data_access.selection import Period, Selection

_SUNDAY = 6


@dataclass(frozen=True, eq=False)
class Situation:
    """The facts, the question with its period filled in, and the counted views now and before (None: nothing to compare)."""

    facts: Facts
    selection: Selection
    known: Period
    period: Period
    before_period: Period | None
    now: Views
    before: Views | None


@dataclass(frozen=True)
class KeyFigure:
    """A number above the charts: `name` is a text key under `explore`, `comparison` is None where none can be made."""

    name: str
    value: float | None
    unit: str
    comparison: Comparison | None = None
    value_before: float | None = None


def situation(facts: Facts, selection: Selection) -> Situation | None:
    """Count all views of a selection; None while there are no incidents. Without a period: the last 52 weeks.

    Days that the data do not reach, as of the running week, are no part of the period that is compared and made a rate of.
    """
    known = facts.period
    if known is None:
        return None
    asked = replace(selection, period=selection.period or default(known))
    period = within(asked.period or known, known)
    before_period = comparable(period, known)
    now, before = crossfilter_compared(facts, asked, before_period)
    return Situation(
        facts=facts,
        selection=asked,
        known=known,
        period=period,
        before_period=before_period,
        now=now,
        before=before,
    )


def key_figures(of: Situation) -> tuple[KeyFigure, ...]:
    """Number of incidents, rate per 1,000 residents and year, share known to the police, share in evening and night."""
    now, before = of.now, of.before
    return (
        KeyFigure(
            "incidents",
            now.total,
            "incidents",
            _compared(of),
            before.total if before else None,
        ),
        KeyFigure("rate", _rate(of, now, of.period), "per_1000_year", None, _rate_before(of)),
        KeyFigure(
            "reported", _share_reported(now), "share", None, _share_reported(before) if before else None
        ),
        KeyFigure("night", _share_at_night(now), "share", None, _share_at_night(before) if before else None),
    )


def _compared(of: Situation) -> Comparison | None:
    """The period against the earlier one, in view of how much whole weeks vary by themselves."""
    if of.before is None:
        return None
    whole = of.now.weeks if of.known.last.weekday() == _SUNDAY else of.now.weeks[:-1]
    # Types that count in whole months only would be compared by how many months each period happens to hold.
    now, before = (views.total - views.monthly_only for views in (of.now, of.before))
    if not np.isfinite(now + before):  # too few to be told
        return None
    dispersion = dispersion_of(whole[np.isfinite(whole)])
    return compare(round(now), round(before), of.period.days, _days(of), dispersion=dispersion)


def _days(of: Situation) -> int:
    return of.before_period.days if of.before_period else of.period.days


def residents(of: Situation) -> int | None:
    """Residents of the chosen districts (all when none is chosen); None when any is unknown."""
    chosen = [area for area in of.facts.areas if not of.selection.areas or area.code in of.selection.areas]
    numbers = [area.population for area in chosen]
    return sum(n for n in numbers if n) if numbers and None not in numbers else None


def _rate(of: Situation, views: Views, period: Period) -> float | None:
    people = residents(of)
    return views.total * 1000 * YEAR_DAYS / (people * period.days) if people else None


def _rate_before(of: Situation) -> float | None:
    return _rate(of, of.before, of.before_period) if of.before and of.before_period else None


def _share_reported(views: Views) -> float | None:
    known = float(views.police_reported[:2].sum())
    return float(views.police_reported[0]) / known if known else None


def _share_at_night(views: Views) -> float | None:
    return views.late / views.timed if views.timed else None
