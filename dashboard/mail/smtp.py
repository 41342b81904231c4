"""One mail to one recipient through the mail server of the settings, and what is known of it afterwards."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.headerregistry import AddressHeader
    from email.message import EmailMessage

    from dashboard.settings import Security, Settings

_TIMEOUT_S = 20.0
_OK = range(200, 300)
_PERMANENT = 500


@dataclass(frozen=True)
class MailServer:
    """Where mail goes; see `dashboard.settings`."""

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = _TIMEOUT_S
    trusted: ssl.SSLContext | None = None


class NotSentError(Exception):
    """The mail did not go out: `is_for_good` when the server would say the same again; `told`: what it said."""

    def __init__(self, told: str, *, is_for_good: bool) -> None:
        super().__init__(told)
        self.told = told
        self.is_for_good = is_for_good


class UnsureError(Exception):
    """The connection broke after the mail was handed over and before the server said that it has it."""


def mail_server(settings: Settings) -> MailServer:
    """The server of the settings. Raises `SettingsError` when it cannot be used."""
    settings.check_mail()
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_from,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
    )


def send(server: MailServer, mail: EmailMessage) -> None:
    """Hand over a mail with one recipient. Raises `NotSentError`, `UnsureError`; neither names an address."""
    to = _only_address(mail, "To")
    with _session(server) as session:
        with _before_the_body():
            _accepted(session.mail(_only_address(mail, "From")), "MAIL")
            _accepted(session.rcpt(to), "RCPT")
        try:
            answer = session.data(mail.as_bytes())
        except smtplib.SMTPDataError as error:  # refused before the body
            raise _not_sent(error.smtp_code, "DATA") from None
        except (OSError, smtplib.SMTPException):
            raise UnsureError from None
        _accepted(answer, "DATA")


@contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection as safe as the settings ask, closed afterwards; a farewell that fails takes nothing back."""
    with _before_the_body():
        session = _connected(server)
    try:
        with _before_the_body():
            if server.security == "starttls":
                session.starttls(context=_trusted(server))
            session.ehlo_or_helo_if_needed()
            if server.user:
                session.login(server.user, server.password)
        yield session
    finally:
        with suppress(OSError, smtplib.SMTPException):
            session.quit()
        session.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    where = (server.host, server.port)
    if server.security == "tls":
        return smtplib.SMTP_SSL(*where, timeout=server.timeout_s, context=_trusted(server))
    return smtplib.SMTP(*where, timeout=server.timeout_s)


def _trusted(server: MailServer) -> ssl.SSLContext:
    return server.trusted or ssl.create_default_context()


@contextmanager
def _before_the_body() -> Iterator[None]:
    """Whatever fails here fails before the mail is out of our hands."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _not_sent(error.smtp_code, type(error).__name__) from None
    except (
        smtplib.SMTPNotSupportedError
    ) as error:  # no STARTTLS or no way to sign in: nothing is sent without
        raise NotSentError(type(error).__name__, is_for_good=True) from None
    except ssl.SSLCertVerificationError as error:
        raise NotSentError(type(error).__name__, is_for_good=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotSentError(type(error).__name__, is_for_good=False) from None


def _accepted(answer: tuple[int, bytes], step: Literal["MAIL", "RCPT", "DATA"]) -> None:
    if answer[0] not in _OK:
        raise _not_sent(answer[0], step)


def _not_sent(code: int, step: str) -> NotSentError:
    """What a server writes after its code often repeats the address: only the code is told."""
    return NotSentError(f"{step} {code}", is_for_good=code >= _PERMANENT)


def _only_address(mail: EmailMessage, name: Literal["From", "To"]) -> str:
    (address,) = cast("AddressHeader", mail[name]).addresses
    return address.addr_spec
