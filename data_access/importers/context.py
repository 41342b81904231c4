"""What the importers need to know of the municipality; built by the caller, so that no importer asks the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping as AnyMapping

    import numpy as np

    from data_access.importers.mapping import Mapping


@dataclass(frozen=True)
class ImportContext:
    """The municipality as an importer sees it.

    Attributes:
        srid: EPSG code of all stored points, None while undecided (then chosen from the file's points).
        timezone: IANA name for wall-clock times.
        near: west, south, east, north in degrees (WGS84) of the municipality's areas, or None.
        area_codes: codes of its areas; empty while there are none.
        area_names: name in small letters (casefold) -> code.
        categories: catalogue code -> (Swedish name, English name).
        remembered: how this organisation's files were read last.
        centroids: float[n, 2] metres in `srid` of points that stand for whole areas.
        now: the present moment (UTC), for refusing the future; None asks the clock.

    """

    srid: int | None
    timezone: str
    near: tuple[float, float, float, float] | None = None
    area_codes: frozenset[str] = frozenset()
    area_names: AnyMapping[str, str] = field(default_factory=dict)
    categories: AnyMapping[str, tuple[str, str]] = field(default_factory=dict)
    remembered: Mapping | None = None
    centroids: np.ndarray | None = None
    now: dt.datetime | None = None
