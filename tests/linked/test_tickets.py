from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.linked.tickets import IDLE_S, LONGEST_S, Holder, Tickets


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def some(clock: Clock) -> Tickets:
    return Tickets(clock, most=3)


def test_a_ticket_is_its_viewers_and_nobody_elses(some: Tickets) -> None:
    demo, operator = some.grant(1), some.grant(2)
    assert demo != operator
    assert some.session_of(demo) == 1
    assert some.session_of(operator) == 2


@given(st.text(max_size=60))
def test_what_was_not_granted_is_worth_nothing(guess: str) -> None:
    some = Tickets()
    some.grant(1)
    assert some.session_of(guess) is None
    assert some.session_of(None) is None


def test_a_ticket_is_long_random_and_not_kept(some: Tickets) -> None:
    granted = {some.grant(1) for _ in range(50)}
    assert len(granted) == 50
    assert all(len(ticket) >= 43 for ticket in granted)  # 256 bits
    assert not any(ticket in repr(vars(some)) for ticket in granted)


def test_it_runs_out_an_hour_after_its_last_use(some: Tickets, clock: Clock) -> None:
    ticket = some.grant(1)
    for _ in range(3):
        clock.at += IDLE_S - 1
        assert some.session_of(ticket) == 1
    clock.at += IDLE_S
    assert some.session_of(ticket) is None
    clock.at -= IDLE_S
    assert some.session_of(ticket) is None


def test_it_runs_out_after_twelve_hours_however_often_it_is_used(some: Tickets, clock: Clock) -> None:
    ticket = some.grant(1)
    while clock.at + 600 < 1000 + LONGEST_S:
        clock.at += 600
        assert some.session_of(ticket) == 1
    clock.at = 1000 + LONGEST_S
    assert some.session_of(ticket) is None


def test_a_new_ticket_takes_the_place_of_the_old(some: Tickets) -> None:
    old = some.grant(1)
    new = some.grant(1, instead_of=old)
    assert some.session_of(old) is None
    assert some.session_of(new) == 1


def test_it_knows_whether_it_is_for_a_shared_screen(some: Tickets) -> None:
    own, shared = some.grant(1), some.grant(1, is_shown=True)
    assert [some.holder(one) for one in (own, shared, "guess")] == [Holder(1), Holder(1, is_shown=True), None]


def test_when_there_are_too_many_the_one_unused_for_longest_goes(some: Tickets, clock: Clock) -> None:
    first, second, third = (some.grant(1) for _ in range(3))
    clock.at += 1
    assert some.session_of(first) is not None
    fourth = some.grant(1)
    assert [some.session_of(one) is not None for one in (first, second, third, fourth)] == [
        True,
        False,
        True,
        True,
    ]
