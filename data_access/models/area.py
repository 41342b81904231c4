"""Districts: versioned sets of polygons, with a hierarchy."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import TableModel, check, key, optional_reference, reference, stamp


class AreaSet(TableModel, table=True):
    """One version of one division of the municipality; a new file with the same name becomes the next version."""

    __table_args__ = (sa.UniqueConstraint("name", "version"),)

    id: int | None = key()
    name: str = Field(max_length=120)
    version: int = 1
    srid: int
    file_name: str = ""
    file_sha256: str = Field(default="", max_length=64)
    is_sample: bool = False
    created_at: datetime = stamp()


class Area(TableModel, table=True):
    """A district (level 1, holds incidents) or a part of town that groups districts (level 0).

    `wkb` is a MultiPolygon in the set's CRS (`srid` of the area set), the four bounds are metres in it.
    """

    __table_args__ = (
        sa.UniqueConstraint("area_set_id", "level", "code"),
        check("population", "population is null or population >= 0"),
        check("level", "level in (0, 1)"),
    )

    id: int | None = key()
    area_set_id: int = reference("area_set")
    parent_id: int | None = optional_reference("area")
    level: int = 1
    code: str = Field(max_length=40)
    name: str = Field(max_length=120)
    population: int | None = None
    wkb: bytes
    min_x: float
    min_y: float
    max_x: float
    max_y: float


class Backdrop(TableModel, table=True):
    """Coast, parks, roads and named places that are drawn under the districts of a set (GeoJSON in lon/lat)."""

    id: int | None = key()
    area_set_id: int = reference("area_set")
    geojson: bytes
