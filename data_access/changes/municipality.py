"""Setting up the one municipality of an installation."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, select

from data_access.changes.entry import EntryError, clean_name
from data_access.changes.surveys import seed_indicators
from data_access.changes.transaction import MUNICIPALITY_ID, Change, changing
from data_access.database import DatabaseError
from data_access.importers.zones import check_zone
from data_access.models import AreaSet, Category, CategoryGroup, Incident, Municipality, Organisation
from data_access.models.organisation import MEETING_CADENCES, RANGES
from data_access.permissions import Action
from geo.crs import is_in_metres

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer


def initialise(database: Database) -> None:
    """Migrate the database and give it its municipality row and the catalogues; harmless when repeated."""
    database.upgrade()
    with database.writing() as session:
        if session.get(Municipality, MUNICIPALITY_ID) is None:
            session.add(Municipality(id=MUNICIPALITY_ID))
            _seed_catalogue(session)
        seed_indicators(session)


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

    Raises `ImportRefused` (timezone_unknown), `EntryError` (name_empty, name_long) and `DatabaseError`: not_projected, and
    crs_in_use or timezone_in_use when there are data in another one.
    """
    given = {
        "name": name if name is None else clean_name(name),
        "srid": srid,
        "timezone": timezone and check_zone(timezone),
        "is_sample": is_sample,
    }
    with changing(database, viewer, Action.WRITE_MUNICIPALITY) as change:
        _check_crs(change, srid)
        _check_timezone(change, given["timezone"])
        _write(change, {field: value for field, value in given.items() if value is not None})


@dataclass(frozen=True)
class Rules:
    """How often people meet, whom somebody without access asks, below which number counts are "few", how long a sign-in lasts."""

    meeting_cadence: str
    contact: str
    smallest_count: int
    session_hours: int
    idle_minutes: int


def record_rules(database: Database, viewer: Viewer, rules: Rules) -> None:
    """Write all of them. Raises `EntryError`: unknown, out_of_range, name_long."""
    if rules.meeting_cadence not in MEETING_CADENCES:
        raise EntryError("unknown", value=rules.meeting_cadence)
    for field, (low, high) in RANGES.items():
        value = getattr(rules, field)
        if not low <= value <= high:
            raise EntryError("out_of_range", value=value, low=low, high=high)
    contact = clean_name(rules.contact) if rules.contact.strip() else ""
    with changing(database, viewer, Action.WRITE_MUNICIPALITY) as change:
        _write(change, asdict(rules) | {"contact": contact})


def _write(change: Change, wanted: dict[str, Any]) -> None:
    """Write and log what differs."""
    now = change.municipality
    changed = {field: value for field, value in wanted.items() if value != getattr(now, field)}
    change.details = {"before": {field: getattr(now, field) for field in changed}, "after": changed}
    for field, value in changed.items():
        setattr(now, field, value)


def _check_timezone(change: Change, timezone: str | None) -> None:
    """Days, weeks and hours of incidents were decided in it when they were written."""
    current = change.municipality.timezone
    if timezone in (None, current) or change.session.exec(select(Incident.id)).first() is None:
        return
    raise DatabaseError("timezone_in_use", timezone=str(timezone), current=str(current))


def _check_crs(change: Change, srid: int | None) -> None:
    if srid is None:
        return
    if not is_in_metres(srid):
        raise DatabaseError("not_projected", crs=str(srid))
    current = change.municipality.srid
    has_data = any(change.session.exec(select(model.id)).first() for model in (AreaSet, Incident))
    if has_data and srid != current:
        raise DatabaseError("crs_in_use", crs=str(srid), current=str(current))


def organisation_id_of(change: Change, name: str) -> int | None:
    """The organisation of a name; None when it is not there yet. Raises `EntryError`: name_empty, name_long."""
    same = select(Organisation.id).where(Organisation.name == clean_name(name))
    return change.session.exec(same).one_or_none()


def organisation_named(
    change: Change, name: str, *, kind: str = "other", is_sample: bool = False
) -> Organisation:
    """The organisation of a name, made when it is new; one of the sample becomes one's own with the first own record.

    Raises `EntryError`: name_empty, name_long.
    """
    name = clean_name(name)
    found = change.session.exec(select(Organisation).where(Organisation.name == name)).one_or_none()
    if found is None:
        found = Organisation(name=name, kind=kind, is_sample=is_sample)
        change.session.add(found)
        change.session.flush()
    elif not is_sample:
        found.is_sample = False
    return found
