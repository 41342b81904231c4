import base64
import io

import numpy as np
import pytest
from PIL import Image

from dashboard.maps.heat import heat_picture
from geo.crs import transform
from geo.density import Surface

BOUNDS = (370000.0, 6160000.0, 378000.0, 6166000.0)


def surface(values, cell_m=100.0):
    rows, columns = values.shape
    x, y = BOUNDS[0], BOUNDS[3]
    return Surface(values.astype(np.float32), (x, y - rows * cell_m, x + columns * cell_m, y), cell_m, 300.0)


def picture_of(uri):
    head, data = uri.split(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA"))


def hills(rows=60, columns=80):
    y, x = np.mgrid[:rows, :columns]
    return 500 * np.exp(-((y - 10) ** 2 + (x - 70) ** 2) / 60)


def test_the_peak_lies_where_it_is_north_up():
    alpha = picture_of(heat_picture(surface(hills()), 3006).uri)[..., 3]
    assert alpha.shape == (60, 80)
    assert np.unravel_index(alpha.argmax(), alpha.shape)[0] < 20
    assert alpha[10, 70] == alpha.max()
    assert alpha[50, 5] == 0


def test_nothing_is_drawn_outside_the_mask_and_where_nothing_happened():
    values = hills()
    values[:, 65:] = np.nan
    assert (picture_of(heat_picture(surface(values), 3006).uri)[:, 65:, 3] == 0).all()
    assert (picture_of(heat_picture(surface(np.zeros((5, 5))), 3006).uri)[..., 3] == 0).all()


def test_corners_are_those_of_the_grid_on_the_globe():
    south_west, north_west, north_east, south_east = heat_picture(surface(hills()), 3006).corners
    for (lon, lat), (x, y) in {
        south_west: (BOUNDS[0], BOUNDS[1]), north_west: (BOUNDS[0], BOUNDS[3]),
        north_east: (BOUNDS[2], BOUNDS[3]), south_east: (BOUNDS[2], BOUNDS[1]),
    }.items():  # fmt: skip
        wanted = transform([x], [y], 3006, 4326)
        assert (lon, lat) == pytest.approx((wanted[0][0], wanted[1][0]), abs=1e-6)
    assert south_west[0] != north_west[0]


def test_large_surface_is_one_small_picture_in_the_same_place():
    large = surface(np.kron(hills(), np.ones((17, 13))), cell_m=10)
    picture = heat_picture(large, 3006)
    assert max(picture_of(picture.uri).shape) <= 320
    assert len(picture.uri) < 20_000
    west, south, east, north = large.bounds
    ends = transform([c[0] for c in picture.corners], [c[1] for c in picture.corners], 4326, 3006)
    assert ends[0].min() == pytest.approx(west, abs=0.2)
    assert ends[1].max() == pytest.approx(north, abs=0.2)
    assert 0 <= ends[0].max() - east <= 4 * large.cell_m
    assert 0 <= south - ends[1].min() <= 4 * large.cell_m


def test_noise_stays_under_twenty_kilobytes_and_the_scale_rises():
    noise = np.random.default_rng(3).gamma(1, 1, (40, 40))
    smooth = np.kron(noise, np.ones((8, 8)))
    picture = heat_picture(surface(smooth), 3006)
    assert len(picture.uri) < 20_000
    assert list(picture.limits_per_km2) == sorted(picture.limits_per_km2)
    assert len(picture.limits_per_km2) == len(picture.colours)


def test_a_fixed_peak_makes_periods_compare():
    half = picture_of(heat_picture(surface(hills() / 2), 3006, peak_per_km2=500).uri)[..., 3].max()
    full = picture_of(heat_picture(surface(hills()), 3006, peak_per_km2=500).uri)[..., 3].max()
    assert half < full
