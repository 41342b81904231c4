from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
import shapely

from sample_data.districts import CHARACTERS, DISTRICTS, TOWN_NAME, TOWN_PARTS
from sample_data.places import PLACE_KEYS, PLACES
from sample_data.scenery import scenery
from sample_data.shapes import from_km
from sample_data.town import town
from sample_data.whereabouts import WHERE, spots


def test_districts_share_their_borders_exactly():
    shapes = list(town().shapes)
    assert shapely.coverage_is_valid(shapes)
    overlap = shapely.union_all(shapes).area - sum(shape.area for shape in shapes)
    assert abs(overlap) < 1.0


def test_districts_leave_no_hole_inside_the_land():
    ground = town()
    holes = [ring for part in ground.land.geoms for ring in part.interiors]
    assert holes == []
    assert ground.land.area == pytest.approx(sum(shape.area for shape in ground.shapes), rel=1e-9)


def test_districts_lie_on_dry_land():
    ground = town()
    assert ground.land.intersection(ground.sea).area < 1e-4 * ground.land.area


def test_about_thirty_districts_in_a_two_level_hierarchy():
    assert 28 <= len(DISTRICTS) <= 36
    assert 6 <= len(TOWN_PARTS) <= 8
    assert {district.parent_code for district in DISTRICTS} == set(TOWN_PARTS)
    assert [district.code for district in DISTRICTS] == sorted({district.code for district in DISTRICTS})
    assert {district.character for district in DISTRICTS} == set(CHARACTERS)


def test_the_centre_is_small_and_the_outskirts_large():
    area = {d.code: shape.area for d, shape in zip(DISTRICTS, town().shapes, strict=True)}
    centre = [area[d.code] for d in DISTRICTS if d.character == "centre"]
    rural = [area[d.code] for d in DISTRICTS if d.character == "rural"]
    assert max(centre) < min(rural)


def test_every_seat_lies_in_its_own_district():
    for district, shape in zip(DISTRICTS, town().shapes, strict=True):
        assert shape.contains(shapely.Point(from_km([district.seat_km])[0])), district.name


def test_named_places_stand_on_land():
    land = town().land
    for place in PLACES:
        assert land.distance(shapely.Point(from_km([place.at_km])[0])) < 60, place.name


def test_the_drawing_base_has_what_a_town_map_needs():
    base = scenery()
    kinds = {feature.kind for feature in (*base.surfaces, *base.lines, *base.points)}
    assert kinds >= {"water", "park", "forest", "motorway", "main", "secondary", "street", "railway"}
    assert kinds >= {"square", "station", "harbour", "school", "shopping", "hospital"}
    assert all(shapely.is_valid(feature.geometry) for feature in (*base.surfaces, *base.lines, *base.points))
    assert not any(feature.geometry.is_empty for feature in (*base.surfaces, *base.lines))


def test_streets_stay_out_of_the_water():
    streets = shapely.union_all(list(scenery().streets))
    assert streets.intersection(town().sea).length == 0


def test_every_spot_lies_in_the_district_it_says():
    places = spots()
    for index, shape in enumerate(town().shapes):
        own = places.area == index
        assert shapely.contains_xy(shape, places.x_m[own], places.y_m[own]).all()
        assert own.sum() > 100


def test_weights_of_each_kind_of_place_sum_to_one():
    assert np.allclose(spots().weight.sum(axis=1), 1.0)
    assert np.allclose(spots().area_share().sum(axis=1), 1.0)


def test_hot_places_in_the_tables_exist():
    named = {name for _, _, hot in WHERE.values() for name in hot}
    assert named <= set(PLACE_KEYS)


@pytest.mark.skipif(
    "SAMSYN_REAL_DATA" not in os.environ, reason="SAMSYN_REAL_DATA names no folder of real data"
)
def test_the_town_is_no_real_municipality():
    path = Path(os.environ["SAMSYN_REAL_DATA"]) / "se_kommuner_290_4326.geojson"
    if not path.exists():
        pytest.skip("the folder of real data has no municipalities")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert TOWN_NAME not in {feature["properties"]["kommun"] for feature in features}
