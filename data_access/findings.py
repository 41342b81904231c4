"""The register of findings, and which interventions answer each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.finding_facts import FindingFact, finding_facts
from data_access.models import Finding, Intervention
from data_access.permissions import Action, check
from data_access.scope import finding_conditions, intervention_conditions

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import Viewer

__all__ = ["Answer", "FindingFact", "FindingRecord", "finding_seen", "read_findings", "statements_seen"]


@dataclass(frozen=True)
class Answer:
    """An intervention that answers a finding."""

    id: int
    title: str
    status: str


@dataclass(frozen=True)
class FindingRecord:
    """A finding, and the interventions that the viewer sees and that answer it, by their start."""

    fact: FindingFact
    answers: tuple[Answer, ...]


def read_findings(database: Database, viewer: Viewer) -> tuple[FindingRecord, ...]:
    """All findings that the viewer sees, the newest first, withdrawn ones too. Raises `NotPermittedError`."""
    check(viewer, Action.READ_SURVEYS)
    with database.reading() as session:
        facts = finding_facts(session, viewer.sight, *finding_conditions(viewer))
        answers = _answers(session, viewer)
        return tuple(FindingRecord(one, answers.get(one.id, ())) for one in facts)


def finding_seen(session: Session, viewer: Viewer, number: int | None) -> FindingFact | None:
    """The finding of a number; None where there is none, or none that the viewer sees."""
    if number is None:
        return None
    found = finding_facts(session, viewer.sight, *finding_conditions(viewer, number))
    return found[0] if found else None


def statements_seen(session: Session, viewer: Viewer) -> dict[int, str]:
    """Sentences of the findings that the viewer sees, by their numbers."""
    return dict(
        session.execute(select(Finding.id, Finding.statement).where(*finding_conditions(viewer))).all()
    )


def _answers(session: Session, viewer: Viewer) -> dict[int, tuple[Answer, ...]]:
    query = (
        select(Intervention)
        .where(col(Intervention.finding_id).is_not(None), *intervention_conditions(viewer.sight))
        .order_by(col(Intervention.starts_on), col(Intervention.id))
    )
    found: dict[int, tuple[Answer, ...]] = {}
    for row in session.exec(query).all():
        number = row.finding_id or 0
        found[number] = (*found.get(number, ()), Answer(row.id or 0, row.title, row.status))
    return found
