"""Names on the map: the browser writes them over it, the most important first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_access.frame import AreaFact


@dataclass(frozen=True)
class Label:
    """Words at a place (WGS84); where labels collide the lowest rank (1 first) is written."""

    text: str
    lon: float
    lat: float
    rank: int = 5


def area_labels(areas: Sequence[AreaFact], middles: Sequence[tuple[float, float]]) -> list[Label]:
    """Names of districts at their middles (lon, lat); those with most residents first."""
    ranks = np.argsort(np.argsort([-(area.population or 0) for area in areas], kind="stable")).tolist()
    return [
        Label(area.name, round(lon, 5), round(lat, 5), 1 + rank)
        for area, (lon, lat), rank in zip(areas, middles, ranks, strict=True)
    ]
