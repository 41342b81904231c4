"""Where an intervention works and what it is aimed at: from codes and polygons to rows of districts and types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from sqlmodel import col, delete, select

from data_access.changes.entry import EntryError, UnknownCodesError
from data_access.models import (
    Area,
    AreaSet,
    Category,
    InterventionArea,
    InterventionCategory,
    InterventionComparison,
)

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.changes.intervention_entry import InterventionEntry
    from data_access.models import Intervention
    from data_access.permissions import Sight

SMALLEST_SHARE = 0.01
"""A district that holds less of a polygon is only brushed by it."""

_DISTRICT = 1


@dataclass(frozen=True)
class Places:
    """Districts (ids) of an intervention and of its comparison, and the polygon in a part of them (WKB, CRS of the set)."""

    areas: frozenset[int]
    comparison: frozenset[int]
    polygon_wkb: bytes | None

    @classmethod
    def stored(cls, session: Session, row: Intervention) -> Places:
        """Those that an intervention has."""
        areas, comparison = (
            frozenset(session.exec(select(link.area_id).where(link.intervention_id == row.id)).all())
            for link in (InterventionArea, InterventionComparison)
        )
        return cls(areas, comparison, row.polygon_wkb)


@dataclass(frozen=True)
class _Districts:
    """Districts of a set: ids by code of those that somebody sees, and the ids of all others."""

    area_set_id: int
    seen: dict[str, int]
    hidden: frozenset[int]

    @classmethod
    def of(cls, session: Session, sight: Sight, area_set_id: int) -> _Districts:
        area_set = session.get(AreaSet, area_set_id)
        codes = sight.codes_in(area_set.name) if area_set else None
        query = select(Area.code, Area.id).where(Area.area_set_id == area_set_id, Area.level == _DISTRICT)
        ids: dict[str, int] = dict(session.execute(query).all())
        seen = {code: number for code, number in ids.items() if codes is None or code in codes}
        return cls(area_set_id, seen, frozenset(ids.values()) - frozenset(seen.values()))

    def named(self, codes: tuple[str, ...]) -> frozenset[int]:
        return frozenset(_all_of("areas", codes, self.seen))


def places_of(
    session: Session, sight: Sight, area_set_id: int, entry: InterventionEntry, before: Places | None = None
) -> Places:
    """The places of an entry in a set of districts.

    What an intervention had `before` outside of somebody's sight stays: they could not choose it, nor take it away.

    Raises `UnknownCodesError` for districts that are not there or not to be seen, `EntryError`: polygon_outside,
    comparison_is_target.
    """
    before = before or Places(frozenset(), frozenset(), None)
    districts = _Districts.of(session, sight, area_set_id)
    comparison = districts.named(entry.comparison_codes) | (before.comparison & districts.hidden)
    polygon = shapely.force_2d(entry.polygon)
    wkb = None if polygon is None else shapely.to_wkb(polygon)
    if polygon is None:
        areas = districts.named(entry.area_codes) | (before.areas & districts.hidden)
    elif wkb == before.polygon_wkb:
        areas = before.areas
    else:
        areas = _overlapped(session, area_set_id, polygon)
        if not areas or (areas | before.areas) & districts.hidden:
            raise EntryError("polygon_outside")
    both = [code for code, number in districts.seen.items() if number in areas & comparison]
    if both:
        raise EntryError("comparison_is_target", codes=", ".join(sorted(both)))
    return Places(areas, comparison, wkb)


def category_ids(session: Session, codes: tuple[str, ...]) -> frozenset[int]:
    """Types by their codes. Raises `UnknownCodesError`."""
    known = dict(session.execute(select(Category.code, Category.id)).all())
    return frozenset(_all_of("categories", codes, known))


def store_places(session: Session, number: int, places: Places, categories: frozenset[int]) -> None:
    """Write the districts, the comparison and the types of an intervention in place of those it had."""
    for link in (InterventionArea, InterventionComparison, InterventionCategory):
        session.execute(delete(link).where(col(link.intervention_id) == number))
    session.add_all(InterventionArea(intervention_id=number, area_id=one) for one in places.areas)
    session.add_all(InterventionComparison(intervention_id=number, area_id=one) for one in places.comparison)
    session.add_all(InterventionCategory(intervention_id=number, category_id=one) for one in categories)
    session.flush()


def _overlapped(session: Session, area_set_id: int, polygon: shapely.Polygon) -> frozenset[int]:
    """Districts that hold a share of the polygon worth naming."""
    min_x, min_y, max_x, max_y = polygon.bounds
    near = select(Area.id, Area.wkb).where(
        Area.area_set_id == area_set_id,
        Area.level == _DISTRICT,
        Area.min_x <= max_x,
        Area.max_x >= min_x,
        Area.min_y <= max_y,
        Area.max_y >= min_y,
    )
    rows = session.execute(near).all()
    inside = shapely.area(shapely.intersection(polygon, shapely.from_wkb([row.wkb for row in rows])))
    return frozenset(
        row.id for row, area in zip(rows, inside, strict=True) if area >= SMALLEST_SHARE * polygon.area
    )


def _all_of(kind: str, codes: tuple[str, ...], ids: dict[str, int]) -> list[int]:
    missing = [code for code in codes if code not in ids]
    if missing:
        raise UnknownCodesError(kind, missing)
    return [ids[code] for code in codes]
