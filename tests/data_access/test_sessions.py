from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from data_access.audit import AuditQuestion, read_log
from data_access.changes import (
    MembershipEntry,
    Rules,
    block_user,
    record_membership,
    record_rules,
    remove_membership,
)
from data_access.permissions import LOCAL_VIEWER, OPERATOR, AreaKey, Role
from data_access.sessions import Identity, SignInError, look_as, sign_in, sign_out, signed_in
from tests.data_access.changes.rows import one, rows

if TYPE_CHECKING:
    from data_access.database import Database

POLICE_ID, HOUSING_ID = 1, 2


def anna(nonce: str = "n1", *, minutes_ago: float = 0) -> Identity:
    issued_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return Identity("https://id.example", "anna", nonce, issued_at, "Anna Berg", "anna@kommun.example")


def grant(database: Database, role: str = "police", **given: object) -> int:
    entry = MembershipEntry(1, POLICE_ID, role, date(2020, 1, 1))
    return record_membership(database, OPERATOR, replace(entry, **given))


def refusal(database: Database, session_id: int) -> str:
    with pytest.raises(SignInError) as caught:
        signed_in(database, session_id)
    return caught.value.reason


def later(database: Database, session_id: int, **ago: int) -> None:
    """As if the session had begun, and been used, so long ago."""
    moments = {name: datetime.now(UTC) - timedelta(minutes=minutes) for name, minutes in ago.items()}
    with database.writing() as session:
        for name, at in moments.items():
            at_text = at.isoformat(sep=" ") if database.engine.dialect.name != "sqlite" else at.strftime(
                "%Y-%m-%d %H:%M:%S.%f"
            )  # fmt: skip
            session.execute(
                text(f"update user_session set {name} = :at where id = :id"),
                {"at": at_text, "id": session_id},
            )


def test_who_signs_in_for_the_first_time_gets_nothing_and_is_told_whom_to_ask(either: Database) -> None:
    record_rules(either, OPERATOR, Rules("weekly", "Eva Lind, 010-123", 5, 12, 60))
    session_id = sign_in(either, anna())
    with pytest.raises(SignInError) as caught:
        signed_in(either, session_id)
    assert caught.value.reason == "waiting"
    assert caught.value.parameters == {"name": "Anna Berg", "contact": "Eva Lind, 010-123"}
    assert rows(either, 'select name, email from "user"') == [("Anna Berg", "anna@kommun.example")]


def test_a_role_comes_from_our_tables_and_holds_at_once(either: Database) -> None:
    session_id = sign_in(either, anna())
    membership_id = grant(either, areas=frozenset({AreaKey("Småstad", "02")}))
    found = signed_in(either, session_id)
    assert found.viewer.role is Role.POLICE
    assert (found.viewer.name, found.viewer.user_id, found.viewer.organisation_id) == (
        "Anna Berg",
        1,
        POLICE_ID,
    )
    assert found.viewer.areas == {AreaKey("Småstad", "02")}
    assert [hat.organisation for hat in found.hats] == ["Polisen"]
    record_membership(
        either,
        OPERATOR,
        MembershipEntry(1, POLICE_ID, "analyst", date(2020, 1, 1)),
        membership_id=membership_id,
    )
    assert signed_in(either, session_id).viewer.role is Role.ANALYST
    assert signed_in(either, session_id).viewer.areas is None
    remove_membership(either, OPERATOR, membership_id)
    assert refusal(either, session_id) == "waiting"


def test_what_was_captured_before_logout_is_refused_after_it(either: Database) -> None:
    captured = anna()
    session_id = sign_in(either, captured)
    grant(either)
    signed_in(either, session_id)
    sign_out(either, captured)
    assert refusal(either, session_id) == "ended"
    with pytest.raises(SignInError, match="ended"):
        sign_in(either, captured)
    again = sign_in(either, anna("n2"))
    assert again != session_id
    assert signed_in(either, again).viewer.role is Role.POLICE


def test_signing_out_where_nobody_ever_looked_in_ends_it_too(small: Database) -> None:
    captured = anna()
    sign_out(small, captured)
    with pytest.raises(SignInError, match="ended"):
        sign_in(small, captured)


@pytest.mark.parametrize(
    ("ago", "is_over"),
    [
        ({"started_at": 0, "used_at": 0}, False),
        ({"started_at": 700, "used_at": 59}, False),
        ({"started_at": 700, "used_at": 61}, True),
        ({"started_at": 721, "used_at": 1}, True),
    ],
)
def test_a_session_ends_after_an_hour_unused_or_twelve_in_all(
    either: Database, ago: dict[str, int], *, is_over: bool
) -> None:
    session_id = sign_in(either, anna())
    grant(either)
    later(either, session_id, **ago)
    if is_over:
        assert refusal(either, session_id) == "ended"
    else:
        assert signed_in(either, session_id).viewer.role is Role.POLICE


def test_the_municipality_may_make_it_shorter(small: Database) -> None:
    session_id = sign_in(small, anna())
    grant(small)
    later(small, session_id, started_at=61, used_at=9)
    assert signed_in(small, session_id)
    record_rules(small, OPERATOR, Rules("weekly", "", 5, 1, 60))
    assert refusal(small, session_id) == "ended"


def test_use_keeps_it_and_is_written_down_at_most_once_a_minute(either: Database) -> None:
    session_id = sign_in(either, anna())
    grant(either)
    used = "select used_at from user_session"
    first = one(either, used)
    signed_in(either, session_id)
    assert one(either, used) == first
    later(either, session_id, started_at=100, used_at=50)
    signed_in(either, session_id)
    later(either, session_id, started_at=100)
    assert signed_in(either, session_id)
    assert one(either, used) > first


def test_a_session_is_looked_at_while_somebody_else_writes(small: Database) -> None:
    session_id = sign_in(small, anna())
    grant(small)
    later(small, session_id, used_at=50)
    with small.writing() as other:
        other.execute(text("update municipality set name = 'x'"))
        assert signed_in(small, session_id).viewer.role is Role.POLICE


@pytest.mark.parametrize("minutes", [12 * 60 + 1, 100_000, -30])
def test_a_sign_in_from_long_ago_or_from_the_future_begins_nothing(small: Database, minutes: int) -> None:
    with pytest.raises(SignInError, match="ended"):
        sign_in(small, anna(minutes_ago=minutes))
    assert rows(small, "select * from user_session") == []


def test_the_same_sign_in_is_the_same_session(small: Database) -> None:
    captured = anna()
    assert sign_in(small, captured) == sign_in(small, captured)
    assert one(small, "select count(*) from user_session") == 1
    entries, _ = read_log(small, LOCAL_VIEWER, AuditQuestion(action="session.begin"))
    assert [(entry.actor, entry.subject) for entry in entries] == [("Anna Berg", "https://id.example")]


@given(st.tuples(*[st.text(max_size=5)] * 6))
def test_different_sign_ins_have_different_keys(parts: tuple[str, ...]) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    one_of, other = Identity(*parts[:3], at), Identity(*parts[3:], at)
    assert (one_of.key_sha256 == other.key_sha256) == (parts[:3] == parts[3:])


def test_whoever_is_blocked_is_out_at_once_and_has_to_sign_in_anew(small: Database) -> None:
    session_id = sign_in(small, anna())
    grant(small)
    block_user(small, OPERATOR, 1, is_blocked=True)
    assert refusal(small, session_id) == "ended"
    assert refusal(small, sign_in(small, anna("n2"))) == "blocked"
    block_user(small, OPERATOR, 1, is_blocked=False)
    assert refusal(small, session_id) == "ended"
    assert signed_in(small, sign_in(small, anna("n3"))).viewer.role is Role.POLICE


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(-1, 1, True), (0, 0, True), (1, None, False), (-9, -1, False), (-9, None, True)],
)
def test_a_membership_holds_on_its_days(
    small: Database, first: int, last: int | None, *, holds: bool
) -> None:
    session_id = sign_in(small, anna())
    today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    days = {
        "valid_from": today + timedelta(first),
        "valid_to": None if last is None else today + timedelta(last),
    }
    grant(small, **days)
    if holds:
        assert signed_in(small, session_id).viewer.role is Role.POLICE
    else:
        assert refusal(small, session_id) == "waiting"


def test_somebody_with_several_roles_looks_as_one_at_a_time(small: Database) -> None:
    session_id = sign_in(small, anna())
    first = grant(small, "admin")
    second = grant(small, "presenter", organisation_id=HOUSING_ID)
    assert signed_in(small, session_id).viewer.role is Role.ADMIN
    look_as(small, session_id, second)
    found = signed_in(small, session_id)
    assert (found.viewer.role, found.hat.membership_id, len(found.hats)) == (Role.PRESENTER, second, 2)
    look_as(small, session_id, 99)
    assert signed_in(small, session_id).hat.membership_id == second
    remove_membership(small, OPERATOR, second)
    assert signed_in(small, session_id).hat.membership_id == first


def test_nobody_can_look_as_somebody_else(small: Database) -> None:
    annas = sign_in(small, anna())
    sign_in(small, replace(anna(), subject="bo"))
    grant(small, "reporter")
    bos = grant(small, "admin", user_id=2)
    look_as(small, annas, bos)
    assert signed_in(small, annas).viewer.role is Role.REPORTER


def test_what_a_provider_says_is_one_line_and_half_signs_are_nobody(either: Database) -> None:
    odd = replace(anna(), name="Anna\r\nBerg\u202e \ud800", email="\x00a@x.example")
    sign_in(either, odd)
    assert rows(either, 'select name, email from "user"') == [("Anna Berg", "a@x.example")]
    for field in ("issuer", "subject"):
        for value in ("\ud800", "a\x00", "x" * 256, ""):
            with pytest.raises(SignInError) as caught:
                sign_in(either, replace(anna("n2"), **{field: value}))
            assert caught.value.reason == "ended"
            sign_out(either, replace(anna("n2"), **{field: value}))
    assert one(either, 'select count(*) from "user"') == 1
