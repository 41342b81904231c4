"""How many are invited and answer, per district and wave; the same for every seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.districts import DISTRICTS
from sample_data.surveys.planted import WAVES, by_character

_PUPILS = {"centre": 0.046, "rental": 0.078, "mixed": 0.063, "villa": 0.088, "work": 0.03, "rural": 0.067}
"""Pupils of högstadiet and gymnasiet per resident."""
_PUPILS_ANSWER = {"centre": 0.69, "rental": 0.64, "mixed": 0.71, "villa": 0.78, "work": 0.5, "rural": 0.74}

_ADULTS_INVITED, _ADULTS_POWER = 6300, 0.7
"""Adults are drawn per district: small ones get more than their share of residents."""
_ADULTS_ANSWER = {"centre": 0.55, "rental": 0.47, "mixed": 0.56, "villa": 0.63, "work": 0.4, "rural": 0.61}
_LATER_ANSWERS = 0.98


@dataclass(frozen=True)
class Turnout:
    """Persons per district in the order of `DISTRICTS`."""

    invited: np.ndarray
    responded: np.ndarray


def pupils(year: int) -> Turnout:
    """All pupils of a wave are invited."""
    residents = np.array([one.residents for one in DISTRICTS])
    return _turnout(residents * by_character(_PUPILS), by_character(_PUPILS_ANSWER), year)


def adults(year: int) -> Turnout:
    """A sample of adults, drawn per district."""
    weight = np.array([one.residents for one in DISTRICTS]) ** _ADULTS_POWER
    return _turnout(_ADULTS_INVITED * weight / weight.sum(), by_character(_ADULTS_ANSWER), year)


def _turnout(invited: np.ndarray, share: np.ndarray, year: int) -> Turnout:
    whole = np.round(invited).astype(np.int64)
    return Turnout(whole, np.round(whole * share * _LATER_ANSWERS ** WAVES.index(year)).astype(np.int64))
