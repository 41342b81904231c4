"""An intervention as a person describes it, and what of it cannot be stored whatever the database holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from data_access.changes.entry import EntryError, check_within
from data_access.importers.personal import personal_reason
from data_access.models.intervention import (
    APPROACHES,
    HORIZONS,
    INTERVENTION_RANGES,
    KINDS,
    LONGEST,
    STATUSES,
)
from data_access.one_line import one_line
from data_access.personal_data import found_in

if TYPE_CHECKING:
    from datetime import date

    from data_access.personal_data import Finding

SMALLEST_M2 = 400.0
"""A polygon that is smaller was hardly meant."""

_WORDS = {"kind": KINDS, "approach": APPROACHES, "horizon": HORIZONS, "status": STATUSES}
_ONE_LINE = frozenset({"title", "responsible", "dose_unit", "decided_in", "plan"})


@dataclass(frozen=True)
class InterventionEntry:
    """An intervention as a person describes it: areas and types by their codes.

    `polygon`: metres in the CRS of the set, where it works in a part of its districts: these are then those that it overlaps,
    and `area_codes` is not looked at. `ring_m`: width of the ring around it. `comparison_codes`: districts to compare with in
    place of those found by rule, which wants a reason. `goal_pct`: the decrease hoped for, per cent. `cost_sek`: whole kronor.
    `finding_id`: number of the finding that it answers. `detectable_pct`: smallest decrease that could be found, per cent, as
    planned. The rest is told in `data_access.models.intervention`.
    """

    title: str
    kind: str
    organisation: str
    starts_on: date
    ends_on: date | None
    area_codes: tuple[str, ...]
    category_codes: tuple[str, ...]
    hypothesis: str = ""
    status: str = "ongoing"
    approach: str = "situational"
    horizon: str = "short"
    problem: str = ""
    cause: str = ""
    goal: str = ""
    goal_pct: int | None = None
    goal_instrument: str = ""
    goal_indicator: str = ""
    responsible: str = ""
    cost_sek: int | None = None
    dose_unit: str = ""
    decided_in: str = ""
    finding_id: int | None = None
    plan: str = ""
    comparison_codes: tuple[str, ...] = ()
    comparison_reason: str = ""
    polygon: shapely.Polygon | None = None
    ring_m: int | None = None
    detectable_pct: float | None = None


class PersonalDataError(EntryError):
    """Personal data in a text that was to be stored.

    `field` names the text, `reason` the kind, `parameters` the place: first and last, in characters from 1. The text itself is
    in none of them.
    """

    def __init__(self, field: str, finding: Finding) -> None:
        reason, place = personal_reason(finding)
        super().__init__(reason, field=field, **place)


def checked(entry: InterventionEntry) -> InterventionEntry:
    """The entry with its texts cleaned: no blanks around, no signs that nobody sees, titles and the like on one line.

    Raises `PersonalDataError`, `EntryError`: text_empty, text_long, unknown (kind, approach, horizon, status), period,
    out_of_range, no_districts, no_categories, reason_missing, polygon_broken, polygon_small.
    """
    for name in LONGEST:
        for finding in found_in(getattr(entry, name)):
            raise PersonalDataError(name, finding)
    entry = replace(entry, **{name: _clean(name, getattr(entry, name)) for name in LONGEST})
    _check_texts(entry)
    _check_values(entry)
    _check_places(entry)
    return entry


def _clean(name: str, text: str) -> str:
    if name in _ONE_LINE:
        return one_line(text)
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def _check_texts(entry: InterventionEntry) -> None:
    if not entry.title:
        raise EntryError("text_empty", field="title")
    for name, limit in LONGEST.items():
        count = len(getattr(entry, name))
        if count > limit:
            raise EntryError("text_long", field=name, count=count, limit=limit)


def _check_values(entry: InterventionEntry) -> None:
    for name, known in _WORDS.items():
        if getattr(entry, name) not in known:
            raise EntryError("unknown", field=name, value=getattr(entry, name))
    if entry.ends_on is not None and entry.ends_on < entry.starts_on:
        raise EntryError("period", first=entry.starts_on.isoformat(), last=entry.ends_on.isoformat())
    for name, (low, high) in INTERVENTION_RANGES.items():
        if getattr(entry, name) is not None:
            check_within(name, getattr(entry, name), low, high)


def _check_places(entry: InterventionEntry) -> None:
    if entry.polygon is not None:
        _check_polygon(entry.polygon)
    elif not entry.area_codes:
        raise EntryError("no_districts")
    if not entry.category_codes:
        raise EntryError("no_categories")
    if entry.comparison_codes and not entry.comparison_reason:
        raise EntryError("reason_missing", field="comparison_reason")


def _check_polygon(polygon: shapely.Polygon) -> None:
    if not isinstance(polygon, shapely.Polygon) or polygon.is_empty or not polygon.is_valid:
        raise EntryError("polygon_broken")
    if polygon.area < SMALLEST_M2:
        raise EntryError("polygon_small", area=round(polygon.area), limit=SMALLEST_M2)
