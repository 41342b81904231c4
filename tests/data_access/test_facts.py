from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from data_access.counts import read_counts
from data_access.crossfilter import crossfilter, painted_places
from data_access.facts import build_facts, facts
from data_access.models import Incident
from data_access.permissions import LOCAL_VIEWER, OPERATOR, Role, Viewer
from data_access.selection import Period, Selection
from data_access.stock import NOT_TOLD
from tests.data_access import oracle
from tests.data_access.oracle import CATEGORIES
from tests.data_access.strategies import QUESTIONS
from tests.small_town import build, incident, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

FINE = ("date", "week", "weekday", "hour")


def test_facts_of_the_drawn_municipality(small: Database) -> None:
    found = facts(small, LOCAL_VIEWER)
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


def test_what_was_stored_later_is_not_known_yet(small: Database) -> None:
    before = facts(small, LOCAL_VIEWER)
    with small.reading() as session:
        newest = session.exec(select(func.max(col(Incident.id)))).one()
    late = [
        incident(f"late{hour}", "graffiti", f"2026-01-07T{hour}:00", at=(10, 10)) for hour in range(10, 13)
    ]
    store_incidents(small, late, name="late.csv")
    then, now = facts(small, LOCAL_VIEWER, until=newest), facts(small, LOCAL_VIEWER)
    assert (before.size, then.size, now.size) == (13, 13, 16)
    for selection in (Selection(), Selection.from_query({"period": "2026-01-05..2026-01-11"})):
        ours, theirs = crossfilter(then, selection), crossfilter(before, selection)
        assert ours.total == theirs.total
        assert ours.categories.tolist() == theirs.categories.tolist()
    assert facts(small, LOCAL_VIEWER, until=0).size == 0
    presenter = facts(small, Viewer("p", Role.PRESENTER), until=newest)
    assert presenter.sight.fewest == 5


def test_no_incidents_no_facts(empty: Database) -> None:
    found = facts(empty, LOCAL_VIEWER)
    assert (found.size, found.period, found.weeks) == (0, None, 0)
    assert crossfilter(found, Selection()).total == 0


def test_facts_are_read_once_per_version_and_anew_after_a_write(small: Database) -> None:
    before = facts(small, LOCAL_VIEWER)
    assert facts(small, LOCAL_VIEWER) is before
    store_incidents(small, [incident("new", "graffiti", "2026-02-13T10:00", at=(10, 10))])
    after = facts(small, LOCAL_VIEWER)
    assert (before.size, after.size) == (13, 14)
    assert after.frame.version == before.frame.version + 1


def test_stand_ins_are_never_painted_whoever_asks(small: Database) -> None:
    only = Selection(categories=frozenset({"littering"}))
    for viewer in (OPERATOR, LOCAL_VIEWER):
        views = crossfilter(facts(small, viewer), only)
        assert (views.total, views.painted, views.cells.sum()) == (2, 0, 0)
        assert painted_places(facts(small, viewer), only).weight.size == 0


def test_the_operator_sees_what_is_stored(small: Database) -> None:
    found = facts(small, OPERATOR)
    views = crossfilter(found, Selection())
    assert (views.painted, views.monthly_only, views.weeks.sum()) == (9, 0, 13)
    assert all((part.slots.first == part.slots.last).all() for part in found.stocks[0].parts)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 120))
def test_in_a_browser_no_sensitive_type_has_a_point_or_cell(seed: int, count: int) -> None:
    incidents = oracle.invent(count, seed)
    found = build_facts(*oracle.coded(incidents))
    stock = found.stocks[0]
    sensitive = {n for n, one in enumerate(CATEGORIES.values(), 21) if one[1] >= 1}
    for part in stock.parts:
        is_sensitive = np.isin(stock.combinations[part.combination, 0], list(sensitive))
        assert (part.cell[is_sensitive] == stock.places.count + 1).all()
        assert (part.spot[is_sensitive] == len(stock.spots.x)).all()
    painted = sum(bool(one.point) and one.sensitivity == 0 for one in incidents)
    assert crossfilter(found, Selection()).painted == painted


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 120))
def test_in_a_browser_the_most_sensitive_types_have_only_a_month(seed: int, count: int) -> None:
    incidents = oracle.invent(count, seed)
    found = build_facts(*oracle.coded(incidents))
    secret = {n for n, one in enumerate(CATEGORIES.values(), 21) if one[1] == 2}
    stock = found.stocks[0]
    for part in stock.parts:
        is_secret = np.isin(stock.combinations[part.combination, 0], list(secret))
        assert is_secret.all() if part.is_monthly else not is_secret.any()
        if part.is_monthly:
            first, last = (days.astype("datetime64[D]") for days in (part.slots.first, part.slots.last))
            assert (part.hour == NOT_TOLD).all()
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
    found = facts(small, LOCAL_VIEWER)
    for first in range(1, 32):
        for last in range(first, 32):
            asked = only.with_("period", Period.parse(f"2026-01-{first:02d}..2026-01-{last:02d}"))
            expected = int((first, last) == (1, 31))
            assert crossfilter(found, asked).total == expected
            assert read_counts(small, LOCAL_VIEWER, asked, []) == [{"count": expected}]


@pytest.mark.parametrize("name", FINE)
def test_the_plain_table_gives_a_browser_no_day_of_the_most_sensitive(small: Database, name: str) -> None:
    secret = Selection(categories=frozenset({"intimate_violence", "bullying"}))
    assert read_counts(small, LOCAL_VIEWER, secret, [name]) == [{name: None, "count": 2}]
    assert len(read_counts(small, OPERATOR, secret, [name, "category"])) == 2


def test_the_same_municipality_gives_the_same_facts(small: Database, empty: Database) -> None:
    build(empty)
    one, other = facts(small, LOCAL_VIEWER), facts(empty, LOCAL_VIEWER)
    assert one.coverage.tolist() == other.coverage.tolist()
    here, there = (crossfilter(found, Selection()) for found in (one, other))
    assert here.areas.tolist() == there.areas.tolist()
    assert here.hours.tolist() == there.hours.tolist()


def test_what_comes_into_an_almost_empty_database_has_a_grid_of_its_own(empty: Database) -> None:
    store_areas(empty)
    assert facts(empty, LOCAL_VIEWER).places.cells is None
    rows = [
        incident(f"g{n}", "graffiti", "2026-01-05T10:00", at=(100 * n + 50, 100 * n + 50)) for n in range(12)
    ]
    store_incidents(empty, rows)
    found = facts(empty, LOCAL_VIEWER)
    assert found.places.cells is not None
    assert crossfilter(found, Selection()).cells.sum() == 12


def test_a_few_reports_more_leave_the_large_part_as_it_is(sample: Database, own_sample: Database) -> None:
    before = facts(own_sample, LOCAL_VIEWER)
    store_incidents(own_sample, [incident("new", "graffiti", "2026-01-05T10:00")], "Ny källa")
    after = facts(own_sample, LOCAL_VIEWER)
    assert after.stocks[0] is before.stocks[0]
    assert after.stocks[1].size == 1
    one = Selection(sources=frozenset({"Ny källa"}), period=after.period)
    assert crossfilter(after, one).total == 1
    assert (
        crossfilter(after, Selection()).total
        == crossfilter(facts(sample, LOCAL_VIEWER), Selection()).total + 1
    )
