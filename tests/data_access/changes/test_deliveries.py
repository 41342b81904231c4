from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from data_access.changes import (
    Claim,
    claim_delivery,
    finish_delivery,
    remove_recipient,
    reopen_meeting,
)
from data_access.meetings import read_deliveries, read_waiting
from data_access.models.meeting import ADDRESS_DAYS
from data_access.permissions import OPERATOR
from tests.data_access.changes.refusals import refused
from tests.data_access.changes.rows import logged, rows
from tests.data_access.held import HOUSING_ID, RECIPIENT, close, closed, listed, opened, prepared, read
from tests.small_town import POLICE

if TYPE_CHECKING:
    from data_access.database import Database

OTHER = "b@bolaget.example"
NEXT = date(2026, 1, 27)


def claim(database: Database, meeting: int, email: str = RECIPIENT) -> Claim | None:
    return claim_delivery(database, OPERATOR, meeting, email)


def claimed(database: Database, meeting: int, email: str = RECIPIENT) -> Claim:
    found = claim(database, meeting, email)
    assert found is not None
    return found


def send(database: Database, meeting: int, email: str = RECIPIENT, digest: str = "a") -> Claim:
    found = claimed(database, meeting, email)
    finish_delivery(database, OPERATOR, found.delivery, "sent", digest=digest)
    return found


def close_again(database: Database, meeting: int, minutes: dict[str, Any]) -> None:
    reopen_meeting(database, OPERATOR, meeting, "Fel dag", revision=read(database, meeting).revision)
    close(database, meeting, minutes)


def waiting(database: Database, meeting: int) -> list[str]:
    return [one.email for one in read_waiting(database, OPERATOR, meeting)]


def date_back(database: Database, days: int) -> None:
    """Make all sendings a thing of some days ago."""
    with database.writing() as session:
        then = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")
        session.execute(text("update report_delivery set claimed_at = :then"), {"then": then})


def test_a_report_is_sent_once(either: Database) -> None:
    number = closed(either)
    listed(either)
    assert waiting(either, number) == [RECIPIENT]
    mine = claimed(either, number, RECIPIENT.upper())
    assert (mine.edition, mine.is_correction, mine.known_digest) == (1, False, "")
    assert claim(either, number) is None
    assert waiting(either, number) == []
    (found,) = read_deliveries(either, OPERATOR, number)
    assert (found.id, found.edition, found.recipient) == (mine.delivery, 1, RECIPIENT)
    assert (found.organisation, found.kind) == (POLICE, "pdf+html")
    assert (found.status, found.attempts, found.last_error, found.sent_at) == ("sending", 1, "", None)
    finish_delivery(either, OPERATOR, mine.delivery, "sent", digest="a")
    assert claim(either, number) is None
    (found,) = read_deliveries(either, OPERATOR, number)
    assert (found.status, found.last_error) == ("sent", "")
    assert found.sent_at is not None
    assert claim(either, closed(either, NEXT))


def test_what_failed_is_sent_again_as_often_as_it_takes(small: Database) -> None:
    number = closed(small)
    listed(small)
    for attempt in range(1, 9):
        assert waiting(small, number) == [RECIPIENT]
        mine = claimed(small, number)
        finish_delivery(small, OPERATOR, mine.delivery, "failed", error=f"Nej {attempt}\n" + "x" * 300)
        (found,) = read_deliveries(small, OPERATOR, number)
        assert (found.status, found.attempts, len(found.last_error)) == ("failed", attempt, 200)
        assert found.last_error.startswith(f"Nej {attempt} x")


def test_a_sending_that_was_broken_off_is_found_after_a_while(small: Database) -> None:
    number = closed(small)
    listed(small)
    mine = claimed(small, number)
    assert [one.is_stuck for one in read_deliveries(small, OPERATOR, number)] == [False]
    with small.writing() as session:
        session.execute(text("update report_delivery set claimed_at = '2026-01-01 12:00:00'"))
    assert [one.is_stuck for one in read_deliveries(small, OPERATOR, number)] == [True]
    assert waiting(small, number) == []
    finish_delivery(small, OPERATOR, mine.delivery, "failed")
    assert [one.is_stuck for one in read_deliveries(small, OPERATOR, number)] == [False]
    assert waiting(small, number) == [RECIPIENT]


def test_what_was_finished_is_not_finished_again(small: Database) -> None:
    number = closed(small)
    listed(small)
    mine = send(small, number)
    for status in ("sent", "failed"):
        again = refused(small, lambda s=status: finish_delivery(small, OPERATOR, mine.delivery, s))
        assert again.reason == "unknown"


def test_what_is_not_there_is_unknown(small: Database) -> None:
    number = closed(small)
    for write in (
        lambda: claim(small, number),
        lambda: claim(small, 9),
        lambda: finish_delivery(small, OPERATOR, 9, "sent"),
    ):
        assert refused(small, write).reason == "unknown"
    listed(small, is_active=False)
    assert refused(small, lambda: claim(small, number)).reason == "unknown"
    assert waiting(small, number) == waiting(small, 9) == []


def test_of_many_senders_at_the_same_moment_one_sends(either: Database) -> None:
    number = closed(either)
    listed(either)
    for _ in range(2):
        with ThreadPoolExecutor(6) as pool:
            (mine,) = filter(None, pool.map(lambda _: claim(either, number), range(6)))
        finish_delivery(either, OPERATOR, mine.delivery, "failed", error="nere")
    (found,) = read_deliveries(either, OPERATOR, number)
    assert found.attempts == 2


def test_only_minutes_that_are_frozen_are_sent(small: Database) -> None:
    number = opened(small)
    listed(small)
    assert refused(small, lambda: claim(small, number)).reason == "meeting_not_closed"
    assert waiting(small, number) == []


def test_no_address_reaches_the_log_or_what_a_server_answered(small: Database) -> None:
    number = closed(small)
    listed(small)
    mine = claimed(small, number)
    finish_delivery(small, OPERATOR, mine.delivery, "failed", error=f"550 {RECIPIENT} unknown")
    remove_recipient(small, OPERATOR, 1)
    assert RECIPIENT not in repr(rows(small, "select subject, details from audit_log"))
    (found,) = read_deliveries(small, OPERATOR, number)
    assert (found.status, found.last_error) == ("failed", "")


# --- corrected minutes -------------------------------------------------------------------------------------------------------


def test_corrected_minutes_go_once_to_whoever_got_the_earlier_ones(either: Database) -> None:
    number = opened(either)
    close(either, number, {"said": "först"})
    listed(either)
    send(either, number)
    reopen_meeting(either, OPERATOR, number, "Fel dag", revision=read(either, number).revision)
    assert refused(either, lambda: claim(either, number)).reason == "meeting_not_closed"
    close(either, number, {"said": "rättat"})
    listed(either, OTHER, organisation_id=HOUSING_ID)
    assert read(either, number).edition == 2
    assert sorted(waiting(either, number)) == sorted([RECIPIENT, OTHER])
    again, new = claimed(either, number), claimed(either, number, OTHER)
    assert (again.edition, again.is_correction, again.known_digest) == (2, True, "a")
    assert (new.edition, new.is_correction, new.known_digest) == (2, False, "")
    for mine in (again, new):
        finish_delivery(either, OPERATOR, mine.delivery, "sent", digest="b")
    assert claim(either, number) is claim(either, number, OTHER) is None
    assert [
        (row.edition, row.recipient, row.status) for row in read_deliveries(either, OPERATOR, number)
    ] == [
        (1, RECIPIENT, "sent"),
        (2, OTHER, "sent"),
        (2, RECIPIENT, "sent"),
    ]


def test_minutes_that_are_closed_unchanged_go_to_nobody_again(either: Database) -> None:
    number = opened(either)
    minutes = {"said": "å", "rows": [{"a": 1.5, "b": None}]}
    close(either, number, minutes)
    listed(either)
    send(either, number)
    close_again(either, number, {"rows": [{"b": None, "a": 1.5}], "said": "å"})
    assert read(either, number).edition == 1
    assert claim(either, number) is None
    assert waiting(either, number) == []
    close_again(either, number, minutes | {"said": "ä"})
    close_again(either, number, minutes)
    assert read(either, number).edition == 3
    assert claimed(either, number).edition == 3


def test_what_an_address_has_read_is_what_reached_it_last(small: Database) -> None:
    number = opened(small)
    close(small, number, {"edition": 1})
    listed(small)
    finish_delivery(small, OPERATOR, claimed(small, number).delivery, "failed", error="nere")
    close_again(small, number, {"edition": 2})
    never = claimed(small, number)
    assert (never.is_correction, never.known_digest) == (False, "")
    finish_delivery(small, OPERATOR, never.delivery, "sent", digest="two")
    close_again(small, number, {"edition": 3})
    same = claimed(small, number)
    assert (same.is_correction, same.known_digest) == (True, "two")
    finish_delivery(small, OPERATOR, same.delivery, "unchanged", digest="two")
    assert claim(small, number) is None
    close_again(small, number, {"edition": 4})
    unsure = claimed(small, number)  # its sender dies: it may have arrived
    assert unsure.known_digest == "two"
    close_again(small, number, {"edition": 5})
    last = claimed(small, number)
    assert (last.is_correction, last.known_digest) == (True, "")
    statuses = [(row.edition, row.status) for row in read_deliveries(small, OPERATOR, number)]
    assert statuses == [(1, "failed"), (2, "sent"), (3, "unchanged"), (4, "sending"), (5, "sending")]


# --- how long addresses are kept ---------------------------------------------------------------------------------------------


def test_an_address_is_forgotten_after_a_year_and_that_it_got_the_report_is_not(either: Database) -> None:
    number = closed(either)
    listed(either)
    listed(either, OTHER, organisation_id=HOUSING_ID)
    send(either, number)
    date_back(either, ADDRESS_DAYS - 1)
    prepared(either, NEXT)
    assert [row.recipient for row in read_deliveries(either, OPERATOR, number)] == [RECIPIENT]
    date_back(either, ADDRESS_DAYS + 1)
    send(either, closed(either, date(2026, 2, 3)))
    (found,) = read_deliveries(either, OPERATOR, number)
    assert (found.recipient, found.organisation, found.status) == ("", POLICE, "sent")
    assert found.sent_at is not None
    prepared(either, date(2026, 2, 10))
    assert [details.get("addresses_forgotten") for details in logged(either)].count(1) == 1


def test_to_whom_it_went_is_not_known_any_more_so_nobody_gets_it_twice(small: Database) -> None:
    number = opened(small)
    close(small, number, {"edition": 1})
    listed(small)
    listed(small, OTHER, organisation_id=HOUSING_ID)
    send(small, number)
    date_back(small, ADDRESS_DAYS + 1)
    prepared(small, NEXT)
    assert claim(small, number) is claim(small, number, OTHER) is None
    assert waiting(small, number) == []
    close_again(small, number, {"edition": 2})
    mine = claimed(small, number)
    assert (mine.is_correction, mine.known_digest) == (True, "a")  # somebody of its organisation got it
    assert not claimed(small, number, OTHER).is_correction


def test_a_claim_is_the_same_one_also_after_a_year(small: Database) -> None:
    number = closed(small)
    listed(small)
    first = claimed(small, number)
    finish_delivery(small, OPERATOR, first.delivery, "failed", error="Nej")
    date_back(small, ADDRESS_DAYS + 1)
    assert claimed(small, number).delivery == first.delivery
    (found,) = read_deliveries(small, OPERATOR, number)
    assert (found.recipient, found.status, found.attempts) == (RECIPIENT, "sending", 2)
