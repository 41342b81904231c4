import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import projected_crs_for, transform

SWEDISH_LON = st.floats(11.0, 24.0)
SWEDISH_LAT = st.floats(55.3, 69.0)


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [
        (18.07, 59.33, 3006),
        (13.0, 55.6, 3006),
        (-87.63, 41.88, 32616),
        (151.2, -33.87, 32756),
        (180.0, 10.0, 32660),
    ],
)
def test_the_working_system_is_sweref_in_sweden_and_utm_elsewhere(lon, lat, epsg):
    assert projected_crs_for(lon, lat) == epsg


def test_east_comes_first_whatever_the_authority_says():
    x, y = transform([15.0], [60.0], 4326, 3006)
    assert x[0] == pytest.approx(500_000, abs=0.01)
    assert 6_650_000 < y[0] < 6_655_000


@settings(max_examples=50, deadline=None)
@given(SWEDISH_LON, SWEDISH_LAT, st.sampled_from([3006, 3008, 3011, 3021, 3857]))
def test_there_and_back_is_the_same_place(lon, lat, epsg):
    x, y = transform([lon], [lat], 4326, epsg)
    back = np.concatenate(transform(x, y, epsg, 4326))
    assert back == pytest.approx([lon, lat], abs=1e-7)


def test_a_missing_coordinate_stays_missing_and_leaves_its_neighbours_alone():
    x, y = transform([np.nan, 18.0], [59.0, 59.0], 4326, 3006)
    assert np.isnan([x[0], y[0]]).all()
    assert np.isfinite([x[1], y[1]]).all()
