"""Whole incidents per source, area and week: what an evaluation is computed from.

Unlike the views, a panel is never shown: it stays on the server, and what is told of it passes `told`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from data_access.disclosure import AGGREGATE_ONLY, DISTRICT_ONLY, told_counts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from data_access.facts import Facts
    from data_access.stock import Part, Stock

WEEK_DAYS = 7
INSIDE, AROUND = "*inside", "*around"
"""Codes of what lies inside a drawn surface, and in the ring around it; no code of a district begins with a star."""


@dataclass(frozen=True)
class Surface:
    """A drawn surface and how wide the ring around it is, in metres of the municipality's CRS."""

    shape: BaseGeometry
    ring_m: float

    @property
    def ring(self) -> BaseGeometry:
        """What lies within `ring_m` of the surface, without itself."""
        return shapely.difference(shapely.buffer(self.shape, self.ring_m), self.shape)


@dataclass(frozen=True, eq=False)
class Panel:
    """`counts` (sources, areas, weeks) of whole weeks from the Monday `first_week`, in the order of `sources` and `areas`.

    With a surface two more areas follow the districts, INSIDE and AROUND, and what lies there is not in its district.
    `monthly_only`, `district_only`: codes of types asked for that are in no week, or in no surface, because no more may be told.
    """

    counts: NDArray[np.int64]
    sources: tuple[str, ...]
    areas: tuple[str, ...]
    first_week: np.datetime64[date]
    fewest: int
    monthly_only: tuple[str, ...] = ()
    district_only: tuple[str, ...] = ()

    @property
    def weeks(self) -> NDArray[np.datetime64]:
        """Mondays."""
        return self.first_week + np.arange(self.counts.shape[2]) * np.timedelta64(WEEK_DAYS, "D")

    def told(self, counts: NDArray[np.float64], *sums: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Counts that were added up from the panel, with those that are too small for its viewer as NaN.

        `sums`: which of the counts are told together elsewhere, as a sum.
        """
        return told_counts(counts, self.fewest, *sums)


def weekly_panel(facts: Facts, categories: Collection[str], surface: Surface | None = None) -> Panel:
    """Count incidents of some types by the week in which they began; unknown codes match nothing.

    Types that may only be told by month are in no week. A surface counts points of types that may be told as points, to 20 m.
    """
    known = [one for one in facts.categories if one.code in categories]
    is_exact = facts.sight.is_exact
    hidden = {one.code for one in known if one.sensitivity >= AGGREGATE_ONLY and not is_exact}
    placeless = {one.code for one in known if one.sensitivity >= DISTRICT_ONLY and not is_exact} - hidden
    left_out = hidden | (placeless if surface else set())
    ids = [one.id for one in known if one.code not in left_out]
    weeks = _whole_weeks(facts)
    areas = tuple(area.code for area in facts.areas)
    shape = (len(facts.frame.sources), len(areas) + (2 if surface else 0) + 1, weeks)
    counts = np.zeros(shape, np.int64)
    for stock in facts.stocks:
        _add(counts, stock, facts, ids, surface)
    return Panel(
        counts=counts[:, :-1],
        sources=tuple(one.name for one in facts.frame.sources),
        areas=(*areas, INSIDE, AROUND) if surface else areas,
        first_week=facts.first_week,
        fewest=facts.sight.fewest,
        monthly_only=tuple(sorted(hidden)),
        district_only=tuple(sorted(placeless)) if surface else (),
    )


def _whole_weeks(facts: Facts) -> int:
    """Weeks that are over: the running one would look like a fall."""
    if facts.period is None:
        return 0
    days = (np.datetime64(facts.period.last, "D") - facts.first_week).astype(int) + 1
    return min(int(days) // WEEK_DAYS, facts.weeks)


def _add(
    counts: NDArray[np.int64], stock: Stock, facts: Facts, ids: list[int], surface: Surface | None
) -> None:
    category, organisation, _ = stock.combinations.T
    place = {one.id: row for row, one in enumerate(facts.frame.sources)}
    source = np.array([place.get(number, -1) for number in organisation.tolist()], np.int64)
    source[~np.isin(category, ids)] = -1
    spots = _units_of_spots(stock, surface)
    first = int(facts.first_week.astype(int))
    _, units, weeks = counts.shape
    for part in stock.parts:
        if part.is_monthly:
            continue
        of_row = source[part.combination]
        week = np.repeat((part.slots.monday - first) // WEEK_DAYS, np.diff(part.slots.begins))
        unit = _units(part, spots, outside=stock.areas, last=units - 1)
        is_counted = (of_row >= 0) & (week < weeks) & (week >= 0)
        cell = (of_row * units + unit) * weeks + week
        counts += np.bincount(cell[is_counted], minlength=counts.size).reshape(counts.shape)


def _units_of_spots(stock: Stock, surface: Surface | None) -> NDArray[np.int64] | None:
    """For each spot, and for no place at all, the area it lies in: inside, around, or (-1) its district."""
    if surface is None:
        return None
    found = np.full(stock.spots.count + 1, -1, np.int64)
    shapes = (surface.shape, surface.ring)
    for number, shape in reversed(list(enumerate(shapes))):
        shapely.prepare(shape)
        found[:-1][shapely.contains_xy(shape, stock.spots.x, stock.spots.y)] = stock.areas + number
    return found


def _units(part: Part, spots: NDArray[np.int64] | None, *, outside: int, last: int) -> NDArray[np.int64]:
    """Area of each incident: its district, or the surface; `last` is the code of being in none."""
    district = part.area.astype(np.int64)
    unit = np.where(district == outside, last, district)
    if spots is None:
        return unit
    drawn = spots[part.spot]
    return np.where(drawn >= 0, drawn, unit)
