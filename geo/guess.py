"""Find which coordinate system a pair of columns is written in, and whether the columns are swapped.

Each candidate system turns the region where points are expected into a box of its own numbers, and a row speaks for
the systems in whose box it lies. That needs no conversion of rows, so it is fast on any file. The ranges of the twelve
local SWEREF zones look alike: only a region (`near`) tells them apart, and without it the guess says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geo.crs import (
    INHABITED,
    RT90_GON_V,
    SWEDEN,
    SWEREF_99_TM,
    SWEREF_LOCAL,
    WEB_MERCATOR,
    WGS84,
    Bounds,
    area_of_use,
    projected_crs_for,
    transform,
    transform_bounds,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

CANDIDATES: tuple[int, ...] = (WGS84, SWEREF_99_TM, *SWEREF_LOCAL, RT90_GON_V, WEB_MERCATOR)
"""EPSG codes that Swedish files come in, most usual first."""

ALTERNATIVE_SHARE = 0.9
"""A system that fits this share of the rows that the best one fits is an alternative, not an also-ran."""

LEAST_SHARE = 0.1
"""A region where fewer of the rows lie, however they are read, says nothing about the system."""

MARGIN_SHARE = 0.1
"""Points may lie this far outside the given region, as a share of its width and height."""

System = tuple[int, bool]
"""An EPSG code, and whether the two columns are swapped (north or latitude first)."""


@dataclass(frozen=True)
class CrsGuess:
    """The system that a pair of columns is written in.

    Attributes:
        epsg: EPSG code, or None when no candidate fits any row.
        is_swapped: True when the first column holds north or latitude.
        share_plausible: share (0-1) of the rows with a point that lie where points are expected when read this way:
            in `near` when it was given, else in Sweden or, failing that, where people live. 0 with an EPSG code
            means: readable, but nowhere near.
        alternatives: other systems that fit nearly as many rows; empty when the guess is certain.

    """

    epsg: int | None
    is_swapped: bool
    share_plausible: float
    alternatives: tuple[System, ...]


def guess_crs(x: ArrayLike, y: ArrayLike, *, near: Bounds | None = None) -> CrsGuess:
    """Guess one system for a whole pair of columns.

    Args:
        x: the column taken for east or longitude (NaN, and 0 together with 0, count as no point).
        y: the column taken for north or latitude.
        near: west, south, east, north in degrees (WGS84) of the areas that the points should lie in.

    """
    x, y = _points(x, y)
    is_point = ~np.isnan(x)
    x, y = x[is_point], y[is_point]
    tiers = [_shares(x, y, tier) for tier in _tiers(near)]
    for shares in tiers:
        best = max(shares, key=lambda system: shares[system])
        if shares[best] >= LEAST_SHARE:
            expected = shares[best] if near is None else tiers[0].get(best, 0.0)
            others = tuple(s for s in shares if s != best and shares[s] >= ALTERNATIVE_SHARE * shares[best])
            return CrsGuess(*best, expected, others)
    return CrsGuess(None, is_swapped=False, share_plausible=0.0, alternatives=())


def guess_each(
    x: ArrayLike, y: ArrayLike, *, near: Bounds | None = None
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Guess a system per row, for files that mix systems or have some rows swapped.

    Systems are tried in the order of how many rows of the column they fit, so a row that two systems could explain
    goes with the majority. At most one local zone is used: a mix of zones cannot be told from points further away.

    Args:
        x: the column taken for east or longitude.
        y: the column taken for north or latitude.
        near: as in `guess_crs`.

    Returns:
        EPSG code per row (int32, 0 where there is no point or no system fits) and whether the row is swapped.

    """
    x, y = _points(x, y)
    epsg, swapped = np.zeros(x.size, dtype=np.int32), np.zeros(x.size, dtype=bool)
    is_open = ~np.isnan(x)
    kept_zone: int | None = None
    for tier in _tiers(near):
        hits = {system: _within(x, y, system, box) for system, box in tier}
        ranked = sorted(hits, key=lambda system: -int(hits[system].sum()))
        for code, is_swapped in ranked:
            rows = hits[code, is_swapped] & is_open
            if not rows.any() or (code in SWEREF_LOCAL and kept_zone not in (None, code)):
                continue
            kept_zone = code if code in SWEREF_LOCAL else kept_zone
            epsg[rows], swapped[rows] = code, is_swapped
            is_open &= ~rows
    return epsg, swapped


def transform_each(
    x: ArrayLike, y: ArrayLike, epsg: ArrayLike, swapped: ArrayLike, *, target: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Convert rows that are written in different systems (`guess_each`) to one EPSG code; NaN where epsg is 0."""
    x, y = _points(x, y)
    codes, is_swapped = np.asarray(epsg), np.asarray(swapped, dtype=bool)
    east, north = np.where(is_swapped, y, x), np.where(is_swapped, x, y)
    out_x, out_y = np.full(x.size, np.nan), np.full(x.size, np.nan)
    for code in np.unique(codes[codes > 0]):
        rows = codes == code
        out_x[rows], out_y[rows] = transform(east[rows], north[rows], int(code), target)
    return out_x, out_y


def _points(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Float arrays with NaN in both where either is missing or both are 0 (an empty field, not the Gulf of Guinea)."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    is_none = ~(np.isfinite(x) & np.isfinite(y)) | ((x == 0) & (y == 0))
    return np.where(is_none, np.nan, x), np.where(is_none, np.nan, y)


def _shares(
    x: NDArray[np.float64], y: NDArray[np.float64], tier: tuple[tuple[System, Bounds], ...]
) -> dict[System, float]:
    return {system: float(_within(x, y, system, box).mean()) if x.size else 0.0 for system, box in tier}


def _within(x: NDArray[np.float64], y: NDArray[np.float64], system: System, box: Bounds) -> NDArray[np.bool_]:
    """Rows that lie in the box when read in the system."""
    east, north = (y, x) if system[1] else (x, y)
    west, south, far_east, far_north = box
    return (east >= west) & (east <= far_east) & (north >= south) & (north <= far_north)


@lru_cache(maxsize=32)
def _tiers(near: Bounds | None) -> tuple[tuple[tuple[System, Bounds], ...], ...]:
    """Boxes per system, from the most to the least telling region: `near`, Sweden, the inhabited world."""
    world = tuple(((WGS84, is_swapped), INHABITED) for is_swapped in (False, True))
    tiers = (_both(CANDIDATES, SWEDEN), world)
    if near is None:
        return tiers
    middle = ((near[0] + near[2]) / 2, (near[1] + near[3]) / 2)
    own = projected_crs_for(*middle)
    zones = sorted(SWEREF_LOCAL, key=lambda code: abs(_meridian(code) - middle[0]))
    order = dict.fromkeys((WGS84, own, *zones, *CANDIDATES))
    return (_both(order, _widened(near)), *tiers)


def _both(codes: Iterable[int], region: Bounds) -> tuple[tuple[System, Bounds], ...]:
    boxes = [(code, _box_in(code, region)) for code in codes]
    return tuple(((code, swap), box) for swap in (False, True) for code, box in boxes if box is not None)


def _box_in(code: int, region: Bounds) -> Bounds | None:
    """Box of a region in a system's numbers; a local zone counts only where it is in use."""
    if code in SWEREF_LOCAL:
        west, south, east, north = area_of_use(code)
        region = (max(region[0], west), max(region[1], south), min(region[2], east), min(region[3], north))
        if region[0] >= region[2] or region[1] >= region[3]:
            return None
    box = transform_bounds(region, WGS84, code)
    return box if np.isfinite(box).all() else None


def _meridian(code: int) -> float:
    """Longitude of a local zone's middle: a municipality uses the zone whose meridian runs through it."""
    west, _, east, _ = area_of_use(code)
    return (west + east) / 2


def _widened(region: Bounds) -> Bounds:
    west, south, east, north = region
    dx, dy = MARGIN_SHARE * (east - west), MARGIN_SHARE * (north - south)
    return (west - dx, south - dy, east + dx, north + dy)
