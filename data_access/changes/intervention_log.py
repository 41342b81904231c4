"""What was changed of an intervention, field by field; a change after the start stays known as one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from sqlmodel import col, select

from data_access.models import (
    Area,
    Category,
    InterventionArea,
    InterventionCategory,
    InterventionChange,
    InterventionComparison,
    Organisation,
)
from data_access.models.intervention import INTERVENTION_RANGES, LONGEST, SURVEY_GOAL
from data_access.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlmodel import Session

    from data_access.changes.transaction import Change
    from data_access.models import Intervention

ENTERED = (
    "kind",
    "approach",
    "horizon",
    "starts_on",
    "ends_on",
    "finding_id",
    *LONGEST,
    *INTERVENTION_RANGES,
    *SURVEY_GOAL,
)
"""Columns that are written as they are entered."""

_LONGEST_ACTOR = 120


def state_of(session: Session, row: Intervention) -> dict[str, Any]:
    """Every field as it is stored, by its key under `intervention_field`; codes in their order."""
    owner = session.get_one(Organisation, row.organisation_id)
    areas = select(Area.code).join(InterventionArea, col(InterventionArea.area_id) == col(Area.id))
    comparison = select(Area.code).join(
        InterventionComparison, col(InterventionComparison.area_id) == col(Area.id)
    )
    types = select(Category.code).join(
        InterventionCategory, col(InterventionCategory.category_id) == col(Category.id)
    )
    codes = {
        "areas": areas.where(InterventionArea.intervention_id == row.id),
        "comparison": comparison.where(InterventionComparison.intervention_id == row.id),
        "categories": types.where(InterventionCategory.intervention_id == row.id),
    }
    columns = {name: getattr(row, name) for name in (*ENTERED, "status", "cancelled_because")}
    lists = {name: sorted(session.exec(query).all()) for name, query in codes.items()}
    return {**columns, **lists, "organisation": owner.name, "polygon": row.polygon_wkb}


def log_changes(change: Change, row: Intervention, before: Mapping[str, Any]) -> list[str]:
    """Keep a row for each field that is not as it was before; their names."""
    after = state_of(change.session, row)
    begins = min(before["starts_on"], row.starts_on)
    names = [name for name, value in after.items() if value != before[name]]
    change.session.add_all(
        InterventionChange(
            intervention_id=row.id or 0,
            actor=one_line(change.viewer.name)[:_LONGEST_ACTOR],
            field=name,
            before=_told(before[name]),
            after=_told(after[name]),
            is_after_start=change.today >= begins,
        )
        for name in names
    )
    return names


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ",".join(value)
    return _told_polygon(value) if isinstance(value, bytes) else str(value)


def _told_polygon(wkb: bytes) -> str:
    """Its area and its middle, not its corners."""
    polygon = shapely.from_wkb(wkb)
    return f"{polygon.area:.0f} m2 ({polygon.centroid.x:.0f}, {polygon.centroid.y:.0f})"
