"""The pictures of a meeting's report: where, when, and the weeks before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts import vega
from dashboard.charts.flags import flags
from dashboard.charts.hours import hours
from dashboard.charts.trend import trend
from dashboard.maps.counts import counts_map
from dashboard.situation import rows
from dashboard.situation.explore import situation
from dashboard.situation.words import few_in_words
from data_access.selection import Selection

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.chart import Chart
    from dashboard.look import Mode
    from dashboard.situation.explore import Situation
    from dashboard.situation.weekly import Weekly
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.selection import Period

_SHOWN_WEEKS = 53
_FEWEST_WEEKS = 4
"""Fewer do not tell whether it rises or falls."""


def meeting_charts(
    facts: Facts, period: Period, figures: Weekly, districts: bytes, texts: Texts, *, mode: Mode = "light"
) -> dict[str, Chart]:
    """Map, hours and weeks of a period, and what stands out of its `figures`, by the names that the report knows them by.

    None without data. `districts`: GeoJSON as of the maps.
    """
    of = situation(facts, Selection(period=period))
    if of is None:
        return {}
    when, few = rows.hours(of), few_in_words(facts.sight, texts) if facts.sight.fewest else ""
    named = {one.area for one in figures.flags}
    found: dict[str, Chart] = {"map": counts_map(of, districts, texts, named=named, mode=mode)}
    found["hours"] = hours(when.weights, texts, unknown=when.unknown, total=when.total, few=few, mode=mode)
    if figures.flags:
        found["flags"] = flags(figures, texts, mode=mode)
    if weeks := _weeks(of, period, texts, few, mode):
        found["weeks"] = weeks
    return found


def weeks_chart(facts: Facts, period: Period, texts: Texts, *, mode: Mode = "light") -> Chart | None:
    """The weeks up to the end of a period; None where there are too few."""
    of = situation(facts, Selection(period=period))
    few = few_in_words(facts.sight, texts) if facts.sight.fewest else ""
    return of and _weeks(of, period, texts, few, mode)


def _weeks(of: Situation, period: Period, texts: Texts, few: str, mode: Mode = "light") -> Chart | None:
    shown = _last_weeks(rows.weeks(of), period.last)
    if np.count_nonzero(np.isfinite(shown["count"])) < _FEWEST_WEEKS:
        return None
    weeks = trend(shown, texts, few=few, mode=mode)
    return replace(weeks, spec=vega.by_itself(weeks.spec))


def _last_weeks(weeks: dict[str, Any], last: date) -> dict[str, Any]:
    """A year of weeks up to the last day."""
    begun = int(np.count_nonzero(weeks["week_start"] <= np.datetime64(last, "D")))
    return {name: values[max(begun - _SHOWN_WEEKS, 0) : begun] for name, values in weeks.items()}
