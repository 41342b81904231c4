"""Counts of whole incidents by any combination of things, as one SQLAlchemy `Select`.

This is the plain table behind the views: an incident counts once, at the start of its interval. An hour is only given where
the time is exact; `area` is empty outside all districts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import and_, case, false, func, null, nulls_first, or_, select
from sqlmodel import col

from data_access import snapshot
from data_access.disclosure import AGGREGATE_ONLY, told_counts
from data_access.engines.duckdb import duckdb_over
from data_access.engines.sql import Sql
from data_access.frame import read_frame
from data_access.models import Area, Category, Incident, IncidentArea, Organisation
from data_access.permissions import Action, Viewer, check
from data_access.scope import conditions
from data_access.selection import Period, Selection, SelectionError
from data_access.snapshot import SnapshotError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select, SQLColumnExpression

    from data_access.database import Database
    from data_access.engines import Engine

BY = ("area", "category", "kind", "source", "police_reported", "date", "week", "weekday", "hour")
_NO_SET = -1
_FINER_THAN_MONTH = {"date", "week", "weekday", "hour"}


def read_counts(
    database: Database, viewer: Viewer, selection: Selection, by: Sequence[str]
) -> list[dict[str, Any]]:
    """Rows with one value per name in `by` and `count`; `week` is its Monday, `weekday` 0-6 from Monday.

    The counts add up to the number of incidents selected that the viewer sees; where that is too few to be told, the count is
    None. Raises `SelectionError` for an unknown name, and for a filter on
    hours, which only `crossfilter` can weigh.
    """
    check(viewer, Action.READ_INCIDENTS)
    _refuse(selection, by)
    area_set = read_frame(database, viewer, selection.area_set).area_set
    question = counts(
        selection,
        by,
        area_set_id=area_set.id if area_set else None,
        area_set_name=area_set.name if area_set else None,
        viewer=viewer,
    )
    try:
        # Read after the frame, a snapshot is at least as new: its set of districts is in it.
        rows = snapshot.reading(database, lambda found: _rows(duckdb_over(found), question))
    except SnapshotError:  # nowhere to write one: the database answers by itself, only slower
        rows = _rows(Sql(database), question)
    return _without_few(rows, viewer.sight.fewest)


def _without_few(rows: list[dict[str, Any]], fewest: int) -> list[dict[str, Any]]:
    """Counts that are too small to be told as None."""
    if not fewest:
        return rows
    told = told_counts(np.array([row["count"] for row in rows], np.float64), fewest)
    return [
        row | {"count": int(count) if np.isfinite(count) else None}
        for row, count in zip(rows, told.tolist(), strict=True)
    ]


def _rows(engine: Engine, question: Select[Any]) -> list[dict[str, Any]]:
    return engine.fetch(question).to_pylist()


def _refuse(selection: Selection, by: Sequence[str]) -> None:
    unknown = [name for name in by if name not in BY]
    if unknown:
        raise SelectionError("by", ",".join(unknown))
    if selection.hours:
        raise SelectionError("hours", str(len(selection.hours)))


def counts(
    selection: Selection,
    by: Sequence[str],
    *,
    area_set_id: int | None,
    viewer: Viewer,
    area_set_name: str | None = None,
) -> Select[Any]:
    """The question as a statement, for any engine; without a set of districts every incident is outside of all.

    Counts only what the viewer sees; the name of the set tells which of its districts these are.
    """
    _refuse(selection, by)
    keys = [_column(name, viewer).label(name) for name in by]
    joined = (
        select(*keys, func.count().label("count"))
        .select_from(Incident)
        .join(Category, col(Category.id) == col(Incident.category_id))
        .join(Organisation, col(Organisation.id) == col(Incident.organisation_id))
        .outerjoin(
            IncidentArea,
            and_(
                col(IncidentArea.incident_id) == col(Incident.id),
                col(IncidentArea.area_set_id) == (_NO_SET if area_set_id is None else area_set_id),
            ),
        )
        .outerjoin(Area, col(Area.id) == col(IncidentArea.area_id))
    )
    seen = conditions(viewer.sight, area_set_name)
    filtered = joined.where(*_conditions(selection, viewer), *seen)
    if not keys:
        return filtered
    return filtered.group_by(*keys).order_by(*(nulls_first(key) for key in keys))


def _column(name: str, viewer: Viewer) -> SQLColumnExpression[Any]:
    columns: dict[str, SQLColumnExpression[Any]] = {
        "area": col(Area.code),
        "category": col(Category.code),
        "kind": col(Category.kind),
        "source": col(Organisation.name),
        "police_reported": col(Incident.police_reported),
        "date": col(Incident.local_date),
        "week": col(Incident.local_week),
        "weekday": col(Incident.local_weekday),
        "hour": col(Incident.local_hour),
    }
    if name in _FINER_THAN_MONTH and not viewer.sees_exact_records:
        return case((col(Category.sensitivity) >= AGGREGATE_ONLY, null()), else_=columns[name])
    return columns[name]


def _conditions(selection: Selection, viewer: Viewer) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        _column(name, viewer).in_(sorted(chosen))
        for name, chosen in (
            ("area", selection.areas),
            ("category", selection.categories),
            ("kind", selection.kinds),
            ("source", selection.sources),
            ("police_reported", selection.police_reported),
        )
        if chosen
    ]
    if selection.period is not None:
        conditions.append(_within(selection.period, viewer))
    return conditions


def _within(period: Period, viewer: Viewer) -> ColumnElement[bool]:
    """Inside the period; types that are only shown per month count in the months that it covers wholly."""
    day = col(Incident.local_date)
    inside = day.between(period.first, period.last)
    if viewer.sees_exact_records:
        return inside
    whole = _whole_months(period)
    monthly = and_(
        col(Category.sensitivity) >= AGGREGATE_ONLY,
        day.between(whole.first, whole.last) if whole else false(),
    )
    return or_(and_(col(Category.sensitivity) < AGGREGATE_ONLY, inside), monthly)


def _whole_months(period: Period) -> Period | None:
    begin = np.datetime64(period.first, "M") + int(period.first.day > 1)
    end = (np.datetime64(period.last, "D") + 1).astype("datetime64[M]")
    if begin >= end:
        return None
    return Period(begin.astype("datetime64[D]").item(), (end.astype("datetime64[D]") - 1).item())
