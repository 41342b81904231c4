from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dashboard.mail.message import Written, addressed, written
from dashboard.mail.smtp import NotSentError, UnsureError, send
from dashboard.mail.smtp import mail_server as server_of
from dashboard.settings import Settings, SettingsError
from tests.mail_server import DROP, mail_server

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TO = "eva@lindhamn.example"


def _mail(text: str = "Hej.\n.\nÅ ä ö\n") -> EmailMessage:
    made = written(
        Written(
            "Veckomöte i Åhus",
            text,
            "<p>Hej <img src='cid:a@samsyn'></p>",
            {"a@samsyn": b"\x89PNG"},
            {"m.pdf": b"%PDF"},
        )
    )
    return addressed(made, sender="samsyn@lindhamn.example", recipient=TO, key="1", at=AT)


def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_server() as (server, received):
        send(server, _mail())
    ((sender, recipients, mail),) = received.mails
    assert (sender, recipients) == ("samsyn@lindhamn.example", [TO])
    assert mail["Subject"] == "Veckomöte i Åhus"
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == ["Hej.", ".", "Å ä ö"]
    assert "cid:a@samsyn" in html.get_content()
    kinds = [part.get_content_type() for part in mail.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]


@pytest.mark.parametrize(
    ("answers", "to_rcpt", "is_for_good"),
    [
        (("451 later",), (), False),
        (("552 too large",), (), True),
        ((), ("450 busy",), False),
        ((), ("550 eva@lindhamn.example unknown",), True),
    ],
)
def test_a_server_that_says_no_is_told_apart_from_one_that_says_later(
    answers: tuple[str, ...],
    to_rcpt: tuple[str, ...],
    is_for_good: bool,  # noqa: FBT001
) -> None:
    with mail_server(*answers, to_rcpt=to_rcpt) as (server, received):
        with pytest.raises(NotSentError) as caught:
            send(server, _mail())
        assert received.mails == []
    assert caught.value.is_for_good is is_for_good
    assert "@" not in caught.value.told


def test_a_connection_that_breaks_after_the_mail_leaves_it_open() -> None:
    with mail_server(DROP) as (server, received):
        with pytest.raises(UnsureError):
            send(server, _mail())
        assert received.recipients == [TO]


def test_a_server_that_is_not_there_may_come_back() -> None:
    with mail_server() as (server, _):
        pass
    with pytest.raises(NotSentError) as caught:
        send(server, _mail())
    assert not caught.value.is_for_good


def test_nothing_is_sent_unprotected_when_protection_is_asked_for() -> None:
    with mail_server(security="starttls") as (server, received):
        with pytest.raises(NotSentError) as caught:
            send(server, _mail())
        assert caught.value.is_for_good
        assert received.tries == 0


@pytest.mark.parametrize("is_trusted", [True, False])
def test_starttls_holds_the_certificate_against_whom_is_trusted(tmp_path: Path, is_trusted: bool) -> None:  # noqa: FBT001
    certificate, trusted = _certificate(tmp_path)
    options = {"trusted": trusted} if is_trusted else {}
    with mail_server(certificate=certificate, security="starttls", **options) as (server, received):
        if is_trusted:
            send(server, _mail())
            assert received.had_tls == [True]
            return
        with pytest.raises(NotSentError) as caught:
            send(server, _mail())
        assert caught.value.told == "SSLCertVerificationError"
        assert received.tries == 0


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize(("given", "is_right"), [("hemligt", True), ("fel", False)])
def test_the_password_opens_the_server(given: str, is_right: bool) -> None:  # noqa: FBT001
    with mail_server(password="hemligt", user="samsyn") as (server, received):  # noqa: S106
        known = type(server)(**{**vars(server), "password": given})
        if is_right:
            send(known, _mail())
        else:
            with pytest.raises(NotSentError) as caught:
                send(known, _mail())
            assert caught.value.is_for_good
        assert received.tries == int(is_right)
    assert given not in repr(known)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"smtp_host": ""}, "mail_incomplete"),
        ({"smtp_from": ""}, "mail_incomplete"),
        ({"smtp_user": "a"}, "mail_incomplete"),
        ({"smtp_password": "b"}, "mail_incomplete"),
        ({"smtp_host": "mail.example", "smtp_security": "none"}, "mail_unsafe"),
        ({"smtp_from": "a@b.example, c@d.example"}, "mail_from"),
        ({"smtp_from": "a@b.example\r\nBcc: c@d.example"}, "mail_from"),
        ({"smtp_from": "Samsyn"}, "mail_from"),
    ],
)
def test_settings_that_cannot_be_used_are_named(changed: dict[str, str], reason: str) -> None:
    known = {"smtp_host": "127.0.0.1", "smtp_from": "a@b.example"}
    with pytest.raises(SettingsError) as caught:
        server_of(Settings(**known | changed))  # type: ignore[arg-type]
    assert caught.value.reason == reason


def test_settings_become_the_server() -> None:
    known = Settings(
        smtp_host="localhost",
        smtp_port=25,
        smtp_security="none",
        smtp_from="a@b.example",
        smtp_user="a",
        smtp_password="b",  # noqa: S106
    )
    server = server_of(known)
    assert (server.host, server.port, server.security) == ("localhost", 25, "none")
    assert (server.sender, server.user, server.password) == ("a@b.example", "a", "b")


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Contexts of a server with a certificate for 127.0.0.1 of its own making, and of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(public, private)
    return server, ssl.create_default_context(cafile=str(public))
