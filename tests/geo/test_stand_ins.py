import json
import os
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import Polygon, box

from geo.crs import transform
from geo.stand_ins import centres, is_stand_in, repeats


def town(count=20_000, seed=2):
    """Reports with jitter around busy places and everywhere in a town of 6 x 6 km."""
    random = np.random.default_rng(seed)
    busy = random.uniform(1000, 5000, (12, 2))[random.integers(0, 12, count // 2)]
    spread = np.vstack([busy + random.normal(0, 60, busy.shape), random.uniform(0, 6000, (count // 2, 2))])
    return spread + np.array([600_000, 6_500_000])


def with_stack(points, where, count):
    x, y = np.vstack([points, np.tile(np.asarray(where, dtype=float), (count, 1))]).T
    return x, y


def test_jittered_hot_places_are_not_stand_ins():
    assert not is_stand_in(*town().T).any()


def test_a_busy_square_on_one_coordinate_is_allowed_among_busy_streets():
    points = town()
    around = points[0] + np.random.default_rng(4).normal(0, 80, (250, 2))
    x, y = with_stack(np.vstack([points, around]), points[0], 300)
    assert not is_stand_in(x, y).any()


def test_a_stack_with_nothing_around_is_a_stand_in():
    x, y = with_stack(town(), (609_000, 6_509_000), 300)
    assert np.flatnonzero(is_stand_in(x, y)).tolist() == list(range(20_000, 20_300))


def test_the_threshold_can_be_given():
    x, y = with_stack(town(), (609_000, 6_509_000), 10)
    assert is_stand_in(x, y).sum() == 0
    assert is_stand_in(x, y, at_least=10).sum() == 10


def test_points_on_the_centre_of_an_area_are_stand_ins_however_few():
    district = Polygon([(600_000, 6_500_000), (603_000, 6_500_100), (602_000, 6_504_000)])
    crescent = box(605_000, 6_505_000, 606_000, 6_506_000).difference(
        box(605_200, 6_505_200, 606_000, 6_505_800)
    )
    known = centres([district, None, crescent, Polygon()])
    points = town()
    x, y = np.vstack([points, np.round(known)]).T
    assert np.flatnonzero(is_stand_in(x, y, centroids=known)).tolist() == [
        20_000 + k for k in range(len(known))
    ]


def test_a_file_that_knows_only_towns_is_all_stand_ins():
    random = np.random.default_rng(6)
    towns = random.uniform(0, 1_000_000, (150, 2))
    x, y = towns[random.integers(0, 150, 900)].T
    assert is_stand_in(x, y).all()


def test_a_file_with_one_single_coordinate_is_all_stand_ins():
    assert is_stand_in(np.full(80, 600_000.0), np.full(80, 6_500_000.0)).all()


def test_few_reports_far_apart_are_points():
    x, y = np.random.default_rng(7).uniform(0, 50_000, (40, 2)).T
    assert not is_stand_in(x, y).any()


def test_addresses_that_repeat_are_points():
    random = np.random.default_rng(8)
    addresses = random.uniform(0, 5000, (3000, 2)).round()
    x, y = addresses[random.integers(0, 3000, 30_000)].T
    assert not is_stand_in(x, y).any()


def test_missing_points_are_never_stand_ins():
    x, y = with_stack(town(200), (609_000, 6_509_000), 100)
    x[:5] = np.nan
    marked = is_stand_in(x, y)
    assert not marked[:5].any()
    assert marked[200:].all()
    assert not is_stand_in([np.nan], [1.0]).any()


def test_repeats_count_rows_on_the_same_metre():
    assert repeats([1.0, 1.2, 5.0, np.nan], [2.0, 2.4, 2.0, 1.0]).tolist() == [2, 2, 1, 0]


def test_real_police_events_are_all_recognised():
    folder = os.environ.get("SAMSYN_REAL_DATA")
    if not folder:
        pytest.skip("SAMSYN_REAL_DATA names no folder of real data")
    events = json.loads((Path(folder) / "se_polisen_handelser_2023-04_utan_fritext.json").read_text("utf-8"))
    lat, lon = np.array([event["location"]["gps"].split(",") for event in events], dtype=float).T
    marked = is_stand_in(*transform(lon, lat, 4326, 3006))
    assert (marked.size, marked.sum()) == (913, 913)


def test_real_chicago_incidents_are_points():
    folder = os.environ.get("SAMSYN_REAL_DATA")
    if not folder:
        pytest.skip("SAMSYN_REAL_DATA names no folder of real data")
    pandas = pytest.importorskip("pandas")
    table = pandas.read_csv(Path(folder) / "us_chicago_brott_25k_2017-2019.csv.gz")
    names = {name.lower(): name for name in table.columns}
    marked = is_stand_in(*transform(table[names["longitude"]], table[names["latitude"]], 4326, 32616))
    assert marked.mean() < 0.01
