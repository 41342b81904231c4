"""To whom the report of a meeting goes, and what became of it on its way; for whoever holds the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.models import MeetingRecipient, Organisation, ReportDelivery
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from datetime import datetime

    from data_access.database import Database
    from data_access.permissions import Viewer


@dataclass(frozen=True)
class RecipientFact:
    """An address that the report is sent to, when it is active."""

    id: int
    organisation_id: int
    organisation: str
    email: str
    is_active: bool


@dataclass(frozen=True)
class DeliveryFact:
    """What became of a report to an address; times are UTC; "sending" since `claimed_at` may have gone out or not."""

    recipient: str
    organisation: str
    kind: str
    status: str
    attempts: int
    last_error: str
    claimed_at: datetime
    sent_at: datetime | None


def read_recipients(database: Database, viewer: Viewer) -> tuple[RecipientFact, ...]:
    """The list that reports are sent to, by organisation and address; for whoever holds the meeting."""
    check(viewer, Action.WRITE_MEETINGS)
    query = select(MeetingRecipient, Organisation.name).join(Organisation)
    with database.reading() as session:
        rows = session.exec(query.order_by(col(Organisation.name), col(MeetingRecipient.email))).all()
        return tuple(
            RecipientFact(row.id or 0, row.organisation_id, name, row.email, row.is_active)
            for row, name in rows
        )


def read_deliveries(database: Database, viewer: Viewer, number: int) -> tuple[DeliveryFact, ...]:
    """What became of the report of a meeting, by address; for whoever holds the meeting."""
    check(viewer, Action.WRITE_MEETINGS)
    query = select(ReportDelivery, Organisation.name).join(Organisation)
    with database.reading() as session:
        rows = session.exec(
            query.where(ReportDelivery.meeting_id == number).order_by(col(ReportDelivery.recipient))
        ).all()
        return tuple(
            DeliveryFact(
                recipient=row.recipient,
                organisation=name,
                kind=row.kind,
                status=row.status,
                attempts=row.attempts,
                last_error=row.last_error,
                claimed_at=row.claimed_at,
                sent_at=row.sent_at,
            )
            for row, name in rows
        )
