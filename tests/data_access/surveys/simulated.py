"""Simulated surveys: pupils in districts of very different size, with risks that differ by district, gender and stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.questions import FOLLOW_UPS, Question
from data_access.surveys.respondents import NONE, Answers, Respondents

if TYPE_CHECKING:
    from data_access.surveys.told import Measure

SECRET = "a secret of thirty-two characters or more"  # noqa: S105 - of the tests
STAGES = ("lower_secondary", "upper_secondary")


@dataclass(frozen=True)
class Shape:
    """How large a survey is; the first `with_follow_ups` of its questions have follow-ups."""

    people: int = 2400
    areas: int = 30
    questions: int = 4
    with_follow_ups: int = 1
    missing: float = 0.03


def survey(seed: int, shape: Shape = Shape()) -> Respondents:
    rng = np.random.default_rng(seed)
    area = rng.choice(shape.areas, shape.people, p=rng.dirichlet(np.full(shape.areas, 2.0)))
    gender = rng.choice([0, 1, NONE], shape.people, p=[0.475, 0.475, 0.05]).astype(np.int8)
    stage = rng.choice(2, shape.people, p=[0.6, 0.4]).astype(np.int8)
    answers = tuple(_answers(rng, number, shape, area, gender, stage) for number in range(shape.questions))
    return Respondents(
        areas=tuple(f"{place:02}" for place in range(shape.areas)),
        area=area,
        stages=STAGES,
        gender=gender,
        stage=stage,
        answers=answers,
        row_keys=rng.integers(0, 2**63, shape.people).astype(np.uint64),
    )


def _answers(
    rng: np.random.Generator,
    number: int,
    shape: Shape,
    area: np.ndarray,
    gender: np.ndarray,
    stage: np.ndarray,
) -> Answers:
    odds = rng.normal(-1.0, 0.5) + rng.normal(0, 0.4, shape.areas)[area]
    odds += rng.normal(0, 0.2) * (gender == 0) + rng.normal(0, 0.2) * stage
    present = (rng.random(shape.people) < 1 / (1 + np.exp(-odds))).astype(np.int8)
    present[rng.random(shape.people) < shape.missing] = NONE
    follow_ups: dict[Measure, np.ndarray] = {}
    if number < shape.with_follow_ups:
        for measure, chance in zip(FOLLOW_UPS, (0.3, 0.4, 0.4), strict=True):
            said = (rng.random(shape.people) < chance).astype(np.int8)
            follow_ups[measure] = np.where(present == 1, said, NONE).astype(np.int8)
    question = Question(
        f"individual.q{number}",
        "individual",
        "risk",
        f"q{number}",
        f"q{number}",
        has_follow_ups=bool(follow_ups),
    )
    return Answers(question, present, follow_ups)


def drawn(
    counts: dict[tuple[int, int, int], int],
    *,
    areas: int | tuple[str, ...],
    present: np.ndarray | None = None,
    code: str = "individual.q",
) -> Respondents:
    """People by (area, gender, stage), all of whom answer one question: yes, or as `present` says.

    `areas`: their codes, or how many there are.
    """
    who = np.array([where for where, count in counts.items() for _ in range(count)], np.int64).reshape(-1, 3)
    said = np.ones(len(who), np.int8) if present is None else present
    return Respondents(
        areas=areas if isinstance(areas, tuple) else tuple(f"{place:02}" for place in range(areas)),
        area=who[:, 0],
        stages=STAGES,
        gender=who[:, 1].astype(np.int8),
        stage=who[:, 2].astype(np.int8),
        answers=(Answers(Question(code, "individual", "risk", "q", "q"), said, {}),),
        row_keys=np.random.default_rng(len(who)).integers(0, 2**63, len(who)).astype(np.uint64),
    )
