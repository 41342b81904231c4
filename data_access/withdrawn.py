"""Whether incidents that a closed meeting knew have been taken out of the database since: the audit log tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.models import AuditLog
from data_access.permissions import Action

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

UNDO = "undo"
"""How the subject of a row begins that tells of a file taken back; its details hold the `first_incident` of those it took."""


def withdrawn_since(session: Session, moment: datetime, last_incident_id: int) -> datetime | None:
    """When a file was last taken back (UTC), after a moment, that held incidents of up to an id; None where none was."""
    query = select(AuditLog).where(
        AuditLog.action == Action.IMPORT_INCIDENTS,
        col(AuditLog.subject).startswith(f"{UNDO} "),
        col(AuditLog.at) > moment,
    )
    for row in session.exec(query.order_by(col(AuditLog.id).desc())):
        if row.details.get("incidents") and row.details.get("first_incident", 0) <= last_incident_id:
            return row.at
    return None
