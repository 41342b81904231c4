"""The active filters in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

_ONE_BY_ONE = 6
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Chip:
    """An active filter: one value of a facet, or all of them (`value` None) where there are many."""

    facet: str
    value: Any
    label: str


def chips(of: Situation, texts: Texts) -> list[Chip]:
    """Filters beside the period, one chip per value; hours and long lists as one chip each."""
    found: list[Chip] = []
    for facet in of.selection.active:
        if facet == "period":
            continue
        values = sorted(getattr(of.selection, facet))
        name = texts(f"explore.facet_{facet}")
        if facet == "hours":
            found.append(Chip(facet, None, f"{name}: {hours_in_words(values, texts)}"))
        elif len(values) > _ONE_BY_ONE:
            found.append(Chip(facet, None, f"{name}: {texts('explore.many', count=len(values))}"))
        else:
            found += [Chip(facet, value, f"{name}: {name_of(of, facet, value, texts)}") for value in values]
    return found


def name_of(of: Situation, facet: str, value: Any, texts: Texts) -> str:
    """What a code of a facet is called; a code that is not there any more is shown as it is."""
    if facet == "areas":
        return next((area.name for area in of.facts.areas if area.code == value), str(value))
    if facet == "categories":
        return next((texts.name(found) for found in of.facts.categories if found.code == value), str(value))
    if facet == "police_reported":
        return texts(f"explore.reported_{value}")
    if facet == "kinds":
        return texts(f"explore.kind_{value}")
    return str(value)


def hours_in_words(hours: list[int], texts: Texts) -> str:
    """Runs of hours within a day: "fre 18-24, lör 00-03"; many runs are counted."""
    days = texts("format.short_weekdays").split()
    runs: list[list[int]] = []
    for hour in hours:
        if runs and hour == runs[-1][1] and hour % HOURS_A_DAY:
            runs[-1][1] = hour + 1
        else:
            runs.append([hour, hour + 1])
    if len(runs) > _ONE_BY_ONE:
        return texts("explore.many_hours", count=len(hours))
    return ", ".join(
        f"{days[first // HOURS_A_DAY]} {first % HOURS_A_DAY:02d}\u2013{(last - 1) % HOURS_A_DAY + 1:02d}"
        for first, last in runs
    )
