import numpy as np
import pytest
import shapely
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from geo.areas import clean, distant, overlaps


def test_a_good_polygon_passes_unchanged():
    cleaned = clean(box(0, 0, 10, 10))
    assert isinstance(cleaned.geometry, MultiPolygon)
    assert (cleaned.geometry.area, cleaned.repairs, cleaned.reason) == (100, (), None)


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "missing"),
        (Polygon(), "empty"),
        (Point(1, 2), "not_an_area"),
        (LineString([(0, 0), (1, 1)]), "not_an_area"),
        (Polygon([(0, 0), (1, 1), (2, 2)]), "not_an_area"),
        (Polygon([(0, 0), (1, float("inf")), (2, 2)]), "not_finite"),
    ],
)
def test_what_is_no_area_is_refused_with_a_reason(geometry, reason):
    cleaned = clean(geometry)
    assert (cleaned.geometry, cleaned.reason) == (None, reason)


def test_heights_are_dropped_and_said():
    cleaned = clean(Polygon([(0, 0, 5), (4, 0, 5), (4, 4, 5)]))
    assert cleaned.repairs == ("z_dropped",)
    assert not shapely.has_z(cleaned.geometry)


def test_a_bow_tie_keeps_both_wings():
    cleaned = clean(Polygon([(0, 0), (2, 2), (2, 0), (0, 2)]))
    assert cleaned.repairs == ("ring_repaired",)
    assert cleaned.geometry.area == pytest.approx(2)
    assert cleaned.geometry.is_valid


def test_overlapping_parts_are_counted_once():
    cleaned = clean(MultiPolygon([box(0, 0, 2, 2), box(1, 0, 3, 2)]))
    assert cleaned.geometry.area == pytest.approx(6)
    assert cleaned.geometry.is_valid


def test_lines_beside_an_area_are_dropped_and_said():
    cleaned = clean(
        GeometryCollection([box(0, 0, 1, 1), LineString([(5, 5), (6, 6)]), MultiPolygon([box(3, 3, 4, 4)])])
    )
    assert cleaned.repairs == ("lines_dropped",)
    assert cleaned.geometry.area == pytest.approx(2)


def test_overlaps_are_found_once_each_and_slivers_ignored():
    shapes = [box(0, 0, 10, 10), box(9, 0, 20, 10), box(19.999, 0, 30, 10), None, box(2, 2, 4, 4)]
    assert overlaps(shapes, min_area_m2=1) == [(0, 1, pytest.approx(10.0)), (0, 4, pytest.approx(4.0))]


def test_neighbours_that_share_a_border_do_not_overlap():
    assert overlaps([box(0, 0, 1, 1), box(1, 0, 2, 1)], min_area_m2=0) == []


def town(columns=6, rows=5, side=1000.0, x0=600_000, y0=6_500_000):
    return [
        box(x0 + i * side, y0 + j * side, x0 + (i + 1) * side, y0 + (j + 1) * side)
        for i in range(columns)
        for j in range(rows)
    ]


def test_swapped_and_unset_areas_are_out_of_place():
    shapes = [*town(), box(6_500_000, 600_000, 6_501_000, 601_000), None, box(-0.5, -0.5, 0.5, 0.5)]
    assert distant(shapes).tolist() == [30, 32]


def test_a_town_with_an_island_is_in_place():
    island = box(625_000, 6_500_000, 626_000, 6_501_000)
    assert distant([*town(), island]).size == 0
    assert distant([town()[0], box(0, 0, 1, 1)]).size == 0
    assert np.array_equal(distant([]), [])
