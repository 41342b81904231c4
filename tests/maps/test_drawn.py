from __future__ import annotations

import json
import math
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from dashboard.maps.drawn import (
    LEAST_M2,
    MOST_CORNERS,
    SurfaceError,
    codes_in,
    corners_in,
    corners_of,
    polygon_of,
)
from tests.small_town import EAST, NORTH, SIDE_M, SRID

TOWN = box(EAST, NORTH, EAST + 2 * SIDE_M, NORTH + 2 * SIDE_M)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=30,
)
DEGREES = st.floats() | st.integers() | st.sampled_from([15.0, 16.7, 57.6, 58.6, 180, 85, -85, 1e308])
ROUGH = st.lists(st.lists(DEGREES, min_size=1, max_size=3), max_size=12)
METRES = st.floats(0, 2 * SIDE_M)


def surface(*points: tuple[float, float]) -> Polygon:
    """A surface by metres east and north of the town's corner."""
    return Polygon([(EAST + x, NORTH + y) for x, y in points])


def lonlat(*points: tuple[float, float]) -> list[list[float]]:
    return corners_of(surface(*points), SRID)


def taken(said: Any) -> Polygon | str:
    """The surface, or why it was refused."""
    try:
        return polygon_of(corners_in(said), SRID, TOWN)
    except SurfaceError as error:
        return error.reason


@given(ANYTHING | ROUGH)
def test_whatever_a_browser_says_becomes_a_surface_or_is_refused(said: Any) -> None:
    understood = taken(said)
    if isinstance(understood, str):
        assert understood in {"unreadable", "crossed", "small", "outside"}
    else:
        assert understood.is_valid
        assert understood.intersects(TOWN)
        assert len(understood.exterior.coords) <= MOST_CORNERS + 1
        json.dumps(corners_of(understood, SRID), allow_nan=False)


@given(ANYTHING)
def test_only_codes_of_districts_are_taken(said: Any) -> None:
    assert codes_in(said, ["01", "02"]) <= {"01", "02"}
    assert codes_in(["02", said, "99", 1, None], ["01", "02"]) >= {"02"}


@given(st.lists(st.tuples(METRES, METRES), min_size=3, max_size=40))
def test_a_surface_comes_back_within_two_decimetres(points: list[tuple[float, float]]) -> None:
    drawn = shapely.convex_hull(surface(*points))
    if not isinstance(drawn, Polygon) or drawn.area < 2 * LEAST_M2 or drawn.minimum_clearance < 1:
        return
    back = polygon_of(corners_in(corners_of(drawn, SRID)), SRID, TOWN)
    assert shapely.hausdorff_distance(drawn, back) < 0.2


def test_corners_have_six_decimals_and_are_not_repeated() -> None:
    corners = lonlat((0, 0), (500, 0), (500, 500))
    assert len(corners) == 3
    assert all(round(value, 6) == value for corner in corners for value in corner)


def test_corners_said_twice_are_harmless() -> None:
    corners = lonlat((0, 0), (500, 0), (500, 500), (0, 500))
    again = [corner for corner in corners for _ in range(2)]
    assert polygon_of(again, SRID, TOWN).equals(polygon_of(corners, SRID, TOWN))


@pytest.mark.parametrize(
    "said",
    [
        None,
        "x",
        {"0": [1, 2]},
        [[15, 58], [16, 58]],
        [[15, 58]] * (MOST_CORNERS + 1),
        [[15, 58], [16, 58], [16]],
        [[15, 58], [16, 58], [16, 59, 0]],
        [[15, 58], [16, 58], ["16", 59]],
        [[15, 58], [16, 58], [True, 59]],
        [[15, 58], [16, 58], [math.nan, 59]],
        [[15, 58], [16, 58], [math.inf, 59]],
        [[15, 58], [16, 58], [16, 86]],
        [[15, 58], [16, 58], [10**400, 59]],
    ],
)
def test_what_is_no_list_of_places_is_unreadable(said: Any) -> None:
    with pytest.raises(SurfaceError, match="unreadable"):
        corners_in(said)


def test_sides_that_cross_are_refused() -> None:
    assert taken(lonlat((0, 0), (900, 900), (900, 0), (0, 900))) == "crossed"


def test_what_is_hardly_a_surface_is_refused() -> None:
    assert taken(lonlat((0, 0), (500, 0), (1000, 0))) == "small"
    assert taken(lonlat((0, 0), (9, 0), (9, 9), (0, 9))) == "small"
    assert polygon_of(lonlat((0, 0), (11, 0), (11, 11), (0, 11)), SRID, TOWN).area == pytest.approx(
        121, rel=0.1
    )


def test_what_touches_no_district_is_refused() -> None:
    assert taken(lonlat((9000, 0), (9900, 0), (9900, 900))) == "outside"
    assert taken([[-120.0, -60.0], [-119.0, -60.0], [-119.0, -59.0]]) == "outside"
