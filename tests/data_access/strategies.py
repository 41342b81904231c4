"""Arbitrary questions."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from data_access.selection import KINDS, POLICE_REPORTED, Period, Selection
from tests.data_access import oracle


def periods(first: date = date(2026, 2, 20), days: int = 110) -> st.SearchStrategy[Period]:
    ends = st.tuples(st.integers(0, days), st.integers(0, days)).map(sorted)
    return ends.map(lambda pair: Period(first + timedelta(days=pair[0]), first + timedelta(days=pair[1])))


def subsets(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(values), min_size=1, max_size=3))


HOURS = st.one_of(
    st.just(frozenset()),
    st.frozensets(st.integers(0, 167), min_size=1, max_size=80),
    st.tuples(st.integers(0, 167), st.integers(1, 40)).map(
        lambda run: frozenset(range(run[0], min(run[0] + run[1], 168)))
    ),
)

QUESTIONS = st.builds(
    Selection,
    period=st.one_of(st.none(), periods()),
    areas=subsets((*oracle.AREAS, "gone")),
    categories=subsets(tuple(oracle.CATEGORIES)),
    hours=HOURS,
    sources=subsets((*oracle.SOURCES, "Ingen")),
    police_reported=subsets(POLICE_REPORTED),
    kinds=subsets(KINDS),
)
"""Questions about `oracle.invent`."""

_PRINTABLE = st.characters(exclude_categories=["Cs"], exclude_characters=[*map(chr, range(32)), "\x7f"])
CODES = st.text(_PRINTABLE, min_size=1, max_size=120)

SELECTIONS = st.builds(
    Selection,
    period=st.one_of(
        st.none(), st.tuples(st.dates(), st.dates()).map(sorted).map(lambda pair: Period(pair[0], pair[1]))
    ),
    areas=st.frozensets(CODES, max_size=4),
    categories=st.frozensets(CODES, max_size=4),
    hours=HOURS,
    sources=st.frozensets(CODES, max_size=4),
    police_reported=st.frozensets(st.sampled_from(POLICE_REPORTED)),
    kinds=st.frozensets(st.sampled_from(KINDS)),
    area_set=st.one_of(st.none(), st.integers(0, 999_999_999)),
)
"""Any selection that the program itself can make."""
