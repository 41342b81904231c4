from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest

from data_access.changes import (
    claim_delivery,
    finish_delivery,
    record_recipient,
    remove_recipient,
)
from data_access.meetings import read_deliveries, read_recipients
from data_access.permissions import OPERATOR, NotPermittedError, Role
from tests.data_access.changes.refusals import refused
from tests.data_access.changes.rows import rows
from tests.data_access.held import HOUSING_ID, RECIPIENT, closed, listed, member, opened
from tests.small_town import HOUSING, POLICE

if TYPE_CHECKING:
    from data_access.database import Database


def claim(database: Database, meeting: int, email: str = RECIPIENT) -> bool:
    return claim_delivery(database, OPERATOR, meeting, email)


def test_an_address_is_kept_once_in_small_letters(either: Database) -> None:
    number = listed(either, f" {RECIPIENT.upper()} ")
    assert listed(either, organisation_id=HOUSING_ID, is_active=False) == number
    listed(either, "b@bolaget.example")
    assert [(row.email, row.organisation, row.is_active) for row in read_recipients(either, OPERATOR)] == [
        (RECIPIENT, HOUSING, False),
        ("b@bolaget.example", POLICE, True),
    ]
    remove_recipient(either, OPERATOR, number)
    assert [row.email for row in read_recipients(either, OPERATOR)] == ["b@bolaget.example"]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "a@b",
        "a@b.c",
        "@b.se",
        "a b@b.se",
        "a@b..se",
        ".a@b.se",
        "a.@b.se",
        "a..b@b.se",
        "a@-b.se",
        "a@b-.se",
        "a@b.se\nBcc: c@d.se",
        "a\r\nb@c.se",
        "a@b.se,c@d.se",
        "Eva <a@b.se>",
        "å@b.se",
        "a@b.1",
        "a@b.se\u200b",
        "x" * 65 + "@b.se",
        "a@" + "b." * 130 + "se",
    ],
)
def test_what_is_no_address_is_refused(small: Database, email: str) -> None:
    assert refused(small, lambda: listed(small, email)).reason == "email_bad"


@pytest.mark.parametrize(
    "email",
    ["a@b.se", "a.b+c@d-e.example.com", "o'neil@b.se", "x" * 64 + "@b.se", "a@xn--smstad-jua.se"],
)
def test_what_is_an_address_is_taken(small: Database, email: str) -> None:
    assert listed(small, email) == 1


def test_what_is_not_there_is_unknown(small: Database) -> None:
    number = closed(small)
    for write in (
        lambda: record_recipient(small, OPERATOR, organisation_id=9, email="a@b.se"),
        lambda: remove_recipient(small, OPERATOR, 9),
        lambda: claim(small, number),
        lambda: claim(small, 9),
        lambda: finish_delivery(small, OPERATOR, number, RECIPIENT),
        lambda: finish_delivery(small, OPERATOR, 9, RECIPIENT),
    ):
        assert refused(small, write).reason == "unknown"
    listed(small, is_active=False)
    assert refused(small, lambda: claim(small, number)).reason == "unknown"


def test_a_report_is_sent_once(either: Database) -> None:
    number = closed(either)
    listed(either)
    assert claim(either, number, RECIPIENT.upper())
    assert not claim(either, number)
    (found,) = read_deliveries(either, OPERATOR, number)
    assert (found.recipient, found.organisation, found.kind) == (RECIPIENT, POLICE, "pdf+html")
    assert (found.status, found.attempts, found.last_error, found.sent_at) == ("sending", 1, "", None)
    finish_delivery(either, OPERATOR, number, RECIPIENT)
    assert not claim(either, number)
    (found,) = read_deliveries(either, OPERATOR, number)
    assert (found.status, found.last_error) == ("sent", "")
    assert found.sent_at is not None
    assert claim(either, closed(either, date(2026, 1, 27)))


def test_what_failed_is_sent_again_up_to_five_times(small: Database) -> None:
    number = closed(small)
    listed(small)
    for attempt in range(1, 6):
        assert claim(small, number)
        finish_delivery(small, OPERATOR, number, RECIPIENT, error=f"Nej {attempt}\n" + "x" * 300)
        (found,) = read_deliveries(small, OPERATOR, number)
        assert (found.status, found.attempts, len(found.last_error)) == ("failed", attempt, 200)
        assert found.last_error.startswith(f"Nej {attempt} x")
    assert not claim(small, number)


def test_what_was_finished_is_not_finished_again(small: Database) -> None:
    number = closed(small)
    listed(small)
    claim(small, number)
    finish_delivery(small, OPERATOR, number, RECIPIENT)
    for error in (None, "x"):
        again = refused(small, lambda e=error: finish_delivery(small, OPERATOR, number, RECIPIENT, error=e))
        assert again.reason == "unknown"


def test_of_many_senders_at_the_same_moment_one_sends(either: Database) -> None:
    number = closed(either)
    listed(either)
    for _ in range(2):
        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(lambda _: claim(either, number), range(6))) == 1
        finish_delivery(either, OPERATOR, number, RECIPIENT, error="nere")
    (found,) = read_deliveries(either, OPERATOR, number)
    assert found.attempts == 2


def test_only_minutes_that_are_frozen_are_sent(small: Database) -> None:
    number = opened(small)
    listed(small)
    assert refused(small, lambda: claim(small, number)).reason == "meeting_not_closed"


def test_no_address_reaches_the_log_or_what_a_server_answered(small: Database) -> None:
    number = closed(small)
    listed(small)
    claim(small, number)
    finish_delivery(small, OPERATOR, number, RECIPIENT, error=f"550 {RECIPIENT} unknown")
    remove_recipient(small, OPERATOR, 1)
    assert RECIPIENT not in repr(rows(small, "select subject, details from audit_log"))
    (found,) = read_deliveries(small, OPERATOR, number)
    assert (found.status, found.last_error) == ("failed", "")


@pytest.mark.parametrize("role", [Role.POLICE, Role.HOUSING, Role.PRESENTER, Role.REPORTER, Role.ANALYST])
def test_addresses_are_for_whoever_holds_the_meeting(small: Database, role: Role) -> None:
    for read in (lambda v: read_recipients(small, v), lambda v: read_deliveries(small, v, 1)):
        with pytest.raises(NotPermittedError):
            read(member(role))
    with pytest.raises(NotPermittedError):
        record_recipient(small, member(Role.ADMIN, 1, "01"), organisation_id=1, email="a@b.se")
