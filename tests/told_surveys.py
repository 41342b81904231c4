"""Releases of surveys as a viewer might be told them, drawn from what was planted in Lindhamn: for tests of charts and maps."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.surveys.telling import told
from data_access.surveys.told import Cell, Indicator, Release, ReleaseArea, Response, Wave
from geo.simplify import to_lonlat_geojson
from sample_data.districts import DISTRICTS
from sample_data.surveys import residents, turnout
from sample_data.surveys.expected import odds
from sample_data.surveys.indicators import INDICATORS, RISKS
from sample_data.surveys.planted import WAVES
from sample_data.surveys.safety_items import INDEX, SAFETY_ITEMS
from sample_data.surveys.truth import area_shares
from sample_data.town import town

if TYPE_CHECKING:
    from data_access.surveys.told import Measure

SILENT, WORDY = "0505", "0705"
"""Districts with so few pupils that all is hidden, and with so few that only words are told."""

FEWEST = 10
MUNICIPALITY = len(DISTRICTS)
"""Its row below those of the districts."""

_RISK_MEASURES: tuple[Measure, ...] = ("present", "distress", "help", "unmet")
_SAFETY_RISKS = ("unsafe", "worry", "effect", "problem", "victim")


@cache
def youth(year: int = 2026) -> Release:
    """The youth survey of a wave: districts with fewer than 10 hidden, 10-29 in words, 30-99 in steps of five."""
    rng, people = np.random.default_rng(year), turnout.pupils(year)
    present = area_shares(year)
    after = [_with_town(values.mean(axis=1), people.responded) for values in (odds().distress, odds().wish)]
    distress, wish = (1 / (1 + np.exp(-values)) for values in after)
    cells: list[Cell] = []
    for place, one in enumerate(INDICATORS):
        share = _with_town(present[:, place], people.responded)
        n = _with_sum(people.responded)
        yes = rng.binomial(n, share)
        cells += _cells(one.key, "present", n, yes)
        if place in RISKS:
            row = RISKS.index(place)
            distressed = rng.binomial(yes, distress[:, row])
            unmet = rng.binomial(distressed, wish[:, row])
            cells += _cells(one.key, "distress", yes, distressed)
            cells += _cells(one.key, "help", yes, unmet + (yes - distressed) // 12)
            cells += _cells(one.key, "unmet", n, unmet)
    known = tuple(
        Indicator(one.key, one.level, _polarity(one.polarity), one.name, _english(one.key),
                  _RISK_MEASURES if one.polarity == "risk" else ("present",))
        for one in INDICATORS
    )  # fmt: skip
    return _release(_wave(1, "youth", f"Ungdomsenkäten {year}", year), people, known, cells)


@cache
def safety(year: int = 2026) -> Release:
    """The safety survey of a wave: a share or an index per item, and the total of the indexes."""
    rng, people = np.random.default_rng(year + 1), turnout.adults(year)
    n, expected = _with_sum(people.responded), residents.expected(year)
    cells: list[Cell] = []
    indexes = []
    for place, one in enumerate(SAFETY_ITEMS):
        value = _with_town(expected[:, place], people.responded)
        if one.answers == INDEX:
            value = value + rng.normal(0, 1.4 / np.sqrt(n))
            indexes.append(value)
            cells += _index_cells(one.key, n, value)
            cells += _cells(one.key, "present", n, rng.binomial(n, np.clip((value - 0.5) / 6, 0.01, 0.9)))
        else:
            cells += _cells(one.key, "present", n, rng.binomial(n, value))
    cells += _index_cells("total", n, np.mean(indexes, axis=0))
    known = [
        Indicator(
            one.key, one.block, "risk" if one.block in _SAFETY_RISKS else "protective", one.name,
            _english(one.key), ("present", "index") if one.answers == INDEX else ("present",),
        )
        for one in SAFETY_ITEMS
    ]  # fmt: skip
    total = Indicator(
        "total", "problem", "risk", "Alla frågor tillsammans", "All questions together", ("index",)
    )
    return _release(_wave(2, "safety", f"Trygghetsmätningen {year}", year), people, (total, *known), cells)


def named(release: Release, code: str) -> Indicator:
    """An indicator of a release by its code."""
    return next(one for one in release.indicators if one.code == code)


def with_cell(release: Release, indicator: str, measure: Measure = "present", **told_so: Any) -> Release:
    """The release with one cell of the municipality told otherwise."""
    hidden = {"share": None, "n": None, "low": None, "high": None} if "precision" in told_so else {}
    cells = tuple(
        replace(one, **(hidden | told_so))
        if (one.indicator, one.measure, one.area) == (indicator, measure, None)
        else one
        for one in release.cells
    )
    return replace(release, cells=cells)


@cache
def lindhamn() -> bytes:
    """The districts as GeoJSON with i, code and name."""
    codes = [one.code for one in DISTRICTS]
    drawn = json.loads(to_lonlat_geojson(list(town().shapes), codes, source_epsg=3006, tolerance_m=20))
    for one, district in zip(drawn["features"], DISTRICTS, strict=True):
        one["properties"] |= {"code": district.code, "name": district.name}
    return json.dumps(drawn).encode()


@cache
def rates() -> dict[str, tuple[float, float]]:
    """Reported and police-reported incidents per 1,000 residents, by district; none for those with few residents."""
    base = {"centre": 700.0, "rental": 650.0, "mixed": 190.0, "villa": 60.0, "rural": 40.0, "work": 0.0}
    rng = np.random.default_rng(5)
    found = {
        one.code: base[one.character] * rng.uniform(0.6, 1.4) for one in DISTRICTS if base[one.character]
    }
    return {code: (rate, rate * rng.uniform(0.25, 0.45)) for code, rate in found.items()}


def _polarity(word: str) -> Any:
    return word


def _english(key: str) -> str:
    return key.rpartition(".")[2].replace("_", " ").capitalize()


def _with_sum(people: np.ndarray) -> np.ndarray:
    return np.append(people, people.sum())


def _with_town(values: np.ndarray, people: np.ndarray) -> np.ndarray:
    """The municipality's mean under those of the districts."""
    town_wide = np.tensordot(people, values, 1) / people.sum()
    return np.concatenate([values, np.asarray(town_wide)[None]])


def _cells(key: str, measure: Measure, n: np.ndarray, yes: np.ndarray) -> list[Cell]:
    town_wide = yes[MUNICIPALITY] / n[MUNICIPALITY]
    return [_cell(key, measure, area, int(n[area]), int(yes[area]), town_wide) for area in range(len(n))]


def _cell(key: str, measure: Measure, area: int, n: int, yes: int, town_wide: float) -> Cell:
    where: tuple[Any, ...] = (key, measure, _code(area), "all", "")
    if n < FEWEST:
        return Cell(*where, "hidden", "hidden")
    return Cell(*where, **told(yes / n, n, reference=town_wide, is_index=False))


def _index_cells(key: str, n: np.ndarray, values: np.ndarray) -> list[Cell]:
    cells, shares = [], values / 6
    for area, (people, share) in enumerate(zip(n.tolist(), shares.tolist(), strict=True)):
        where: tuple[Any, ...] = (key, "index", _code(area), "all", "")
        if people < FEWEST:
            cells.append(Cell(*where, "hidden", "hidden"))
        else:
            cells.append(Cell(*where, **told(share, people, reference=float(shares[-1]), is_index=True)))
    return cells


def _code(area: int) -> str | None:
    return None if area == MUNICIPALITY else DISTRICTS[area].code


def _wave(number: int, instrument: Any, name: str, year: int) -> Wave:
    days = (date(year, 3, 2), date(year, 4, 17))
    return Wave(
        10 * WAVES.index(year) + number, instrument, name, 1, year, *days, 1, "Distrikt 2024", "", "", ""
    )


def _release(wave: Wave, people: Any, known: tuple[Indicator, ...], cells: list[Cell]) -> Release:
    invited, responded = _with_sum(people.invited).tolist(), _with_sum(people.responded).tolist()
    told = [
        Response(_code(area), invited[area], responded[area], responded[area] / invited[area])
        if responded[area] >= FEWEST
        else Response(_code(area), invited[area], None, None)
        for area in (MUNICIPALITY, *range(MUNICIPALITY))
    ]
    areas = tuple(ReleaseArea(one.code, one.name) for one in DISTRICTS)
    return Release(wave, FEWEST, areas, {"all": ("",)}, known, tuple(told), tuple(cells))
