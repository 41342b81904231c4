"""What Lindhamn found in its situation picture, and which interventions answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sample_data.interventions import INTERVENTIONS
from sample_data.plans import PLANS

if TYPE_CHECKING:
    from sample_data.weeks import Window


@dataclass(frozen=True)
class Finding:
    """A finding as the municipality wrote it down on the Friday of a week of the sample.

    `source`: indicator, gap, incidents or other. `survey`: instrument and year of the wave that it rests on, `indicator` its
    question. `areas`: codes, none for the whole municipality. `answers`: keys in `PLANS` of interventions that answer it.
    """

    statement: str
    source: str
    week: int
    areas: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    survey: tuple[str, int] | None = None
    indicator: str = ""


FINDINGS = (
    Finding(
        "Norrby gård: upplevs otryggare än de rapporterade händelserna talar för, och mörka områden nämns ofta"
        " (Trygghetsmätning 2024).",
        "gap", 46, ("0303",), ("lighting",), ("safety", 2024), "total",
    ),
    Finding(
        "Ungdomsenkät 2024, Norrby centrum: Umgänge med kriminella ligger högre än i kommunen.",
        "indicator", 47, ("0301",), ("drug_patrols",), ("youth", 2024), "community.criminal_peers",
    ),
    Finding(
        "Ungdomsenkät 2024, Lövbacken: Tillgång till droger i området ligger högre än i kommunen.",
        "indicator", 47, ("0401",), ("field_workers",), ("youth", 2024), "community.drug_availability",
    ),
    Finding(
        "Haga och Hagalund: klotter och dumpat avfall ligger kvar i veckor, och platserna upplevs som övergivna.",
        "other", 58, ("0501", "0502"), ("clearing",),
    ),
    Finding(
        "Söderstaden och Åbacken: skadegörelse och bränder har blivit tydligt fler på kort tid.",
        "incidents", 97, ("0202", "0203"), ("rounds",),
    ),
    Finding(
        "Ungdomsenkät 2026: Ofrivillig frånvaro har ökat i hela kommunen sedan 2024.",
        "indicator", 134, (), (), ("youth", 2026), "school.involuntary_absence",
    ),
)  # fmt: skip
"""In the order in which they were written down; the last one nobody has answered yet."""

_FRIDAY = 4


def findings(period: Window) -> list[dict[str, Any]]:
    """Return the findings as they are loaded; `answers`: titles of interventions."""
    titles = {key: one.title for key, plan in PLANS.items() for one in INTERVENTIONS if one.plan is plan}
    return [
        {
            "statement": one.statement,
            "source": one.source,
            "noted_on": period.day(one.week, _FRIDAY).isoformat(),
            "area_codes": list(one.areas),
            "instrument": one.survey[0] if one.survey else None,
            "year": one.survey[1] if one.survey else None,
            "indicator": one.indicator,
            "answers": [titles[key] for key in one.answers],
        }
        for one in FINDINGS
    ]
