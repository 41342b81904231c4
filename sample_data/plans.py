"""What Lindhamn wrote down of its interventions before they began, and what was delivered week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

CHRISTMAS_WEEKS = frozenset({52, 53, 1})
JULY_WEEKS = frozenset({28, 29, 30, 31})
_SICK_LEAVE = (0.0, 0.0, 0.08, 0.0, -0.06, 0.0, 0.12, 0.0, 0.0, -0.04, 0.05)
"""Shares that are missing (or were made up for), over and over: staff are never all there."""


@dataclass(frozen=True)
class Dose:
    """What a week brings: `amount` of `unit`, rising over the first `ramp_weeks`.

    `holidays`, `july`: share of it that is delivered around Christmas and in July. Things that stand there day and night are
    `steady`: neither holidays nor sick leave touch them.
    """

    unit: str
    amount: float
    holidays: float = 0.5
    july: float = 0.5
    ramp_weeks: int = 1
    steady: bool = False

    def in_week(self, monday: date, number: int) -> float:
        """Return the amount of the week that begins on a Monday, the `number`th (from 0) of the intervention."""
        risen = min(1.0, (number + 1) / self.ramp_weeks)
        if self.steady:
            return float(round(self.amount * risen))
        week = monday.isocalendar().week
        share = self.holidays if week in CHRISTMAS_WEEKS else self.july if week in JULY_WEEKS else 1.0
        return float(round(self.amount * risen * share * (1 - _SICK_LEAVE[number % len(_SICK_LEAVE)])))


@dataclass(frozen=True)
class Plan:
    """Why, for what goal, by which function and at what cost an intervention was decided; `goal_pct`: decrease hoped for."""

    problem: str
    cause: str
    goal: str
    goal_pct: int
    responsible: str
    cost_sek: int
    decided_in: str
    dose: Dose
    approach: Literal["situational", "social"] = "situational"
    horizon: Literal["short", "long"] = "short"


PLANS = {
    "lighting": Plan(
        "Gångstråken mellan Tallbacken och Norrby gård är mörka från oktober till mars. Boende tar omvägar, och där har "
        "skett ofredanden och personrån på kvällarna.",
        "Glesa stolpar med gammal armatur, skymd sikt och få som passerar.",
        "Färre ofredanden, rån och anmälda mörka platser längs stråken.", 30,
        "Enhetschef gata och park", 1_850_000, "Samhällsnämnden, mars, § 31",
        Dose("ljuspunkter i drift", 142, ramp_weeks=6, steady=True), horizon="long",
    ),
    "cameras": Plan(
        "Våld, cykelstölder och öppen försäljning av narkotika återkommer på torget framför stationen.",
        "Många okända möts, flyktvägarna är många och det går lång tid innan någon ingriper.",
        "Färre våldsbrott och stölder på stationstorget.", 20,
        "Områdespolisens gruppchef", 640_000, "Lokal samverkan polis och kommun, februari, punkt 4",
        Dose("kameror i drift", 12, steady=True), horizon="long",
    ),
    "station_guards": Plan(
        "Bråk och berusade samlingar vid stationen torsdag till söndag kväll, trots kamerorna.",
        "Krogar och sista tågen töms samtidigt, utan vuxna som är där i en roll.",
        "Färre bråk och störande samlingar under kvällarna.", 25,
        "Trygghetssamordnaren", 2_300_000, "Kommunstyrelsen, juni, § 98",
        Dose("vakttimmar", 64, holidays=0.9, july=0.8),
    ),
    "field_workers": Plan(
        "När fritidsgården i Lövbacken stänger samlas unga i centrum, med skadegörelse och bråk fredag och lördag.",
        "Det saknas kända vuxna och något att gå till efter klockan 21.",
        "Färre ordningsstörningar och mindre skadegörelse på helgkvällarna.", 25,
        "Enhetschef ung fritid", 1_120_000, "Trygghetsrådet, maj, punkt 3",
        Dose("timmar fältarbete", 24, holidays=0.25, july=0.4), approach="social",
    ),
    "drug_patrols": Plan(
        "Narkotika säljs öppet vid torget i Norrby centrum, och boende undviker platsen.",
        "Köpare vet vart de ska gå, och platsen är lätt att överblicka för den som säljer.",
        "Försäljningen ska inte längre vara öppen vid torget.", 40,
        "Områdespolisens gruppchef", 980_000, "Lokal samverkan polis och kommun, juni, punkt 2",
        Dose("polispass", 9, holidays=0.7, july=0.6),
    ),
    "clearing": Plan(
        "Klotter, dumpat avfall och igenvuxna ytor ger Haga och Hagalund ett övergivet intryck.",
        "Det tog i snitt tre veckor från anmälan till åtgärd.",
        "Åtgärd inom två dygn och färre nya anmälningar.", 35,
        "Förvaltare Haga och Hagalund", 760_000, "Ledningsgruppen Bostads AB Linden, januari, punkt 7",
        Dose("åtgärdade anmälningar", 18, holidays=0.4, july=0.6),
    ),
    "rounds": Plan(
        "Efter en vår med bränder i soprum och krossade rutor i Söderstaden kräver hyresgästerna åtgärder.",
        "Portar och soprum står öppna, och ingen rör sig i gårdarna nattetid.",
        "Mindre skadegörelse och inga fler bränder i soprum.", 30,
        "Trygghetssamordnaren, Bostads AB Linden", 890_000, "Ledningsgruppen Bostads AB Linden, september, punkt 2",
        Dose("ronder", 35, holidays=1.0, july=0.9),
    ),
    "open_fridays": Plan(
        "Bråk, langning och skadegörelse i kvarteren runt gymnasiet på fredagskvällarna.",
        "Unga har ingenstans att vara inomhus utan att betala.",
        "Färre störningar på fredagskvällarna inom gångavstånd från skolan.", 20,
        "Rektor för Lindgymnasiet", 410_000, "Utbildningsnämnden, augusti, § 88",
        Dose("besökare", 95, holidays=0.0, july=0.0, ramp_weeks=4), approach="social",
    ),
    "neighbourhood_watch": Plan(
        "Villainbrott och stölder ur bilar i Rosenlund ökade två höstar i rad.",
        "Husen står tomma på dagtid, och grannar känner inte varandra.",
        "Färre bostadsinbrott.", 20,
        "Kommunpolisen", 45_000, "Trygghetsrådet, mars, punkt 5",
        Dose("anslutna hushåll", 210, ramp_weeks=20, steady=True), approach="social", horizon="long",
    ),
}  # fmt: skip
"""By a key of their own."""
