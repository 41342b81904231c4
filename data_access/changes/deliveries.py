"""Claiming each sending of a report, so that nothing is ever sent twice, and forgetting to whom it went when that is long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlmodel import col, select

from data_access.changes.entry import EntryError
from data_access.changes.meeting_rows import check_holds, meeting_of
from data_access.changes.recipients import recipient_at
from data_access.changes.transaction import changing
from data_access.models import Meeting, ReportDelivery
from data_access.models.meeting import ADDRESS_DAYS
from data_access.one_line import one_line
from data_access.permissions import Action, check
from data_access.personal_data import found_in
from data_access.recipients import deliveries_of, may_be_sent

if TYPE_CHECKING:
    from data_access.changes.transaction import Change
    from data_access.database import Database
    from data_access.models import MeetingRecipient
    from data_access.permissions import Viewer

_LONGEST_ERROR = 200


@dataclass(frozen=True)
class Claim:
    """A report that is its sender's to send; `delivery` is what `finish_delivery` asks for.

    `edition`: of the minutes. `is_correction`: whether an earlier edition went there, or may have. `known_digest`: of what went
    there last, "" where that is not known: what has the same says nothing new.
    """

    delivery: int
    edition: int
    is_correction: bool
    known_digest: str


def claim_delivery(database: Database, viewer: Viewer, meeting: int, email: str) -> Claim | None:
    """Claim to send the newest minutes of a closed meeting to an address: nobody else gets the same claim.

    None when they were sent, are being sent, or when it is forgotten to whom they went. Whoever
    has a claim sends it and calls `finish_delivery`. Raises `EntryError`: unknown (meeting, or an address that is not active),
    meeting_not_closed.
    """
    check(viewer, Action.WRITE_MEETINGS)
    email = email.strip().lower()
    with database.reading() as session:
        found = session.get(Meeting, meeting) if meeting > 0 else None
        if found and found.status == "closed":
            known = deliveries_of(session, meeting)
            if not may_be_sent(known, found.edition, email):
                return None
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        held = meeting_of(change, meeting)
        if held.status != "closed":
            raise EntryError("meeting_not_closed")
        recipient = recipient_at(change.session, email)
        if recipient is None or not recipient.is_active:
            raise EntryError("unknown", value=email)
        known = deliveries_of(change.session, meeting)
        is_mine = may_be_sent(known, held.edition, email)
        change.details = {"meeting": meeting, "recipient": recipient.id, "claimed": is_mine}
        claim = _claim(change, held, recipient, known) if is_mine else None
        forget_addresses(change)
        return claim


def finish_delivery(
    database: Database,
    viewer: Viewer,
    delivery: int,
    status: Literal["sent", "failed", "unchanged"],
    *,
    digest: str = "",
    error: str = "",
) -> None:
    """Keep what became of a claim, with the digest of what was sent, or why not; a reason that holds personal data is not kept.

    It also frees a claim whose sender is gone, once somebody has made sure that nothing was sent. Raises `EntryError`: unknown
    (nothing was claimed).
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        row = change.session.get(ReportDelivery, delivery)
        if row is None or row.status != "sending":
            raise EntryError("unknown", value=str(delivery))
        meeting_of(change, row.meeting_id)
        row.status, row.digest, row.last_error = status, digest, _told(error)
        row.sent_at = datetime.now(UTC) if status == "sent" else None
        change.session.add(row)
        change.details = {
            "meeting": row.meeting_id,
            "delivery": row.id,
            "status": row.status,
            "attempt": row.attempts,
        }


def forget_addresses(change: Change) -> None:
    """Forget to which addresses reports went more than ADDRESS_DAYS ago, in another write; that they went is still known."""
    past = datetime.now(UTC) - timedelta(days=ADDRESS_DAYS)
    query = select(ReportDelivery).where(
        col(ReportDelivery.claimed_at) < past, col(ReportDelivery.recipient).is_not(None)
    )
    old = change.session.exec(query).all()
    for row in old:
        row.recipient = None
        change.session.add(row)
    if old:
        change.details = {**change.details, "addresses_forgotten": len(old)}


def _claim(change: Change, held: Meeting, recipient: MeetingRecipient, known: list[ReportDelivery]) -> Claim:
    mine = [row for row in known if row.recipient == recipient.email and row.edition == held.edition]
    row = mine[0] if mine else ReportDelivery(
        meeting_id=held.id or 0, edition=held.edition, recipient=recipient.email,
        organisation_id=recipient.organisation_id, attempts=0,
    )  # fmt: skip
    row.attempts += 1
    row.status, row.organisation_id, row.claimed_at = "sending", recipient.organisation_id, datetime.now(UTC)
    change.session.add(row)
    change.session.flush()
    last = _went_before(known, held.edition, recipient)
    return Claim(row.id or 0, held.edition, last is not None, last.digest if last else "")


def _went_before(
    known: list[ReportDelivery], edition: int, recipient: MeetingRecipient
) -> ReportDelivery | None:
    """The last earlier edition that an address got, or may have got; whose is forgotten may have been any of its organisation."""
    earlier = [row for row in known if row.edition < edition and row.status != "failed"]
    own = [row for row in earlier if row.recipient == recipient.email]
    theirs = [
        row for row in earlier if row.recipient is None and row.organisation_id == recipient.organisation_id
    ]
    return max(own or theirs, key=lambda row: row.edition, default=None)


def _told(error: str) -> str:
    """Servers like to repeat the address in what they refuse."""
    clean = one_line(error)
    return "" if found_in(clean) else clean[:_LONGEST_ERROR]
