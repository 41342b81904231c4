"""Small counts are not told, nor what would give them away within one answer; places only where many share them."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, box

from dashboard.maps.shapes import cell_km2, cell_pieces, cells_json, ground_of
from data_access.aoristic import IS_LATE
from data_access.counts import read_counts
from data_access.crossfilter import Views, crossfilter, crossfilter_compared, painted_places
from data_access.disclosure import told_counts
from data_access.facts import Facts, build_facts, facts
from data_access.frame import AreaShapes
from data_access.permissions import FEWEST_TOLD, LOCAL_VIEWER, Role, Sight, Viewer
from data_access.places import SPOT_M
from data_access.selection import KINDS, POLICE_REPORTED, Period, Selection
from tests.data_access import oracle
from tests.data_access.strategies import QUESTIONS
from tests.small_town import EAST, NORTH, SIDE_M, SRID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_access.database import Database

MONDAY = date(2026, 2, 16)
NOTHING = 1e-9
PLACES = 8
GUARDED = Sight(fewest=FEWEST_TOLD)
PRESENTER = Viewer("p", Role.PRESENTER)
SIZES = st.sampled_from([(0, 0), (12, 1), (60, 3), (150, 4), (900, 6)])
COUNTS = st.lists(st.integers(0, 12) | st.integers(0, 400), max_size=14)
FEWEST = st.integers(5, 20)


def told(counts: list[float], fewest: int, *groups: list[bool]) -> np.ndarray:
    return told_counts(np.array(counts, float), fewest, *(np.array(group, bool) for group in groups))


@given(COUNTS, FEWEST)
def test_what_is_told_is_true_and_never_small(counts: list[float], fewest: int) -> None:
    found = told(counts, fewest)
    is_told = np.isfinite(found)
    assert found[is_told].tolist() == np.array(counts, float)[is_told].tolist()
    assert all(value == 0 or value >= fewest for value in found[is_told])
    assert all(np.isfinite(value) for value, count in zip(found, counts, strict=True) if count == 0)


@given(COUNTS, FEWEST)
def test_what_is_hidden_does_not_follow_from_the_sum(counts: list[float], fewest: int) -> None:
    hidden = np.array(counts, float)[np.isnan(told(counts, fewest))]
    is_everything = len(hidden) == sum(count > 0 for count in counts)
    assert not len(hidden) or is_everything or (len(hidden) > 1 and hidden.sum() >= fewest)


@given(COUNTS, FEWEST)
def test_no_more_is_hidden_than_must_be(counts: list[float], fewest: int) -> None:
    """Without the largest of what is hidden, a small count would be told, or what is left would follow from the sum."""
    found = told(counts, fewest)
    hidden = sorted(np.array(counts, float)[np.isnan(found)])
    if hidden and hidden[-1] >= fewest:
        left = hidden[:-1]
        assert len(left) == 1 or sum(left) < fewest
    if all(count == 0 or count >= fewest for count in counts):
        assert found.tolist() == counts


@given(COUNTS, FEWEST)
def test_what_is_told_may_be_told_again(counts: list[float], fewest: int) -> None:
    found = told(counts, fewest)
    assert np.array_equal(told(found.tolist(), fewest), found, equal_nan=True)


@given(st.lists(st.floats(0, 30), max_size=12))
def test_for_whom_every_count_is_told_nothing_changes(counts: list[float]) -> None:
    assert told(counts, 0).tolist() == counts


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.booleans()), max_size=14), FEWEST)
def test_nor_does_it_follow_from_the_sum_of_any_group(
    rows: list[tuple[int, bool, bool]], fewest: int
) -> None:
    counts, *groups = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    found = told(counts, fewest, *groups)
    for group in ([True] * len(counts), *groups):
        own = np.array(counts, float)[np.array(group, bool)]
        hidden = own[np.isnan(found[np.array(group, bool)])]
        assert not len(hidden) or len(hidden) == sum(own > 0) or (len(hidden) > 1 and hidden.sum() >= fewest)


def test_what_adding_up_leaves_behind_is_no_count() -> None:
    assert told([1e-15, 7, 4.9999999999999, 20], 5).tolist() == [1e-15, 7, 4.9999999999999, 20]


def test_by_hand() -> None:
    nan = pytest.approx(np.nan, nan_ok=True)
    assert told([3, 0, 20, 7], 5).tolist() == [nan, 0, 20, nan]
    assert told([2, 2, 20, 7], 5).tolist() == [nan, nan, 20, nan]
    assert told([2, 3, 20, 7], 5).tolist() == [nan, nan, 20, 7]
    assert told([3, 0], 5).tolist() == [nan, 0]
    assert told([3, 4, 30, 9], 5, [True, False, True, False]).tolist() == [nan, nan, nan, 9]


# The views of a guarded viewer.


@cache
def towns(count: int, seed: int) -> tuple[Facts, Facts]:
    """The same town as a presenter and as the working group see it."""
    coded = oracle.coded(oracle.invent(count, seed))
    return build_facts(*coded, sight=GUARDED), build_facts(*coded)


def numbers(views: Views) -> Iterator[tuple[str, float]]:
    for one in fields(Views):
        yield from ((one.name, float(value)) for value in np.atleast_1d(getattr(views, one.name)))


@settings(max_examples=300, deadline=None)
@given(QUESTIONS, SIZES)
def test_no_view_holds_a_small_count(selection: Selection, size: tuple[int, int]) -> None:
    guarded, open_ = towns(*size)
    views, true = crossfilter(guarded, selection), crossfilter(open_, selection)
    for name, value in numbers(views):
        assert np.isnan(value) or abs(value) < NOTHING or value > FEWEST_TOLD - 1e-9, name
    for one in fields(Views):
        if one.name != "cells":  # presenters have others
            found, known = (np.atleast_1d(getattr(of, one.name)) for of in (views, true))
            assert found[np.isfinite(found)] == pytest.approx(known[np.isfinite(found)], abs=1e-9), one.name


@settings(max_examples=300, deadline=None)
@given(QUESTIONS, SIZES)
def test_no_hidden_count_follows_from_what_stands_beside_it(
    selection: Selection, size: tuple[int, int]
) -> None:
    guarded, open_ = towns(*size)
    views, true = crossfilter(guarded, selection), crossfilter(open_, selection)
    check_kinds(views, true, guarded, selection)
    for name, codes in (
        ("areas", [area.code for area in guarded.areas]),
        ("sources", [source.name for source in guarded.frame.sources]),
        ("police_reported", POLICE_REPORTED),
        ("kinds", KINDS),
        ("hours", range(168)),
    ):
        chosen = getattr(selection, name)
        own = np.array([not chosen or code in chosen for code in codes])
        hidden = np.isnan(getattr(views, name))
        sums = not chosen and name in ("areas", "hours")  # what lies in none is a part of the sum as well
        beside = {"areas": views.outside, "hours": views.hours_unknown + views.monthly_only}.get(name, 0.0)
        if not (sums and np.isnan(beside)):
            unsolved(views.total, getattr(true, name)[own], hidden[own], name)
    unsolved(views.late, true.hours[IS_LATE], np.isnan(views.hours[IS_LATE]), "late")
    unsolved(views.timed, true.hours, np.isnan(views.hours), "timed")
    parts = ("timed", "hours_unknown", "monthly_only")
    if not selection.hours:
        unsolved(
            views.total,
            np.array([getattr(true, name) for name in parts]),
            np.array([np.isnan(getattr(views, name)) for name in parts]),
            "time of day",
        )


def unsolved(total: float, counts: np.ndarray, hidden: np.ndarray, name: str) -> None:
    """A sum that is told leaves at least `FEWEST_TOLD` in at least two hidden parts, or hides nothing."""
    if np.isfinite(total) and (hidden & (counts > NOTHING)).any():
        left = counts[hidden]
        is_everything = len(left) == (counts > NOTHING).sum()
        assert (len(left) > 1 or is_everything) and left.sum() > FEWEST_TOLD - 1e-9, name  # noqa: PT018


def check_kinds(views: Views, true: Views, known: Facts, selection: Selection) -> None:
    """Kinds minus their types: neither one hidden type nor a hidden kind is what is left."""
    for number, kind in enumerate(KINDS):
        of_kind = np.array([one.kind == kind for one in known.categories])
        if selection.categories:
            of_kind &= np.array([one.code in selection.categories for one in known.categories])
        if selection.kinds and kind not in selection.kinds:
            continue
        hidden = np.isnan(views.categories[of_kind])
        counts = true.categories[of_kind]
        if np.isfinite(views.kinds[number]):
            unsolved(views.kinds[number], counts, hidden, kind)
        elif counts.sum() > NOTHING:
            assert hidden.any(), kind


WHOLE_WEEKS = st.tuples(st.integers(0, 11), st.integers(1, 3)).map(
    lambda weeks: Period(MONDAY + timedelta(weeks=weeks[0]), MONDAY + timedelta(weeks=sum(weeks), days=-1))
)


@settings(max_examples=300, deadline=None)
@given(QUESTIONS, WHOLE_WEEKS, SIZES)
def test_weeks_do_not_give_away_what_the_totals_of_their_periods_leave(
    selection: Selection, period: Period, size: tuple[int, int]
) -> None:
    selection, before = selection.with_("period", period), period.shifted(-period.days)
    guarded, open_ = towns(*size)
    views, earlier = crossfilter_compared(guarded, selection, before)
    true = crossfilter(open_, selection)
    assert earlier is not None
    mondays = (guarded.first_week + np.arange(guarded.weeks) * np.timedelta64(7, "D")).tolist()
    for asked, shown in ((period, views), (before, earlier)):
        inside = np.array([asked.first <= monday <= asked.last for monday in mondays], bool)
        if abs(shown.monthly_only) < NOTHING:
            unsolved(shown.total, true.weeks[inside], np.isnan(views.weeks[inside]), "weeks")


@settings(max_examples=60, deadline=None)
@given(QUESTIONS, SIZES)
def test_the_working_group_is_told_everything(selection: Selection, size: tuple[int, int]) -> None:
    assert all(np.isfinite(value) for _, value in numbers(crossfilter(towns(*size)[1], selection)))


def test_a_municipality_may_ask_for_more_but_not_for_less() -> None:
    assert [Viewer("p", Role.PRESENTER, fewest=n).sight.fewest for n in (0, 4, 5, 12)] == [5, 5, 5, 12]
    assert all(Viewer("p", role).sight.fewest == 0 for role in Role if role is not Role.PRESENTER)
    coded = oracle.coded(oracle.invent(150, 4))
    views = crossfilter(build_facts(*coded, sight=Sight(fewest=20)), Selection())
    assert all(np.isnan(value) or value == 0 or value >= 20 - 1e-9 for _, value in numbers(views))


def test_few_records_are_told_as_none_in_what_is_lacking() -> None:
    few, whole = towns(12, 1)
    for name, value in vars(few.quality).items():
        known = getattr(whole.quality, name)
        assert value == (known if known >= FEWEST_TOLD else 0), name


# Cells of a guarded viewer.

SQUARES = [
    MultiPolygon([box(EAST + x, NORTH + y, EAST + x + SIDE_M, NORTH + y + SIDE_M)])
    for y in (0, SIDE_M)
    for x in (0, SIDE_M)
]


@cache
def crowded(seed: int) -> tuple[Facts, list[oracle.Plain]]:
    """Many points, most of them around a few corners, so that cells reach over borders and hold few places."""
    chance = random.Random(seed)  # noqa: S311 - repeatable on purpose
    incidents = [
        oracle.Plain(**{**vars_of(one), "category": "graffiti", "point": moved(one, chance)})
        for one in oracle.invent(1500, seed)
    ]
    return build_facts(*oracle.coded(incidents), sight=GUARDED), incidents


def vars_of(one: oracle.Plain) -> dict[str, object]:
    return {field.name: getattr(one, field.name) for field in fields(oracle.Plain)}


def moved(one: oracle.Plain, chance: random.Random) -> tuple[float, float] | None:
    if one.area is None:
        return None
    number = oracle.AREAS.index(one.area)
    near = chance.choice((25, 90, 480))  # metres around the middle of the town, or of the district
    at = 500 if near == 480 else 0
    sign_x, sign_y = (1 if number % 2 else -1), (1 if number // 2 else -1)
    x, y = (sign * (at + (near - at if at == 0 else 480) * chance.random()) for sign in (sign_x, sign_y))
    return EAST + SIDE_M + x, NORTH + SIDE_M + y


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_parts_of_cells_lie_in_one_district_and_have_many_places(seed: int) -> None:
    found, incidents = crowded(seed)
    places = found.places
    assert places.cells is not None
    assert places.parts is not None
    pieces = cell_pieces(places, SQUARES)
    assert len(pieces) == found.cell_count == len(places.parts) > 1
    by_part: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for one in incidents:
        if one.point and one.area:
            spot = (int(one.point[0] // SPOT_M), int(one.point[1] // SPOT_M))
            middle = np.array([(spot[0] + 0.5) * SPOT_M]), np.array([(spot[1] + 0.5) * SPOT_M])
            cell = int(places.cells.locate(*middle)[0])
            by_part.setdefault((cell, oracle.AREAS.index(one.area)), set()).add(spot)
    enough = {part for part, spots in by_part.items() if len(spots) >= PLACES}
    assert {tuple(part) for part in places.parts.tolist()} == enough
    assert len(enough) < len(by_part)
    for piece, (_, area) in zip(pieces, places.parts.tolist(), strict=True):
        assert piece.area > 0
        assert SQUARES[area].buffer(1e-6).covers(piece)
    assert all(one.intersection(two).area < 1e-6 for one, two in combinations(pieces, 2))


@pytest.mark.parametrize("seed", [1, 2])
def test_densities_are_over_the_area_that_is_drawn(seed: int) -> None:
    found, incidents = crowded(seed)
    pieces = cell_pieces(found.places, SQUARES)
    ground = ground_of(AreaShapes(SRID, SQUARES, None))
    km2 = cell_km2(found, ground)
    assert km2.tolist() == pytest.approx([shapely.area(piece) / 1e6 for piece in pieces])
    cells = crossfilter(found, Selection()).cells
    assert cells_json(found.places, SQUARES, SRID).count(b'"i":') == len(cells) == len(km2)
    for piece, count in zip(pieces, cells.tolist(), strict=True):
        near = piece.buffer(SPOT_M)
        most = sum(one.point is not None and near.covers(shapely.Point(one.point)) for one in incidents)
        assert np.isnan(count) or FEWEST_TOLD <= count <= most


def test_a_part_is_told_by_what_lies_in_its_own_district() -> None:
    found, _ = crowded(1)
    assert found.places.parts is not None
    for number, code in enumerate(oracle.AREAS):
        cells = crossfilter(found, Selection(areas=frozenset({code}))).cells
        elsewhere = found.places.parts[:, 1] != number
        assert (cells[elsewhere] == 0).all()
        assert (cells[~elsewhere] != 0).any()


def test_nothing_is_painted_for_a_presenter(sample: Database) -> None:
    guarded, open_ = facts(sample, PRESENTER), facts(sample, LOCAL_VIEWER)
    assert painted_places(guarded, Selection()).x.tolist() == []
    assert len(painted_places(open_, Selection()).x) > 100


def test_counts_from_the_database_hide_what_is_few(small: Database) -> None:
    for by in (["area"], ["category"], ["kind", "source"], ["date"]):
        open_ = read_counts(small, LOCAL_VIEWER, Selection(), by)
        rows = read_counts(small, PRESENTER, Selection(), by)
        assert len(rows) == len(open_)
        assert all(row["count"] is None or row["count"] >= FEWEST_TOLD for row in rows)
        assert any(row["count"] is None for row in rows)
