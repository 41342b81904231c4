"""What the register holds of an intervention: the plan, what was delivered and changed, how often the result was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from data_access.findings import FindingFact, finding_seen, statements_seen
from data_access.intervention_facts import InterventionFact, intervention_facts
from data_access.models import AreaSet, Dose, Intervention, InterventionChange, InterventionLook
from data_access.permissions import Action, can, check
from data_access.scope import intervention_conditions, intervention_within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import Viewer

_CODES = ("areas", "comparison")
_FINDING = "finding_id"


@dataclass(frozen=True)
class ChangedField:
    """A field (key under `intervention_field`) as it was told before and after; `at` UTC; `is_after_start`: once it had begun."""

    at: datetime
    actor: str
    field: str
    before: str
    after: str
    is_after_start: bool


@dataclass(frozen=True)
class InterventionRecord:
    """An intervention with all that is known of it.

    `fact`: only with districts that the viewer sees. `finding`: that it answers, None where the viewer sees none. `cost_sek`:
    whole kronor. `detectable_pct`: smallest decrease that could be found, per cent, as planned. `doses`: what was delivered per
    week (its Monday), in `dose_unit`, in order. `changes`: newest first. `looks`: states of the data at which somebody looked at
    the result. `cancelled_because`: why it never was. `created_at`: UTC.
    """

    fact: InterventionFact
    area_set_id: int
    organisation_id: int
    problem: str
    cause: str
    hypothesis: str
    goal: str
    responsible: str
    cost_sek: int | None
    dose_unit: str
    decided_in: str
    finding: FindingFact | None
    plan: str
    comparison_reason: str
    detectable_pct: float | None
    revision: int
    is_sample: bool
    created_at: datetime
    doses: tuple[tuple[date, float], ...]
    changes: tuple[ChangedField, ...]
    looks: int
    cancelled_because: str = ""

    def is_on_record(self, today: date) -> bool:
        """Whether it must stay: it should have begun, its result was looked at, or its plan was changed after the start."""
        late = any(one.is_after_start and one.field != "status" for one in self.changes)
        return self.fact.starts_on < today or self.looks > 0 or late

    @property
    def organisation(self) -> str:
        """Who carries it out."""
        return self.fact.organisation


def read_intervention(database: Database, viewer: Viewer, number: int) -> InterventionRecord | None:
    """The intervention of a number; None when it is not there, or none of its districts is in the viewer's sight."""
    check(viewer, Action.READ_INCIDENTS)
    with database.reading() as session:
        query = select(Intervention, AreaSet.name).join(AreaSet)
        found = session.exec(query.where(*intervention_conditions(viewer.sight, number))).one_or_none()
        if found is None:
            return None
        row, area_set = found
        codes = viewer.sight.codes_in(area_set)
        (fact,) = intervention_facts(session, Intervention.id == number)
        looks = select(func.count()).select_from(InterventionLook)
        return InterventionRecord(
            fact=intervention_within(fact, codes),
            area_set_id=row.area_set_id,
            organisation_id=row.organisation_id,
            problem=row.problem,
            cause=row.cause,
            hypothesis=row.hypothesis,
            goal=row.goal,
            responsible=row.responsible,
            cost_sek=row.cost_sek,
            dose_unit=row.dose_unit,
            decided_in=row.decided_in,
            finding=finding_seen(session, viewer, row.finding_id),
            plan=row.plan,
            comparison_reason=row.comparison_reason,
            detectable_pct=row.detectable_pct,
            revision=row.revision,
            is_sample=row.is_sample,
            created_at=row.created_at,
            doses=_doses(session, [number]).get(number, ()),
            changes=_changes(session, viewer, number, codes),
            looks=session.exec(looks.where(InterventionLook.intervention_id == number)).one(),
            cancelled_because=row.cancelled_because,
        )


def read_doses(database: Database, viewer: Viewer) -> dict[int, tuple[tuple[date, float], ...]]:
    """What was delivered per week (its Monday), in order, of each intervention that the viewer sees and that has any."""
    check(viewer, Action.READ_INCIDENTS)
    with database.reading() as session:
        seen = select(Intervention.id).where(*intervention_conditions(viewer.sight))
        return _doses(session, session.exec(seen).all())


def _doses(session: Session, numbers: Sequence[int | None]) -> dict[int, tuple[tuple[date, float], ...]]:
    query = select(Dose).where(col(Dose.intervention_id).in_(numbers)).order_by(col(Dose.week))
    found: dict[int, list[tuple[date, float]]] = {}
    for dose in session.exec(query).all():
        found.setdefault(dose.intervention_id, []).append((dose.week, dose.amount))
    return {number: tuple(doses) for number, doses in found.items()}


def _changes(
    session: Session, viewer: Viewer, number: int, codes: frozenset[str] | None
) -> tuple[ChangedField, ...]:
    """What was changed, newest first; who did and what it said before only for whom the register is theirs to take along."""
    query = select(InterventionChange).where(InterventionChange.intervention_id == number)
    rows = session.exec(query.order_by(col(InterventionChange.id).desc())).all()
    if not can(viewer, Action.EXPORT):
        return tuple(ChangedField(row.at, "", row.field, "", "", row.is_after_start) for row in rows)
    statements = statements_seen(session, viewer) if any(row.field == _FINDING for row in rows) else {}
    told = partial(_told, codes=codes, statements=statements)
    return tuple(
        ChangedField(
            row.at,
            row.actor,
            row.field,
            told(row.field, row.before),
            told(row.field, row.after),
            row.is_after_start,
        )
        for row in rows
    )


def _told(field: str, value: str, *, codes: frozenset[str] | None, statements: Mapping[int, str]) -> str:
    """A list of codes without those that are not seen; a finding by its sentence, or by nothing where it is not seen."""
    if field == _FINDING and value.isascii() and value.isdigit():
        return statements.get(int(value), "")
    return _seen(value, codes) if field in _CODES else value


def _seen(listed: str, codes: frozenset[str] | None) -> str:
    """A list of codes without those of districts that are not seen."""
    return listed if codes is None else ",".join(code for code in listed.split(",") if code in codes)
