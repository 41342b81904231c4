"""To whom the report of a meeting goes, and what became of it on its way; for whoever holds the meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.models import Meeting, MeetingRecipient, Organisation, ReportDelivery
from data_access.models.meeting import STUCK_MINUTES
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlmodel import Session

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
    """What became of an edition of a report to an address; times are UTC.

    "sending" since `claimed_at` may have gone out or not, and `is_stuck` when that is so long ago that nobody sends it any more;
    "unchanged": it says nothing that was not sent there before. `recipient`: "" when it has been kept long enough.
    """

    id: int
    edition: int
    recipient: str
    organisation: str
    kind: str
    status: str
    attempts: int
    last_error: str
    claimed_at: datetime
    sent_at: datetime | None
    is_stuck: bool


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


def read_waiting(database: Database, viewer: Viewer, number: int) -> tuple[RecipientFact, ...]:
    """Active recipients that the newest minutes of a closed meeting can be sent to now; for whoever holds the meeting."""
    listed = [one for one in read_recipients(database, viewer) if one.is_active]
    with database.reading() as session:
        held = session.get(Meeting, number) if number > 0 else None
        if held is None or held.status != "closed":
            return ()
        known = deliveries_of(session, number)
        return tuple(one for one in listed if may_be_sent(known, held.edition, one.email))


def read_deliveries(database: Database, viewer: Viewer, number: int) -> tuple[DeliveryFact, ...]:
    """What became of the report of a meeting, by edition and address; for whoever holds the meeting."""
    check(viewer, Action.WRITE_MEETINGS)
    query = select(ReportDelivery, Organisation.name).join(Organisation)
    stuck_before = datetime.now(UTC) - timedelta(minutes=STUCK_MINUTES)
    with database.reading() as session:
        rows = session.exec(
            query.where(ReportDelivery.meeting_id == number).order_by(
                col(ReportDelivery.edition), col(ReportDelivery.recipient), col(ReportDelivery.id)
            )
        ).all()
        return tuple(
            DeliveryFact(
                id=row.id or 0,
                edition=row.edition,
                recipient=row.recipient or "",
                organisation=name,
                kind=row.kind,
                status=row.status,
                attempts=row.attempts,
                last_error=row.last_error,
                claimed_at=row.claimed_at,
                sent_at=row.sent_at,
                is_stuck=row.status == "sending" and row.claimed_at < stuck_before,
            )
            for row, name in rows
        )


def deliveries_of(session: Session, number: int) -> list[ReportDelivery]:
    """All sendings of a meeting's report."""
    return list(session.exec(select(ReportDelivery).where(ReportDelivery.meeting_id == number)).all())


def may_be_sent(known: Iterable[ReportDelivery], edition: int, email: str) -> bool:
    """Whether an edition may still go to an address: it was not sent there, and it is not forgotten to whom it was."""
    same = [row for row in known if row.edition == edition and row.recipient in (None, email)]
    return all(row.status == "failed" and row.recipient for row in same)
