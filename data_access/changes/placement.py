"""In which district an incident lies: decided once, when it or the set of districts is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from sqlmodel import Session, col, select

from data_access.models import Area
from geo.locate import Locator

if TYPE_CHECKING:
    from numpy.typing import NDArray

CENTROID_TOLERANCE_M = 300.0
SLIVER_M = 0.01
"""Neighbours that were drawn apart leave slivers; a point this near a district belongs to it."""
_DISTRICT = 1


@dataclass(frozen=True)
class Placement:
    """What places incidents in one set: districts ordered by code, so that a point on a border goes to the lowest code."""

    area_set_id: int
    area_ids: NDArray[np.int64]
    locator: Locator
    tree: shapely.STRtree
    centroids: NDArray[np.float64]
    id_of_code: dict[str, int]

    @classmethod
    def of(cls, session: Session, area_set_id: int) -> Placement:
        """Read the districts of a set."""
        query = select(Area.id, Area.code, Area.wkb).where(
            Area.area_set_id == area_set_id, Area.level == _DISTRICT
        )
        rows = session.execute(query.order_by(col(Area.code))).all()
        geometries = shapely.from_wkb([row.wkb for row in rows])
        return cls(
            area_set_id=area_set_id,
            area_ids=np.array([row.id for row in rows], np.int64),
            locator=Locator(list(geometries)),
            tree=shapely.STRtree(geometries),
            centroids=shapely.get_coordinates(shapely.centroid(geometries)),
            id_of_code={row.code: row.id for row in rows},
        )


def place(
    placement: Placement,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    place_precision: NDArray[np.object_],
    area_code: NDArray[np.object_],
) -> NDArray[np.int64]:
    """Area id of each incident, -1 for none: by its point, else by its area code.

    `x`, `y` metres in the set's CRS, NaN for none. A stand-in point (a centre used for want of a place) is believed only
    within 300 m of the centre of the district it falls in; otherwise it stands for something larger than a district.
    """
    index = _locate(placement, x, y)
    is_stand_in = (place_precision == "stand_in") & (index >= 0)
    distance = np.hypot(x - placement.centroids[index, 0], y - placement.centroids[index, 1])
    index = np.where(is_stand_in & ~(distance <= CENTROID_TOLERANCE_M), -1, index)
    by_point = np.where(index >= 0, placement.area_ids[index], -1)
    by_code = np.array([placement.id_of_code.get(code, -1) if code else -1 for code in area_code], np.int64)
    code_first = (place_precision == "stand_in") | np.isnan(x)
    return np.where(code_first & (by_code >= 0), by_code, by_point)


def _locate(placement: Placement, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """District of each point, -1 for none."""
    index = placement.locator.locate(x, y).astype(np.int64)
    lost = np.flatnonzero((index < 0) & np.isfinite(x))
    if len(lost):
        points = shapely.points(x[lost], y[lost])
        found, near = placement.tree.query_nearest(points, max_distance=SLIVER_M, all_matches=True)
        # Of several equally near the lowest code wins, as on a border.
        order = np.lexsort((-near, found))
        index[lost[found[order]]] = near[order]
    return index
