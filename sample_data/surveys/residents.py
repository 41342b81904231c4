"""Adults and their answers to the safety survey, and what is expected of a district."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import expit, logit, ndtr

from sample_data.districts import DISTRICTS
from sample_data.surveys.planted import IMPROVED, WAVES, levels, position
from sample_data.surveys.safety_items import (
    ANSWERS,
    HIGHEST_INDEX,
    INDEX,
    INDEX_ITEMS,
    ITEM_KEYS,
    SAFETY_ITEMS,
)
from sample_data.surveys.turnout import adults

ADULT_GENDERS = {"Kvinna": 0.52, "Man": 0.46, "Annat": 0.005, "Vill inte svara": 0.015}
WOMANNESS = np.array([1.0, 0.0, 0.5, 0.5])
AGES = {"16\u201334 år": 0.22, "35\u201364 år": 0.46, "65 år eller äldre": 0.32}

GENERAL_SHARE, GENERAL_INDEX = 0.7, 0.7
"""Weights of a resident's general unease on log-odds and on index points."""
_NOISE_INDEX = 1.15
_SKIPS = 0.025
_VICTIM = ("victim.violence", "victim.threat", "victim.theft", "victim.damage")
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)


@dataclass(frozen=True)
class Residents:
    """Answers of one wave, a row per adult, in no order.

    `area`, `gender`, `age` are positions in `DISTRICTS`, `ADULT_GENDERS`, `AGES`. `answer[p, i]`: the index 0-6, or whether one
    of the counted words was chosen; NaN where nothing was answered or asked.
    """

    area: np.ndarray
    gender: np.ndarray
    age: np.ndarray
    answer: np.ndarray


def answered(year: int, rng: np.random.Generator) -> Residents:
    """All adults who answered in a wave."""
    responded = adults(year).responded
    area = rng.permutation(np.repeat(np.arange(len(responded)), responded))
    gender = rng.choice(len(ADULT_GENDERS), len(area), p=list(ADULT_GENDERS.values()))
    age = rng.choice(len(AGES), len(area), p=list(AGES.values()))
    mean = means()[WAVES.index(year), area, gender]
    general = rng.normal(size=(len(area), 1))
    share = rng.random(mean.shape) < expit(mean + GENERAL_SHARE * general)
    index = mean + GENERAL_INDEX * general + _NOISE_INDEX * rng.normal(size=mean.shape)
    answer = np.where(_is_index(), np.clip(np.round(index), 0, HIGHEST_INDEX), share)
    answer = np.where(rng.random(answer.shape) < _SKIPS, np.nan, answer)
    return Residents(area, gender, age, _consistent(answer))


@cache
def means() -> np.ndarray:
    """Index points or log-odds by wave, district, gender and item, shape (2, districts, genders, items)."""
    unease, women = (np.array([getattr(one, name) for one in SAFETY_ITEMS]) for name in ("unease", "women"))
    found = np.zeros((len(WAVES), len(DISTRICTS), len(ADULT_GENDERS), len(SAFETY_ITEMS)))
    found += _centres() + (levels().unease[:, None] * unease)[:, None, :]
    found += (WOMANNESS - 0.5)[:, None] * women
    for (area, key), points in IMPROVED.items():
        found[1, position(area), :, ITEM_KEYS.index(key)] += points
    return found


def expected(year: int) -> np.ndarray:
    """Mean index, or share 0-1, per district and item, whoever they are averaged over."""
    logits = means()[WAVES.index(year)]
    share = sum(
        weight * expit(logits + GENERAL_SHARE * node) for node, weight in zip(_NODES, _WEIGHTS, strict=True)
    ) / np.sqrt(2 * np.pi)
    spread = np.hypot(GENERAL_INDEX, _NOISE_INDEX)
    steps = np.arange(HIGHEST_INDEX) + 0.5
    index = ndtr((logits[..., None] - steps) / spread).sum(axis=-1)
    return np.einsum("g,dgi->di", list(ADULT_GENDERS.values()), np.where(_is_index(), index, share))


def _is_index() -> np.ndarray:
    return np.isin(np.arange(len(SAFETY_ITEMS)), INDEX_ITEMS)


def _centres() -> np.ndarray:
    return np.array(
        [
            one.level if one.answers == INDEX else logit(np.clip(one.level / 100, 1e-6, None))
            for one in SAFETY_ITEMS
        ]
    )


def _consistent(answer: np.ndarray) -> np.ndarray:
    """Who was a victim of nothing says so, and only victims are asked whether they reported it."""
    victim = answer[:, [ITEM_KEYS.index(key) for key in _VICTIM]] == 1
    none, reported = ITEM_KEYS.index("victim.none"), ITEM_KEYS.index("victim.reported")
    answer[:, none] = np.where(np.isnan(answer[:, none]), np.nan, ~victim.any(axis=1))
    answer[~victim.any(axis=1), reported] = np.nan
    return answer


def in_words(answers: str, counted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Words of a scale for answers that are counted (1), others (0) or missing (NaN: ""), dtype object."""
    scale, chance = ANSWERS[answers], rng.random(len(counted))
    said = np.where(counted == 1, _spread(scale.counted, chance), _spread(scale.others, chance))
    return np.where(np.isnan(counted), "", said)


def _spread(parts: dict[str, float], chance: np.ndarray) -> np.ndarray:
    place = np.searchsorted(np.cumsum(list(parts.values()))[:-1], chance)
    return np.array(list(parts), dtype=object)[place]
