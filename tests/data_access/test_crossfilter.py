from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access import counting
from data_access.counts import read_counts
from data_access.crossfilter import Views, crossfilter, crossfilter_compared, painted_places
from data_access.facts import REPORTED_CODES, Facts, build_facts, facts
from data_access.permissions import LOCAL_VIEWER, OPERATOR, Sight
from data_access.places import SPOT_M
from data_access.selection import FACETS, KINDS, Period, Selection
from data_access.stock import Times
from tests.data_access import numpy_crossfilter, oracle
from tests.data_access.strategies import QUESTIONS, periods
from tests.small_town import DISTRICT_OF, HOUSING, POLICE, incident, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database


@cache
def _invented(count: int, seed: int, *, is_exact: bool) -> tuple[list[oracle.Plain], Facts]:
    incidents = oracle.invent(count, seed)
    return incidents, build_facts(*oracle.coded(incidents), sight=Sight(is_exact=is_exact))


def in_words(views: Views, found: Facts) -> dict[str, Any]:
    """The views as the oracle writes them."""

    def named(names: Any, values: Any) -> dict[Any, float]:
        return dict(zip(names, values.tolist(), strict=True))

    mondays = [(found.first_week + np.timedelta64(7 * n, "D")).item() for n in range(found.weeks)]
    return {
        "total": views.total,
        "outside": views.outside,
        "hours_unknown": views.hours_unknown,
        "monthly_only": views.monthly_only,
        "areas": named([area.code for area in found.areas], views.areas),
        "categories": named([category.code for category in found.categories], views.categories),
        "sources": named([source.name for source in found.frame.sources], views.sources),
        "police_reported": named(REPORTED_CODES, views.police_reported),
        "kinds": named(KINDS, views.kinds),
        "hours": named(range(168), views.hours),
        "weeks": named(mondays, views.weeks),
    }


def filled(expected: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """The oracle's answer with its zeros written out."""
    assert all(set(found) <= set(like[view]) for view, found in expected.items() if isinstance(found, dict))
    return {
        view: {code: found.get(code, 0.0) for code in like[view]} if isinstance(found, dict) else found
        for view, found in expected.items()
    }


@settings(max_examples=120, deadline=None)
@given(QUESTIONS, st.sampled_from([(0, 0), (1, 1), (9, 2), (60, 3), (150, 4)]), st.booleans())
def test_all_views_equal_the_plain_loops(selection: Selection, size: tuple[int, int], is_exact: bool) -> None:  # noqa: FBT001
    incidents, found = _invented(*size, is_exact=is_exact)
    got = in_words(crossfilter(found, selection), found)
    expected = filled(oracle.views(incidents, selection, is_exact=is_exact), got)
    for view, counts in expected.items():
        assert got[view] == pytest.approx(counts, abs=1e-9), view


@settings(max_examples=40, deadline=None)
@given(QUESTIONS)
def test_a_view_does_not_heed_its_own_facet(selection: Selection) -> None:
    _, found = _invented(150, 4, is_exact=False)
    views = crossfilter(found, selection)
    for facet in FACETS:
        view = "weeks" if facet == "period" else facet
        assert getattr(views, view) == pytest.approx(
            getattr(crossfilter(found, selection.without(facet)), view)
        )


@settings(max_examples=40, deadline=None)
@given(QUESTIONS)
def test_views_without_their_facet_add_up_to_the_total(selection: Selection) -> None:
    _, found = _invented(150, 4, is_exact=False)
    for facet in ("areas", "categories", "sources", "police_reported", "kinds"):
        views = crossfilter(found, selection.without(facet))
        outside = views.outside if facet == "areas" else 0.0
        assert getattr(views, facet).sum() + outside == pytest.approx(views.total)
    views = crossfilter(found, selection.without("hours"))
    assert views.hours.sum() + views.hours_unknown + views.monthly_only == pytest.approx(views.total)
    views = crossfilter(found, selection.without("period"))
    assert views.weeks.sum() + views.monthly_only == pytest.approx(views.total)


@pytest.mark.parametrize("facet", ["areas", "categories", "sources"])
def test_a_code_that_is_gone_matches_nothing(facet: str) -> None:
    _, found = _invented(60, 3, is_exact=True)
    views = crossfilter(found, Selection().with_(facet, ["gone"]))
    assert views.total == 0
    assert getattr(views, facet).sum() > 0


def test_the_drawn_municipality_by_hand(small: Database) -> None:
    found = facts(small, LOCAL_VIEWER)
    views = crossfilter(found, Selection())
    assert views.total == 13
    assert dict(zip(("01", "02", "03", "04"), views.areas, strict=True)) == {
        "01": 4,
        "02": 2,
        "03": 3,
        "04": 2,
    }
    assert views.outside == 13 - len(DISTRICT_OF) == 2
    assert dict(zip([s.name for s in found.frame.sources], views.sources, strict=True)) == {
        POLICE: 8,
        HOUSING: 5,
    }
    assert views.police_reported.tolist() == [4, 3, 6]
    assert views.kinds.tolist() == [7, 3, 2, 1]
    assert views.monthly_only == 2
    assert views.hours_unknown == 3
    assert views.weeks.tolist() == [4, 2, 1, 1, 2, 1]
    assert views.hours[10] == 2  # Monday 10-11
    assert views.hours[[4 * 24 + 22, 4 * 24 + 23, 5 * 24, 5 * 24 + 1]].tolist() == [0.25] * 4
    assert views.hours[6 * 24] == 1  # half past midnight on a Sunday, which was still Saturday in UTC


def test_hours_weigh_an_interval_by_its_share(small: Database) -> None:
    friday_late = Selection(hours=frozenset({4 * 24 + 22, 4 * 24 + 23}))
    views = crossfilter(facts(small, LOCAL_VIEWER), friday_late)
    assert views.total == pytest.approx(0.5)
    assert views.areas.tolist() == [0, 0.5, 0, 0]
    assert views.hours.sum() == 8  # its own facet is not heeded: all with a time of day


def test_a_period_holds_its_first_and_last_day(small: Database) -> None:
    found = facts(small, OPERATOR)
    for day, count in (
        (date(2026, 1, 5), 2),
        (date(2026, 1, 6), 0),
        (date(2026, 2, 1), 1),
        (date(2026, 1, 31), 0),
    ):
        assert crossfilter(found, Selection(period=Period(day, day))).total == count
    assert crossfilter(found, Selection(period=Period(date(2026, 1, 5), date(2026, 2, 12)))).total == 13


def test_points_and_cells_are_those_of_the_selection() -> None:
    incidents, found = _invented(150, 4, is_exact=False)
    assert found.places.cells is not None
    selection = Selection(areas=frozenset({"02"}))
    views, painted = crossfilter(found, selection), painted_places(found, selection)
    shown = [one.point for one in incidents if one.point and one.area == "02" and one.sensitivity == 0]
    assert views.cells.sum() == views.painted == painted.weight.sum() == len(shown)
    spots = np.floor(np.array(shown) / SPOT_M) * SPOT_M + SPOT_M / 2
    assert {*zip(painted.x, painted.y, strict=True)} == {*map(tuple, spots)}


def test_the_sample_agrees_with_the_plain_table(sample: Database) -> None:
    found = facts(sample, LOCAL_VIEWER)
    last = found.period.last if found.period else date.max
    selection = Selection(
        period=Period(last - timedelta(days=200), last - timedelta(days=30)), kinds=frozenset({"crime"})
    )
    views = crossfilter(found, selection)
    rows = read_counts(sample, LOCAL_VIEWER, selection, ["area"])
    by_area = {row["area"]: row["count"] for row in rows}
    assert by_area.pop(None, 0) == views.outside
    assert by_area == {a.code: n for a, n in zip(found.areas, views.areas, strict=True) if n}


def test_points_count_with_their_share_of_the_chosen_hours(empty: Database) -> None:
    rows = [
        incident("exact", "graffiti", "2026-01-05T10:00", at=(500, 500)),
        incident("long", "graffiti", "2026-01-05T10:00", end="2026-01-05T14:00", at=(500, 500)),
    ]
    store_areas(empty)
    store_incidents(empty, rows)
    views = crossfilter(facts(empty, OPERATOR), Selection(hours=frozenset({10})))
    assert (views.painted, views.total) == (1.25, 1.25)
    painted = painted_places(facts(empty, OPERATOR), Selection(hours=frozenset({10})))
    assert painted.weight.tolist() == [1.25]  # one place


@cache
def _columns(count: int, seed: int, *, is_exact: bool) -> numpy_crossfilter.Columns:
    return numpy_crossfilter.Columns(*oracle.coded(oracle.invent(count, seed)), is_exact=is_exact)


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, st.sampled_from([(0, 0), (2, 5), (150, 4), (900, 6)]), st.booleans())
def test_all_views_equal_plain_numpy(selection: Selection, size: tuple[int, int], is_exact: bool) -> None:  # noqa: FBT001
    _, found = _invented(*size, is_exact=is_exact)
    expected = numpy_crossfilter.views(_columns(*size, is_exact=is_exact), selection, found)
    got = crossfilter(found, selection)
    for name, values in expected.items():
        assert getattr(got, name) == pytest.approx(values, abs=1e-9), name


@settings(max_examples=80, deadline=None)
@given(QUESTIONS, periods(), st.booleans())
def test_the_earlier_period_in_the_same_pass_is_a_question_of_its_own(
    selection: Selection,
    before: Period,
    is_exact: bool,  # noqa: FBT001
) -> None:
    _, found = _invented(150, 4, is_exact=is_exact)
    period = selection.period
    if period is None or (before.first <= period.last and period.first <= before.last):
        with pytest.raises(ValueError, match="overlap"):
            crossfilter_compared(found, selection, before)
        return
    now, earlier = crossfilter_compared(found, selection, before)
    assert earlier is not None
    _same(now, crossfilter(found, selection))
    _same(earlier, crossfilter(found, selection.with_("period", before)), but=("cells", "painted"))


@settings(max_examples=60, deadline=None)
@given(QUESTIONS, st.integers(0, 150), st.booleans())
def test_fresh_reports_beside_the_stock_count_as_if_they_had_always_been_there(
    selection: Selection,
    cut: int,
    is_exact: bool,  # noqa: FBT001
) -> None:
    incidents, whole = _invented(150, 4, is_exact=is_exact)
    frame, first = oracle.coded(incidents[:cut])
    split = build_facts(frame, first, oracle.coded(incidents[cut:])[1], sight=Sight(is_exact=is_exact))
    assert (split.size, split.period, split.weeks, split.quality) == (
        whole.size,
        whole.period,
        whole.weeks,
        whole.quality,
    )
    assert np.array_equal(split.coverage, whole.coverage)
    assert np.array_equal(split.deliveries.without_code, whole.deliveries.without_code)
    _same(crossfilter(split, selection), crossfilter(whole, selection), but=("cells",))


def _same(one: Views, other: Views, *, but: tuple[str, ...] = ()) -> None:
    for field in fields(one):
        if field.name not in but:
            expected = pytest.approx(getattr(other, field.name), abs=1e-9)
            assert getattr(one, field.name) == expected, field.name


def test_much_is_counted_in_pieces_on_all_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = _invented(900, 6, is_exact=False)
    selection = Selection(hours=frozenset(range(40, 90)), kinds=frozenset({"crime"}))
    whole = crossfilter(found, selection)
    monkeypatch.setattr(counting, "_ROWS_A_PIECE", 20)
    _same(crossfilter(found, selection), whole)


def test_columns_take_at_most_twelve_bytes_an_incident() -> None:
    _, found = _invented(900, 6, is_exact=False)
    assert (
        sum(stock.nbytes for stock in found.stocks) <= 14 * found.size
    )  # an interval takes 14, all others 11
    exact = [part for part in found.stocks[0].parts if not isinstance(part.hour, Times)]
    assert all(part.nbytes == 11 * part.size for part in exact)
