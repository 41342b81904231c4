"""Files of surveys for the drawn municipality (districts 01-04), as bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.importers.survey_mapping import SurveyMapping
from data_access.permissions import OPERATOR
from data_access.survey_releases import SurveyReport, release_survey
from tests.data_access.surveys.simulated import SECRET

if TYPE_CHECKING:
    from data_access.database import Database

HEADINGS = (
    "Område", "Kön", "Stadium", "family.conflicts", "family.conflicts_frequency", "family.conflicts_distress",
    "family.conflicts_help", "Mobbar andra", "Faith in the future",
)  # fmt: skip
PEOPLE = {"01": 150, "02": 60, "03": 40, "04": 14}
Rows = list[list[str]]


def rows_of(seed: int = 1, people: dict[str, int] | None = None) -> Rows:
    """A row per pupil: four in ten have conflicts at home, and of those in 02 most are distressed and wish for help."""
    rng, found = np.random.default_rng(seed), []
    for area, count in (people or PEOPLE).items():
        for number in range(count):
            has_risk = rng.random() < 0.4
            heavy = 0.8 if area == "02" else 0.3
            follow = [
                "Ofta" if rng.random() < 0.5 else "Sällan",
                *("Ja" if rng.random() < heavy else "Nej" for _ in range(2)),
            ]
            found.append(
                [
                    area,
                    ("Flicka", "Pojke")[number % 2] if number % 20 else "Annat",
                    ("Högstadiet", "Gymnasiet")[number // 2 % 2],
                    "Ja" if has_risk else "Nej",
                    *(follow if has_risk else ("", "", "")),
                    "Ja" if rng.random() < 0.1 else "Nej",
                    ("Stämmer helt", "Stämmer inte alls", "Vet ej")[int(rng.integers(0, 3))],
                ]
            )
    return found


def csv(rows: Rows, headings: tuple[str, ...] = HEADINGS, name: str = "enkät.csv") -> tuple[bytes, str]:
    return "\n".join(";".join(row) for row in [headings, *rows]).encode(), name


def release(database: Database, rows: Rows | None = None, **given: Any) -> SurveyReport:
    options: dict[str, Any] = {
        "wave": "Våren 2026",
        "instrument": "youth",
        "secret": SECRET,
        "year": 2026,
    } | given
    file = options.pop("file", None) or csv(rows or rows_of())
    return release_survey(database, options.pop("viewer", OPERATOR), file, **options)


SAFETY_HEADINGS = ("Område", "Kön", "Ålder", "Nedskräpning", "Klotter", "worry.burglary", "victim.reported")
SAFETY_MAPPING = SurveyMapping(columns={"area": "Område"})


def safety_rows(seed: int = 1) -> Rows:
    rng = np.random.default_rng(seed)
    return [
        [
            area,
            ("Kvinna", "Man")[number % 2],
            ("16-34", "35–64 år", "65 år eller äldre")[number % 3],  # noqa: RUF001 - as people type it
            str(int(rng.integers(0, 7))),
            str(int(rng.integers(0, 4))),
            ("Mycket ofta", "Ganska ofta", "Sällan", "Aldrig")[int(rng.integers(0, 4))],
            ("Ja", "Nej")[int(rng.integers(0, 2))] if rng.random() < 0.2 else "",
        ]
        for area, count in PEOPLE.items()
        for number in range(count)
    ]
