from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.linked.tickets import IDLE_S, LONGEST_S, Tickets
from data_access.permissions import DEMO_VIEWER, OPERATOR


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
    demo, operator = some.grant(DEMO_VIEWER), some.grant(OPERATOR)
    assert demo != operator
    assert some.viewer_of(demo) == DEMO_VIEWER
    assert some.viewer_of(operator) == OPERATOR


@given(st.text(max_size=60))
def test_what_was_not_granted_is_worth_nothing(guess: str) -> None:
    some = Tickets()
    some.grant(DEMO_VIEWER)
    assert some.viewer_of(guess) is None
    assert some.viewer_of(None) is None


def test_a_ticket_is_long_random_and_not_kept(some: Tickets) -> None:
    granted = {some.grant(DEMO_VIEWER) for _ in range(50)}
    assert len(granted) == 50
    assert all(len(ticket) >= 43 for ticket in granted)  # 256 bits
    assert not any(ticket in repr(vars(some)) for ticket in granted)


def test_it_runs_out_an_hour_after_its_last_use(some: Tickets, clock: Clock) -> None:
    ticket = some.grant(DEMO_VIEWER)
    for _ in range(3):
        clock.at += IDLE_S - 1
        assert some.viewer_of(ticket) == DEMO_VIEWER
    clock.at += IDLE_S
    assert some.viewer_of(ticket) is None
    clock.at -= IDLE_S
    assert some.viewer_of(ticket) is None


def test_it_runs_out_after_twelve_hours_however_often_it_is_used(some: Tickets, clock: Clock) -> None:
    ticket = some.grant(DEMO_VIEWER)
    while clock.at + 600 < 1000 + LONGEST_S:
        clock.at += 600
        assert some.viewer_of(ticket) == DEMO_VIEWER
    clock.at = 1000 + LONGEST_S
    assert some.viewer_of(ticket) is None


def test_a_new_ticket_takes_the_place_of_the_old(some: Tickets) -> None:
    old = some.grant(DEMO_VIEWER)
    new = some.grant(DEMO_VIEWER, instead_of=old)
    assert some.viewer_of(old) is None
    assert some.viewer_of(new) == DEMO_VIEWER


def test_when_there_are_too_many_the_one_unused_for_longest_goes(some: Tickets, clock: Clock) -> None:
    first, second, third = (some.grant(DEMO_VIEWER) for _ in range(3))
    clock.at += 1
    assert some.viewer_of(first) is not None
    fourth = some.grant(DEMO_VIEWER)
    assert [some.viewer_of(one) is not None for one in (first, second, third, fourth)] == [
        True,
        False,
        True,
        True,
    ]
