"""Taking one imported file back, so that it can be read again in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, delete, func, select

from data_access.changes.transaction import changing
from data_access.models import ImportBatch, ImportError_, Incident, IncidentArea
from data_access.permissions import Action, check_act_for
from data_access.withdrawn import UNDO

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer


def undo_import(database: Database, viewer: Viewer, batch_id: int) -> int:
    """Delete the incidents that a file brought, its refused rows and its batch; how many incidents that were.

    Rows that were known already before the file came stay. The remembered mapping stays too. A batch that is not there (any
    more) changes nothing. Raises `NotPermittedError` for a file of an organisation that is not the viewer's to import for.
    """
    with changing(database, viewer, Action.IMPORT_INCIDENTS, subject=f"{UNDO} {batch_id}") as change:
        session = change.session
        batch = session.get(ImportBatch, batch_id)
        if batch is None:
            return 0
        check_act_for(viewer, batch.organisation_id)
        mine = select(Incident.id).where(Incident.batch_id == batch_id)
        session.execute(delete(IncidentArea).where(col(IncidentArea.incident_id).in_(mine)))
        first = session.exec(select(func.min(Incident.id)).where(Incident.batch_id == batch_id)).one()
        removed = session.exec(delete(Incident).where(col(Incident.batch_id) == batch_id)).rowcount
        session.execute(delete(ImportError_).where(col(ImportError_.batch_id) == batch_id))
        session.execute(delete(ImportBatch).where(col(ImportBatch.id) == batch_id))
        if removed:
            change.rewrites()
        change.details = {"undone_batch": batch_id, "incidents": removed, "first_incident": first or 0}
        return removed
