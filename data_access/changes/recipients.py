"""Writing to whom the report of a meeting goes, and claiming each sending so that nothing is ever sent twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlmodel import select

from data_access.changes.entry import EntryError
from data_access.changes.meeting_rows import check_holds, meeting_of
from data_access.changes.transaction import Change, changing
from data_access.models import MeetingRecipient, Organisation, ReportDelivery
from data_access.models.meeting import MOST_ATTEMPTS
from data_access.one_line import one_line
from data_access.permissions import Action, check
from data_access.personal_data import found_in

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import Viewer

_LONGEST_EMAIL = 254
_LONGEST_ERROR = 200
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_LONGEST_LOCAL = 64


def record_recipient(
    database: Database, viewer: Viewer, *, organisation_id: int, email: str, is_active: bool = True
) -> int:
    """Put an address on the list that reports are sent to, or change whose it is and whether it is active; its id.

    Addresses are kept in small letters, each once. Raises `EntryError`: email_bad, unknown (the organisation).
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        email = _checked(email)
        organisation = change.session.get(Organisation, organisation_id)
        if organisation is None:
            raise EntryError("unknown", value=str(organisation_id))
        row = _recipient(change.session, email) or MeetingRecipient(
            organisation_id=organisation_id, email=email
        )
        row.organisation_id, row.is_active = organisation_id, is_active
        change.session.add(row)
        change.session.flush()
        change.subject = organisation.name
        change.details = {
            "recipient": row.id,
            "is_active": is_active,
        }  # the log is for ever, the address is not
        return row.id or 0


def remove_recipient(database: Database, viewer: Viewer, number: int) -> None:
    """Take an address off the list; what was sent to it stays known. Raises `EntryError` unknown."""
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        row = change.session.get(MeetingRecipient, number)
        if row is None:
            raise EntryError("unknown", value=str(number))
        change.subject = change.session.get_one(Organisation, row.organisation_id).name
        change.details = {"recipient": number, "removed": True}
        change.session.delete(row)


def claim_delivery(database: Database, viewer: Viewer, meeting: int, email: str) -> bool:
    """Whether the report of a closed meeting is this sender's to send to an address now; if so, nobody else is told so.

    False when it was sent, is being sent, or has failed as often as it may. Whoever was told True sends it and calls
    `finish_delivery`. Raises `EntryError`: unknown (meeting, or an address that is not active), meeting_not_closed.
    """
    check(viewer, Action.WRITE_MEETINGS)
    email = email.strip().lower()
    with database.reading() as session:
        if not _may_be_sent(_delivery(session, meeting, email)):
            return False
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        if meeting_of(change, meeting).status != "closed":
            raise EntryError("meeting_not_closed")
        recipient = _recipient(change.session, email)
        if recipient is None or not recipient.is_active:
            raise EntryError("unknown", value=email)
        row = _delivery(change.session, meeting, email)
        is_mine = _may_be_sent(row)
        change.details = {"meeting": meeting, "recipient": recipient.id, "claimed": is_mine}
        if is_mine:
            _claim(change, row, recipient, meeting)
        return is_mine


def finish_delivery(
    database: Database, viewer: Viewer, meeting: int, email: str, *, error: str | None = None
) -> None:
    """Keep that a claimed report was sent, or why not; a reason that holds personal data is not kept.

    It also frees a claim whose sender is gone, once somebody has made sure that nothing was sent. Raises `EntryError`: unknown
    (nothing was claimed).
    """
    with changing(database, viewer, Action.WRITE_MEETINGS, is_shown=False) as change:
        check_holds(change)
        meeting_of(change, meeting)
        row = _delivery(change.session, meeting, email.strip().lower())
        if row is None or row.status != "sending":
            raise EntryError("unknown", value=email)
        row.status = "sent" if error is None else "failed"
        row.sent_at = datetime.now(UTC) if error is None else None
        row.last_error = _told(error or "")
        change.session.add(row)
        change.details = {
            "meeting": meeting,
            "delivery": row.id,
            "status": row.status,
            "attempt": row.attempts,
        }


def _claim(change: Change, row: ReportDelivery | None, recipient: MeetingRecipient, meeting: int) -> None:
    owner = recipient.organisation_id
    if row is None:
        row = ReportDelivery(meeting_id=meeting, recipient=recipient.email, organisation_id=owner)
    else:
        row.attempts += 1
    row.status, row.organisation_id, row.claimed_at = "sending", owner, datetime.now(UTC)
    change.session.add(row)
    change.session.flush()


def _may_be_sent(row: ReportDelivery | None) -> bool:
    return row is None or (row.status == "failed" and row.attempts < MOST_ATTEMPTS)


def _delivery(session: Session, meeting: int, email: str) -> ReportDelivery | None:
    query = select(ReportDelivery).where(
        ReportDelivery.meeting_id == meeting, ReportDelivery.recipient == email
    )
    return session.exec(query).one_or_none()


def _recipient(session: Session, email: str) -> MeetingRecipient | None:
    return session.exec(select(MeetingRecipient).where(MeetingRecipient.email == email)).one_or_none()


def _checked(email: str) -> str:
    """The address in small letters, fit for the head of a message. Raises `EntryError` email_bad."""
    clean = email.strip().lower()
    is_fit = _EMAIL.fullmatch(clean) and len(clean.partition("@")[0]) <= _LONGEST_LOCAL
    if not is_fit or len(clean) > _LONGEST_EMAIL:
        raise EntryError("email_bad")
    return clean


def _told(error: str) -> str:
    """Servers like to repeat the address in what they refuse."""
    clean = one_line(error)
    return "" if found_in(clean) else clean[:_LONGEST_ERROR]
