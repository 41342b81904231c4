from __future__ import annotations

from datetime import date
from functools import partial
from threading import Barrier, Lock, Thread
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.mail.delivery import send_report
from dashboard.mail.message import Letter, Written, written
from data_access.changes import (
    EntryError,
    MeetingEntry,
    claim_delivery,
    close_meeting,
    finish_delivery,
    open_meeting,
    prepare_meeting,
    record_recipient,
    reopen_meeting,
)
from data_access.database import Database
from data_access.frame import read_frame
from data_access.meetings import read_deliveries, read_meeting, read_waiting
from data_access.permissions import OPERATOR
from tests.mail_server import DROP, mail_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from dashboard.mail.delivery import Sending
    from dashboard.mail.smtp import MailServer
    from data_access.meetings import RecipientFact

EVA, OMAR = "eva@lindhamn.example", "omar@polisen.example"


def make(recipient: RecipientFact, said: str = "Hej.") -> Letter:
    def mail(subject: str) -> EmailMessage:
        return written(Written(subject, f"För {recipient.organisation}.", f"<p>{said}</p>"))

    return Letter(
        f"{recipient.organisation}: {said}", partial(mail, "Veckomöte"), partial(mail, "Rättad: Veckomöte")
    )


def close_again(database: Database, meeting: int, minutes: dict[str, Any]) -> None:
    record = read_meeting(database, OPERATOR, meeting)
    assert record is not None
    reopen_meeting(database, OPERATOR, meeting, "Fel", revision=record.revision)
    close_meeting(database, OPERATOR, meeting, minutes, edits=record.edits + 1)


def never(_seconds: float) -> None:
    raise AssertionError("nothing to wait for")


@pytest.fixture
def meeting(small: Database) -> int:
    """A closed meeting, and a person of each of two organisations on the list."""
    frame = read_frame(small, OPERATOR)
    assert frame.area_set is not None
    entry = MeetingEntry(date(2026, 11, 24), date(2026, 11, 16), date(2026, 11, 22))
    number = prepare_meeting(small, OPERATOR, entry, area_set_id=frame.area_set.id)
    open_meeting(small, OPERATOR, number, revision=1)
    record = read_meeting(small, OPERATOR, number)
    assert record is not None
    close_meeting(small, OPERATOR, number, {}, edits=record.edits)
    for email, source in zip((EVA, OMAR), frame.sources, strict=False):
        record_recipient(small, OPERATOR, organisation_id=source.id, email=email)
    return number


def sent(
    database: Database,
    meeting: int,
    server: MailServer,
    *,
    make: Callable[[RecipientFact], Letter] = make,
    pause: Callable[[float], None] = never,
) -> dict[str, Sending]:
    found = send_report(database, OPERATOR, meeting, make, server, pause=pause)
    return {one.recipient.email: one for one in found}


def statuses(database: Database, meeting: int) -> dict[str, tuple[str, int]]:
    return {one.recipient: (one.status, one.attempts) for one in read_deliveries(database, OPERATOR, meeting)}


def test_everybody_gets_it_once_in_the_words_of_the_own_organisation(small: Database, meeting: int) -> None:
    with mail_server() as (server, received):
        first = sent(small, meeting, server)
        again = sent(small, meeting, server)
    assert sorted(received.recipients) == [EVA, OMAR]
    assert {one.status for one in first.values()} == {"sent"}
    assert {one.status for one in again.values()} == {"not_ours"}
    assert statuses(small, meeting) == {EVA: ("sent", 1), OMAR: ("sent", 1)}
    for _, (to,), mail in received.mails:
        assert mail["To"] == to
        assert mail.get_body(("plain",)).get_content().strip() == f"För {first[to].recipient.organisation}."  # type: ignore[union-attr]


def test_what_an_organisation_reads_is_made_once(small: Database, meeting: int) -> None:
    frame = read_frame(small, OPERATOR)
    record_recipient(small, OPERATOR, organisation_id=frame.sources[0].id, email="per@lindhamn.example")
    made: list[str] = []

    def counted(recipient: RecipientFact) -> Letter:
        made.append(recipient.organisation)
        return make(recipient)

    with mail_server() as (server, received):
        sent(small, meeting, server, make=counted)
        sent(small, meeting, server, make=counted)
    assert len(received.recipients) == 3
    assert sorted(made) == sorted({one.name for one in frame.sources[:2]})


def test_a_server_that_is_busy_is_asked_again_after_a_pause(small: Database, meeting: int) -> None:
    pauses: list[float] = []
    with mail_server("451 busy", "250 OK", "451 busy") as (server, received):
        found = sent(small, meeting, server, pause=pauses.append)
    assert sorted(received.recipients) == [EVA, OMAR]
    assert {one.status for one in found.values()} == {"sent"}
    assert len(pauses) == 2
    assert pauses[0] < pauses[1] < 10
    assert sorted(count for _, count in statuses(small, meeting).values()) == [1, 3]


def test_a_server_that_stays_busy_is_left_for_later_however_often(small: Database, meeting: int) -> None:
    with mail_server(*("451 busy",) * 18) as (server, received):
        for _ in range(3):
            found = sent(small, meeting, server, pause=lambda _: None)
            assert {(one.status, one.error) for one in found.values()} == {("later", "DATA 451")}
        assert received.tries == 18
        assert len(read_waiting(small, OPERATOR, meeting)) == 2
        last = sent(small, meeting, server)
    assert {one.status for one in last.values()} == {"sent"}
    assert statuses(small, meeting) == {EVA: ("sent", 10), OMAR: ("sent", 10)}
    assert read_waiting(small, OPERATOR, meeting) == ()


def test_whoever_is_refused_does_not_keep_it_from_the_others(small: Database, meeting: int) -> None:
    with mail_server(to_rcpt=("550 unknown",)) as (server, received):
        found = sent(small, meeting, server)
    assert len(received.recipients) == 1
    assert sorted(one.status for one in found.values()) == ["failed", "sent"]
    told = {one.last_error for one in read_deliveries(small, OPERATOR, meeting)}
    assert told == {"", "RCPT 550"}


def test_what_may_have_gone_out_is_not_sent_again(small: Database, meeting: int) -> None:
    with mail_server(DROP) as (server, received):
        first = sent(small, meeting, server)
        again = sent(small, meeting, server)
    assert sorted(received.recipients) == [EVA, OMAR]
    assert sorted(one.status for one in first.values()) == ["sent", "unsure"]
    assert {one.status for one in again.values()} == {"not_ours"}
    assert sorted(status for status, _ in statuses(small, meeting).values()) == ["sending", "sent"]


class _Death(BaseException):
    """The process is gone: nothing that comes after runs."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_dies_sends_nothing_twice(
    small: Database, meeting: int, monkeypatch, when: str
) -> None:
    with mail_server() as (server, received):
        from dashboard.mail import delivery  # noqa: PLC0415

        whole = delivery.send

        def dying(*given: Any) -> None:
            if when == "after":
                whole(*given)
            raise _Death

        monkeypatch.setattr(delivery, "send", dying)
        with pytest.raises(_Death):
            sent(small, meeting, server)
        monkeypatch.setattr(delivery, "send", whole)
        found = sent(small, meeting, server)
        assert sorted(one.status for one in found.values()) == ["not_ours", "sent"]
        assert len(received.recipients) == len(set(received.recipients)) == (2 if when == "after" else 1)
        (open_,) = [email for email, (status, _) in statuses(small, meeting).items() if status == "sending"]
        if when == "before":  # somebody has made sure that it never arrived
            (left,) = [one for one in read_deliveries(small, OPERATOR, meeting) if one.recipient == open_]
            finish_delivery(small, OPERATOR, left.id, "failed", error="not sent")
            assert sent(small, meeting, server)[open_].status == "sent"
    assert len(received.recipients) == 2


def test_two_at_once_send_one_mail_each(small: Database, meeting: int) -> None:
    found: list[Sending] = []
    lock, start = Lock(), Barrier(4)

    def run() -> None:
        database = Database(small.url)
        start.wait()
        mine = send_report(database, OPERATOR, meeting, make, server, pause=never)
        with lock:
            found.extend(mine)
        database.engine.dispose()

    with mail_server() as (server, received):
        threads = [Thread(target=run) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert sorted(received.recipients) == [EVA, OMAR]
    assert sorted(one.status for one in found) == ["not_ours"] * 6 + ["sent"] * 2


def test_a_report_that_cannot_be_made_does_not_keep_another_from_its_readers(
    small: Database, meeting: int, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(recipient: RecipientFact) -> Letter:
        if recipient.email == EVA:
            raise ValueError(EVA)
        return make(recipient)

    with mail_server() as (server, received):
        found = sent(small, meeting, server, make=broken)
    assert received.recipients == [OMAR]
    assert found[EVA].status == "failed"
    assert found[EVA].error.startswith("not made: ")
    assert EVA not in caplog.text


def test_the_log_names_no_address(small: Database, meeting: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="dashboard.mail")
    with mail_server("550 eva@lindhamn.example") as (server, _):
        sent(small, meeting, server)
    assert f"report of meeting {meeting}" in caplog.text
    assert "example" not in "\n".join(
        one.getMessage() for one in caplog.records if one.name.startswith("dashboard")
    )


def test_an_address_that_is_resting_gets_nothing(small: Database, meeting: int) -> None:
    frame = read_frame(small, OPERATOR)
    record_recipient(small, OPERATOR, organisation_id=frame.sources[0].id, email=EVA, is_active=False)
    with mail_server() as (server, received):
        assert set(sent(small, meeting, server)) == {OMAR}
    assert received.recipients == [OMAR]


def test_an_open_meeting_is_not_sent(small: Database, meeting: int) -> None:
    frame = read_frame(small, OPERATOR)
    assert frame.area_set is not None
    entry = MeetingEntry(date(2026, 12, 1), date(2026, 11, 23), date(2026, 11, 29))
    other = prepare_meeting(small, OPERATOR, entry, area_set_id=frame.area_set.id)
    with mail_server() as (server, received), pytest.raises(EntryError, match="meeting_not_closed"):
        sent(small, other, server)
    assert received.tries == 0
    assert claim_delivery(small, OPERATOR, meeting, EVA)


# --- corrected minutes -------------------------------------------------------------------------------------------------------


def test_a_correction_goes_once_to_whom_it_changes_something(small: Database, meeting: int) -> None:
    """Two organisations have the report; what is corrected changes one of them, and somebody new is added."""

    def corrected(recipient: RecipientFact) -> Letter:
        return make(recipient, "Rättat." if recipient.email == EVA else "Hej.")

    per = "per@skolan.example"
    with mail_server() as (server, received):
        sent(small, meeting, server)
        close_again(small, meeting, {"corrected": True})
        record_recipient(
            small, OPERATOR, organisation_id=read_frame(small, OPERATOR).sources[1].id, email=per
        )
        found = sent(small, meeting, server, make=corrected)
        again = sent(small, meeting, server, make=corrected)
    assert {email: one.status for email, one in found.items()} == {
        EVA: "sent",
        OMAR: "unchanged",
        per: "sent",
    }
    assert {one.status for one in again.values()} == {"not_ours"}
    assert [(to, mail["Subject"]) for _, (to,), mail in received.mails[2:]] == [
        (EVA, "Rättad: Veckomöte"),
        (per, "Veckomöte"),
    ]
    assert (
        len({mail["Message-ID"] for _, _, mail in received.mails}) == 4
    )  # or servers would take it for the same mail
    assert statuses(small, meeting) == {EVA: ("sent", 1), OMAR: ("unchanged", 1), per: ("sent", 1)}


def test_minutes_that_were_closed_unchanged_are_not_sent_again(small: Database, meeting: int) -> None:
    with mail_server() as (server, received):
        sent(small, meeting, server)
        close_again(small, meeting, {})
        assert {one.status for one in sent(small, meeting, server).values()} == {"not_ours"}
    assert len(received.mails) == 2


def test_a_correction_that_fails_is_sent_again_as_a_correction(small: Database, meeting: int) -> None:
    with mail_server() as (server, _):
        sent(small, meeting, server)
    close_again(small, meeting, {"corrected": True})
    with mail_server("554 no", "554 no") as (server, received):
        first = sent(small, meeting, server, make=lambda one: make(one, "Rättat."))
        second = sent(small, meeting, server, make=lambda one: make(one, "Rättat."))
    assert [{one.status for one in found.values()} for found in (first, second)] == [{"failed"}, {"sent"}]
    assert [mail["Subject"] for _, _, mail in received.mails] == ["Rättad: Veckomöte"] * 2
