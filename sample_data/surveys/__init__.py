"""Two surveys of Lindhamn, two waves each, as files: pupils' own picture of risk, and adults' of safety."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sample_data.surveys import pupils, residents, turnout
from sample_data.surveys.files import safety_mapping, write_safety, write_turnout, write_youth, youth_mapping
from sample_data.surveys.planted import WAVES
from sample_data.surveys.truth import survey_truth

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SurveyFiles", "WaveFiles", "survey_truth", "write_surveys"]


@dataclass(frozen=True)
class WaveFiles:
    """One wave of a survey: the answers, a row per person, and who was invited and answered per district."""

    year: int
    answers: Path
    turnout: Path


@dataclass(frozen=True)
class SurveyFiles:
    """Paths of everything that was written; a mapping says what the columns and words of its survey are."""

    youth: tuple[WaveFiles, ...]
    youth_mapping: Path
    safety: tuple[WaveFiles, ...]
    safety_mapping: Path
    truth: Path


def write_surveys(folder: Path, seed: int = 7) -> SurveyFiles:
    """Write both surveys into a folder, which is created when missing; the same seed gives the same files.

    Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    streams = iter(np.random.default_rng([seed, 2]).spawn(3 * len(WAVES)))
    youth, safety = [], []
    for year in WAVES:
        start = folder / f"ungdomsenkat_{year}"
        youth.append(
            WaveFiles(
                year,
                write_youth(start.with_suffix(".csv"), pupils.answered(year, next(streams))),
                write_turnout(folder / f"ungdomsenkat_{year}_svarsfrekvens.csv", turnout.pupils(year)),
            )
        )
        answers = residents.answered(year, next(streams))
        safety.append(
            WaveFiles(
                year,
                write_safety(folder / f"trygghetsmatning_{year}.csv", answers, next(streams)),
                write_turnout(folder / f"trygghetsmatning_{year}_svarsfrekvens.csv", turnout.adults(year)),
            )
        )
    return SurveyFiles(
        tuple(youth),
        _write_json(folder / "ungdomsenkat_kolumner.json", youth_mapping()),
        tuple(safety),
        _write_json(folder / "trygghetsmatning_kolumner.json", safety_mapping()),
        _write_json(folder / "survey_truth.json", survey_truth()),
    )


def _write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path
