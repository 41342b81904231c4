"""The interventions of Lindhamn and what they truly do: planted rate ratios and traps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import shapely

from sample_data.districts import DISTRICTS
from sample_data.plans import PLANS, Plan
from sample_data.town import town

if TYPE_CHECKING:
    from datetime import date

    from sample_data.weeks import Window

Trap = Literal["displacement", "overlap", "peak_start", "none"]

SHARED_BORDER_M = 50.0


@dataclass(frozen=True)
class Intervention:
    """An intervention with its plan and its planted truth; weeks are counted from the first week of the sample.

    From `start_week` to before `end_week` (None: still on) the expected number of incidents of `categories` in
    `areas` is multiplied by `rate_ratio`, in the areas around by `ring_rate_ratio`. `peak_ratio` lifts the
    `PEAK_WEEKS` before the start: the bad spell that made somebody act.
    """

    plan: Plan
    title: str
    kind: str
    organisation: str
    start_week: int
    end_week: int | None
    areas: tuple[str, ...]
    categories: tuple[str, ...]
    hypothesis: str
    rate_ratio: float
    trap: Trap | None = None
    ring_rate_ratio: float | None = None
    peak_ratio: float | None = None

    def starts_on(self, period: Window) -> date:
        """Return the Monday of the first week."""
        return period.day(self.start_week)

    def ends_on(self, period: Window) -> date | None:
        """Return the last Sunday, or None while the intervention goes on."""
        return None if self.end_week is None else period.day(self.end_week - 1, 6)

    def doses(self, period: Window) -> dict[date, float]:
        """Return what was delivered in each week (its Monday) up to the end of the sample, in the plan's unit."""
        weeks = range(self.start_week, period.weeks if self.end_week is None else self.end_week)
        mondays = [period.day(week) for week in weeks]
        return {monday: self.plan.dose.in_week(monday, number) for number, monday in enumerate(mondays)}


PEAK_WEEKS = 8

INTERVENTIONS = (
    Intervention(
        PLANS["lighting"],
        "Ny belysning längs gångstråken i Tallbacken och Norrby gård", "lighting", "Lindhamns kommun", 78, None,
        ("0302", "0303"), ("poor_lighting", "deserted", "molestation", "robbery_person", "moped_path"),
        "Tätare och varmare ljus gör stråken använda även på kvällen.", 0.62,
    ),
    Intervention(
        PLANS["cameras"],
        "Trygghetskameror vid Lindhamns central", "cameras", "Polisen", 70, None,
        ("0103",), ("assault", "fight", "drug_dealing", "drug_use", "bicycle_theft", "pickpocketing"),
        "Synliga kameror med larmcentral avhåller från våld, stöld och öppen försäljning.", 0.80, "overlap",
    ),
    Intervention(
        PLANS["station_guards"],
        "Ordningsvakter i Stationsstaden kvällar och helger", "guards", "Lindhamns kommun", 92, None,
        ("0103",), ("assault", "fight", "intoxicated", "unsafe_gathering", "drug_dealing", "drug_use"),
        "Fasta ordningsvakter torsdag till söndag kväll ger färre bråk och samlingar.", 0.72, "overlap",
    ),
    Intervention(
        PLANS["field_workers"],
        "Fältassistenter i Lövbacken fredag och lördag", "youth_workers", "Lindhamns kommun", 88, None,
        ("0401",), ("youth_disorder", "unsafe_gathering", "vandalism", "reckless_riding", "fireworks"),
        "Kända vuxna på plats när fritidsgården stänger dämpar oron bland unga.", 0.68,
    ),
    Intervention(
        PLANS["drug_patrols"],
        "Riktade polispass mot narkotikaförsäljning i Norrby centrum", "patrols", "Polisen", 84, 136,
        ("0301",), ("drug_dealing", "drug_use", "unsafe_gathering", "hangout"),
        "Återkommande pass vid torget gör försäljningen svårare.", 0.58, "displacement", ring_rate_ratio=1.28,
    ),
    Intervention(
        PLANS["clearing"],
        "Klottersanering och röjning inom två dygn i Haga och Hagalund", "clearing", "Bostads AB Linden", 66, None,
        ("0501", "0502"), ("graffiti", "littering", "dumped_waste", "overgrown", "disrepair"),
        "Snabb sanering tar bort belöningen och visar att någon bryr sig.", 0.60,
    ),
    Intervention(
        PLANS["rounds"],
        "Extra ronder mot skadegörelse i Söderstaden", "guards", "Bostads AB Linden", 100, None,
        ("0202", "0203"), ("vandalism", "broken_glass", "graffiti", "bin_fire", "arson"),
        "Täta ronder efter en svår vår ska få ned skadegörelsen.", 1.0, "peak_start", peak_ratio=2.3,
    ),
    Intervention(
        PLANS["open_fridays"],
        "Öppna fredagar på Lindgymnasiet", "events", "Skola och fritid", 96, 148,
        ("0105", "0102"), ("youth_disorder", "vandalism", "alcohol_supply", "noise", "broken_glass"),
        "Något att göra på fredagskvällen minskar bråk och skadegörelse i kvarteren.", 1.0, "none",
    ),
    Intervention(
        PLANS["neighbourhood_watch"],
        "Grannsamverkan i Rosenlund", "neighbourhood_watch", "Polisen", 74, None,
        ("0504",), ("burglary_home", "theft_from_vehicle"),
        "Grannar som ser efter varandras hus ger färre inbrott.", 0.75,
    ),
)  # fmt: skip


@cache
def ring_around(areas: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes of districts that share a border of some length with the given ones."""
    ground = town()
    inside = shapely.union_all([ground.shapes[ground.index(code)] for code in areas])
    return tuple(
        district.code
        for district, shape in zip(DISTRICTS, ground.shapes, strict=True)
        if district.code not in areas and shapely.intersection(inside, shape).length > SHARED_BORDER_M
    )
