"""Incidents: what, when (an interval), where (a point or a district), and who said so."""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import TableModel, bare_reference, check, choice, key, part_of_key, stamp

CERTAINTIES = ("seen", "told", "suspected", "unknown")
POLICE_REPORTED = ("yes", "no", "unknown")
TIME_PRECISIONS = ("exact", "interval", "date")
PLACE_PRECISIONS = ("point", "stand_in", "area", "none")


class Incident(TableModel, table=True):
    """One reported incident or unsafe event.

    `occurred_from <= occurred_to`, both UTC. `time_precision` "date" means that no time of day is known: the interval
    then covers the whole local day. The `local_*` columns are the calendar of `occurred_from` in the municipality's
    time zone, decided once at write; `local_hour` is empty unless the time is exact to the hour.
    `x`, `y`: metres in the municipality's CRS. `place_precision` "stand_in": the point is a centre of an area, an
    address shared by too many rows, or the like, and is never painted as a place.
    """

    __table_args__ = (
        check("interval", "occurred_to >= occurred_from"),
        check("point", "(x is null) = (y is null)"),
        check("severity", "severity is null or severity between 1 and 5"),
        check("note", "note is null or length(note) <= 280"),
        sa.UniqueConstraint("organisation_id", "source", "source_key"),
        {"sqlite_autoincrement": True},  # an id that was deleted never comes again
    )

    id: int | None = key()
    organisation_id: int = bare_reference("organisation")
    category_id: int = bare_reference("category")
    own_code: str | None = Field(default=None, max_length=200)
    occurred_from: datetime
    occurred_to: datetime
    time_precision: str = choice(*TIME_PRECISIONS, name="time_precision")
    local_date: date
    local_week: date
    local_weekday: int
    local_hour: int | None = None
    x: float | None = None
    y: float | None = None
    place_precision: str = choice(*PLACE_PRECISIONS, name="place_precision")
    area_code: str | None = Field(default=None, max_length=40)
    certainty: str = choice(*CERTAINTIES, name="certainty", default="unknown")
    police_reported: str = choice(*POLICE_REPORTED, name="police_reported", default="unknown")
    severity: int | None = None
    note: str | None = Field(default=None, max_length=280)
    source: str = Field(max_length=80)
    source_key: str = Field(max_length=120)
    batch_id: int | None = bare_reference("import_batch", is_optional=True)
    created_at: datetime = stamp()


class IncidentArea(TableModel, table=True):
    """The one district of an incident in a set; no row when it lies in none."""

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_with_rowid": False}

    incident_id: int = part_of_key("incident")
    area_set_id: int = part_of_key("area_set")
    area_id: int = bare_reference("area")
