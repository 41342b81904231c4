"""The surveys as the files that a survey tool exports: answers in words, and invited and answered per district."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np

from sample_data.districts import DISTRICTS
from sample_data.surveys import pupils, residents
from sample_data.surveys.expected import GENDERS, STAGES
from sample_data.surveys.indicators import INDICATORS, LEVELS, RISKS
from sample_data.surveys.safety_items import ANSWERS, INDEX, SAFETY_ITEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sample_data.surveys.turnout import Turnout

AREA, GENDER, STAGE, AGE = "Område", "Kön", "Stadium", "Ålder"
FOLLOW_UPS = {"frequency": "Hur ofta", "distress": "Skapar det oro eller ångest", "help": "Önskar du hjälp"}
YES_NO_WORDS = np.array(["Nej", "Ja", "Vill inte svara", "", ""], dtype=object)
"""By NO, YES, REFUSED, SKIPPED and, last, NEVER_ASKED."""
FREQUENCY_WORDS = np.array(["Sällan", "Ibland", "Ofta", "Varje dag", ""], dtype=object)


def question_numbers() -> dict[str, str]:
    """Number of each indicator's question, by its key: "I3", "N12"; `I1` is the gender."""
    seen = dict.fromkeys(LEVELS, 0) | {"individual": 1}
    numbers = {}
    for one in INDICATORS:
        seen[one.level] += 1
        numbers[one.key] = f"{LEVELS[one.level]}{seen[one.level]}"
    return numbers


def write_youth(path: Path, of: pupils.Pupils) -> Path:
    """Semicolons, UTF-8 with byte order mark; a row per pupil, a column per question and its three follow-ups."""
    numbers, risk_place = question_numbers(), {place: row for row, place in enumerate(RISKS)}
    columns: dict[str, np.ndarray] = _who(of.area, {GENDER: (GENDERS, of.gender), STAGE: (STAGES, of.stage)})
    for place, one in enumerate(INDICATORS):
        columns[f"{numbers[one.key]} {one.name}"] = YES_NO_WORDS[of.answer[:, place]]
        if place in risk_place:
            row = risk_place[place]
            given = (
                FREQUENCY_WORDS[of.frequency[:, row]],
                YES_NO_WORDS[of.distress[:, row]],
                YES_NO_WORDS[of.wish[:, row]],
            )
            columns |= {
                f"{numbers[one.key]} {asked}": said
                for asked, said in zip(FOLLOW_UPS.values(), given, strict=True)
            }
    return _write(path, columns)


def write_safety(path: Path, of: residents.Residents, rng: np.random.Generator) -> Path:
    """Semicolons, UTF-8 with byte order mark; a row per adult, a column per question, indexes as whole numbers."""
    columns = _who(of.area, {GENDER: (residents.ADULT_GENDERS, of.gender), AGE: (residents.AGES, of.age)})
    for place, one in enumerate(SAFETY_ITEMS):
        values = of.answer[:, place]
        if one.answers == INDEX:
            whole = np.nan_to_num(values).astype(int).astype(str).astype(object)
            columns[heading(place)] = np.where(np.isnan(values), "", whole)
        else:
            columns[heading(place)] = residents.in_words(one.answers, values, rng)
    return _write(path, columns)


def write_turnout(path: Path, of: Turnout) -> Path:
    """One row per district: code, name, invited, answered."""
    columns = {
        AREA: [one.code for one in DISTRICTS],
        "Namn": [one.name for one in DISTRICTS],
        "Inbjudna": of.invited.tolist(),
        "Svarat": of.responded.tolist(),
    }
    return _write(path, columns)


def heading(place: int) -> str:
    """Heading of a safety item: its number and name."""
    return f"{place + 1:02} {SAFETY_ITEMS[place].name}"


def youth_mapping() -> dict[str, Any]:
    """What each column of the youth file is; an indicator is "level.code", a follow-up one with its code after a colon."""
    numbers = question_numbers()
    columns = {"area": AREA, "gender": GENDER, "stage": STAGE}
    columns |= {one.key: f"{numbers[one.key]} {one.name}" for one in INDICATORS}
    columns |= {
        f"{INDICATORS[place].key}:{code}": f"{numbers[INDICATORS[place].key]} {asked}"
        for place in RISKS
        for code, asked in FOLLOW_UPS.items()
    }
    words = {"yes": ["Ja"], "no": ["Nej"], "missing": ["Vill inte svara"]}
    return {
        "columns": columns,
        "words": words,
        "gender": {"female": "Flicka", "male": "Pojke"},
        "stage": {"lower_secondary": "Högstadiet", "upper_secondary": "Gymnasiet"},
    }


def safety_mapping() -> dict[str, Any]:
    """What each column of the safety file is, and which of its words count."""
    items = [(one.key, place, one.answers) for place, one in enumerate(SAFETY_ITEMS)]
    counted = {
        key: {"yes": list(ANSWERS[answers].counted), "no": list(ANSWERS[answers].others)}
        for key, _, answers in items
        if answers != INDEX
    }
    columns = {"area": AREA, "gender": GENDER, "age": AGE} | {key: heading(place) for key, place, _ in items}
    return {
        "columns": columns,
        "words": counted,
        "index": [key for key, _, answers in items if answers == INDEX],
    }


def _who(area: np.ndarray, more: dict[str, tuple[dict[str, float], np.ndarray]]) -> dict[str, np.ndarray]:
    codes = np.array([one.code for one in DISTRICTS], dtype=object)
    words = {name: np.array(list(parts), dtype=object)[place] for name, (parts, place) in more.items()}
    return {AREA: codes[area], **words}


def _write(path: Path, columns: dict[str, Any]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(_rows(columns.values()))
    return path


def _rows(columns: Iterable[Sequence[Any] | np.ndarray]) -> Iterable[tuple[Any, ...]]:
    return zip(*(one.tolist() if isinstance(one, np.ndarray) else one for one in columns), strict=True)
