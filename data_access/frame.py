"""What the codes of the facts mean: districts, types, sources, and the version they hold for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import shapely
from sqlmodel import Session, col, select

from data_access.intervention_facts import InterventionFact, intervention_facts
from data_access.models import (
    Area,
    AreaSet,
    Backdrop,
    Category,
    CategoryGroup,
    Intervention,
    Municipality,
    Organisation,
)
from data_access.permissions import Action, Viewer, check
from data_access.scope import narrowed

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import AreaKey, Sight

__all__ = [
    "DEFAULT_TIMEZONE",
    "AreaFact",
    "AreaSetFact",
    "AreaShapes",
    "CategoryFact",
    "Frame",
    "InterventionFact",
    "SourceFact",
    "read_frame",
    "read_shapes",
]

DEFAULT_TIMEZONE = "Europe/Stockholm"


@dataclass(frozen=True)
class AreaFact:
    """A district: code, name, its part of town, residents (None when unknown)."""

    id: int
    code: str
    name: str
    parent: str | None
    population: int | None


@dataclass(frozen=True)
class CategoryFact:
    """A type of incident, with its group."""

    id: int
    code: str
    group: str
    group_sv: str
    group_en: str
    kind: str
    sensitivity: int
    name_sv: str
    name_en: str
    is_hidden: bool = False


@dataclass(frozen=True)
class SourceFact:
    """An organisation that reports."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True)
class AreaSetFact:
    """A set of districts: metres in EPSG `srid`."""

    id: int
    name: str
    version: int
    srid: int


@dataclass(frozen=True)
class Frame:
    """Everything the facts refer to, at one data version; the order of each tuple is the order of the codes."""

    version: int
    municipality: str
    is_sample: bool
    srid: int | None
    timezone: str
    area_set: AreaSetFact | None
    area_sets: tuple[AreaSetFact, ...]
    areas: tuple[AreaFact, ...]
    categories: tuple[CategoryFact, ...]
    sources: tuple[SourceFact, ...]
    interventions: tuple[InterventionFact, ...]


@dataclass(frozen=True, eq=False)
class AreaShapes:
    """Geometries of a set: districts in the order of the frame, and the backdrop (GeoJSON in lon/lat) if there is one."""

    srid: int
    districts: list[shapely.MultiPolygon]
    backdrop: bytes | None


def read_frame(database: Database, viewer: Viewer, area_set: int | None = None) -> Frame:
    """Read what a viewer sees of the frame for a set of districts; None or an id that is gone means the newest with any."""
    check(viewer, Action.READ_INCIDENTS)
    with database.reading() as session:
        version = session.exec(select(Municipality.data_version)).one()
    return _frame(database, version, area_set, viewer.sight)


@lru_cache(maxsize=64)
def _frame(database: Database, version: int, area_set: int | None, sight: Sight) -> Frame:
    """Read at `version`, which is only the key of the cache: what is read says itself which version it is."""
    return narrowed(_whole_frame(database, version, area_set, sight.areas), sight)


def _whole_frame(
    database: Database, version: int, area_set: int | None, areas: frozenset[AreaKey] | None
) -> Frame:
    del version
    with database.reading() as session:
        municipality = session.get_one(Municipality, 1)
        sets = tuple(
            AreaSetFact(row.id or 0, row.name, row.version, row.srid)
            for row in session.exec(select(AreaSet).order_by(col(AreaSet.id))).all()
        )
        if areas is not None:
            named = {area.area_set for area in areas}
            sets = tuple(found for found in sets if found.name in named)
        chosen = next((found for found in sets if found.id == area_set), sets[-1] if sets else None)
        return Frame(
            version=municipality.data_version,
            municipality=municipality.name,
            is_sample=municipality.is_sample,
            srid=municipality.srid,
            timezone=municipality.timezone or DEFAULT_TIMEZONE,
            area_set=chosen,
            area_sets=sets,
            areas=_areas(session, chosen),
            categories=_categories(session),
            sources=_sources(session),
            interventions=_interventions(session, chosen),
        )


def read_shapes(database: Database, viewer: Viewer, area_set: AreaSetFact) -> AreaShapes:
    """Geometries of the districts that a viewer sees of a set."""
    check(viewer, Action.READ_INCIDENTS)
    codes = viewer.sight.codes_in(area_set.name)
    with database.reading() as session:
        query = (
            select(Area.wkb).where(Area.area_set_id == area_set.id, Area.level == 1).order_by(col(Area.code))
        )
        if codes is not None:
            query = query.where(col(Area.code).in_(sorted(codes)))
        backdrop = session.exec(select(Backdrop.geojson).where(Backdrop.area_set_id == area_set.id)).first()
        return AreaShapes(area_set.srid, list(shapely.from_wkb(list(session.exec(query).all()))), backdrop)


def _areas(session: Session, area_set: AreaSetFact | None) -> tuple[AreaFact, ...]:
    if area_set is None:
        return ()
    rows = session.exec(select(Area).where(Area.area_set_id == area_set.id).order_by(col(Area.code))).all()
    names = {row.id: row.name for row in rows if row.level == 0}
    return tuple(
        AreaFact(row.id or 0, row.code, row.name, names.get(row.parent_id), row.population)
        for row in rows
        if row.level == 1
    )


def _categories(session: Session) -> tuple[CategoryFact, ...]:
    query = (
        select(Category, CategoryGroup)
        .join(CategoryGroup)
        .order_by(col(CategoryGroup.rank), col(Category.rank))
    )
    return tuple(
        CategoryFact(
            id=category.id or 0,
            code=category.code,
            group=group.code,
            group_sv=group.name_sv,
            group_en=group.name_en,
            kind=category.kind,
            sensitivity=category.sensitivity,
            name_sv=category.name_sv,
            name_en=category.name_en,
            is_hidden=category.is_hidden,
        )
        for category, group in session.exec(query).all()
    )


def _sources(session: Session) -> tuple[SourceFact, ...]:
    rows = session.exec(select(Organisation).order_by(col(Organisation.name))).all()
    return tuple(SourceFact(row.id or 0, row.name, row.kind) for row in rows)


def _interventions(session: Session, area_set: AreaSetFact | None) -> tuple[InterventionFact, ...]:
    return intervention_facts(session, Intervention.area_set_id == area_set.id) if area_set else ()
