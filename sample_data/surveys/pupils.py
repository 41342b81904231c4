"""Pupils and their answers, drawn with a latent risk each, so that risks come together as they do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from sample_data.surveys.expected import (
    GENDERS,
    GENERAL,
    HELP_WITHOUT_DISTRESS,
    OF_LEVEL,
    STAGES,
    odds,
)
from sample_data.surveys.indicators import INDICATORS, LEVELS, RISKS
from sample_data.surveys.planted import WAVES
from sample_data.surveys.turnout import pupils

NO, YES, REFUSED, SKIPPED = range(4)
"""What stands in an answer to a question of yes and no."""

FREQUENCY = (0.34, 0.38, 0.2, 0.08)
"""Parts of seldom, sometimes, often and daily among those who say yes."""
NEVER_ASKED = -1

_SKIPS = 0.015
_STOPS = 0.03
"""Part of the pupils who stop somewhere on the way, and skip all that follows."""
_FOLLOW_UP_REFUSES = 0.05


@dataclass(frozen=True)
class Pupils:
    """Answers of one wave, a row per pupil, in no order.

    `area`, `gender`, `stage` are positions in `DISTRICTS`, `GENDERS`, `STAGES`. `answer[p, i]` NO..SKIPPED per indicator;
    `frequency`, `distress`, `wish` [p, r] per risk: a position in `FREQUENCY`, NO..SKIPPED, or NEVER_ASKED.
    """

    area: np.ndarray
    gender: np.ndarray
    stage: np.ndarray
    answer: np.ndarray
    frequency: np.ndarray
    distress: np.ndarray
    wish: np.ndarray


def answered(year: int, rng: np.random.Generator) -> Pupils:
    """All pupils who answered in a wave."""
    responded = pupils(year).responded
    area = rng.permutation(np.repeat(np.arange(len(responded)), responded))
    gender = rng.choice(len(GENDERS), len(area), p=list(GENDERS.values()))
    stage = rng.choice(len(STAGES), len(area), p=list(STAGES.values()))
    model = odds()
    logits = model.answer[WAVES.index(year), area, gender, stage]
    answer = _with_gaps(rng.random(logits.shape) < expit(logits + _latent(len(area), rng)), rng)
    asked = answer[:, RISKS] == YES
    distress = _followed(model.distress[area, gender], asked, rng)
    help_odds = np.where(distress == YES, model.wish[area, gender], np.log(HELP_WITHOUT_DISTRESS))
    often = np.searchsorted(np.cumsum(FREQUENCY)[:-1], rng.random(asked.shape))
    return Pupils(
        area,
        gender,
        stage,
        answer,
        np.where(asked, often, NEVER_ASKED),
        distress,
        _followed(help_odds, asked, rng),
    )


def _latent(count: int, rng: np.random.Generator) -> np.ndarray:
    """A general risk per pupil and one per level, as they act on each indicator."""
    levels = [list(LEVELS).index(one.level) for one in INDICATORS]
    general, of_level = rng.normal(size=(count, 1)), rng.normal(size=(count, len(LEVELS)))
    return odds().sign * (GENERAL * general + OF_LEVEL * of_level[:, levels])


def _with_gaps(says_yes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    count, questions = says_yes.shape
    refused_pct = np.array([one.refused_pct for one in INDICATORS])
    chance = rng.random(says_yes.shape)
    given = np.where(says_yes, YES, NO)
    given = np.where(chance < refused_pct / 100, REFUSED, given)
    given = np.where(chance > 1 - _SKIPS, SKIPPED, given)
    stops = np.where(rng.random(count) < _STOPS, rng.integers(10, questions, count), questions)
    return np.where(np.arange(questions) >= stops[:, None], SKIPPED, given)


def _followed(logits: np.ndarray, asked: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    chance = rng.random(asked.shape)
    given = np.where(rng.random(asked.shape) < expit(logits), YES, NO)
    given = np.where(chance < _FOLLOW_UP_REFUSES, REFUSED, given)
    return np.where(asked, np.where(chance > 1 - _SKIPS, SKIPPED, given), NEVER_ASKED)
