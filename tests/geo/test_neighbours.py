import numpy as np
import pytest
from shapely.geometry import box

from geo.neighbours import distance_to_any, neighbourhood

# 2 | 3 | .
# 0 | 1 | 4   (kilometres; 4 lies half a metre off, as if drawn apart)
SQUARES = [
    box(x, y, x + 1000, y + 1000) for x, y in ((0, 0), (1000, 0), (0, 1000), (1000, 1000), (2000.5, 0))
]


def test_areas_that_share_a_border_are_neighbours_and_corners_are_not():
    found = neighbourhood(SQUARES).is_beside
    expected = {(0, 1), (0, 2), (1, 3), (2, 3), (1, 4)}
    assert {tuple(sorted(pair)) for pair in np.argwhere(found).tolist()} == expected
    assert (found == found.T).all()
    assert not found.diagonal().any()


@pytest.mark.parametrize(("shared_m", "is_beside"), [(40, False), (60, True)])
def test_a_border_must_have_some_length(shared_m, is_beside):
    pair = [box(0, 0, 1000, 1000), box(1000, 1000 - shared_m, 2000, 3000)]
    assert neighbourhood(pair).is_beside[0, 1] == is_beside


def test_overlapping_areas_are_neighbours_by_their_border_not_by_their_overlap():
    pair = [box(0, 0, 1000, 1000), box(999, 0, 2000, 1000)]
    assert neighbourhood(pair).is_beside[0, 1]


def test_distances_are_metres_between_points_inside():
    of = neighbourhood(SQUARES)
    assert of.distance_m[0, 1] == pytest.approx(1000)
    assert of.distance_m[0, 3] == pytest.approx(np.hypot(1000, 1000))
    assert list(distance_to_any(of, np.array([True, False, False, False, True]))) == pytest.approx(
        [0, 1000, 1000, np.hypot(1000, 1000), 0]
    )


def test_no_area_has_no_neighbour():
    assert neighbourhood([]).is_beside.shape == (0, 0)
