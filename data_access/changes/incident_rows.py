"""The rows of a file of incidents: which are new, their columns in the table, their districts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlmodel import Session, col, func, select

from data_access.bulk import insert_columns
from data_access.changes.areas import store_places
from data_access.changes.placement import Placement, place
from data_access.local_calendar import local_calendar
from data_access.models import AreaSet, Category, Incident

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from data_access.changes.transaction import Change

FILE_SOURCE = "file"
_AS_THEY_ARE = (
    "own_code",
    "time_precision",
    "place_precision",
    "area_code",
    "certainty",
    "police_reported",
    "note",
)


def fresh_rows(session: Session, organisation_id: int | None, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose source key the organisation does not have yet; columns as in `IncidentFile`."""
    query = select(Incident.source_key).where(
        Incident.organisation_id == organisation_id, Incident.source == FILE_SOURCE
    )
    stored = list(session.exec(query).all())
    return rows.loc[~rows["source_key"].isin(stored)] if stored else rows


def store_rows(
    change: Change, organisation_id: int | None, batch_id: int | None, rows: pd.DataFrame
) -> NDArray[np.int64]:
    """Insert the rows; their new ids in the same order."""
    session, count = change.session, len(rows)
    category_ids = dict(session.execute(select(Category.code, Category.id)).all())
    columns: dict[str, Any] = {
        "organisation_id": [organisation_id] * count,
        "category_id": [category_ids[code] for code in rows["category_code"]],
        "x": rows["x"].to_numpy(float),
        "y": rows["y"].to_numpy(float),
        "severity": rows["severity"].to_numpy(float, na_value=np.nan),
        "source": [FILE_SOURCE] * count,
        "source_key": rows["source_key"].tolist(),
        "batch_id": [batch_id] * count,
        "created_at": np.full(count, np.datetime64(datetime.now(UTC).replace(tzinfo=None), "s")),
    }
    columns |= _times(rows, change.municipality.timezone or "UTC")
    columns |= {name: _or_none(rows, name) for name in _AS_THEY_ARE}
    newest = session.exec(select(func.max(Incident.id))).one() or 0
    insert_columns(session, Incident, columns)
    return _ids(session, batch_id, newest)


def _times(rows: pd.DataFrame, timezone: str) -> dict[str, NDArray[Any]]:
    """The interval in UTC, and the calendar of its beginning; an hour only where the time is exact."""
    occurred_from = rows["occurred_from"].to_numpy().astype("datetime64[s]")
    calendar = local_calendar(occurred_from, timezone)
    hour = calendar.hour.astype(object)
    hour[rows["time_precision"].to_numpy(object) != "exact"] = None
    return {
        "occurred_from": occurred_from,
        "occurred_to": rows["occurred_to"].to_numpy().astype("datetime64[s]"),
        "local_date": calendar.date,
        "local_week": calendar.week,
        "local_weekday": calendar.weekday,
        "local_hour": hour,
    }


def _ids(session: Session, batch_id: int | None, newest: int) -> NDArray[np.int64]:
    """Ids that a batch got after the newest one before it; they rise in the order in which its rows were inserted."""
    mine = (col(Incident.id) > newest, col(Incident.batch_id) == batch_id)
    first, last, count = session.execute(
        select(func.min(Incident.id), func.max(Incident.id), func.count()).where(*mine)
    ).one()
    if count and last - first + 1 == count:
        return np.arange(first, last + 1, dtype=np.int64)
    return np.array(session.exec(select(Incident.id).where(*mine).order_by(col(Incident.id))).all(), np.int64)


def _or_none(rows: pd.DataFrame, name: str) -> list[Any]:
    column = rows[name]
    return column.astype(object).where(column.notna(), None).tolist()


def place_rows(session: Session, ids: NDArray[np.int64], rows: pd.DataFrame) -> int:
    """Place new incidents in every set; how many lie in no district of the newest set."""
    without = len(rows)
    for area_set_id in session.exec(select(AreaSet.id).order_by(col(AreaSet.id))).all():
        area_ids = place(
            Placement.of(session, area_set_id or 0),
            rows["x"].to_numpy(float),
            rows["y"].to_numpy(float),
            rows["place_precision"].to_numpy(object),
            np.array(_or_none(rows, "area_code"), object),
        )
        store_places(session, area_set_id or 0, ids, area_ids)
        without = int((area_ids < 0).sum())
    return without
