"""What follows from the facts alone is worked out once, and forgotten with them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from data_access.facts import Facts

T = TypeVar("T")
Rest = TypeVarTuple("Rest")


def once_per_facts(make: Callable[[Facts, *Rest], T]) -> Callable[[Facts, *Rest], T]:
    """Keep what `make` gives for facts and further hashable arguments as long as the facts are in use.

    What is kept must not refer to the facts, or both would stay for good. Two threads may make the same at the same time.
    """
    kept: WeakKeyDictionary[Facts, dict[Hashable, T]] = WeakKeyDictionary()

    @wraps(make)
    def made(facts: Facts, *rest: *Rest) -> T:
        known = kept.setdefault(facts, {})
        if rest not in known:
            known[rest] = make(facts, *rest)
        return known[rest]

    return made
