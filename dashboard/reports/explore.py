"""What the explore page shows, as tables, as sentences about the selection, and as a picture of the map."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.maps.classes import quantile_classes
from dashboard.maps.picture import map_picture
from dashboard.situation import filters, rows
from dashboard.situation.map_values import area_values
from dashboard.situation.words import few_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

_HOURS_A_DAY = 24


def tables(of: Situation, texts: Texts) -> dict[str, pd.DataFrame]:
    """One table per view under its name: districts with rates, types, weeks, hours, sources, reported or not, kinds."""
    bars = {facet: columns for facet, columns in rows.bar_rows(of, texts).items() if facet != "areas"}
    named = {
        texts(f"chart.column_{name}"): _bar_table(columns, name, texts) for name, columns in bars.items()
    }
    return {
        texts("chart.column_areas"): _areas(of, texts),
        **named,
        texts("chart.column_week"): _weeks(of, texts),
        texts("chart.column_hour"): _hours(of, texts),
    }


def about(of: Situation, texts: Texts) -> dict[str, str]:
    """The selection in words: place, period, what it is compared with, every filter, and how many incidents."""
    before, total = of.before_period, of.now.total
    few, decimals = few_in_words(of.facts.sight, texts), 1 if of.selection.hours else 0
    return {
        texts("export.municipality"): of.facts.frame.municipality,
        texts("ui.period"): str(of.period),
        texts("chart.series_before"): str(before) if before else "\u2013",
        texts("export.filters"): "; ".join(chip.label for chip in filters.chips(of, texts)) or "\u2013",
        texts("explore.figure_incidents"): few if isnan(total) else texts.number(total, decimals),
    }


def picture(of: Situation, districts: bytes, texts: Texts) -> bytes:
    """PNG of the counts per district."""
    classes = quantile_classes(np.round(of.now.areas), texts, hidden=np.isnan(of.now.areas))
    facts = about(of, texts)
    subtitle = [f"{name}: {value}" for name, value in facts.items() if value]
    return map_picture(districts, classes, title=texts("map.title"), subtitle=subtitle)


def _areas(of: Situation, texts: Texts) -> pd.DataFrame:
    values = area_values(of)
    table = pd.DataFrame(
        {
            texts("export.area_code"): [area.code for area in of.facts.areas],
            texts("chart.column_areas"): [area.name for area in of.facts.areas],
            texts("export.parent"): [area.parent or "" for area in of.facts.areas],
            texts("export.population"): [area.population for area in of.facts.areas],
            texts("chart.column_count"): np.round(values.count, 2),
            texts("chart.column_before"): np.round(values.before, 2),
            texts("export.rate"): np.round(values.rate, 2),
            texts("export.rate_low"): np.round(values.rate_low, 2),
            texts("export.rate_high"): np.round(values.rate_high, 2),
        }
    )
    return table.dropna(axis="columns", how="all")


def _bar_table(columns: Mapping[str, Any], name: str, texts: Texts) -> pd.DataFrame:
    return pd.DataFrame(
        {
            texts(f"chart.column_{name}"): columns["name"],
            texts("chart.column_count"): np.round(columns["count"], 2),
            texts("chart.column_before"): np.round(columns["before"], 2),
        }
    ).dropna(axis="columns", how="all")


def _weeks(of: Situation, texts: Texts) -> pd.DataFrame:
    columns = rows.weeks(of)
    table = {
        texts("chart.column_week"): [texts.week(start) for start in rows.week_starts(of.facts).tolist()],
        texts("chart.column_count"): np.round(columns["count"], 2),
    }
    if "before" in columns:
        table[texts("chart.column_before")] = np.round(columns["before"], 2)
    return pd.DataFrame(table | {texts("chart.column_silent"): columns["silent"]})


def _hours(of: Situation, texts: Texts) -> pd.DataFrame:
    days = texts("format.short_weekdays").split()
    grid = np.round(of.now.hours.reshape(len(days), _HOURS_A_DAY), 2)
    table = pd.DataFrame(grid, columns=[f"{hour:02d}" for hour in range(_HOURS_A_DAY)])
    table.insert(0, texts("chart.column_hour"), days)
    return table
