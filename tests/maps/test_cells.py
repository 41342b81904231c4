import numpy as np
import pytest

from dashboard.maps.cells import cell_fills, cell_shapes
from dashboard.maps.classes import quantile_classes
from dashboard.texts import texts
from geo.crs import transform
from geo.grid import Cells

CELLS = Cells(np.array([370000.0, 370400.0]), np.array([6160000.0, 6160000.0]), np.array([400.0, 200.0]))


def test_cells_are_closed_squares_on_the_globe_in_their_own_order():
    features = cell_shapes(CELLS, 3006)["features"]
    assert [feature["properties"] for feature in features] == [{"i": 0}, {"i": 1}]
    for feature, x, side in zip(features, CELLS.x_min, CELLS.side_m, strict=True):
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        lon, lat = np.array(ring).T
        back = transform(lon, lat, 4326, 3006)
        assert back[0].max() - back[0].min() == pytest.approx(side, abs=2.5)
        assert back[0].min() == pytest.approx(x, abs=1.5)


def test_empty_cells_are_clear_and_the_others_are_not():
    classes = quantile_classes([0, 12, 40], texts("sv"))
    alphas = [cell_fills(classes)[int(digit)][3] for digit in classes.digits]
    assert alphas[0] == 0
    assert alphas[1] == alphas[2] > 0
