"""The sample municipality and a municipality's own data: never together, and the one leaves before the other comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, delete, select, update

from data_access.changes.entry import EntryError
from data_access.changes.findings import remove_findings
from data_access.changes.interventions import PARTS
from data_access.changes.meetings import remove_meetings
from data_access.changes.surveys import remove_waves
from data_access.changes.transaction import changing
from data_access.database import DatabaseError
from data_access.models import (
    Area,
    AreaSet,
    Backdrop,
    CategoryCode,
    ColumnMapping,
    Decision,
    DecisionEvent,
    Finding,
    ImportBatch,
    ImportError_,
    Incident,
    IncidentArea,
    Intervention,
    Meeting,
    MeetingRecipient,
    Membership,
    Organisation,
    ReportDelivery,
    SurveyWave,
)
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlmodel.sql.expression import SelectOfScalar

    from data_access.database import Database
    from data_access.models.columns import TableModel
    from data_access.permissions import Viewer


def refuse_own_data(database: Database, viewer: Viewer) -> None:
    """Raise `DatabaseError` has_own_data when any organisation or set of areas is not the sample's."""
    check(viewer, Action.EXCHANGE_SAMPLE)
    with database.reading() as session:
        for model in (Organisation, AreaSet):
            own = select(model.id).where(col(model.is_sample).is_(other=False))
            if session.exec(own).first() is not None:
                raise DatabaseError("has_own_data", url=database.shown_url)


def remove_sample(database: Database, viewer: Viewer) -> None:
    """Delete everything that the sample municipality brought; what others brought stays.

    Also what was imported under the name of one of its organisations stays, and the organisation with it.
    CRS, time zone and name go with it, unless other data depend on them.
    """
    with changing(database, viewer, Action.EXCHANGE_SAMPLE) as change:
        change.rewrites()
        session = change.session
        organisations = select(Organisation.id).where(Organisation.is_sample)
        sets = select(AreaSet.id).where(AreaSet.is_sample)
        batches = select(ImportBatch.id).where(ImportBatch.is_sample)
        incidents = select(Incident.id).where(col(Incident.batch_id).in_(batches))
        interventions = select(Intervention.id).where(
            col(Intervention.is_sample) | col(Intervention.area_set_id).in_(sets)
        )
        remove_meetings(session, select(Meeting.id).where(col(Meeting.area_set_id).in_(sets)))
        linked = update(Decision).where(col(Decision.intervention_id).in_(interventions))
        session.execute(linked.values(intervention_id=None))
        remove_findings(session, select(Finding.id).where(col(Finding.area_set_id).in_(sets)))
        remove_waves(session, select(SurveyWave.id).where(col(SurveyWave.area_set_id).in_(sets)))
        for model, column, chosen in (
            (IncidentArea, IncidentArea.incident_id, incidents),
            (IncidentArea, IncidentArea.area_set_id, sets),
            *((part, part.intervention_id, interventions) for part in PARTS),
            (Intervention, Intervention.id, interventions),
            (Incident, Incident.id, incidents),
            (ImportError_, ImportError_.batch_id, batches),
            (ImportBatch, ImportBatch.id, batches),
            (CategoryCode, CategoryCode.organisation_id, organisations),
            (ColumnMapping, ColumnMapping.organisation_id, organisations),
            (Backdrop, Backdrop.area_set_id, sets),
            (Area, Area.area_set_id, sets),
            (AreaSet, AreaSet.id, sets),
        ):
            change.details[model.__table__.name] = _delete(session, model, column, chosen)
        _delete_unused_organisations(session)
        municipality = change.municipality
        municipality.is_sample = False
        municipality.name = ""
        if (
            session.exec(select(AreaSet.id)).first() is None
            and session.exec(select(Incident.id)).first() is None
        ):
            municipality.srid = municipality.timezone = None


def date_sample_meetings(
    database: Database,
    viewer: Viewer,
    meetings: Mapping[int, datetime],
    follow_ups: Mapping[int, datetime],
) -> None:
    """Put what was written of the sample's meetings to when it would have been: everybody else's writes bear the time of writing.

    `meetings`: when each (id) was held, of which all that was written at it bears the time; `follow_ups`: when something was said
    between meetings of a decision (id); UTC. The audit log keeps the time of writing. Raises `EntryError` unknown for a meeting
    that is not there or not of the sample.
    """
    with changing(database, viewer, Action.EXCHANGE_SAMPLE, is_shown=False) as change:
        session = change.session
        sets = select(AreaSet.id).where(AreaSet.is_sample)
        held = select(Meeting.id).where(col(Meeting.area_set_id).in_(sets))
        if missing := set(meetings) - set(session.exec(held).all()):
            raise EntryError("unknown", value=str(min(missing)))
        for number, at in meetings.items():
            one = session.get_one(Meeting, number)
            one.created_at, one.closed_at = at, one.closed_at and at
            session.add(one)
            session.execute(update(Decision).where(col(Decision.meeting_id) == number).values(created_at=at))
            session.execute(
                update(DecisionEvent).where(col(DecisionEvent.meeting_id) == number).values(at=at)
            )
        taken = select(Decision.id).where(col(Decision.meeting_id).in_(held))
        for number, at in follow_ups.items():
            between = (col(DecisionEvent.decision_id) == number, col(DecisionEvent.meeting_id).is_(None))
            said = update(DecisionEvent).where(*between, col(DecisionEvent.decision_id).in_(taken))
            session.execute(said.values(at=at))
        change.details = {"meetings": len(meetings)}


def date_sample_findings(database: Database, viewer: Viewer, findings: Mapping[int, datetime]) -> None:
    """Put the sample's findings (by their id) to when they would have been recorded, UTC; the audit log keeps its own times.

    Raises `EntryError` unknown for a finding that is not there or not of the sample.
    """
    with changing(database, viewer, Action.EXCHANGE_SAMPLE, is_shown=False) as change:
        session = change.session
        sets = select(AreaSet.id).where(AreaSet.is_sample)
        known = session.exec(select(Finding.id).where(col(Finding.area_set_id).in_(sets))).all()
        if missing := set(findings) - set(known):
            raise EntryError("unknown", value=str(min(missing)))
        for number, at in findings.items():
            session.execute(update(Finding).where(col(Finding.id) == number).values(created_at=at))
        change.details = {"findings": len(findings)}


def _delete(session: Session, model: type[TableModel], column: Any, chosen: SelectOfScalar[Any]) -> int:
    return session.exec(delete(model).where(col(column).in_(chosen))).rowcount


def _delete_unused_organisations(session: Session) -> None:
    users = (Intervention, Decision, Finding, MeetingRecipient, ReportDelivery, Membership)
    # One empty among them would make every organisation a used one.
    used = (select(user.organisation_id).where(col(user.organisation_id).is_not(None)) for user in users)
    unused = (col(Organisation.id).not_in(numbers) for numbers in used)
    session.execute(delete(Organisation).where(col(Organisation.is_sample), *unused))
