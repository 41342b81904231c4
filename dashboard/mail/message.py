"""Mail as it is written: text, HTML with its pictures, and files; addressed to one person, with no header but ours."""

from __future__ import annotations

import unicodedata
from copy import deepcopy
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from dashboard.settings import is_mail_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_BREAKS = ("Cc", "Cs", "Zl", "Zp")  # controls, halves of signs, and what ends a line or paragraph
_TYPES = {
    "pdf": ("application", "pdf"),
    "png": ("image", "png"),
    "csv": ("text", "csv"),
    "ics": ("text", "calendar"),
}


class MailError(Exception):
    """A mail that nobody should get; `reason`: bad_header, bad_address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Written:
    """What a mail says. `pictures`: PNG by the content id that the HTML names; `files`: attachments by name (pdf, csv, ics)."""

    subject: str
    text: str
    html: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """What an organisation reads, and what writes it as a mail without an address: as a report, or as the correction of one.

    `digest`: the same for the same content.
    """

    digest: str
    as_report: Callable[[], EmailMessage]
    as_correction: Callable[[], EmailMessage]


def written(of: Written) -> EmailMessage:
    """The mail without an address. Raises `MailError` bad_header for a subject or name of a file that would end its line."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(of.subject)
    message.set_content(of.text, cte="quoted-printable")
    message.add_alternative(of.html, subtype="html", cte="quoted-printable")
    shown = cast("list[EmailMessage]", message.get_payload())[-1]
    for content_id, body in of.pictures.items():
        shown.add_related(body, *_TYPES["png"], cid=f"<{_one_line(content_id)}>", disposition="inline")
    for name, body in of.files.items():
        main, sub = _TYPES[name.rsplit(".", 1)[-1]]
        message.add_attachment(body, main, sub, filename=_one_line(name))
    return message


def addressed(message: EmailMessage, *, sender: str, recipient: str, key: str, at: datetime) -> EmailMessage:
    """A copy to one recipient; whatever the message says of sender and recipients is taken away.

    `key` names what is sent: the same key to the same recipient gives the same Message-ID, by which servers know a mail again.
    Raises `MailError` bad_address.
    """
    mail = deepcopy(message)
    for name in ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Message-ID", "Auto-Submitted"):
        del mail[name]
    whose, to = _address(sender), _address(recipient)
    known = sha256(f"{key}\n{to.addr_spec.casefold()}".encode()).hexdigest()[:32]
    mail["From"] = whose
    mail["To"] = to
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{known}@{whose.domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # nobody's absence is answered to us
    return mail


def _one_line(words: str) -> str:
    if any(unicodedata.category(sign) in _BREAKS for sign in words):
        raise MailError("bad_header")
    return words


def _address(words: str) -> Address:
    """One plain address; its domain may have letters beyond ASCII, which mail servers know by another spelling."""
    local, _, domain = words.rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        raise MailError("bad_address") from None
    if not is_mail_address(f"{local}@{domain}"):
        raise MailError("bad_address")
    return Address(username=local, domain=domain)
