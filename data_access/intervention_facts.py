"""Interventions as they are drawn and counted against: where, against what, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from data_access.models import (
    Area,
    Category,
    Intervention,
    InterventionArea,
    InterventionCategory,
    InterventionComparison,
    Organisation,
)

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session


@dataclass(frozen=True)
class InterventionFact:
    """An intervention as it is drawn: where, against what, from when to when.

    `comparison`: codes of districts chosen by hand to compare with, empty for none. `polygon`: WKB in the CRS of the set, metres,
    where it works in a part of its districts; `ring_m`: width of the ring around that. `goal_pct`: decrease hoped for, per cent.
    `goal_instrument`, `goal_indicator`: codes of what is aimed at in a survey, "" for nothing.
    """

    id: int
    title: str
    kind: str
    organisation: str
    starts_on: date
    ends_on: date | None
    status: str
    areas: tuple[str, ...]
    categories: tuple[str, ...]
    comparison: tuple[str, ...] = ()
    polygon: bytes | None = None
    ring_m: int | None = None
    approach: str = "situational"
    horizon: str = "short"
    goal_pct: int | None = None
    goal_instrument: str = ""
    goal_indicator: str = ""

    @property
    def is_cancelled(self) -> bool:
        """Whether it never was: then there is nothing of it to draw."""
        return self.status == "cancelled"


def intervention_facts(session: Session, *conditions: Any) -> tuple[InterventionFact, ...]:
    """Interventions for which the conditions hold, by their start."""
    query = select(Intervention, Organisation.name).join(Organisation).where(*conditions)
    areas = _codes(session, InterventionArea, Area, InterventionArea.area_id)
    comparison = _codes(session, InterventionComparison, Area, InterventionComparison.area_id)
    categories = _codes(session, InterventionCategory, Category, InterventionCategory.category_id)
    ordered = query.order_by(col(Intervention.starts_on), col(Intervention.id))
    return tuple(
        InterventionFact(
            id=row.id or 0,
            title=row.title,
            kind=row.kind,
            organisation=organisation,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            status=row.status,
            areas=areas.get(row.id or 0, ()),
            categories=categories.get(row.id or 0, ()),
            comparison=comparison.get(row.id or 0, ()),
            polygon=row.polygon_wkb,
            ring_m=row.ring_m,
            approach=row.approach,
            horizon=row.horizon,
            goal_pct=row.goal_pct,
            goal_instrument=row.goal_instrument,
            goal_indicator=row.goal_indicator,
        )
        for row, organisation in session.exec(ordered).all()
    )


def _codes(
    session: Session,
    link: type[InterventionArea | InterventionComparison | InterventionCategory],
    target: type[Area | Category],
    key: int,
) -> dict[int, tuple[str, ...]]:
    """Codes by the intervention that they belong to, in their order."""
    query = (
        select(link.intervention_id, target.code)
        .join(target, col(key) == col(target.id))
        .order_by(target.code)
    )
    codes: dict[int, tuple[str, ...]] = {}
    for number, code in session.exec(query).all():
        codes[number] = (*codes.get(number, ()), code)
    return codes
