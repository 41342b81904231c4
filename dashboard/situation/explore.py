"""Explore: what happened where and when, compared with a comparable period, for any selection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from dashboard.situation.coverage import source_states
from dashboard.situation.periods import YEAR_DAYS, comparable, default, within
from dashboard.statistics.compare import Comparison, compare, dispersion_of
from data_access.crossfilter import Views, crossfilter
from data_access.facts import REPORTED_CODES
from data_access.selection import KINDS, Period, Selection

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.frame import InterventionFact

BarFacet = Literal["categories", "kinds", "areas", "sources", "police_reported"]
SHOWN_ROWS: dict[BarFacet, int] = {"categories": 5, "areas": 5}
_EVENING_FIRST, _NIGHT_LAST = 18, 6
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
    return Situation(
        facts=facts,
        selection=asked,
        known=known,
        period=period,
        before_period=before_period,
        now=crossfilter(facts, asked),
        before=crossfilter(facts, replace(asked, period=before_period)) if before_period else None,
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
    now, before = (round(views.total - views.monthly_only) for views in (of.now, of.before))
    return compare(now, before, of.period.days, _days(of), dispersion=dispersion_of(whole))


def weeks(of: Situation) -> pd.DataFrame:
    """Columns of `charts.trend`: every week of the data, and the same weeks a year before."""
    facts = of.facts
    starts = facts.first_week + np.arange(facts.weeks) * np.timedelta64(7, "D")
    count = of.now.weeks
    shift = YEAR_DAYS // 7
    before = np.full(facts.weeks, np.nan)
    before[shift:] = count[:-shift] if facts.weeks > shift else []
    ends = starts + np.timedelta64(6, "D")
    return pd.DataFrame(
        {
            "week_start": starts,
            "count": count,
            "before": before,
            "is_complete": ends <= np.datetime64(of.known.last, "D"),
            "silent": _silent_names(of.facts),
        }
    )


def categories(of: Situation, texts: Texts) -> pd.DataFrame:
    """Columns of `charts.bars`: one row per type that has any incident now or before."""
    names = [texts.name(category) for category in of.facts.categories]
    codes = [category.code for category in of.facts.categories]
    return _bar_rows(of, "categories", codes, names).query("count > 0 or before > 0")


def areas(of: Situation) -> pd.DataFrame:
    """Columns of `charts.bars`: one row per district."""
    return _bar_rows(
        of, "areas", [area.code for area in of.facts.areas], [area.name for area in of.facts.areas]
    )


def sources(of: Situation) -> pd.DataFrame:
    """Columns of `charts.bars`: one row per reporting organisation with anything to its name."""
    names = [source.name for source in of.facts.frame.sources]
    has_any = np.bincount(of.facts.source, minlength=len(names)) > 0
    return _bar_rows(of, "sources", names, names).loc[has_any]


def police_reported(of: Situation, texts: Texts) -> pd.DataFrame:
    """Columns of `charts.bars`: yes, no, unknown."""
    names = [texts(f"explore.reported_{code}") for code in REPORTED_CODES]
    return _bar_rows(of, "police_reported", list(REPORTED_CODES), names)


def kinds(of: Situation, texts: Texts) -> pd.DataFrame:
    """Columns of `charts.bars`: crime, unsafe event, unsafe place, safe place."""
    return _bar_rows(of, "kinds", list(KINDS), [texts(f"explore.kind_{kind}") for kind in KINDS])


@dataclass(frozen=True, eq=False)
class Hours:
    """168 aoristic weights from Monday 00, and how many of `total` incidents have no time of day."""

    weights: NDArray[np.float64]
    unknown: int
    total: int


def hours(of: Situation) -> Hours:
    """When it happens."""
    unknown = round(of.now.hours_unknown)
    return Hours(of.now.hours, unknown, round(float(of.now.hours.sum())) + unknown)


def interventions(of: Situation) -> list[InterventionFact]:
    """Interventions in any of the chosen districts, or all of them."""
    chosen = of.selection.areas
    return [one for one in of.facts.frame.interventions if not chosen or chosen & set(one.areas)]


def days(of: Situation) -> tuple[date, date]:
    """First and last day of the period."""
    return of.period.first, of.period.last


def period_of(days: tuple[date, date] | None) -> Period | None:
    """A brush over weeks as a period."""
    return Period(*days) if days else None


def bar_rows(of: Situation, texts: Texts) -> dict[BarFacet, pd.DataFrame]:
    """Rows of every view that is drawn as bars, by facet."""
    return {
        "categories": categories(of, texts),
        "areas": areas(of),
        "sources": sources(of),
        "police_reported": police_reported(of, texts),
        "kinds": kinds(of, texts),
    }


def _bar_rows(of: Situation, view: str, codes: list[str], names: list[str]) -> pd.DataFrame:
    before = getattr(of.before, view) * _scale(of) if of.before else np.full(len(codes), np.nan)
    return pd.DataFrame({"code": codes, "name": names, "count": getattr(of.now, view), "before": before})


def _scale(of: Situation) -> float:
    """Earlier counts are shown at the length of the period now."""
    return of.period.days / _days(of)


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
    hour = np.arange(len(views.hours)) % 24
    total = float(views.hours.sum())
    is_night = (hour >= _EVENING_FIRST) | (hour < _NIGHT_LAST)
    return float(views.hours[is_night].sum()) / total if total else None


def _silent_names(facts: Facts) -> list[str]:
    states = source_states(facts)
    names = [source.name for source in facts.frame.sources]
    return [
        ", ".join(name for name, row in zip(names, states, strict=True) if row[week] == "silent")
        for week in range(facts.weeks)
    ]
