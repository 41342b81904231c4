import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.grid import equal_count_cells

METRES = st.floats(-20_000, 20_000, allow_subnormal=False)
POINTS = st.lists(
    st.tuples(METRES, METRES) | st.just((300.0, 300.0)),
    min_size=1,
    max_size=120,
)


def holders(cells, x, y):
    """The slow, obvious answer: every cell whose half-open square holds the point."""
    inside = (x >= cells.x_min) & (x < cells.x_min + cells.side_m)
    return np.flatnonzero(inside & (y >= cells.y_min) & (y < cells.y_min + cells.side_m))


@settings(max_examples=60, deadline=None)
@given(POINTS, st.integers(1, 20))
def test_every_point_lies_in_exactly_one_cell(points, target):
    x, y = np.array(points).T
    cells = equal_count_cells(x, y, target=target)
    located = cells.locate(x, y)
    for k in range(x.size):
        assert holders(cells, x[k], y[k]).tolist() == [located[k]]


@settings(max_examples=60, deadline=None)
@given(POINTS, st.integers(1, 20))
def test_no_cell_holds_more_than_the_target_unless_it_is_smallest(points, target):
    x, y = np.array(points).T
    cells = equal_count_cells(x, y, target=target)
    counts = np.bincount(cells.locate(x, y), minlength=cells.side_m.size)
    assert ((counts <= target) | (cells.side_m == 100)).all()
    assert set(cells.side_m) <= {100, 200, 400, 800, 1600, 3200}


@settings(max_examples=30, deadline=None)
@given(POINTS)
def test_cells_never_overlap_and_lie_on_the_lattice(points):
    cells = equal_count_cells(*np.array(points).T, target=3)
    assert (cells.x_min % cells.side_m == 0).all()
    assert (cells.y_min % cells.side_m == 0).all()
    assert shapely.union_all(cells.polygons()).area == pytest.approx((cells.side_m**2).sum())


def test_a_split_keeps_its_empty_quarters_for_points_of_another_period():
    cells = equal_count_cells([10.0] * 5, [10.0] * 5, target=4, smallest_m=100, largest_m=200)
    assert cells.side_m.tolist() == [100] * 4
    assert (cells.locate([150.0, 10.0, 150.0], [10.0, 150.0, 150.0]) >= 0).all()


def test_points_elsewhere_and_missing_points_are_in_no_cell():
    cells = equal_count_cells([10.0, np.nan], [10.0, 5.0], target=4)
    assert cells.locate([10.0, 3200.0, -0.1, np.nan], [10.0, 10.0, 10.0, 1.0]).tolist() == [0, -1, -1, -1]


def test_no_points_make_no_cells():
    cells = equal_count_cells([], [], target=4)
    assert cells.side_m.size == 0
    assert cells.locate([1.0], [1.0]).tolist() == [-1]


def test_sides_that_do_not_double_are_refused_with_both_values():
    with pytest.raises(GeoError) as error:
        equal_count_cells([1.0], [1.0], target=4, smallest_m=100, largest_m=300)
    assert (error.value.key, error.value.params) == (
        "geo.sides_do_not_double",
        {"smallest_m": 100, "largest_m": 300},
    )
