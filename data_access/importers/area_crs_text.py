"""The coordinate system that a file states in words (WKT)."""

from __future__ import annotations

import pyproj
import pyproj.exceptions

_LONGEST = 20_000


def crs_from_wkt(text: str) -> pyproj.CRS | None:
    """The system, by its EPSG code where it has one; None for what is no WKT, too long, or no system of places.

    Nothing but WKT is taken: PROJ's other notations can name files.
    """
    text = text.replace("\0", "").strip()
    if len(text) > _LONGEST or not text[:1].isalpha() or "[" not in text:
        return None
    try:
        crs = pyproj.CRS.from_wkt(text)
        epsg = crs.to_epsg()
        crs = pyproj.CRS.from_epsg(epsg) if epsg else crs
    except pyproj.exceptions.CRSError:
        return None
    return crs if crs.is_projected or crs.is_geographic else None
