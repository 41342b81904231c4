"""A real mail server on loopback for tests: it keeps what it got, and says what it is told to say."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from threading import Lock
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from dashboard.mail.smtp import MailServer

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from email.message import EmailMessage

OK = "250 OK"
DROP = "drop"
"""An answer to DATA: the mail is kept, and the connection broken before the sender hears of it."""


@dataclass
class Received:
    """What came in; `answers` to DATA and `to_rcpt` to RCPT are used up one by one, then everything is accepted."""

    answers: list[str] = field(default_factory=list)
    to_rcpt: list[str] = field(default_factory=list)
    mails: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)
    tries: int = 0
    had_tls: list[bool] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    async def handle_RCPT(  # noqa: N802 - so aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.to_rcpt.pop(0) if self.to_rcpt else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        with self.lock:
            self.tries += 1
            answer = self.answers.pop(0) if self.answers else OK
            self.had_tls.append(session.ssl is not None)
            if answer in (OK, DROP):
                mail = message_from_bytes(envelope.content, policy=default)
                self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), mail))
        if answer == DROP:
            server.transport.abort()
        return answer

    @property
    def recipients(self) -> list[str]:
        return [address for _, addresses, _ in self.mails for address in addresses]


class _Server(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        """The port is whichever was free; only now is it known."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    *answers: str,
    to_rcpt: tuple[str, ...] = (),
    certificate: ssl.SSLContext | None = None,
    password: str = "",
    **more: Any,
) -> Iterator[tuple[MailServer, Received]]:
    """Settings that reach the server, and what it receives."""
    received = Received(list(answers), list(to_rcpt))
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": 0}
    if certificate:
        options["tls_context"] = certificate
    if password:
        options["authenticator"] = lambda *given: AuthResult(
            success=given[-1].password == password.encode(), handled=False
        )
        options |= {"auth_required": True, "auth_require_tls": False}
    controller = _Server(received, **options)
    controller.start()
    try:
        reached = {
            "host": "127.0.0.1",
            "port": controller.port,
            "sender": "samsyn@lindhamn.example",
            "security": "none",
        }
        yield MailServer(**reached | {"timeout_s": 5.0} | more), received
    finally:
        controller.stop()
