"""What the meetings of Lindhamn decided, by which function it was to be done, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Outcome:
    """What became of a decision, said at a meeting (its number from 0) or, `is_between`, on the Friday before it.

    `days`: from that meeting to the new deadline, for what is moved.
    """

    meeting: int
    status: Literal["done", "not_done", "moved", "dropped"]
    reason: str = ""
    days: int | None = None
    is_between: bool = False


@dataclass(frozen=True)
class Decision:
    """A decision of a meeting (its number from 0); `days`: from there to the deadline; `intervention`: key of its plan."""

    meeting: int
    what: str
    organisation: str
    person: str
    areas: tuple[str, ...]
    place: str
    categories: tuple[str, ...]
    days: int
    intervention: str | None = None
    outcomes: tuple[Outcome, ...] = ()


DECISIONS = {
    "haga_path": Decision(
        0, "Byt trasiga lampor och klipp buskarna längs gångvägen mellan Hagaskolan och Hagaparken",
        "Lindhamns kommun", "Enhetschef gata och park", ("0501",), "Gångvägen vid Hagaskolan",
        ("poor_lighting", "overgrown", "deserted"), 13,
        outcomes=(Outcome(2, "done", "Lamporna lyser sedan torsdag, buskarna är klippta."),),
    ),
    "open_fridays": Decision(
        0, "Utvärdera Öppna fredagar och föreslå hur de kan fortsätta i vår",
        "Skola och fritid", "Rektor för Lindgymnasiet", ("0102", "0105"), "Lindgymnasiet",
        ("youth_disorder", "vandalism", "alcohol_supply"), 20, "open_fridays",
        (
            Outcome(3, "moved", "Besöksräkningen för augusti och september är inte sammanställd.", 21),
            Outcome(6, "done", "Rapporten är klar. Förslaget går till utbildningsnämnden i december."),
        ),
    ),
    "entrances": Decision(
        0, "Gå igenom portar och källardörrar i husen runt Lövbackens centrum och laga dem som inte går i lås",
        "Bostads AB Linden", "Förvaltare Lövbacken", ("0401",), "Lövbackens centrum",
        ("open_entrance", "trespass_stairwell", "burglary_storage"), 17,
        outcomes=(
            Outcome(3, "not_done", "Låssmeden har hunnit fyra av elva portar."),
            Outcome(4, "done", "Alla elva portar går i lås."),
        ),
    ),
    "bus_stop": Decision(
        1, "Två fältassistenter vid busshållplatsen när skoldagen slutar, tisdag till torsdag i tre veckor",
        "Lindhamns kommun", "Gruppledare fältgruppen", ("0105",), "Busshållplatsen vid Lindgymnasiet",
        ("youth_disorder", "reckless_riding"), 21,
        outcomes=(Outcome(4, "done", "Genomfört som planerat, åtta av nio eftermiddagar."),),
    ),
    "speed": Decision(
        1, "Mät hastigheten på Ringvägen en vecka och lägg två kontroller efter klockan 20",
        "Polisen", "Områdespolisens gruppchef", ("0402",), "Ringvägen", ("speeding", "reckless_riding"), 14,
        outcomes=(Outcome(3, "done", "Mätningen och båda kontrollerna är gjorda. Resultatet går till gata och park."),),
    ),
    "guards": Decision(
        2, "Flytta ordningsvakternas pass så att de börjar klockan 18, nu när det mörknar tidigare",
        "Lindhamns kommun", "Trygghetssamordnaren", ("0103",), "Lindhamns central och Resecentrum",
        ("fight", "intoxicated", "unsafe_gathering"), 13, "station_guards",
        (Outcome(4, "done", "Det nya schemat gäller från vecka 43."),),
    ),
    "walk": Decision(
        2, "Trygghetsvandring med boende och hyresvärd längs det upplysta gångstråket",
        "Bostads AB Linden", "Trygghetssamordnaren", ("0302", "0303"), "Gångstråket mot Norrby gård",
        ("poor_lighting", "deserted", "moped_path"), 17,
        outcomes=(Outcome(5, "moved", "För få boende kunde före höstlovet.", 28),),
    ),
    "autumn_break": Decision(
        3, "Håll fritidsgården Verkstan öppen till klockan 23 onsdag till lördag under höstlovet, med fältpass i Lövbacken",
        "Lindhamns kommun", "Enhetschef ung fritid", ("0302", "0401"), "Fritidsgården Verkstan och Lövbackens centrum",
        ("youth_disorder", "vandalism", "fireworks"), 19, "field_workers",
        (Outcome(6, "done", "Öppet alla fyra kvällarna och fältpass fredag och lördag."),),
    ),
    "graffiti": Decision(
        3, "Ta bort klotter inom två dygn även på teknikskåp och busskurer vid stationen",
        "Lindhamns kommun", "Enhetschef gata och park", ("0103",), "Lindhamns central", ("graffiti",), 14,
        outcomes=(
            Outcome(5, "not_done", "Avtalet omfattar inte teknikskåpen. Ägaren är kontaktad."),
            Outcome(7, "moved", "Ägaren har svarat, ett tilläggsavtal skrivs.", 24),
        ),
    ),
    "bin_rooms": Decision(
        4, "Töm soprum och cykelrum på brännbart före höstlovet och kontrollera att dörrarna stänger",
        "Bostads AB Linden", "Trygghetssamordnaren", ("0202", "0203"), "",
        ("bin_fire", "arson", "vandalism"), 4, "rounds",
        (Outcome(5, "done", "Alla soprum är genomgångna, tre dörrstängare är bytta.", is_between=True),),
    ),
    "bicycles": Decision(
        4, "Märk cyklar och ge råd om lås en eftermiddag vid cykelgaraget",
        "Polisen", "Områdespolis Centrum", ("0103",), "Cykelgaraget vid Lindhamns central", ("bicycle_theft",), 17,
    ),
    "camera": Decision(
        4, "Pröva en tillfällig kamera i gångtunneln Ågatan",
        "Polisen", "Områdespolisens gruppchef", ("0103",), "Gångtunneln Ågatan", ("robbery_person", "molestation"), 28,
        "cameras", (Outcome(6, "dropped", "Tunneln behöver bättre ljus först. Frågan tas upp igen i vår."),),
    ),
    "halloween": Decision(
        5, "Dela upp fredag och lördag kväll mellan fältgruppen, ordningsvakterna och polisen så att någon alltid är ute",
        "Polisen", "Områdespolisens gruppchef", ("0103", "0302", "0501"), "",
        ("fireworks", "vandalism", "youth_disorder"), 5,
        outcomes=(Outcome(6, "done", "Båda kvällarna genomförda. Samma upplägg används till nyår."),),
    ),
    "storage": Decision(
        5, "Informera alla hushåll i husen med källarförråd om lås, belysning och hur skador anmäls",
        "Bostads AB Linden", "Förvaltare Haga och Hagalund", ("0501", "0502"), "", ("burglary_storage", "open_entrance"), 14,
        outcomes=(Outcome(7, "done", "Informationen är utdelad i 31 trapphus."),),
    ),
    "norrby_square": Decision(
        6, "Ta ställning till om de riktade passen vid Norrby torg ska tas upp igen före jul",
        "Polisen", "Områdespolisens gruppchef", ("0301",), "Norrby torg", ("drug_dealing", "drug_use"), 21, "drug_patrols",
    ),
    "square_evenings": Decision(
        7, "Var på torget tre kvällar och fråga både boende och dem som samlas vad som behövs",
        "Lindhamns kommun", "Gruppledare fältgruppen", ("0501",), "Hagatorget", ("unsafe_gathering", "youth_disorder"), 9,
    ),
    "tunnel": Decision(
        7, "Byt armaturen i gångtunneln Ågatan till en som lyser upp båda uppgångarna",
        "Lindhamns kommun", "Enhetschef gata och park", ("0103",), "Gångtunneln Ågatan", ("poor_lighting", "deserted"), 31,
    ),
}  # fmt: skip
"""By a key of their own, in the order in which they were taken."""
