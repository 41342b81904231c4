import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from geo.density import density_at, heat_surface
from geo.errors import GeoError

REFERENCE = json.loads((Path(__file__).parents[1] / "reference/kde.json").read_text("utf-8"))
BOUNDS = (600_000.0, 6_500_000.0, 606_000.0, 6_504_000.0)
CLOSE = (602_000.0, 6_501_000.0, 604_000.0, 6_503_000.0)
NEARBY = st.tuples(st.floats(601_500, 604_500), st.floats(6_500_500, 6_503_500))


def exact(surface, x, y):
    """The slow, obvious surface: the kernel sum at the middle of every cell, per km2."""
    east, north = np.meshgrid(*surface.centres())
    places = np.column_stack([east.ravel(), north.ravel()])
    return 1e6 * density_at(places, x, y, bandwidth_m=surface.bandwidth_m).reshape(east.shape)


@pytest.mark.parametrize("case", REFERENCE["cases"], ids=lambda case: case["id"])
def test_exact_density_equals_the_reference(case):
    x, y = np.array(case["input"]["points"]).T
    got = density_at(case["input"]["eval"], x, y, bandwidth_m=case["input"]["bandwidth"]) / x.size
    assert got == pytest.approx(case["expected"], rel=case["tolerance_rel"])


def test_quartic_kernel_holds_one_event_and_ends_at_its_radius():
    middle, edge = density_at([(0, 0), (400, 0)], [0.0], [0.0], kernel="quartic", bandwidth_m=400)
    assert middle == pytest.approx(3 / (np.pi * 400**2))
    assert edge == 0
    steps = np.arange(-400, 400, 10) + 5.0
    grid = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    assert density_at(grid, [0.0], [0.0], kernel="quartic", bandwidth_m=400).sum() * 100 == pytest.approx(
        1, rel=1e-3
    )


# A lone event in the middle of a cell and one where four cells meet are the worst that can happen.
@example(points=[(603_025.0, 6_502_025.0)], cell_m=None)
@example(points=[(603_000.0, 6_502_000.0)], cell_m=None)
@settings(max_examples=30, deadline=None)
@given(st.lists(NEARBY, min_size=1, max_size=12), st.sampled_from([None, 25.0, 40.0]))
def test_the_surface_is_within_half_a_percent_of_the_peak(points, cell_m):
    x, y = np.array(points).T
    surface = heat_surface(x, y, bounds=CLOSE, cell_m=cell_m)
    truth = exact(surface, x, y)
    single_peak = 1e6 / (2 * np.pi * 300**2)
    assert np.abs(surface.values - truth).max() <= 0.005 * max(truth.max(), single_peak)


def test_many_points_on_several_threads_agree_too():
    random = np.random.default_rng(1)
    x, y = random.normal([603_000, 6_502_000], 700, (250_000, 2)).T
    surface = heat_surface(x, y, bounds=BOUNDS)
    east, north = surface.centres()
    row, column = random.integers(0, north.size, 30), random.integers(0, east.size, 30)
    truth = 1e6 * density_at(np.column_stack([east[column], north[row]]), x, y, bandwidth_m=300)
    assert np.abs(surface.values[row, column] - truth).max() <= 0.005 * surface.values.max()


def test_row_zero_is_north_and_column_zero_is_west():
    surface = heat_surface([600_100.0], [6_503_900.0], bounds=BOUNDS)
    row, column = np.unravel_index(surface.values.argmax(), surface.values.shape)
    assert row in (1, 2)
    assert column in (1, 2)
    x, y = surface.centres()
    assert x[0] < x[-1]
    assert y[0] > y[-1]


def test_events_outside_the_bounds_warm_the_edge():
    assert heat_surface([599_900.0], [6_502_000.0], bounds=BOUNDS).values[:, 0].max() > 0
    assert heat_surface([590_000.0], [6_502_000.0], bounds=BOUNDS).values.max() == 0


def test_the_surface_adds_up_to_the_number_of_events():
    x, y = np.random.default_rng(2).normal([603_000, 6_502_000], 200, (500, 2)).T
    surface = heat_surface(np.append(x, np.nan), np.append(y, 0.0), bounds=BOUNDS)
    assert surface.values.sum() * (surface.cell_m / 1000) ** 2 == pytest.approx(500, rel=1e-3)


def test_nothing_is_claimed_outside_the_municipality():
    land = box(590_000, 6_490_000, 603_000, 6_510_000)
    surface = heat_surface([603_000.0], [6_502_000.0], bounds=BOUNDS, mask=land)
    x, _ = surface.centres()
    assert np.isnan(surface.values[:, x > 603_000]).all()
    assert np.isfinite(surface.values[:, x < 603_000]).all()


def test_automatic_choices_are_told():
    surface = heat_surface([], [], bounds=BOUNDS)
    assert (surface.cell_m, surface.bandwidth_m, surface.values.max()) == (50, 300, 0)
    vast = heat_surface([], [], bounds=(0, 0, 300_000, 20_000))
    assert vast.cell_m == 100


def test_cells_wider_than_half_the_bandwidth_are_refused_with_both_values():
    with pytest.raises(GeoError) as error:
        heat_surface([1.0], [1.0], bounds=BOUNDS, bandwidth_m=100, cell_m=60)
    assert error.value.params == {"cell_m": 60, "bandwidth_m": 100}
    with pytest.raises(GeoError, match="bounds_are_empty"):
        heat_surface([1.0], [1.0], bounds=(0, 0, 0, 10))


def test_a_weight_is_as_many_events_at_one_place():
    x, y = np.array([100.0, 900.0, 500.0]), np.array([200.0, 700.0, 500.0])
    times = np.array([3, 1, 2])
    bounds = (0.0, 0.0, 1000.0, 1000.0)
    weighted = heat_surface(x, y, weights=times, bounds=bounds, bandwidth_m=150)
    repeated = heat_surface(np.repeat(x, times), np.repeat(y, times), bounds=bounds, bandwidth_m=150)
    assert weighted.values == pytest.approx(repeated.values, rel=1e-5)
