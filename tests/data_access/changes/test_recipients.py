from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_access.changes import record_recipient, remove_recipient
from data_access.meetings import read_deliveries, read_recipients, read_waiting
from data_access.permissions import OPERATOR, NotPermittedError, Role
from tests.data_access.changes.refusals import refused
from tests.data_access.held import HOUSING_ID, RECIPIENT, listed, member
from tests.small_town import HOUSING, POLICE

if TYPE_CHECKING:
    from data_access.database import Database


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
    for write in (
        lambda: record_recipient(small, OPERATOR, organisation_id=9, email="a@b.se"),
        lambda: remove_recipient(small, OPERATOR, 9),
    ):
        assert refused(small, write).reason == "unknown"


@pytest.mark.parametrize("role", [Role.POLICE, Role.HOUSING, Role.PRESENTER, Role.REPORTER, Role.ANALYST])
def test_addresses_are_for_whoever_holds_the_meeting(small: Database, role: Role) -> None:
    for read in (
        lambda v: read_recipients(small, v),
        lambda v: read_deliveries(small, v, 1),
        lambda v: read_waiting(small, v, 1),
    ):
        with pytest.raises(NotPermittedError):
            read(member(role))
    with pytest.raises(NotPermittedError):
        record_recipient(small, member(Role.ADMIN, 1, "01"), organisation_id=1, email="a@b.se")
