"""Two coordinates in one cell: `57.7, 11.97`, `(41,88; -87,62)`, `POINT (11.97 57.7)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.numbers import is_missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_COMMA_NUMBER = r"[-+]?\d+(?:,\d+)?"
_POINTS = re.compile(rf"^\(?\s*({_NUMBER})\s*[,;/ ]\s*({_NUMBER})\s*\)?$")
_COMMAS = re.compile(rf"^\(?\s*({_COMMA_NUMBER})\s*(?:[;/ ]|, )\s*({_COMMA_NUMBER})\s*\)?$")
_WKT = re.compile(
    rf"^(?:SRID=\d+;)?\s*POINT(?: Z)? ?\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})?\s*\)$", re.IGNORECASE
)


def parse_pairs(cells: list[str]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Read a column of pairs, latitude or north first (east first only in WKT).

    Returns x (east), y (north) as float64 with NaN where empty or unreadable, and which cells were unreadable.
    """
    pairs = [_pair(cell) for cell in cells]
    values = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    is_filled = np.fromiter((not is_missing(cell) for cell in cells), dtype=bool, count=len(cells))
    return values[:, 0], values[:, 1], np.isnan(values[:, 0]) & is_filled


def looks_like_pairs(cells: list[str]) -> float:
    """Share (0-1) of the cells that are not empty which hold a pair."""
    pairs = [_pair(cell)[0] for cell in cells if not is_missing(cell)]
    return float(np.isfinite(pairs).mean()) if pairs else 0.0


def _pair(cell: str) -> tuple[float, float]:
    """East and north; NaN when the cell is no pair."""
    text = cell.replace("\u2212", "-")
    if found := _POINTS.match(text):
        return float(found[2]), float(found[1])
    if found := _COMMAS.match(text):
        return float(found[2].replace(",", ".")), float(found[1].replace(",", "."))
    if found := _WKT.match(text):
        return float(found[1]), float(found[2])
    return np.nan, np.nan
