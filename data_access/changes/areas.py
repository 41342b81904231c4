"""Writing a set of districts, and finding anew in which district each incident lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from data_access.bulk import insert_columns
from data_access.changes.entry import clean_name
from data_access.changes.placement import Placement, place
from data_access.changes.transaction import Change, changing
from data_access.models import Area, AreaSet, Backdrop, Incident, IncidentArea
from data_access.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_access.database import Database
    from data_access.permissions import Viewer

DISTRICT = 1
PART_OF_TOWN = 0


@dataclass(frozen=True)
class AreaRow:
    """A polygon to store: level 1 district or 0 part of town; `geometry` MultiPolygon in the set's CRS."""

    level: int
    code: str
    name: str
    geometry: shapely.MultiPolygon
    parent_code: str | None = None
    population: int | None = None


@dataclass(frozen=True)
class AreasOutcome:
    """What became of a file of areas."""

    area_set_id: int
    version: int
    districts: int
    parts_of_town: int
    is_known: bool
    incidents_placed: int
    incidents_without_area: int


def record_areas(
    database: Database,
    viewer: Viewer,
    rows: Sequence[AreaRow],
    *,
    name: str,
    srid: int,
    file_name: str = "",
    file_sha256: str = "",
    backdrop: bytes | None = None,
    is_sample: bool = False,
) -> AreasOutcome:
    """Store a set of areas as the next version of its name, and place all incidents in it.

    `srid` becomes the municipality's CRS when none is decided; another one than the municipality's is refused with
    ValueError (the importer transforms). The same file under the same name changes nothing. Raises `EntryError`: name_empty,
    name_long.
    """
    name = clean_name(name)
    with changing(database, viewer, Action.IMPORT_AREAS, subject=name) as change:
        known = _same_file(change.session, name, file_sha256)
        if known is not None:
            change.details = {"file": file_name, "known": True}
            return _outcome(change.session, known, is_known=True)
        _agree_on_crs(change, srid)
        area_set = _new_set(change, name, srid, file_name, file_sha256, is_sample=is_sample)
        _store(change.session, area_set, rows)
        if backdrop is not None:
            change.session.add(Backdrop(area_set_id=_id(area_set), geojson=backdrop))
        place_all_incidents(change.session, _id(area_set))
        change.rewrites()
        change.details = {"file": file_name, "areas": len(rows), "version": area_set.version, "crs": srid}
        return _outcome(change.session, area_set, is_known=False)


def place_all_incidents(session: Session, area_set_id: int) -> None:
    """Write `incident_area` of one set for every incident."""
    rows = session.execute(
        sa.select(
            col(Incident.id),
            col(Incident.x),
            col(Incident.y),
            col(Incident.place_precision),
            col(Incident.area_code),
        ).order_by(col(Incident.id))
    ).all()
    if not rows:
        return
    ids, x, y, precision, codes = zip(*rows, strict=True)
    placement = Placement.of(session, area_set_id)
    area_ids = place(
        placement,
        np.array(x, float),
        np.array(y, float),
        np.array(precision, object),
        np.array(codes, object),
    )
    store_places(session, area_set_id, np.array(ids), area_ids)


def store_places(session: Session, area_set_id: int, incident_ids: np.ndarray, area_ids: np.ndarray) -> None:
    """Write the found districts; -1 (none) gets no row."""
    inside = area_ids >= 0
    count = int(inside.sum())
    columns = {
        "incident_id": incident_ids[inside],
        "area_set_id": np.full(count, area_set_id),
        "area_id": area_ids[inside],
    }
    insert_columns(session, IncidentArea, columns)


def _id(area_set: AreaSet) -> int:
    assert area_set.id is not None  # noqa: S101 - flushed
    return area_set.id


def _same_file(session: Session, name: str, sha256: str) -> AreaSet | None:
    if not sha256:
        return None
    query = select(AreaSet).where(AreaSet.name == name, AreaSet.file_sha256 == sha256)
    return session.exec(query).first()


def _agree_on_crs(change: Change, srid: int) -> None:
    if change.municipality.srid is None:
        change.municipality.srid = srid
    if change.municipality.srid != srid:
        message = f"areas are in EPSG:{srid}, the municipality is in EPSG:{change.municipality.srid}: transform them first"
        raise ValueError(message)


def _new_set(
    change: Change, name: str, srid: int, file_name: str, sha256: str, *, is_sample: bool
) -> AreaSet:
    newest = change.session.exec(select(func.max(AreaSet.version)).where(AreaSet.name == name)).one()
    area_set = AreaSet(
        name=name,
        version=(newest or 0) + 1,
        srid=srid,
        file_name=file_name,
        file_sha256=sha256,
        is_sample=is_sample,
    )
    change.session.add(area_set)
    change.session.flush()
    return area_set


def _store(session: Session, area_set: AreaSet, rows: Sequence[AreaRow]) -> None:
    parents: dict[str, int | None] = {}
    for row in sorted(rows, key=lambda row: (row.level, row.code)):
        min_x, min_y, max_x, max_y = shapely.bounds(row.geometry)
        area = Area(
            area_set_id=_id(area_set),
            parent_id=parents.get(row.parent_code or ""),
            level=row.level,
            code=row.code,
            name=row.name,
            population=row.population,
            wkb=shapely.to_wkb(row.geometry),
            min_x=float(min_x),
            min_y=float(min_y),
            max_x=float(max_x),
            max_y=float(max_y),
        )
        session.add(area)
        if row.level == PART_OF_TOWN:
            session.flush()
            parents[row.code] = area.id
    session.flush()


def _outcome(session: Session, area_set: AreaSet, *, is_known: bool) -> AreasOutcome:
    levels = dict(
        session.execute(
            select(Area.level, func.count()).where(Area.area_set_id == area_set.id).group_by(col(Area.level))
        ).all()
    )
    placed = session.exec(
        select(func.count()).select_from(IncidentArea).where(IncidentArea.area_set_id == area_set.id)
    ).one()
    incidents = session.exec(select(func.count()).select_from(Incident)).one()
    return AreasOutcome(
        area_set_id=_id(area_set),
        version=area_set.version,
        districts=levels.get(DISTRICT, 0),
        parts_of_town=levels.get(PART_OF_TOWN, 0),
        is_known=is_known,
        incidents_placed=placed,
        incidents_without_area=incidents - placed,
    )
