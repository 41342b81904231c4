"""The questions of an instrument, as the build needs to know them, and our catalogue of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from data_access.surveys.told import Measure

MEASURES: tuple[Measure, ...] = ("present", "frequency", "distress", "help", "unmet", "index")
"""In the order they are shown."""

FOLLOW_UPS: tuple[Measure, ...] = ("frequency", "distress", "help")
HIGHEST_INDEX = 6
PRESENT_INDEX = 4
"""From this point of an index 0-6 somebody counts as having the problem, unless the file's mapping says otherwise."""


@dataclass(frozen=True)
class Question:
    """A question of the catalogue (see `data_access.models.survey.SurveyIndicator`).

    `at_risk_from`: the smallest number that counts as present, None when the file has to say it.
    """

    code: str
    level: str
    polarity: str
    name_sv: str
    name_en: str
    is_index: bool = False
    has_follow_ups: bool = False
    is_of_some: bool = False
    at_risk_from: float | None = None


@cache
def seed() -> tuple[dict[str, Any], ...]:
    """The catalogue that a new database begins with, as columns of `SurveyIndicator`."""
    document = json.loads(files("data_access").joinpath("survey_catalogue.json").read_text("utf-8"))
    return tuple(
        {
            "instrument": row["instrument"],
            "code": row["code"],
            "level": row["level"],
            "polarity": row["polarity"],
            "scale": row["scale"],
            "at_risk_from": PRESENT_INDEX if row["scale"] == "index" else None,
            "has_follow_ups": row["follow_ups"],
            "is_of_some": row["of_some"],
            "name_sv": row["sv"],
            "name_en": row["en"],
            "source": row["source"],
            "rank": rank,
        }
        for rank, row in enumerate(document["indicators"])
    )


def measures_of(question: Question, asked: frozenset[Measure]) -> tuple[Measure, ...]:
    """What is published of a question when these of its follow-ups were asked, in the order it is shown."""
    measures: list[Measure] = ["present", *(name for name in FOLLOW_UPS if name in asked)]
    if {"distress", "help"} <= asked:
        measures.append("unmet")
    if question.is_index:
        measures.append("index")
    return tuple(measures)
