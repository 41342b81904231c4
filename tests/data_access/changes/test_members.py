from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.administration import read_organisations, read_users
from data_access.changes import (
    EntryError,
    MembershipEntry,
    block_user,
    grant_role,
    record_membership,
    record_organisation,
    remove_membership,
)
from data_access.changes.entry import LONGEST_NAME, clean_name
from data_access.permissions import LOCAL_VIEWER, OPERATOR, AreaKey, NotPermittedError, Role, Viewer
from data_access.sessions import sign_in, signed_in
from tests.data_access.changes.rows import dump, one, rows
from tests.data_access.test_sessions import anna

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

ENTRY = MembershipEntry(1, 1, "police", date(2026, 1, 1))
ADMIN = Viewer("Anna Berg", Role.ADMIN, user_id=1, organisation_id=1)


@pytest.fixture
def town(small: Database) -> Database:
    """With one person who waits."""
    sign_in(small, anna())
    return small


def refused(call: Callable[[], Any]) -> tuple[str, dict[str, Any]]:
    with pytest.raises(EntryError) as caught:
        call()
    return caught.value.reason, caught.value.parameters


def last_change(database: Database) -> dict[str, Any]:
    return json.loads(one(database, "select details from audit_log order by id desc limit 1"))


def test_granting_changing_and_taking_away_is_told_before_and_after(town: Database) -> None:
    number = record_membership(town, LOCAL_VIEWER, ENTRY)
    assert last_change(town)["before"] is None
    limited = replace(
        ENTRY, role="housing", areas=frozenset({AreaKey("Småstad", "03"), AreaKey("Småstad", "01")})
    )
    assert record_membership(town, LOCAL_VIEWER, limited, membership_id=number) == number
    told = last_change(town)
    assert (told["before"]["role"], told["before"]["areas"]) == ("police", [])
    assert (told["after"]["role"], told["after"]["areas"]) == ("housing", ["Småstad 01", "Småstad 03"])
    remove_membership(town, LOCAL_VIEWER, number)
    assert last_change(town)["before"] == told["after"]
    assert last_change(town)["after"] is None
    assert rows(town, "select * from membership_area") == rows(town, "select * from membership") == []


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ({"user_id": 9}, "unknown"),
        ({"organisation_id": 9}, "unknown"),
        ({"role": "king"}, "unknown"),
        ({"role": "operator"}, "unknown"),
        ({"areas": frozenset({AreaKey("Småstad", "99")})}, "unknown"),
        ({"areas": frozenset({AreaKey("Storstad", "01")})}, "unknown"),
        ({"valid_to": date(2025, 12, 31)}, "period"),
        ({"role": "housing"}, "no_areas"),
    ],
)
def test_what_makes_no_sense_is_refused_whole(town: Database, given_: dict[str, Any], reason: str) -> None:
    before = dump(town)
    assert refused(lambda: record_membership(town, LOCAL_VIEWER, replace(ENTRY, **given_)))[0] == reason
    assert dump(town) == before


def test_nobody_takes_the_last_administrator_away(town: Database) -> None:
    number = record_membership(town, OPERATOR, replace(ENTRY, role="admin"))
    before = dump(town)
    for call in (
        lambda: remove_membership(town, ADMIN, number),
        lambda: block_user(town, ADMIN, 1, is_blocked=True),
        lambda: record_membership(town, ADMIN, ENTRY, membership_id=number),
        lambda: record_membership(
            town, ADMIN, replace(ENTRY, role="admin", valid_to=date(2026, 2, 1)), membership_id=number
        ),
    ):
        assert refused(call)[0] == "last_admin"
        assert dump(town) == before
    sign_in(town, replace(anna(), subject="bo"))
    record_membership(town, ADMIN, replace(ENTRY, user_id=2, role="admin"))
    remove_membership(town, ADMIN, number)
    assert one(town, "select count(*) from membership") == 1


def test_organisations_are_added_and_renamed_once(town: Database) -> None:
    number = record_organisation(town, LOCAL_VIEWER, name="  Hamn \n bolaget ", kind="transport")
    assert one(town, f"select name from organisation where id = {number}") == "Hamn bolaget"
    record_organisation(town, LOCAL_VIEWER, name="Polisen i Hamnen", kind="police", organisation_id=1)
    assert last_change(town)["before"] == {"name": "Polisen", "kind": "other"}
    names = {row.name: row.incidents for row in read_organisations(town, LOCAL_VIEWER)}
    assert names == {"Bostadsbolaget": 5, "Hamn bolaget": 0, "Polisen i Hamnen": 8}
    for name, kind, reason in (
        ("Bostadsbolaget", "other", "name_taken"),
        (" ", "other", "name_empty"),
        ("x" * 121, "other", "name_long"),
        ("Ny", "royal", "unknown"),
    ):
        assert (
            refused(lambda n=name, k=kind: record_organisation(town, LOCAL_VIEWER, name=n, kind=k))[0]
            == reason
        )


@given(st.text(max_size=LONGEST_NAME))
def test_a_name_is_one_line_that_can_be_seen(name: str) -> None:
    if not any(sign.isprintable() and not sign.isspace() for sign in name):
        assert refused(lambda: clean_name(name))[0] == "name_empty"
        return
    clean = clean_name(name)
    assert clean == clean.strip() == " ".join(clean.split())
    assert clean.isprintable()
    assert clean_name(clean) == clean


def test_a_role_is_granted_by_name(town: Database) -> None:
    assert (
        grant_role(town, OPERATOR, "anna@kommun.example", role="admin", organisation="Kommunen")
        == "Anna Berg"
    )
    (user,) = read_users(town, LOCAL_VIEWER)
    (membership,) = user.memberships
    assert (membership.role, membership.organisation) == (Role.ADMIN, "Kommunen")
    assert signed_in(town, 1).viewer.role is Role.ADMIN
    grant_role(town, OPERATOR, "1", role="housing", organisation="Polisen", areas=["02"])
    assert read_users(town, LOCAL_VIEWER)[0].memberships[1].areas == {AreaKey("Småstad", "02")}


def test_a_name_that_is_nobodys_or_severals_is_told(town: Database) -> None:
    assert refused(lambda: grant_role(town, OPERATOR, "bo", role="admin", organisation="X"))[0] == "nobody"
    sign_in(town, replace(anna(), issuer="https://other.example"))
    reason, told = refused(lambda: grant_role(town, OPERATOR, "anna", role="admin", organisation="X"))
    assert reason == "several"
    assert told["people"] == "1 Anna Berg (https://id.example); 2 Anna Berg (https://other.example)"


def test_those_who_wait_come_first(town: Database) -> None:
    record_membership(town, OPERATOR, ENTRY)
    sign_in(town, replace(anna(), subject="zeb", name="Zeb"))
    assert [(row.name, len(row.memberships)) for row in read_users(town, LOCAL_VIEWER)] == [
        ("Zeb", 0),
        ("Anna Berg", 1),
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.OPERATOR)])
def test_only_administrators_decide(town: Database, role: Role) -> None:
    viewer, before = Viewer("x", role, 1, 1), dump(town)
    for call in (
        lambda: record_membership(town, viewer, replace(ENTRY, role="admin")),
        lambda: record_organisation(town, viewer, name="X", kind="other"),
        lambda: block_user(town, viewer, 1, is_blocked=True),
        lambda: remove_membership(town, viewer, 1),
        lambda: grant_role(town, viewer, "anna", role="admin", organisation="X"),
        lambda: read_users(town, viewer),
    ):
        with pytest.raises(NotPermittedError):
            call()
    assert dump(town) == before
