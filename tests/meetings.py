"""Meetings as they might be told: for tests of whatever shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.expected import expected
from dashboard.charts.hours import hours
from dashboard.charts.trend import trend
from dashboard.maps.roles import roles_map
from dashboard.situation.meeting_words import (
    EarlierDecision,
    Figure,
    FocusWords,
    InterventionWords,
    MeetingWords,
    NewDecision,
    RatingWords,
    ReporterWords,
)
from tests.evaluations import districts, evaluation

if TYPE_CHECKING:
    from dashboard.charts.chart import Chart
    from dashboard.texts import Texts


def meeting_words(language: str = "sv", **more: Any) -> MeetingWords:
    """A whole meeting."""
    return MeetingWords(**(_SWEDISH if language == "sv" else _ENGLISH) | more)


def meeting_charts(texts: Texts) -> dict[str, Chart]:
    """The three pictures of a meeting, and that of an intervention."""
    random = np.random.default_rng(3)
    weights = random.gamma(0.6, 1.2, 168)
    mondays = np.datetime64("2026-01-05", "D") + 7 * np.arange(46)
    return {
        "map": roles_map(evaluation(), districts(), texts),
        "hours": hours(weights, texts, unknown=12, total=318),
        "weeks": trend({"week_start": mondays, "count": random.poisson(320, 46)}, texts),
        "intervention-1": expected(evaluation(), texts),
    }


_SWEDISH: dict[str, Any] = {
    "language": "sv",
    "title": "Veckomöte i Lindhamn",
    "status": "v. 47 2026 · tisdag 24 november 2026",
    "correction": "Den här rapporten ersätter den som har skickats tidigare. Fel dag i besluten.",
    "municipality": "Lindhamns kommun",
    "source": "Källor: Polisen, Fältgruppen, Bostads AB Linden, Skolorna. Uppgifter till och med 22 november 2026. Samsyn.",
    "participants": ("Eva Lind (kommunen)", "Omar Haddad (polisen)", "Karin Ek (Bostads AB Linden)"),
    "decided_before": (
        EarlierDecision(
            "Beskär buskagen längs gångvägen",
            "Norra hamnen",
            "Kommunen, Per Ås",
            "20 november 2026",
            "Klart",
            "",
        ),
        EarlierDecision(
            "Foto och märkning av cyklar vid stationen",
            "Stationsstaden",
            "Polisen, Omar Haddad",
            "18 november 2026",
            "Flyttat",
            "Märkutrustningen kom inte i tid. Ny dag är 2 december 2026.",
        ),
        EarlierDecision(
            "Byt trasig belysning i cykelgaraget",
            "Kvarnbacken",
            "Bostads AB Linden, Karin Ek",
            "17 november 2026",
            "Inte gjort",
            "Väntar på elektriker.",
        ),
    ),
    "reporters": (
        ReporterWords("Polisen", "187 händelser, ungefär som vanligt."),
        ReporterWords("Bostads AB Linden", "42 händelser, fler än vanligt."),
        ReporterWords(
            "Fältgruppen", "Ingen rapport sedan 8 november 2026. Det betyder inte att inget har hänt."
        ),
    ),
    "figures": (
        Figure("Händelser", "318", "Jämförbara veckor: 290 till 352. Ungefär som vanligt."),
        Figure("Polisanmälda", "61 %", "Jämförbara veckor: 64 %."),
        Figure("Kväll och natt", "48 %", "Jämförbara veckor: 39 %."),
    ),
    "flags": (
        "Stationsstaden: 31 händelser mot väntade 14 (7 till 22), mest cykelstöld.",
        "Norra hamnen: skadegörelse på fordon fyra kvällar i rad, klockan 20 till 23.",
    ),
    "remarks": (
        "Fältgruppen har inte rapporterat och räknas inte in.",
        "Våld i nära relation räknas bara per månad.",
    ),
    "quiet": "I övriga 31 områden sticker ingenting ut.",
    "nearest": (
        "Några ligger högst varje vecka, också när inget har förändrats.",
        "Lövskogen, stöld: 9 rapporterade, 5 väntade (1\u201310).",
    ),
    "interventions": (
        InterventionWords(
            "1",
            "Ny belysning i Hamnen",
            "Sedan den 9 februari 2026: 160 händelser. Väntat utan insatsen: 240, räknat från 6 områden. Färre än väntat.",
            "Källor som har ändrat hur de kodar: Polisen.",
        ),
        InterventionWords("2", "Vakter", "Ingen hel vecka av insatsen finns i uppgifterna än.", ""),
    ),
    "ratings": (
        RatingWords("Stationsstaden", "Hög", "Dubbelt så många cykelstölder, och evenemang i helgen."),
        RatingWords("Norra hamnen", "Förhöjd", "Flera kvällar i rad, oroliga boende."),
    ),
    "focus": (
        FocusWords("1", "Cykelgaraget vid stationen", "31 händelser, de flesta vardagar klockan 7 till 17."),
        FocusWords("2", "Parkeringen vid Norra kajen", "Mörkt, och ingen rör sig där efter klockan 20."),
    ),
    "decisions": (
        NewDecision(
            "Rondering vid cykelgaraget två gånger per eftermiddag",
            "Stationsstaden",
            "Cykelstöld",
            "Polisen",
            "Omar Haddad",
            "1 december 2026",
        ),
        NewDecision(
            "Tillfällig belysning på parkeringen",
            "Norra hamnen",
            "Skadegörelse på fordon, Inbrott i fordon",
            "Kommunen",
            "Per Ås",
            "27 november 2026",
        ),
    ),
    "notes": ("Nästa möte är 1 december 2026 klockan 9.", "Skolorna börjar rapportera i januari."),
}
_ENGLISH: dict[str, Any] = {
    "language": "en",
    "correction": "This report replaces the one that was sent earlier.",
    "title": "Weekly meeting in Lindhamn",
    "status": "wk 47 2026 · Tuesday 24 November 2026",
    "municipality": "Lindhamn",
    "source": "Sources: Police, Field workers, Linden Housing. Data up to 22 November 2026. Samsyn.",
    "participants": ("Eva Lind (municipality)", "Omar Haddad (police)"),
    "decided_before": (
        EarlierDecision(
            "Cut the shrubs along the footpath",
            "North Harbour",
            "Municipality, Per As",
            "20 November 2026",
            "Moved",
            "The ground was frozen.",
        ),
    ),
    "reporters": (
        ReporterWords("Police", "187 incidents, about as usual."),
        ReporterWords(
            "Field workers", "No report since 8 November 2026. It does not mean that nothing happened."
        ),
    ),
    "figures": (Figure("Incidents", "318", "Comparable weeks: 290 to 352. About as usual."),),
    "flags": ("Station Town: 31 incidents against 14 expected (7 to 22), mostly bicycle theft.",),
    "remarks": ("Field workers have not reported and are not counted.",),
    "quiet": "Nothing stands out in the other 32 districts.",
    "nearest": (
        "Some are highest in every week, even when nothing has changed.",
        "Lövskogen, theft: 9 reported, 5 expected (1\u201310).",
    ),
    "interventions": (
        InterventionWords(
            "1",
            "New lighting in the harbour",
            "Since 9 February 2026: 160 incidents. No clear difference.",
            "Sources that changed how they code: Police.",
        ),
    ),
    "ratings": (RatingWords("Station Town", "High", "Twice as many bicycle thefts."),),
    "focus": (FocusWords("1", "The bicycle garage", "31 incidents, most on weekdays from 7 to 17."),),
    "decisions": (
        NewDecision(
            "Patrol at the bicycle garage",
            "Station Town",
            "Bicycle theft",
            "Police",
            "Omar Haddad",
            "1 December 2026",
        ),
    ),
    "notes": ("The next meeting is on 1 December 2026 at 9.",),
}
