"""All incidents as columns, coded by a frame: the one bulk read of the incident table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import String, and_, cast, select
from sqlmodel import col

from data_access.models import Area, Category, Incident, IncidentArea, Organisation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.database import Database
    from data_access.frame import Frame

_REPORTED = {"yes": 0, "no": 1, "unknown": 2}


@dataclass(frozen=True, eq=False)
class Records:
    """n incidents: `occurred_*` UTC datetime64[s], `local_date` datetime64[D], codes as indices into the frame (-1: none)."""

    occurred_from: NDArray[np.datetime64]
    occurred_to: NDArray[np.datetime64]
    local_date: NDArray[np.datetime64]
    time_precision: NDArray[np.str_]
    place_precision: NDArray[np.str_]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    area: NDArray[np.int32]
    category: NDArray[np.int16]
    source: NDArray[np.int16]
    reported: NDArray[np.int8]
    has_area_code: NDArray[np.bool_]


def read_records(database: Database, frame: Frame) -> Records:
    """Read every incident, with its district in the frame's set."""
    area_set_id = frame.area_set.id if frame.area_set else -1
    query = (
        select(
            col(Incident.occurred_from),
            col(Incident.occurred_to),
            col(Incident.local_date),
            col(Incident.time_precision),
            col(Incident.place_precision),
            col(Incident.x),
            col(Incident.y),
            col(Area.code),
            col(Category.code),
            col(Organisation.name),
            col(Incident.police_reported),
            col(Incident.area_code),
        )
        .join(Category, col(Category.id) == col(Incident.category_id))
        .join(Organisation, col(Organisation.id) == col(Incident.organisation_id))
        .outerjoin(
            IncidentArea,
            and_(
                col(IncidentArea.incident_id) == col(Incident.id),
                col(IncidentArea.area_set_id) == area_set_id,
            ),
        )
        .outerjoin(Area, col(Area.id) == col(IncidentArea.area_id))
        # A source that came after the frame was read belongs to the next version.
        .where(col(Organisation.name).in_([source.name for source in frame.sources]))
        .order_by(col(Incident.id))
    )
    with database.reading() as session:
        is_sqlite = session.connection().dialect.name == "sqlite"
        rows = session.execute(_times_as_text(query) if is_sqlite else query).all()
    return _records(frame, list(zip(*rows, strict=True)) if rows else [()] * 12)


def _times_as_text(query: Any) -> Any:
    """SQLite keeps times as text: NumPy reads whole columns of it faster than each value becomes an object first."""
    columns = list(query.selected_columns)
    return query.with_only_columns(*(cast(column, String) for column in columns[:3]), *columns[3:])


def _records(frame: Frame, columns: list[tuple[Any, ...]]) -> Records:
    area = {fact.code: number for number, fact in enumerate(frame.areas)}
    category = {fact.code: number for number, fact in enumerate(frame.categories)}
    source = {fact.name: number for number, fact in enumerate(frame.sources)}
    return Records(
        occurred_from=_times(columns[0]),
        occurred_to=_times(columns[1]),
        local_date=np.array(columns[2], "datetime64[D]"),
        time_precision=np.array(columns[3], "U8"),
        place_precision=np.array(columns[4], "U8"),
        x=np.array(columns[5], float),
        y=np.array(columns[6], float),
        area=np.array([area.get(code, -1) for code in columns[7]], np.int32),
        category=np.array([category[code] for code in columns[8]], np.int16),
        source=np.array([source[name] for name in columns[9]], np.int16),
        reported=np.array([_REPORTED[word] for word in columns[10]], np.int8),
        has_area_code=np.array([code is not None for code in columns[11]], bool),
    )


def _times(column: tuple[Any, ...]) -> NDArray[np.datetime64]:
    if column and not isinstance(column[0], str):
        column = tuple(value.replace(tzinfo=None) for value in column)
    return np.array(column, "datetime64[us]").astype("datetime64[s]")
