"""Point-in-area: our locator against geopandas.sjoin."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from benchmarks.harness import Row, against
from benchmarks.places import districts, incidents
from geo.crs import SWEREF_99_TM
from geo.locate import Locator

POINTS, AREAS = 1_000_000, 300


def run() -> list[Row]:
    x, y = incidents(POINTS)
    areas = districts(AREAS)
    left = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=SWEREF_99_TM)
    right = gpd.GeoDataFrame({"area": np.arange(len(areas))}, geometry=areas, crs=SWEREF_99_TM)

    def ours() -> np.ndarray:
        return Locator(areas).locate(x, y)

    def peer() -> gpd.GeoDataFrame:
        return gpd.sjoin(left, right, how="left", predicate="within")

    touching = gpd.sjoin(left, right, how="left", predicate="intersects")
    joined = touching.groupby(level=0)["area"].min().fillna(-1).to_numpy()
    assert np.array_equal(ours(), joined), "our locator and geopandas.sjoin disagree"
    note = (
        f"{POINTS:,} points, {len(areas)} polygons; ours from arrays, with building the locator and one area per point;"
        " the peer's tables are made beforehand and it joins by `within`, its fastest way, which leaves out borders"
    )
    return [against("point in area / geopandas.sjoin", ours, peer, bar=3, rounds=5, note=note)]
