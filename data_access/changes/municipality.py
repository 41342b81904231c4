"""Setting up the one municipality of an installation."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, select

from data_access.changes.transaction import MUNICIPALITY_ID, Change, changing
from data_access.database import DatabaseError
from data_access.importers.zones import check_zone
from data_access.models import AreaSet, Category, CategoryGroup, Incident, Municipality, Organisation
from geo.crs import is_in_metres

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer


def initialise(database: Database) -> None:
    """Migrate the database and give it its municipality row and the catalogue of types; harmless when repeated."""
    database.upgrade()
    with database.writing() as session:
        if session.get(Municipality, MUNICIPALITY_ID) is None:
            session.add(Municipality(id=MUNICIPALITY_ID))
            _seed_catalogue(session)


def _seed_catalogue(session: Session) -> None:
    catalogue: dict[str, Any] = json.loads(files("data_access").joinpath("catalogue.json").read_text("utf-8"))
    groups = {}
    for rank, group in enumerate(catalogue["groups"]):
        groups[group["code"]] = CategoryGroup(
            code=group["code"], name_sv=group["sv"], name_en=group["en"], rank=rank
        )
    session.add_all(groups.values())
    session.flush()
    for rank, kind in enumerate(catalogue["types"]):
        session.add(
            Category(
                group_id=groups[kind["group"]].id,
                code=kind["code"],
                kind=kind["kind"],
                sensitivity=kind["sensitivity"],
                name_sv=kind["sv"],
                name_en=kind["en"],
                law=kind["law"],
                rank=rank,
            )
        )


def describe_municipality(
    database: Database,
    viewer: Viewer,
    *,
    name: str | None = None,
    srid: int | None = None,
    timezone: str | None = None,
    is_sample: bool | None = None,
) -> None:
    """Write what is given of: name, projected CRS (EPSG), time zone (IANA), whether this is the sample.

    Raises `ImportRefused` (timezone_unknown) and `DatabaseError`: not_projected, crs_in_use when there are data in another CRS.
    """
    given = {
        "name": name,
        "srid": srid,
        "timezone": timezone and check_zone(timezone),
        "is_sample": is_sample,
    }
    with changing(database, viewer, "municipality.write") as change:
        if srid is not None:
            _check_crs(change, srid)
        for field, value in given.items():
            if value is not None:
                setattr(change.municipality, field, value)
                change.details[field] = value


def _check_crs(change: Change, srid: int) -> None:
    if not is_in_metres(srid):
        raise DatabaseError("not_projected", crs=str(srid))
    current = change.municipality.srid
    has_data = any(change.session.exec(select(model.id)).first() for model in (AreaSet, Incident))
    if has_data and srid != current:
        raise DatabaseError("crs_in_use", crs=str(srid), current=str(current))


def organisation_named(
    change: Change, name: str, *, kind: str = "other", is_sample: bool = False
) -> Organisation:
    """The organisation of a name, made when it is new; one of the sample becomes one's own with the first own record."""
    found = change.session.exec(select(Organisation).where(Organisation.name == name)).one_or_none()
    if found is None:
        found = Organisation(name=name, kind=kind, is_sample=is_sample)
        change.session.add(found)
        change.session.flush()
    elif not is_sample:
        found.is_sample = False
    return found
