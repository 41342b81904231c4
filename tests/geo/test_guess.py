import numpy as np
import pytest

from geo.crs import SWEREF_LOCAL, area_of_use, transform
from geo.guess import CANDIDATES, guess_crs, guess_each, transform_each

MALMO = (12.89, 55.49, 13.14, 55.64)
STOCKHOLM = (17.76, 59.22, 18.21, 59.44)
CHICAGO = (-87.95, 41.64, -87.52, 42.03)


def points_in(box, count=400, seed=1):
    random = np.random.default_rng(seed)
    return random.uniform(box[0], box[2], count), random.uniform(box[1], box[3], count)


@pytest.mark.parametrize("is_swapped", [False, True])
@pytest.mark.parametrize("epsg", CANDIDATES)
def test_every_candidate_is_recognised_when_the_areas_are_known(epsg, is_swapped):
    west, south, east, north = area_of_use(epsg) if epsg in SWEREF_LOCAL else MALMO
    middle = ((west + east) / 2, (south + north) / 2)
    near = (middle[0] - 0.2, middle[1] - 0.1, middle[0] + 0.2, middle[1] + 0.1)
    x, y = transform(*points_in(near), 4326, epsg)
    guess = guess_crs(*((y, x) if is_swapped else (x, y)), near=near)
    assert (guess.epsg, guess.is_swapped, guess.share_plausible) == (epsg, is_swapped, 1.0)
    assert guess.alternatives == ()


@pytest.mark.parametrize("epsg", [4326, 3006, 3021])
def test_national_systems_need_no_areas(epsg):
    x, y = transform(*points_in(STOCKHOLM), 4326, epsg)
    assert guess_crs(x, y).epsg == epsg
    assert guess_crs(y, x).is_swapped


def test_local_zones_look_alike_without_areas_and_the_guess_says_so():
    x, y = transform(*points_in(STOCKHOLM), 4326, 3011)
    guess = guess_crs(x, y)
    assert guess.epsg in SWEREF_LOCAL
    assert (3011, False) in {(guess.epsg, guess.is_swapped), *guess.alternatives}
    assert guess.alternatives


@pytest.mark.parametrize("near", [None, CHICAGO])
@pytest.mark.parametrize("is_swapped", [False, True])
def test_degrees_are_recognised_outside_sweden_too(near, is_swapped):
    lon, lat = points_in(CHICAGO)
    guess = guess_crs(*((lat, lon) if is_swapped else (lon, lat)), near=near)
    assert (guess.epsg, guess.is_swapped, guess.share_plausible) == (4326, is_swapped, 1.0)


def test_the_utm_zone_of_areas_abroad_is_a_candidate():
    x, y = transform(*points_in(CHICAGO), 4326, 32616)
    assert guess_crs(x, y, near=CHICAGO).epsg == 32616


def test_points_far_from_the_areas_are_read_but_called_implausible():
    guess = guess_crs(*points_in(CHICAGO), near=MALMO)
    assert (guess.epsg, guess.share_plausible) == (4326, 0.0)


def test_numbers_that_are_no_place_are_not_guessed():
    guess = guess_crs([1e9, 2e9], [3e9, 4e9])
    assert (guess.epsg, guess.share_plausible) == (None, 0.0)


def test_no_points_at_all():
    assert guess_crs([np.nan, 0.0], [1.0, 0.0]).epsg is None
    assert guess_crs([], []).epsg is None


def test_four_systems_and_swapped_rows_in_one_column():
    lon, lat = points_in(MALMO, 1000)
    true_epsg = np.array([4326, 3006, 3008, 3021])[np.arange(1000) % 4]
    true_swap = np.arange(1000) % 10 == 3
    x, y = transform_each(lon, lat, np.full(1000, 4326), np.zeros(1000, dtype=bool), target=3006)
    for epsg in np.unique(true_epsg):
        rows = true_epsg == epsg
        x[rows], y[rows] = transform(lon[rows], lat[rows], 4326, int(epsg))
    x[true_swap], y[true_swap] = y[true_swap].copy(), x[true_swap].copy()
    epsg, swapped = guess_each(x, y, near=MALMO)
    assert (epsg == true_epsg).all()
    assert (swapped == true_swap).all()
    back = transform_each(x, y, epsg, swapped, target=4326)
    assert np.column_stack(back) == pytest.approx(np.column_stack([lon, lat]), abs=1e-6)


def test_every_tenth_row_swapped_without_areas():
    lon, lat = points_in(STOCKHOLM)
    is_swapped = np.arange(400) % 10 == 0
    epsg, swapped = guess_each(np.where(is_swapped, lat, lon), np.where(is_swapped, lon, lat))
    assert (epsg == 4326).all()
    assert (swapped == is_swapped).all()


def test_rows_without_a_point_have_no_system():
    epsg, swapped = guess_each([np.nan, 0.0, 13.0, 5e8], [55.6, 0.0, 55.6, 1.0], near=MALMO)
    assert epsg.tolist() == [0, 0, 4326, 0]
    assert not swapped.any()


def test_a_neighbouring_zone_is_not_invented_for_points_outside_the_areas():
    x, y = transform(*points_in(MALMO, 200), 4326, 3008)
    far = transform([13.0 + 1.5], [55.56], 4326, 3008)
    epsg, _ = guess_each(np.append(x, far[0]), np.append(y, far[1]), near=MALMO)
    assert (epsg == 3008).all()
