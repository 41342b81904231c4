"""Where: coordinate columns in any usual system to metres, and codes or names of areas."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from pyproj.exceptions import CRSError

from data_access.importers.errors import ImportRefused, Remark
from data_access.importers.numbers import parse_numbers
from data_access.importers.pairs import parse_pairs
from geo.crs import projected_crs_for, transform, transform_bounds
from geo.guess import guess_crs, guess_each, transform_each
from geo.stand_ins import is_stand_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.importers.context import ImportContext
    from data_access.importers.faults import Faults
    from data_access.importers.mapping import Mapping
    from data_access.importers.table import RawTable

_WGS84 = 4326
_NAMED = re.compile(r"sweref[ _]?99[ _]?(\d\d)[ _.]?(\d\d)", re.IGNORECASE)
SWEREF_ZONES = {
    "1200": 3007, "1330": 3008, "1500": 3009, "1630": 3010, "1800": 3011, "1415": 3012,
    "1545": 3013, "1715": 3014, "1845": 3015, "2015": 3016, "2145": 3017, "2315": 3018,
}  # fmt: skip
"""Local zones by the degrees and minutes in their names."""
_SAID = 3


@dataclass(frozen=True)
class Points:
    """`x`, `y`: metres in `srid`, NaN where a row has no point; `is_stand_in`: the point stands for a whole place."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    is_stand_in: NDArray[np.bool_]
    srid: int | None
    guesses: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


@dataclass(frozen=True)
class _Pair:
    """Two coordinates per row as they stand in the file."""

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    cells: list[list[str]]

    def value(self, position: int) -> str:
        return "; ".join(column[position] for column in self.cells)


def read_points(table: RawTable, mapping: Mapping, context: ImportContext, faults: Faults) -> Points:
    """Read the points of all rows; unreadable, half and impossible ones go to `faults`.

    0, 0 is no point. Raises `ImportRefused`: crs_unknown when no system explains any row, or the named one is none.
    """
    pair, guesses = _read_pair(table, mapping, faults)
    if pair is None or not np.isfinite(pair.x).any():
        nothing = np.full(len(table.rows), np.nan)
        return Points(nothing, nothing.copy(), np.zeros(len(nothing), bool), context.srid, guesses)
    epsg, swapped = _systems(pair, mapping.crs, context, guesses)
    warnings = _mixed(epsg, swapped)
    srid = context.srid or _choose_srid(pair, epsg, swapped)
    x, y = transform_each(pair.x, pair.y, epsg, swapped, target=srid)
    is_lost = np.isnan(x) & np.isfinite(pair.x)
    faults.add(is_lost, field=pair.name, reason="coordinate_nowhere", value=pair.value)
    stands = is_stand_in(x, y, centroids=context.centroids if context.srid else None)
    if stands.any():
        warnings.append(
            Remark("points_are_stand_ins", {"count": int(stands.sum()), "rows": int(np.isfinite(x).sum())})
        )
    warnings += _far_away(x, y, srid, context)
    return Points(x, y, stands, srid, guesses, warnings)


def _read_pair(table: RawTable, mapping: Mapping, faults: Faults) -> tuple[_Pair | None, list[Remark]]:
    columns = mapping.columns
    if "x" in columns and "y" in columns:
        return _from_two(table, mapping, faults)
    if "gps" not in columns:
        return None, []
    cells = table.column(columns["gps"])
    x, y, is_bad = parse_pairs(cells)
    pair = _Pair(columns["gps"], *_without_zero(x, y), [cells])
    faults.add(is_bad, field=pair.name, reason="coordinate_unreadable", value=pair.value)
    return pair, []


def _from_two(table: RawTable, mapping: Mapping, faults: Faults) -> tuple[_Pair, list[Remark]]:
    values, cells, guesses = [], [], []
    for name in ("x", "y"):
        heading = mapping.columns[name]
        column = table.column(heading)
        numbers, is_bad, has_comma = parse_numbers(column, decimal=mapping.decimal)
        faults.add(is_bad, field=heading, reason="coordinate_unreadable", value=column.__getitem__)
        if has_comma:
            guesses.append(Remark("decimal_comma", {"column": heading}))
        values.append(numbers)
        cells.append(column)
    pair = _Pair(mapping.columns["x"], *_without_zero(*values), cells)
    is_half = np.isnan(values[0]) != np.isnan(values[1])
    faults.add(is_half, field=pair.name, reason="coordinate_half", value=pair.value)
    return pair, guesses


def _without_zero(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    is_none = np.isnan(x) | np.isnan(y) | ((x == 0) & (y == 0))
    return np.where(is_none, np.nan, x), np.where(is_none, np.nan, y)


def _systems(
    pair: _Pair, crs: int | None, context: ImportContext, guesses: list[Remark]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """EPSG code and swap per row; said aloud."""
    epsg, swapped = guess_each(pair.x, pair.y, near=context.near)
    if crs is not None:
        _check_crs(crs)
        guesses.append(Remark("crs_given", {"crs": crs}))
        swapped &= epsg == crs
        return np.where(np.isfinite(pair.x), crs, 0).astype(np.int32), swapped
    guess = guess_crs(pair.x, pair.y, near=context.near)
    named = named_crs(pair.name)
    if named is not None and any(code == named for code, _ in ((guess.epsg, False), *guess.alternatives)):
        guesses.append(Remark("crs", {"crs": named, "share_pct": 100.0}))
        return np.where(np.isfinite(pair.x), named, 0).astype(np.int32), swapped & (epsg == named)
    if guess.epsg is None or not (epsg > 0).any():
        first = int(np.flatnonzero(np.isfinite(pair.x))[0])
        raise ImportRefused(reason="crs_unknown", column=pair.name, value=pair.value(first))
    usual = Counter(zip(epsg[epsg > 0].tolist(), swapped[epsg > 0].tolist(), strict=True)).most_common(1)[0][
        0
    ]
    guesses.append(
        Remark(
            "crs",
            {
                "crs": usual[0],
                "share_pct": round(100 * float((epsg == usual[0]).sum() / np.isfinite(pair.x).sum()), 1),
            },
        )
    )
    if usual[1]:
        guesses.append(Remark("axes_swapped", {"column": pair.name}))
    others = [code for code, is_swapped in guess.alternatives if not is_swapped and code != usual[0]]
    if others and context.near is None:
        guesses.append(
            Remark("crs_alternatives", {"crs": usual[0], "others": ", ".join(map(str, others[:12]))})
        )
    return epsg, swapped


def named_crs(heading: str) -> int | None:
    """EPSG code of the SWEREF 99 system that a heading names (`X (SWEREF 99 16 30)`), else None."""
    found = _NAMED.search(heading)
    return SWEREF_ZONES.get(f"{found[1]}{found[2]}") if found else None


def _check_crs(crs: int) -> None:
    try:
        transform(np.zeros(1), np.zeros(1), crs, _WGS84)
    except CRSError as error:
        raise ImportRefused(reason="crs_unknown", column="crs", value=str(crs)) from error


def _mixed(epsg: NDArray[np.int32], swapped: NDArray[np.bool_]) -> list[Remark]:
    counts = Counter(epsg[epsg > 0].tolist())
    warnings = []
    if len(counts) > 1:
        parts = ", ".join(f"EPSG:{code} ({count})" for code, count in counts.most_common(_SAID + 2))
        warnings.append(Remark("systems_mixed", {"systems": parts}))
    turned = int(swapped.sum())
    rows = int((epsg > 0).sum())
    if 0 < turned < rows:
        warnings.append(Remark("axes_mixed", {"count": min(turned, rows - turned), "rows": rows}))
    return warnings


def _choose_srid(pair: _Pair, epsg: NDArray[np.int32], swapped: NDArray[np.bool_]) -> int:
    lon, lat = transform_each(pair.x, pair.y, epsg, swapped, target=_WGS84)
    if np.isnan(lon).all():
        raise ImportRefused(
            reason="crs_unknown", column=pair.name, value=pair.value(int(np.argmax(epsg > 0)))
        )
    return projected_crs_for(float(np.nanmedian(lon)), float(np.nanmedian(lat)))


def _far_away(
    x: NDArray[np.float64], y: NDArray[np.float64], srid: int, context: ImportContext
) -> list[Remark]:
    """Points further from the municipality than it is wide."""
    if context.near is None:
        return []
    west, south, east, north = transform_bounds(context.near, _WGS84, srid)
    margin_x, margin_y = east - west, north - south
    outside = (x < west - margin_x) | (x > east + margin_x) | (y < south - margin_y) | (y > north + margin_y)
    return [Remark("points_far_away", {"count": int(outside.sum())})] if outside.any() else []
