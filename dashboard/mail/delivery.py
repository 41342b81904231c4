"""The report of a meeting to everybody on the list: claimed, sent, and kept as sent, so that nobody gets the same twice."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
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

    from dashboard.mail.message import Letter
    from dashboard.mail.smtp import MailServer
    from data_access.changes import Claim
    from data_access.database import Database
    from data_access.meetings import RecipientFact
    from data_access.permissions import Viewer

ROUNDS = 3
"""So often a server that says "later" is asked in one sending."""
PAUSE_S = 3.0

Status = Literal["sent", "failed", "later", "unsure", "unchanged", "not_ours"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """What became of a mail.

    "later": the server was not there or busy at every attempt; "unsure": it may have gone out, and is not sent again by itself;
    "unchanged": the corrected minutes say nothing else to this organisation than what it got before; "not_ours": it has been sent
    before, or somebody else is sending it. `error`: why it failed.
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
    make: Callable[[RecipientFact], Letter]
    server: MailServer
    letters: dict[int, Letter] = field(default_factory=dict)
    mails: dict[tuple[int, bool], EmailMessage] = field(default_factory=dict)

    def letter(self, recipient: RecipientFact) -> Letter:
        """What the organisation of a recipient reads, made once."""
        if recipient.organisation_id not in self.letters:
            self.letters[recipient.organisation_id] = self.make(recipient)
        return self.letters[recipient.organisation_id]

    def mail(self, recipient: RecipientFact, claim: Claim) -> EmailMessage:
        """The mail to a recipient; what it says is written once for each organisation."""
        which = (recipient.organisation_id, claim.is_correction)
        if which not in self.mails:
            letter = self.letter(recipient)
            self.mails[which] = letter.as_correction() if claim.is_correction else letter.as_report()
        return addressed(
            self.mails[which],
            sender=self.server.sender,
            recipient=recipient.email,
            key=f"meeting-{self.meeting}-{claim.edition}",
            at=datetime.now(UTC),
        )


def send_report(
    database: Database,
    viewer: Viewer,
    meeting: int,
    make: Callable[[RecipientFact], Letter],
    server: MailServer,
    *,
    pause: Callable[[float], None] = time.sleep,
    rounds: int = ROUNDS,
) -> tuple[Sending, ...]:
    """Send the report of a closed meeting to all active addresses that have not got it; as a correction where one went before.

    `make` writes what an organisation may read, and is called once for each organisation that anything is sent to; whom the mail
    names itself does not count. Whoever a server puts off is asked for again in the next of the `rounds`, after a `pause`
    (seconds). Raises what `claim_delivery` raises.
    """
    post = _Post(database, viewer, meeting, make, server)
    found: dict[int, Sending] = {}
    waiting = [one for one in read_recipients(database, viewer) if one.is_active]
    for round_ in range(rounds):
        if round_ and waiting:
            pause(PAUSE_S * round_)
        for one in waiting:
            sending = _claimed(post, one)
            if not round_ or sending.status != "not_ours":  # which says less than what it failed by
                found[one.id] = sending
        waiting = [one for one in waiting if found[one.id].status == "later"]
        if not waiting:
            break
    return tuple(found.values())


def _claimed(post: _Post, recipient: RecipientFact) -> Sending:
    claim = claim_delivery(post.database, post.viewer, post.meeting, recipient.email)
    if claim is None:
        return Sending(recipient, "not_ours")
    sending = _sent(post, recipient, claim)
    if sending.status in ("sent", "unchanged"):
        digest = post.letter(recipient).digest
        finish_delivery(post.database, post.viewer, claim.delivery, sending.status, digest=digest)
    elif sending.status != "unsure":  # it stays at "sending": a second mail is worse than a question
        finish_delivery(post.database, post.viewer, claim.delivery, "failed", error=sending.error)
    told = (post.meeting, recipient.id, sending.status, sending.error)
    _log.info("report of meeting %s to recipient %s: %s %s", *told)
    return sending


def _sent(post: _Post, recipient: RecipientFact, claim: Claim) -> Sending:
    try:
        if claim.is_correction and post.letter(recipient).digest == claim.known_digest:
            return Sending(recipient, "unchanged")
        mail = post.mail(recipient, claim)
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
