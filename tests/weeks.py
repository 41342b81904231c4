"""Weeks of a meeting as they might come out: for tests of whatever draws or says them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.situation.weekly_values import Basis, Figure, Flag, Reporter, Weekly
from data_access.facts import build_facts
from data_access.frame import AreaFact, AreaSetFact, CategoryFact, Frame, SourceFact
from data_access.models.incident import PLACE_PRECISIONS
from data_access.permissions import WORKING_GROUP
from data_access.records import Records
from data_access.selection import Period

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.facts import Facts
    from data_access.permissions import Sight

MONDAY = date(2026, 1, 5)
AREA_SET = AreaSetFact(1, "Småstad", 1, 3006)
TYPES = (
    ("damage", "vandalism", "crime", 0),
    ("damage", "graffiti", "crime", 0),
    ("disorder", "noise", "unsafe_event", 0),
    ("positive", "safe_place", "positive", 0),
    ("home", "intimate_violence", "crime", 2),
)
"""Group, code, kind and sensitivity of the types that `facts_of` counts."""

BASIS = Basis(14, (2024, 2025))
USUAL = ("Fältgruppen", "Polisen", "Skolan", "Väktarna")
FLAG = Flag(
    area="0101",
    area_name="Gamla staden",
    kind="group",
    code="damage",
    name_sv="Skadegörelse och klotter",
    name_en="Vandalism and graffiti",
    weeks=1,
    observed=14,
    expected=5.6,
    low=2,
    high=10,
    direction="more",
    p_value=0.02,
    as_usual=USUAL,
    more_than_usual=(),
    fewer_than_usual=(),
    is_explained_by_effort=False,
    basis=BASIS,
)
REPORTER = Reporter("Polisen", "police", "reported", 105, 98.4, "usual", is_compared=True)
FIGURE = Figure("incidents", 387, 355.8, 289, 428, "about_the_same")


def flag(**more: Any) -> Flag:
    return replace(FLAG, **more)


def reporter(**more: Any) -> Reporter:
    return replace(REPORTER, **more)


def week(*flags: Flag, **more: Any) -> Weekly:
    period = Period(date(2026, 11, 9), date(2026, 11, 15))
    found = Weekly(period, 1, BASIS, (REPORTER,), (FIGURE,), flags, 1048)
    return replace(found, **more)


def facts_of(counts: NDArray[np.int64], first: date = MONDAY, sight: Sight = WORKING_GROUP) -> Facts:
    """Facts with so many incidents of each source, district, type (of `TYPES`) and week; the last area is no district.

    They are spread over the days of their week so that its Sunday is reached.
    """
    *_, week = at = _repeated(counts)
    return _facts(counts, at, 7 * week + 6 - np.arange(len(week)) % 7, first, sight)


def facts_of_days(counts: NDArray[np.int64], first: date = MONDAY) -> Facts:
    """The same of counts by day."""
    *_, day = at = _repeated(counts)
    return _facts(counts, at, day, first, WORKING_GROUP)


def _repeated(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Indices of each count, as often as it counts."""
    return tuple(np.repeat(at, counts[counts > 0]) for at in np.nonzero(counts))


def _facts(
    counts: NDArray[np.int64],
    at: tuple[NDArray[np.int64], ...],
    days: NDArray[np.int64],
    first: date,
    sight: Sight,
) -> Facts:
    sources, areas, types, _ = counts.shape
    frame = Frame(
        version=1,
        municipality="Småstad",
        is_sample=False,
        srid=3006,
        timezone="UTC",
        area_set=AREA_SET,
        area_sets=(AREA_SET,),
        areas=tuple(AreaFact(n + 1, f"{n + 1:02d}", f"Area {n + 1}", None, 1000) for n in range(areas - 1)),
        categories=tuple(
            CategoryFact(
                n + 1, code, group, f"{group} sv", f"{group} en", kind, level, f"{code} sv", f"{code} en"
            )
            for n, (group, code, kind, level) in enumerate(TYPES[:types])
        ),
        sources=tuple(SourceFact(n + 1, "ABCDEFG"[n], "other") for n in range(sources)),
        interventions=(),
    )
    day = np.datetime64(first, "D") + days.astype("timedelta64[D]")
    return build_facts(frame, _records(at, day, outside=areas - 1), sight=sight)


def _records(at_: tuple[NDArray[np.int64], ...], day: NDArray[np.datetime64], *, outside: int) -> Records:
    """One record for each count, at noon."""
    source, area, kind, week = at_
    at = day.astype("datetime64[s]") + np.timedelta64(12, "h")
    nothing = np.full(len(week), np.nan)
    return Records(
        category_id=(kind + 1).astype(np.int32),
        organisation_id=(source + 1).astype(np.int32),
        area_id=np.where(area == outside, -1, area + 1),
        reported=np.zeros(len(week), np.int8),
        occurred_from=at,
        occurred_to=at,
        local_date=day,
        time_precision=np.zeros(len(week), np.int8),
        place_precision=np.full(len(week), PLACE_PRECISIONS.index("area"), np.int8),
        x=nothing,
        y=nothing,
        has_area_code=np.ones(len(week), bool),
    )
