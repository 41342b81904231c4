import json

import numpy as np
import pytest
import shapely
from shapely.geometry import Polygon, box, shape

from geo.simplify import simplify_coverage, to_lonlat_geojson


def wavy_pair():
    """Two areas that share a wavy border."""
    y = np.linspace(0, 1000, 401)
    border = np.column_stack([500 + 8 * np.sin(y / 15), y]) + np.array([600_000, 6_500_000])
    west = [(600_000, 6_501_000), (600_000, 6_500_000)]
    east = [(601_000, 6_501_000), (601_000, 6_500_000)]
    return [Polygon([*border, *west]), Polygon([*border, *east])]


def test_neighbours_keep_sharing_their_border():
    pair = wavy_pair()
    simple = simplify_coverage(pair, 20)
    assert shapely.coverage_is_valid(simple)
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(pair).sum() / 4
    assert shapely.union_all(simple).area == pytest.approx(1e6)


def test_slivers_of_drawing_are_fitted_before():
    west, east = wavy_pair()
    apart = [west, shapely.affinity.translate(east, -2.0, 0)]
    assert not shapely.coverage_is_valid(apart)
    assert shapely.coverage_is_valid(simplify_coverage(apart, 20))


def test_areas_that_overlap_are_simplified_one_by_one():
    pair = [*wavy_pair(), box(600_400, 6_500_400, 600_600, 6_500_600)]
    simple = simplify_coverage(pair, 20)
    assert shapely.is_valid(simple).all()
    assert shapely.get_num_coordinates(simple).sum() < shapely.get_num_coordinates(pair).sum() / 4


def test_no_area_vanishes():
    tiny = box(0, 0, 1, 1)
    simple = simplify_coverage([tiny, None, *wavy_pair()], 1000)
    assert not shapely.is_empty(simple[[0, 2, 3]]).any()
    assert simple[1] is None


def test_geojson_is_short_and_in_degrees():
    raw = to_lonlat_geojson(
        [*wavy_pair(), None],
        ["01", "02", "03"],
        source_epsg=3006,
        tolerance_m=20,
        properties=[{"name": "Västra"}, {"name": "Östra"}, {}],
    )
    features = json.loads(raw)["features"]
    assert [(f["id"], f["properties"].get("name")) for f in features] == [
        ("01", "Västra"),
        ("02", "Östra"),
        ("03", None),
    ]
    assert features[2]["geometry"] is None
    for feature in features[:2]:
        polygon = shape(feature["geometry"])
        points = shapely.get_coordinates(polygon)
        assert (np.round(points, 5) == points).all()
        assert polygon.exterior.is_ccw
        assert 16 < points[:, 0].mean() < 18
        assert 58 < points[:, 1].mean() < 59
    assert len(raw) < 2500
