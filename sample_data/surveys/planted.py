"""What was planted in the surveys: districts and a wave that differ, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from math import dist

import numpy as np

from sample_data.districts import DISTRICTS
from sample_data.places import PLACES

WAVES = (2024, 2026)
"""Years of the two waves; both surveys are made in spring."""

HEAVIER = {
    ("0301", "community.criminal_peers"): 2.8,
    ("0301", "community.coercion"): 2.4,
    ("0301", "individual.own_crime"): 1.9,
    ("0401", "community.drug_availability"): 2.3,
    ("0401", "school.truancy"): 2.0,
    ("0401", "individual.own_drug_use"): 1.9,
    ("0405", "community.leisure"): 2.0,
}
"""Odds ratio against what the district's character gives, by (district, indicator), in both waves."""

RISING = ("school.involuntary_absence", 1.75)
"""The indicator that rises everywhere, and its odds in the second wave against the first."""

UNMET_AREA = "0501"
UNMET_DISTRESS, UNMET_HELP = 2.4, 2.6
"""Odds of distress, and of a wish for help, there against elsewhere: many who carry their risks alone."""

PERCEIVED_WORSE = ("0303", 1.5)
"""A calm district with the name of its neighbour: more unease than incidents give reason for, in steps of unease."""
PERCEIVED_BETTER = ("0101", -1.5)
"""Many incidents, and residents who are used to them."""

STATION_STEPS, STATION_REACH_KM = 1.3, 0.9
"""Unease at the station, and the distance over which it falls to a third."""

IMPROVED = {("0302", "problem.dark"): -0.9, ("0303", "problem.dark"): -0.9}
"""Index points by which an item changes to the second wave: the new lighting is seen."""

_RISK = {"centre": 0.15, "rental": 0.4, "mixed": 0.0, "villa": -0.3, "work": 0.1, "rural": -0.1}
_UNEASE = {"centre": 0.35, "rental": 0.8, "mixed": 0.0, "villa": -0.8, "work": 0.3, "rural": -0.9}
_OWN_SEED, _OWN_SPREAD = 20240415, 0.08


@dataclass(frozen=True)
class Levels:
    """Per district in the order of `DISTRICTS`: `risk` in log-odds, `unease` in steps; the same for every seed."""

    risk: np.ndarray
    unease: np.ndarray


def levels() -> Levels:
    """What a district's character, its own chance and the planted gaps give."""
    own = np.random.default_rng(_OWN_SEED).normal(0, _OWN_SPREAD, (2, len(DISTRICTS)))
    risk = by_character(_RISK) + own[0]
    unease = by_character(_UNEASE) + own[1]
    unease += STATION_STEPS * np.exp(-station_km() / STATION_REACH_KM)
    for code, steps in (PERCEIVED_WORSE, PERCEIVED_BETTER):
        unease[position(code)] += steps
    return Levels(risk, unease)


def station_km() -> np.ndarray:
    """Kilometres from each district's seat to the station."""
    station = next(place.at_km for place in PLACES if place.key == "station")
    return np.array([dist(one.seat_km, station) for one in DISTRICTS])


def position(code: str) -> int:
    """Position of a district code in `DISTRICTS`."""
    return [one.code for one in DISTRICTS].index(code)


def by_character(values: dict[str, float]) -> np.ndarray:
    """A value per district by its character."""
    return np.array([values[one.character] for one in DISTRICTS])
