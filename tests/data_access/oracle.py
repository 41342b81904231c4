"""The slow, obvious answers: loops over incidents, nothing coded, nothing cached."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.facts import REPORTED_CODES
from data_access.frame import AreaFact, CategoryFact, Frame, SourceFact
from data_access.models.incident import PLACE_PRECISIONS, TIME_PRECISIONS
from data_access.records import Records
from data_access.selection import FACETS, KINDS, Period, Selection
from tests.small_town import EAST, NORTH, STOCKHOLM

if TYPE_CHECKING:
    from collections.abc import Iterable

AREAS = ("01", "02", "03", "04")
SOURCES = ("Bostadsbolaget", "Polisen", "Skolan")
CATEGORIES = {
    "assault": ("crime", 1),
    "intimate_violence": ("crime", 2),
    "graffiti": ("crime", 0),
    "bicycle_theft": ("crime", 0),
    "noise": ("unsafe_event", 0),
    "bullying": ("unsafe_event", 2),
    "littering": ("unsafe_place", 0),
    "safe_place": ("positive", 0),
}


@dataclass(frozen=True)
class Plain:
    """An incident; `start` and `end` on the wall clock of Stockholm, `precision` exact, interval or date."""

    key: str
    category: str
    source: str
    area: str | None
    reported: str
    start: datetime
    end: datetime
    precision: str
    point: tuple[float, float] | None = None

    @property
    def kind(self) -> str:
        return CATEGORIES[self.category][0]

    @property
    def sensitivity(self) -> int:
        return CATEGORIES[self.category][1]

    @property
    def day(self) -> date:
        return self.start.date()

    def is_monthly(self, *, is_exact: bool) -> bool:
        return self.sensitivity == 2 and not is_exact

    def hour_shares(self, *, is_exact: bool) -> dict[int, float]:
        if self.precision == "date" or self.is_monthly(is_exact=is_exact):
            return {}
        return self._on_the_clock

    @cached_property
    def _on_the_clock(self) -> dict[int, float]:
        """Asks the clock at every tenth minute; all times are multiples of ten minutes."""
        first, last = self.start.astimezone(UTC), self.end.astimezone(UTC)
        steps = max(int((last - first).total_seconds() // 600), 1)
        if last - first >= timedelta(days=7):
            return dict.fromkeys(range(168), 1 / 168)
        clock = [(first + timedelta(minutes=10 * step)).astimezone(STOCKHOLM) for step in range(steps)]
        hours = Counter(at.weekday() * 24 + at.hour for at in clock)
        return {hour: count / steps for hour, count in hours.items()}


def is_within(one: Plain, period: Period, *, is_exact: bool) -> bool:
    if not one.is_monthly(is_exact=is_exact):
        return period.first <= one.day <= period.last
    first = one.day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return period.first <= first and last <= period.last


def weight(one: Plain, selection: Selection, *, is_exact: bool, own: str | None = None) -> float:
    """With how much an incident counts in the view of the facet `own`."""
    if own != "period" and selection.period and not is_within(one, selection.period, is_exact=is_exact):
        return 0.0
    for facet, value in (
        ("areas", one.area),
        ("categories", one.category),
        ("sources", one.source),
        ("police_reported", one.reported),
        ("kinds", one.kind),
    ):
        chosen = getattr(selection, facet)
        if facet != own and chosen and value not in chosen:
            return 0.0
    if own != "hours" and selection.hours:
        return sum(
            share for hour, share in one.hour_shares(is_exact=is_exact).items() if hour in selection.hours
        )
    return 1.0


def views(incidents: list[Plain], selection: Selection, *, is_exact: bool) -> dict[str, Any]:
    """Every view as a dictionary from code to count."""
    answer: dict[str, Any] = {facet: Counter() for facet in ("weeks", *FACETS[1:])}
    answer |= {"total": 0.0, "outside": 0.0, "hours_unknown": 0.0, "monthly_only": 0.0}
    for one in incidents:
        monthly = one.is_monthly(is_exact=is_exact)

        def of(own: str | None, one: Plain = one) -> float:
            return weight(one, selection, is_exact=is_exact, own=own)

        answer["total"] += of(None)
        answer["monthly_only"] += of(None) if monthly else 0
        if one.area is None:
            answer["outside"] += of("areas")
        else:
            answer["areas"][one.area] += of("areas")
        answer["categories"][one.category] += of("categories")
        answer["sources"][one.source] += of("sources")
        answer["police_reported"][one.reported] += of("police_reported")
        answer["kinds"][one.kind] += of("kinds")
        if not monthly:
            answer["weeks"][one.day - timedelta(days=one.day.weekday())] += of("period")
            answer["hours_unknown"] += of("hours") if one.precision == "date" else 0
        for hour, share in one.hour_shares(is_exact=is_exact).items():
            answer["hours"][hour] += share * of("hours")
    return answer


def count_rows(
    incidents: list[Plain], selection: Selection, by: Iterable[str], *, is_exact: bool
) -> Counter[Any]:
    """Counts of whole incidents by a combination of names."""
    names = tuple(by)
    return Counter(
        tuple(_value(one, name, is_exact=is_exact) for name in names)
        for one in incidents
        if weight(one, selection, is_exact=is_exact)
    )


def _value(one: Plain, name: str, *, is_exact: bool) -> Any:
    if name in ("date", "week", "weekday", "hour") and one.is_monthly(is_exact=is_exact):
        return None
    return {
        "area": one.area,
        "category": one.category,
        "kind": one.kind,
        "source": one.source,
        "police_reported": one.reported,
        "date": one.day,
        "week": one.day - timedelta(days=one.day.weekday()),
        "weekday": one.day.weekday(),
        "hour": one.start.hour if one.precision == "exact" else None,
    }[name]


def invent(count: int, seed: int, first: date = date(2026, 3, 1), days: int = 75) -> list[Plain]:
    """Incidents around the beginning of summer time, in all areas and none."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    return [_invent(chance, str(number), first, days) for number in range(count)]


def _invent(chance: random.Random, key: str, first: date, days: int) -> Plain:
    day = first + timedelta(days=chance.randrange(days))
    precision = chance.choice(("exact", "exact", "interval", "date"))
    start = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
    start += timedelta(minutes=10 * chance.randrange(144)) if precision != "date" else timedelta()
    start = start.astimezone(UTC).astimezone(STOCKHOLM)  # a time that the clock skips becomes a real one
    length = {
        "exact": timedelta(),
        "date": timedelta(hours=23, minutes=50),
        "interval": timedelta(minutes=10 * chance.choice((1, 7, 30, 200, 1000, 1100))),
    }[precision]
    end = (start.astimezone(UTC) + length).astimezone(STOCKHOLM)
    area = chance.choice((*AREAS, None))
    has_point = area is not None and chance.random() < 0.6
    return Plain(
        key=key,
        category=chance.choice(list(CATEGORIES)),
        source=chance.choice(SOURCES),
        area=area,
        reported=chance.choice(REPORTED_CODES),
        start=start,
        end=end,
        precision=precision,
        point=_inside(area, chance) if has_point and area else None,
    )


def _inside(area: str, chance: random.Random) -> tuple[float, float]:
    number = AREAS.index(area)
    return (
        EAST + 1000 * (number % 2) + chance.uniform(10, 990),
        NORTH + 1000 * (number // 2) + chance.uniform(10, 990),
    )


def coded(incidents: list[Plain]) -> tuple[Frame, Records]:
    """What `build_facts` takes."""
    frame = Frame(
        version=1,
        municipality="Småstad",
        is_sample=False,
        srid=3006,
        timezone="Europe/Stockholm",
        area_set=None,
        area_sets=(),
        areas=tuple(AreaFact(n, code, code, None, 100) for n, code in enumerate(AREAS, 11)),
        categories=tuple(
            CategoryFact(n, code, "g", "g", "g", kind, sensitivity, code, code)
            for n, (code, (kind, sensitivity)) in enumerate(CATEGORIES.items(), 21)
        ),
        sources=tuple(SourceFact(n, name, "other") for n, name in enumerate(SOURCES, 31)),
        interventions=(),
    )
    categories = list(CATEGORIES)
    point = [one.point or (np.nan, np.nan) for one in incidents]
    records = Records(
        occurred_from=_instants(one.start for one in incidents),
        occurred_to=_instants(one.end for one in incidents),
        local_date=np.array([one.day for one in incidents], "datetime64[D]"),
        time_precision=np.array([TIME_PRECISIONS.index(one.precision) for one in incidents], np.int8),
        place_precision=np.array(
            [PLACE_PRECISIONS.index("point" if one.point else "none") for one in incidents], np.int8
        ),
        x=np.array([x for x, _ in point], float),
        y=np.array([y for _, y in point], float),
        area_id=np.array([11 + AREAS.index(one.area) if one.area else -1 for one in incidents], np.int64),
        category_id=np.array([21 + categories.index(one.category) for one in incidents], np.int32),
        organisation_id=np.array([31 + SOURCES.index(one.source) for one in incidents], np.int32),
        reported=np.array([REPORTED_CODES.index(one.reported) for one in incidents], np.int8),
        has_area_code=np.array([one.area is not None for one in incidents], bool),
    )
    return frame, records


def _instants(times: Iterable[datetime]) -> np.ndarray:
    return np.array([at.astimezone(UTC).replace(tzinfo=None) for at in times], "datetime64[s]")


__all__ = ["AREAS", "CATEGORIES", "KINDS", "SOURCES", "Plain", "coded", "count_rows", "invent", "views"]
