"""The youth questionnaire: one row per indicator with its share in Lindhamn and whom it concerns more."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = {"individual": "I", "family": "F", "school": "S", "community": "N"}
"""Levels in the order of the questionnaire, with the letter of their questions (N: närsamhälle)."""


@dataclass(frozen=True)
class Indicator:
    """A question of the questionnaire; those with polarity "risk" have three questions that follow it.

    `share_pct` answer yes in the whole town; `girls` and `older` are log-odds against boys and against högstadiet;
    `refused_pct` do not want to answer. Of those who say yes `distress_pct` are distressed, and of them `help_pct` wish for help.
    """

    level: str
    code: str
    polarity: str
    share_pct: float
    girls: float
    older: float
    refused_pct: float
    distress_pct: float
    help_pct: float
    name: str

    @property
    def key(self) -> str:
        """Level and code, since a code may stand on several levels: "family.finances"."""
        return f"{self.level}.{self.code}"


def _indicator(row: str) -> Indicator:
    level, code, polarity, *numbers, name = row.split(maxsplit=9)
    share, girls, older, refused, distress, wish = map(float, numbers)
    return Indicator(level, code, polarity, share, girls, older, refused, distress, wish, name)


# level code polarity share_pct girls older refused_pct distress_pct help_pct name
TABLE = """
individual npf context 15 -0.3 0.1 4 0 0 Neuropsykiatriska funktionsnedsättningar (NPF)
individual defiance risk 22 -0.2 -0.2 2 24 30 Trots
individual anger risk 27 0.1 -0.1 2 38 38 Ilska
individual overactivity risk 19 -0.3 -0.3 2 26 30 Överaktivitet
individual impulsivity risk 25 -0.2 -0.1 2 28 30 Impulsivitet
individual concentration risk 31 0.2 0.1 2 41 46 Koncentrationssvårigheter
individual compassion protective 86 0.7 0.1 2 0 0 Medkänsla
individual guilt_regret protective 81 0.4 0.1 2 0 0 Skuld och ånger
individual problem_solving protective 72 -0.1 0.2 2 0 0 Problemlösning
individual achievement protective 64 0.1 0.0 2 0 0 Prestationer
individual commitment protective 61 0.2 -0.1 2 0 0 Engagemang
individual future protective 74 -0.3 -0.1 2 0 0 Framtidstro
individual revenge risk 14 -0.4 -0.1 4 30 26 Hämndkänslor
individual compulsion risk 9 0.5 0.1 4 58 52 Tvång
individual catastrophic risk 16 0.8 0.2 3 66 54 Katastroftankar, rädsla att tappa kontrollen
individual fear_dying risk 13 0.6 0.0 3 64 50 Rädsla för att dö
individual aggression risk 12 -0.5 -0.2 3 33 34 Aggressivitet
individual physical_health protective 71 -0.4 -0.1 1 0 0 Fysisk hälsa
individual friends protective 84 -0.1 0.0 1 0 0 Relation till vänner
individual own_drug_use risk 9 -0.3 0.9 6 27 28 Eget drogbruk
individual police_contact risk 7 -0.8 0.4 5 34 22 Kontakt med polis
individual own_crime risk 11 -0.8 0.1 7 25 20 Egen brottslighet
individual controlled risk 8 0.7 0.2 5 62 48 Att bli kontrollerad
individual controlling risk 4 -0.1 0.1 6 24 22 Att kontrollera andra
individual partner_view risk 10 -1.1 0.0 5 12 10 Kvinno- och partnersyn
family environment protective 83 -0.2 -0.1 3 0 0 Hemmiljö
family parenting protective 76 0.0 -0.2 3 0 0 Föräldrastrategi
family supervision protective 74 0.2 -0.5 2 0 0 Tillsyn
family interest protective 79 0.0 -0.2 2 0 0 Föräldrars intresse och engagemang
family support protective 81 -0.2 -0.1 3 0 0 Stöd
family conflicts risk 18 0.4 0.0 4 55 42 Konflikter
family crime risk 5 -0.1 0.1 8 44 30 Brottslighet i familjen
family drug_use risk 8 0.2 0.1 8 52 36 Droganvändning i familjen
family abuse risk 4 0.5 0.1 9 74 50 Övergrepp
family violence risk 7 0.3 0.0 8 70 46 Våld, alla former
family police_contact risk 4 0.0 0.1 7 40 26 Familjens kontakt med polis
family mental_illness risk 14 0.4 0.2 5 60 48 Psykisk ohälsa
family composition context 66 0.0 -0.1 3 0 0 Familjesammansättning
family protective_person protective 78 0.2 0.0 2 0 0 Skyddspersoner
family risk_person risk 9 0.2 0.2 5 43 32 Riskpersoner
family stress risk 17 0.5 0.2 3 54 40 Stress
family finances risk 11 0.2 0.2 5 47 33 Ekonomi
school performance protective 68 0.3 0.0 2 0 0 Skolprestationer
school connection protective 70 0.0 -0.1 1 0 0 Skolanknytning
school bullied risk 12 0.3 -0.5 3 68 55 Blir mobbad
school bullying risk 5 -0.4 -0.4 5 22 24 Mobbar andra
school absence risk 17 0.2 0.4 2 31 34 Frånvaro
school involuntary_absence risk 11 0.3 0.2 3 57 52 Ofrivillig frånvaro
school truancy risk 13 -0.1 0.6 3 18 22 Skolk
school friends protective 83 -0.2 0.0 1 0 0 Kamratrelationer
school adults protective 72 -0.1 0.1 1 0 0 Relation till lärare och andra vuxna
school own_behaviour risk 15 -0.4 -0.3 3 32 34 Upplevelse av eget beteende
community finances risk 9 0.1 0.1 4 38 26 Ekonomi
community criminal_peers risk 7 -0.5 0.2 6 32 28 Umgänge med kriminella
community coercion risk 4 0.1 0.1 7 66 50 Utsatt för tvång
community control risk 6 0.5 0.0 6 58 44 Kontroll
community secrets risk 15 0.4 0.2 5 49 36 Att bära på hemligheter
community leisure protective 66 -0.1 -0.5 1 0 0 Fritidsaktiviteter
community drug_availability risk 28 0.0 0.7 4 30 24 Tillgång till droger i området
community drug_norms risk 18 -0.1 0.5 3 14 12 Tillåtande normer
community prosocial_opportunity protective 63 0.0 -0.2 2 0 0 Möjlighet att delta
community prosocial_reward protective 55 -0.1 -0.2 2 0 0 Uppskattning för deltagande
family parental_attitudes risk 13 -0.1 0.5 3 10 10 Föräldrars tillåtande attityder
school low_commitment risk 24 -0.2 0.2 2 20 24 Lågt skolengagemang
individual early_initiation risk 12 0.0 0.3 5 16 18 Tidig debut
individual perceived_risk protective 69 0.3 -0.3 2 0 0 Upplevd risk med droger
"""

INDICATORS = tuple(_indicator(row) for row in TABLE.split("\n") if row)
"""All indicators of the catalogue but `individual.gender`, which is a column of its own; in its order."""

KEYS = tuple(one.key for one in INDICATORS)
RISKS = tuple(place for place, one in enumerate(INDICATORS) if one.polarity == "risk")
"""Positions of the risks in `INDICATORS`."""
