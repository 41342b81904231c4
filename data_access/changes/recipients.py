"""Writing to whom the report of a meeting goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlmodel import select

from data_access.changes.entry import EntryError
from data_access.changes.meeting_rows import check_holds
from data_access.changes.transaction import changing
from data_access.models import MeetingRecipient, Organisation
from data_access.permissions import Action

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import Viewer

_LONGEST_EMAIL = 254
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
        row = recipient_at(change.session, email) or MeetingRecipient(
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


def recipient_at(session: Session, email: str) -> MeetingRecipient | None:
    """The row of the list with an address in small letters."""
    return session.exec(select(MeetingRecipient).where(MeetingRecipient.email == email)).one_or_none()


def _checked(email: str) -> str:
    """The address in small letters, fit for the head of a message. Raises `EntryError` email_bad."""
    clean = email.strip().lower()
    is_fit = _EMAIL.fullmatch(clean) and len(clean.partition("@")[0]) <= _LONGEST_LOCAL
    if not is_fit or len(clean) > _LONGEST_EMAIL:
        raise EntryError("email_bad")
    return clean
