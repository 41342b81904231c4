from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.counts import read_counts
from data_access.crossfilter import crossfilter
from data_access.facts import build_facts, facts
from data_access.permissions import DEMO_VIEWER, OPERATOR
from data_access.selection import Period, Selection
from tests.data_access import oracle
from tests.data_access.strategies import QUESTIONS
from tests.small_town import build, incident, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

FINE = ("date", "week", "weekday", "hour")


def test_facts_of_the_drawn_municipality(small: Database) -> None:
    found = facts(small, DEMO_VIEWER)
    quality = found.quality
    assert (quality.records, quality.without_point, quality.stand_in_points, quality.without_area) == (
        13,
        2,
        2,
        2,
    )
    assert (quality.without_time, quality.interval_times) == (3, 1)
    assert (quality.district_only, quality.aggregate_only) == (1, 2)
    assert found.coverage.tolist() == [
        [0, 1, 0, 1, 2, 1],
        [4, 1, 1, 0, 0, 0],
    ]  # without the two that have only a month
    assert found.period == Period.parse("2026-01-05..2026-02-12")


def test_no_incidents_no_facts(empty: Database) -> None:
    found = facts(empty, DEMO_VIEWER)
    assert (found.size, found.period, found.weeks) == (0, None, 0)
    assert crossfilter(found, Selection()).total == 0


def test_facts_are_read_once_per_version_and_anew_after_a_write(small: Database) -> None:
    before = facts(small, DEMO_VIEWER)
    assert facts(small, DEMO_VIEWER) is before
    store_incidents(small, [incident("new", "graffiti", "2026-02-13T10:00", at=(10, 10))])
    after = facts(small, DEMO_VIEWER)
    assert (before.size, after.size) == (13, 14)
    assert after.frame.version == before.frame.version + 1


def test_stand_ins_are_never_painted_whoever_asks(small: Database) -> None:
    for viewer in (OPERATOR, DEMO_VIEWER):
        found = facts(small, viewer)
        stand_ins = [n for n, code in enumerate(found.category) if found.categories[code].code == "littering"]
        assert len(stand_ins) == 2
        assert not found.is_place[stand_ins].any()
        assert np.isnan(found.x[stand_ins]).all()


def test_the_operator_sees_what_is_stored(small: Database) -> None:
    found = facts(small, OPERATOR)
    assert found.is_place.sum() == 9
    assert (found.week >= 0).all()
    assert (found.day_first == found.day_last).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 120))
def test_in_a_browser_no_sensitive_type_has_a_point_or_cell(seed: int, count: int) -> None:
    incidents = oracle.invent(count, seed)
    found = build_facts(*oracle.coded(incidents))
    sensitivity = np.array([one.sensitivity for one in incidents], int)
    assert not found.is_place[sensitivity >= 1].any()
    assert np.isnan(found.x[sensitivity >= 1]).all()
    assert np.isnan(found.y[sensitivity >= 1]).all()
    assert (found.cell[sensitivity >= 1] == -1).all()
    painted = crossfilter(found, Selection()).is_painted
    assert painted.tolist() == [bool(one.point) and one.sensitivity == 0 for one in incidents]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 120))
def test_in_a_browser_the_most_sensitive_types_have_only_a_month(seed: int, count: int) -> None:
    incidents = oracle.invent(count, seed)
    found = build_facts(*oracle.coded(incidents))
    is_secret = np.array([one.sensitivity == 2 for one in incidents], bool)
    assert (found.week[is_secret] == -1).all()
    assert not found.has_hours[is_secret].any()
    assert not np.isin(found.hour_row, np.flatnonzero(is_secret)).any()
    first = found.day_first[is_secret].astype("datetime64[D]")
    last = found.day_last[is_secret].astype("datetime64[D]")
    assert (first == first.astype("datetime64[M]").astype("datetime64[D]")).all()
    assert (last + 1 == (first.astype("datetime64[M]") + 1).astype("datetime64[D]")).all()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 500),
    QUESTIONS,
    st.integers(0, 27),
    st.integers(0, 143),
    st.sampled_from(["exact", "interval", "date"]),
)
def test_no_view_tells_when_in_its_month_a_most_sensitive_incident_was(
    seed: int, selection: Selection, day: int, tens: int, precision: str
) -> None:
    """Moved to any other time of its month, with any precision, it changes nothing in any view of any selection."""
    incidents = oracle.invent(40, seed)
    secret = next((one for one in incidents if one.sensitivity == 2), None)
    assume(secret is not None)
    assert secret is not None
    start = secret.start.replace(day=1, hour=0, minute=0) + timedelta(days=day, minutes=10 * tens)
    moved = replace(secret, start=start, end=start + timedelta(minutes=30), precision=precision)
    others = [one for one in incidents if one is not secret]
    here, there = (build_facts(*oracle.coded([*others, one])) for one in (secret, moved))
    assert (here.period, here.weeks) == (there.period, there.weeks)
    assert np.array_equal(here.coverage, there.coverage)
    before, after = crossfilter(here, selection), crossfilter(there, selection)
    for field in fields(before):
        assert np.array_equal(getattr(before, field.name), getattr(after, field.name)), field.name


def test_where_everything_has_only_a_month_the_months_are_the_period() -> None:
    incidents = [one for one in oracle.invent(60, 1) if one.sensitivity == 2]
    found = build_facts(*oracle.coded(incidents))
    assert found.period == Period.parse("2026-02-23..2026-05-31")
    views = crossfilter(found, Selection(period=found.period))
    assert views.total == views.monthly_only == len(incidents)
    assert views.weeks.sum() == 0


def test_what_a_browser_may_ask_never_splits_a_month(small: Database) -> None:
    """Every period within January counts the violence at home of 13 January as nothing; the whole month as one."""
    only = Selection(categories=frozenset({"intimate_violence"}))
    found = facts(small, DEMO_VIEWER)
    for first in range(1, 32):
        for last in range(first, 32):
            asked = only.with_("period", Period.parse(f"2026-01-{first:02d}..2026-01-{last:02d}"))
            expected = int((first, last) == (1, 31))
            assert crossfilter(found, asked).total == expected
            assert read_counts(small, DEMO_VIEWER, asked, []) == [{"count": expected}]


@pytest.mark.parametrize("name", FINE)
def test_the_plain_table_gives_a_browser_no_day_of_the_most_sensitive(small: Database, name: str) -> None:
    secret = Selection(categories=frozenset({"intimate_violence", "bullying"}))
    assert read_counts(small, DEMO_VIEWER, secret, [name]) == [{name: None, "count": 2}]
    assert len(read_counts(small, OPERATOR, secret, [name, "category"])) == 2


def test_the_same_municipality_gives_the_same_facts(small: Database, empty: Database) -> None:
    build(empty)
    one, other = facts(small, DEMO_VIEWER), facts(empty, DEMO_VIEWER)
    assert one.area.tolist() == other.area.tolist()
    assert one.source.tolist() == other.source.tolist()
    assert one.coverage.tolist() == other.coverage.tolist()
