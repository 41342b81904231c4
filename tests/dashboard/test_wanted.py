from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dashboard.wanted import KEPT_S, LONGEST, MOST, Wanted


class Clock:
    """Stands still until it is moved."""

    at = 50.0

    def __call__(self) -> float:
        return self.at


@given(st.text(min_size=1), st.dictionaries(st.text(), st.text(), min_size=1, max_size=5))
def test_a_question_is_given_back_once_to_who_asked_it(browser: str, query: dict[str, str]) -> None:
    some = Wanted()
    some.keep(browser, query)
    assert some.take(browser + "x") == {}
    assert some.take(browser) == query
    assert some.take(browser) == {}


def test_it_is_forgotten_after_a_while() -> None:
    clock = Clock()
    some = Wanted(clock)
    some.keep("b", {"areas": "01"})
    clock.at += KEPT_S
    assert some.take("b") == {}


def test_nothing_is_kept_without_a_cookie_a_question_or_measure() -> None:
    some = Wanted()
    for browser, query in (("", {"a": "b"}), ("b", {}), ("b", {"a": "x" * LONGEST})):
        some.keep(browser, query)
        assert some.take(browser) == {}


def test_the_oldest_makes_room() -> None:
    some = Wanted()
    for number in range(MOST + 1):
        some.keep(str(number), {"n": str(number)})
    assert some.take("0") == {}
    assert some.take("1") == {"n": "1"}
    assert some.take(str(MOST)) == {"n": str(MOST)}
