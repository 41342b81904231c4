"""What share of pupils is expected to answer yes, before chance has its say: logits with a latent risk per pupil."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import expit, logit

from sample_data.districts import DISTRICTS
from sample_data.surveys.indicators import INDICATORS, KEYS, RISKS
from sample_data.surveys.planted import (
    HEAVIER,
    RISING,
    UNMET_AREA,
    UNMET_DISTRESS,
    UNMET_HELP,
    WAVES,
    levels,
    position,
)
from sample_data.surveys.turnout import pupils

GENDERS = {"Flicka": 0.475, "Pojke": 0.475, "Annat": 0.02, "Vill inte svara": 0.03}
"""Part of the pupils."""
GIRLNESS = np.array([1.0, 0.0, 0.5, 0.5])
"""How much of the difference between girls and boys a gender has."""
OTHER_BURDEN = np.array([0.0, 0.0, 0.5, 0.25])
"""What some carry more of than both, in log-odds."""
STAGES = {"Högstadiet": 0.53, "Gymnasiet": 0.47}

GENERAL, OF_LEVEL = 0.8, 0.5
"""Weights of a pupil's general risk and of the own risk of each level; both are standard normal."""
DISTRICT_WEIGHT = {"individual": 0.5, "family": 0.6, "school": 0.8, "community": 1.1}
HELP_WITHOUT_DISTRESS = 0.06
DISTRESS_GIRLS, HELP_GIRLS = 0.5, 0.3

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_STEPS = 60


@dataclass(frozen=True)
class Odds:
    """Log-odds that do not depend on the pupil's latent risk.

    `answer[w, d, g, s, i]` by wave, district, gender, stage and indicator; `distress[d, g, r]` of those who say yes to risk r,
    `wish[d, g, r]` of the distressed. `sign[i]` is 1 where a latent risk adds to yes, -1 where it takes away, 0 without.
    """

    answer: np.ndarray
    distress: np.ndarray
    wish: np.ndarray
    sign: np.ndarray


@cache
def odds() -> Odds:
    """Log-odds of everything, with what was planted."""
    sign = np.array([{"risk": 1.0, "protective": -1.0, "context": 0.0}[one.polarity] for one in INDICATORS])
    base = _without_plants(sign)
    answer = np.stack([base] * len(WAVES))
    for (area, key), ratio in HEAVIER.items():
        answer[:, position(area), :, :, KEYS.index(key)] += np.log(ratio)
    answer[1, :, :, :, KEYS.index(RISING[0])] += np.log(RISING[1])
    return Odds(
        answer,
        _follow_up("distress_pct", DISTRESS_GIRLS, UNMET_DISTRESS),
        _follow_up("help_pct", HELP_GIRLS, UNMET_HELP),
        sign,
    )


def shares(logits: np.ndarray) -> np.ndarray:
    """Shares of pupils with these log-odds, the latent risk averaged over."""
    spread = np.hypot(GENERAL, OF_LEVEL)
    return sum(
        weight * expit(logits + spread * node) for node, weight in zip(_NODES, _WEIGHTS, strict=True)
    ) / np.sqrt(2 * np.pi)


def people(year: int) -> np.ndarray:
    """Part of a wave's pupils by district, gender and stage; sums to 1."""
    responded = pupils(year).responded
    parts = np.einsum("d,g,s->dgs", responded, list(GENDERS.values()), list(STAGES.values()))
    return parts / parts.sum()


def _without_plants(sign: np.ndarray) -> np.ndarray:
    girls, older = (np.array([getattr(one, name) for one in INDICATORS]) for name in ("girls", "older"))
    weight = np.array([DISTRICT_WEIGHT[one.level] for one in INDICATORS]) * sign
    shift = np.zeros((len(DISTRICTS), len(GENDERS), len(STAGES), len(INDICATORS)))
    shift += (levels().risk[:, None] * weight)[:, None, None, :]
    shift += (GIRLNESS[:, None] * girls + OTHER_BURDEN[:, None] * sign)[None, :, None, :]
    shift += (np.array([0.0, 1.0])[:, None] * older)[None, None, :, :]
    wanted = np.array([one.share_pct for one in INDICATORS]) / 100
    return shift + _intercepts(shift, wanted)


def _intercepts(shift: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """What is added to every log-odds so that the town has the wanted shares, by halving."""
    low, high = np.full(len(wanted), -9.0), np.full(len(wanted), 9.0)
    part = people(WAVES[0])
    for _ in range(_STEPS):
        middle = (low + high) / 2
        is_much = np.einsum("dgs,dgsi->i", part, shares(shift + middle)) > wanted
        low, high = np.where(is_much, low, middle), np.where(is_much, middle, high)
    return (low + high) / 2


def _follow_up(name: str, girls: float, unmet: float) -> np.ndarray:
    share = logit(np.array([getattr(INDICATORS[place], name) for place in RISKS]) / 100)
    found = np.broadcast_to(share, (len(DISTRICTS), len(GENDERS), len(RISKS))).copy()
    found += (girls * (GIRLNESS - 0.5))[None, :, None]
    found[position(UNMET_AREA)] += np.log(unmet)
    return found
