"""The report of a meeting to everybody on the list: claimed, sent, and kept as sent, so that nobody gets it twice."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from dashboard import faults
from dashboard.mail.message import MailError, addressed
from dashboard.mail.smtp import NotSentError, UnsureError, send
from data_access.changes import claim_delivery, finish_delivery
from data_access.meetings import read_recipients

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from dashboard.mail.smtp import MailServer
    from data_access.database import Database
    from data_access.meetings import RecipientFact
    from data_access.permissions import Viewer

ROUNDS = 3
"""So often a server that says "later" is asked in one sending."""
PAUSE_S = 3.0

Status = Literal["sent", "failed", "later", "unsure", "not_ours"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """What became of a mail.

    "later": the server was not there or busy at every attempt; "unsure": it may have gone out, and is not sent again by itself;
    "not_ours": it has been sent before, somebody else is sending it, or it has failed too often. `error`: why it failed.
    """

    recipient: RecipientFact
    status: Status
    error: str = ""


@dataclass(frozen=True)
class _Post:
    """What all mails of a sending share."""

    database: Database
    viewer: Viewer
    meeting: int
    make: Callable[[RecipientFact], EmailMessage]
    server: MailServer
    made: dict[int, EmailMessage]

    def mail(self, recipient: RecipientFact) -> EmailMessage:
        """The mail to a recipient; what it says is made once for each organisation."""
        if recipient.organisation_id not in self.made:
            self.made[recipient.organisation_id] = self.make(recipient)
        return addressed(
            self.made[recipient.organisation_id],
            sender=self.server.sender,
            recipient=recipient.email,
            key=f"meeting-{self.meeting}",
            at=datetime.now(UTC),
        )


def send_report(
    database: Database,
    viewer: Viewer,
    meeting: int,
    make: Callable[[RecipientFact], EmailMessage],
    server: MailServer,
    *,
    pause: Callable[[float], None] = time.sleep,
    rounds: int = ROUNDS,
) -> tuple[Sending, ...]:
    """Send the report of a closed meeting to all active addresses that have not got it.

    `make` writes what an organisation may read, and is called once for each organisation that anything is sent to; whom the mail
    names itself does not count. Whoever a server puts off is asked for again in the next of the `rounds`, after a `pause`
    (seconds). Raises what `claim_delivery` raises.
    """
    post = _Post(database, viewer, meeting, make, server, {})
    found: dict[int, Sending] = {}
    waiting = [one for one in read_recipients(database, viewer) if one.is_active]
    for round_ in range(rounds):
        if round_ and waiting:
            pause(PAUSE_S * round_)
        for one in waiting:
            sending = _claimed(post, one)
            if not (
                round_ and sending.status == "not_ours"
            ):  # "failed too often" says less than what it failed by
                found[one.id] = sending
        waiting = [one for one in waiting if found[one.id].status == "later"]
        if not waiting:
            break
    return tuple(found.values())


def _claimed(post: _Post, recipient: RecipientFact) -> Sending:
    if not claim_delivery(post.database, post.viewer, post.meeting, recipient.email):
        return Sending(recipient, "not_ours")
    sending = _sent(post, recipient)
    if sending.status != "unsure":  # it stays at "sending": a second mail is worse than a question
        error = None if sending.status == "sent" else sending.error
        finish_delivery(post.database, post.viewer, post.meeting, recipient.email, error=error)
    told = (post.meeting, recipient.id, sending.status, sending.error)
    _log.info("report of meeting %s to recipient %s: %s %s", *told)
    return sending


def _sent(post: _Post, recipient: RecipientFact) -> Sending:
    try:
        mail = post.mail(recipient)
    except MailError as error:
        return Sending(recipient, "failed", error.reason)
    except Exception as error:  # noqa: BLE001 - what one organisation should have got must not keep it from the others
        return Sending(recipient, "failed", f"not made: {faults.report(error, 'report of a meeting')}")
    try:
        send(post.server, mail)
    except NotSentError as error:
        return Sending(recipient, "failed" if error.is_for_good else "later", error.told)
    except UnsureError:
        return Sending(recipient, "unsure")
    return Sending(recipient, "sent")
