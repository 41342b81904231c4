from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from dashboard.mail.message import MailError, Written, addressed, written
from tests.injections import INJECTIONS

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PLAIN = Written("Veckomöte", "Hej.", "<p>Hej.</p>")
HEADERS = {
    "Subject", "MIME-Version", "Content-Type", "From", "To", "Date", "Message-ID", "Auto-Submitted",
}  # fmt: skip


def _addressed(
    recipient: str = "eva@lindhamn.example", key: str = "möte 1", sender: str = "samsyn@a.example"
):
    return addressed(written(PLAIN), sender=sender, recipient=recipient, key=key, at=AT)


@pytest.mark.parametrize("injection", INJECTIONS, ids=range(len(INJECTIONS)))
@pytest.mark.parametrize("field", ["subject", "file", "recipient", "sender"])
def test_no_word_becomes_a_header(injection: str, field: str) -> None:
    subject = injection if field == "subject" else "x"
    files = {f"{injection}.pdf": b"%PDF"} if field == "file" else {}
    addresses = {field: injection} if field in ("recipient", "sender") else {}
    try:
        made = written(Written(subject, "x", "x", files=files))
        known = {"sender": "samsyn@a.example", "recipient": "eva@b.example"} | addresses
        mail = message_from_bytes(addressed(made, key="1", at=AT, **known).as_bytes(), policy=default)
    except MailError:
        return
    assert field in ("subject", "file")
    assert set(mail.keys()) <= HEADERS
    assert mail["To"] == "eva@b.example"
    assert mail["From"] == "samsyn@a.example"


@pytest.mark.parametrize(
    "wrong",
    [
        "", " ", "eva", "@b.example", "eva@", "a@b.example, c@d.example", "a@b.example;c@d.example", "Eva <a@b.example>",
        "a@b.example\r\nBcc: c@d.example", "a b@c.example", '"a"@b.example', "å@b.example", "a@b..example", "a@b@c.example",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(wrong: str) -> None:
    with pytest.raises(MailError) as caught:
        _addressed(wrong)
    assert caught.value.reason in ("bad_address", "bad_header")


def test_a_domain_beyond_ascii_is_written_as_servers_know_it() -> None:
    assert _addressed("eva@västerås.example")["To"] == "eva@xn--vsters-buam.example"


def test_the_same_report_to_the_same_person_has_the_same_name() -> None:
    one = _addressed()["Message-ID"]
    assert one == _addressed("EVA@lindhamn.example")["Message-ID"]
    others = {_addressed(key="möte 2")["Message-ID"], _addressed("omar@lindhamn.example")["Message-ID"]}
    assert len({one} | others) == 3
    assert "eva" not in one


def test_whom_a_message_names_itself_is_not_who_gets_it() -> None:
    message = written(PLAIN)
    for name in ("To", "Cc", "Bcc", "From", "Reply-To"):
        message[name] = "other@evil.example"
    mail = addressed(message, sender="samsyn@a.example", recipient="eva@b.example", key="1", at=AT)
    assert "evil" not in mail.as_string()
    assert message["To"] == "other@evil.example"
