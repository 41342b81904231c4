"""The safety questionnaire: one row per item with its level in Lindhamn and how much it follows the district's unease."""

from __future__ import annotations

from dataclasses import dataclass

INDEX = "index"
HIGHEST_INDEX = 6


@dataclass(frozen=True)
class SafetyItem:
    """A question of the police's safety survey.

    `level`: mean index 0-6 for answers "index", else per cent that answer with one of the first words of `ANSWERS[answers]`.
    `unease`: what one step of the district's unease adds, index points or log-odds; `women`: log-odds or points against men.
    """

    block: str
    code: str
    answers: str
    level: float
    unease: float
    women: float
    name: str

    @property
    def key(self) -> str:
        """Block and code: "problem.graffiti"."""
        return f"{self.block}.{self.code}"


@dataclass(frozen=True)
class Answers:
    """Words of a scale with their part of the answers: those that count, and the others."""

    counted: dict[str, float]
    others: dict[str, float]


ANSWERS = {
    "unsafe": Answers(
        {"Ganska otrygg": 0.62, "Mycket otrygg": 0.2, "Går inte ut på grund av otrygghet": 0.18},
        {"Mycket trygg": 0.42, "Ganska trygg": 0.58},
    ),
    "extent": Answers(
        {"I stor utsträckning": 1.0}, {"I viss utsträckning": 0.58, "I liten utsträckning": 0.32, "Inte alls": 0.1}
    ),
    "often": Answers({"Mycket ofta": 0.27, "Ganska ofta": 0.73}, {"Sällan": 0.61, "Aldrig": 0.39}),
    "trust": Answers(
        {"Mycket stort": 0.28, "Ganska stort": 0.72},
        {"Varken eller": 0.58, "Ganska litet": 0.29, "Mycket litet": 0.13},
    ),
    "agree": Answers(
        {"Stämmer helt": 0.35, "Stämmer ganska bra": 0.65},
        {"Stämmer ganska dåligt": 0.7, "Stämmer inte alls": 0.3},
    ),
    "yes": Answers({"Ja": 1.0}, {"Nej": 1.0}),
}  # fmt: skip


def _item(row: str) -> SafetyItem:
    block, code, answers, level, unease, women, name = row.split(maxsplit=6)
    return SafetyItem(block, code, answers, float(level), float(unease), float(women), name)


# block code answers level unease women name
TABLE = """
unsafe out_late unsafe 27 0.75 1.1 Otrygg ute ensam sent på kvällen i det egna området
worry society extent 41 0.12 0.2 Oro över brottsligheten i samhället
worry relatives often 22 0.35 0.3 Oro för att närstående ska utsättas
worry burglary often 16 0.15 0.1 Oro för bostadsinbrott
worry assault often 13 0.60 0.3 Oro för överfall eller misshandel
worry robbery often 11 0.60 0.0 Oro för personrån
worry vehicle often 14 0.35 -0.2 Oro för stöld av eller skada på bil
worry vandalism often 15 0.45 0.0 Oro för skadegörelse
worry theft often 16 0.40 0.0 Oro för stöld
worry sexual often 9 0.55 1.9 Oro för våldtäkt eller sexuella angrepp
worry fraud often 18 0.05 0.1 Oro för bedrägeri på internet
effect avoided_activity often 8 0.50 0.6 Avstått från aktivitet på grund av oro
effect other_route often 20 0.65 0.9 Valt annan väg eller färdsätt
effect quality_of_life yes 9 0.50 0.3 Livskvaliteten påverkas
problem littering index 2.3 0.50 0.0 Nedskräpning
problem graffiti index 1.6 0.45 0.0 Klotter
problem vandalism index 1.8 0.55 0.0 Skadegörelse
problem dark index 1.9 0.40 0.4 Mörka områden
problem moped_path index 2.2 0.25 0.0 Moped på gång- och cykelväg
problem reckless index 2.3 0.35 0.0 Buskörning
problem speeding index 2.8 -0.10 0.0 Bilar som kör för fort
problem youth index 1.7 0.60 0.1 Ungdomar som stör ordningen
problem intoxicated index 1.5 0.75 0.1 Berusade personer
problem drugs index 1.7 0.80 0.1 Narkotikapåverkade eller handel
victim violence yes 2.4 0.45 -0.4 Utsatt för fysiskt våld
victim threat yes 5.5 0.40 0.0 Utsatt för hot
victim theft yes 9.0 0.30 0.0 Utsatt för stöld
victim damage yes 8.0 0.35 -0.1 Utsatt för skadegörelse
victim none yes 0 0.00 0.0 Inte utsatt för något brott
victim reported yes 46 0.00 0.1 Anmälde brottet
trust police_acts index 2.4 0.35 -0.1 Polisens agerande mot problemen
trust police trust 53 -0.25 0.2 Förtroende för polisen
trust municipality agree 38 -0.20 0.1 Kommunen bryr sig om problemen
trust efficacy agree 62 -0.30 0.1 Grannar ingriper och litar på varandra
"""

SAFETY_ITEMS = tuple(_item(row) for row in TABLE.split("\n") if row)
ITEM_KEYS = tuple(one.key for one in SAFETY_ITEMS)
INDEX_ITEMS = tuple(place for place, one in enumerate(SAFETY_ITEMS) if one.answers == INDEX)
"""Positions of the items with an index in `SAFETY_ITEMS`; the others are shares."""
