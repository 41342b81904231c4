"""The five reporting organisations: their names, habits and own words for what happens."""

from __future__ import annotations

from dataclasses import dataclass

CODING_BREAK_WEEK = 58
"""From this week the police write area codes and use new codes for some offences."""


@dataclass(frozen=True)
class Organisation:
    """A reporting organisation and how well it fills in its form; shares are between 0 and 1."""

    key: str
    name: str
    key_prefix: str
    share_with_point: float
    share_at_centroid: float
    share_with_area: float
    share_date_only: float
    minute_step: int
    police_reported: tuple[float, float]
    """Share of its crimes it knows to be reported to the police, and known not to be; the rest is unknown."""


FIELD_TEAM = Organisation("falt", "Lindhamns kommun", "FG", 0.955, 0.02, 0.8, 0.05, 15, (0.25, 0.45))
POLICE = Organisation("polis", "Polisen", "K", 0.95, 0.015, 0.97, 0.0, 5, (1.0, 0.0))
HOUSING = Organisation("bostad", "Bostads AB Linden", "BL", 0.46, 0.03, 0.62, 0.0, 30, (0.3, 0.5))
SCHOOLS = Organisation("skola", "Skola och fritid", "SF", 0.0, 0.0, 0.985, 0.35, 5, (0.15, 0.7))
GUARDS = Organisation("vakt", "Väktarbolaget Fyren", "VF", 0.965, 0.01, 0.0, 0.0, 1, (0.35, 0.35))

BY_KEY = {one.key: one for one in (FIELD_TEAM, POLICE, HOUSING, SCHOOLS, GUARDS)}

# Catalogue code = own words; several own words for one type are separated by ";".
_FIELD_TEAM_WORDS = """
assault=Misshandel/våld
fight=Bråk och slagsmål
molestation=Ofredande
drug_dealing=Langning narkotika
drug_use=Droganvändning
drug_litter=Kanyler och drogrester
intoxicated=Berusade vuxna;Berusade ungdomar
alcohol_supply=Langning alkohol
graffiti=Klotter
fireworks=Smällare och raketer
unsafe_gathering=Otrygg samling
youth_disorder=Stökiga ungdomar
noise=Hög musik/fest
hangout=Tillhåll
reckless_riding=Buskörning moped/EPA;Buskörning elsparkcykel
moped_path=Moped på gångväg
speeding=För höga farter
traffic_danger=Farlig trafikplats
poor_lighting=Trasig belysning;Mörk plats
overgrown=Skymmande buskage
littering=Skräp
dumped_waste=Dumpning
deserted=Ödslig plats
abandoned_vehicle=Skrotbil
recruitment=Oro rekrytering
undue_influence=Påtryckningar
hate=Hat och extremism
rumours=Oro och rykten
safe_place=Fungerar bra/trygg plats
other=Lös hund;Drönare
"""

_POLICE_WORDS = """
assault=V110 Misshandel utomhus;V111 Misshandel inomhus
fight=V150 Slagsmål
threat=V210 Olaga hot
molestation=V230 Ofredande
robbery_person=V310 Personrån
staff_threat=V410 Hot mot tjänsteman
sexual_harassment=S120 Sexuellt ofredande
sexual_assault=S110 Våldtäkt
intimate_violence=V510 Våld i nära relation
honour=V520 Hedersrelaterat brott
shooting=X110 Skjutning
explosion=X120 Sprängning
weapon_seen=X210 Brott mot knivlagen
drug_dealing=N110 Överlåtelse narkotika
drug_use=N310 Eget bruk narkotika
intoxicated=O110 Omhändertagen berusad
burglary_home=T110 Inbrott villa;T111 Inbrott lägenhet
burglary_storage=T120 Inbrott källare/vind
burglary_premises=T130 Inbrott kontor/butik/skola
vehicle_theft=T210 Tillgrepp av fordon
theft_from_vehicle=T220 Stöld ur fordon
bicycle_theft=T415 Cykelstöld;T416 Stöld elcykel
shoplifting=T310 Butiksstöld
pickpocketing=T320 Fickstöld
theft_other=T390 Övrig stöld
fraud_person=B110 Bedrägeri mot äldre;B120 Övrigt bedrägeri
vandalism=D110 Skadegörelse
broken_glass=D120 Glaskross
arson=D210 Mordbrand
vehicle_fire=D220 Bilbrand
bin_fire=D230 Brand i container
reckless_riding=R110 Vårdslöshet i trafik
speeding=R120 Hastighetsöverträdelse
hate=H110 Hets mot folkgrupp
other=Z910 Övrigt ordningsärende
"""

_HOUSING_WORDS = """
threat=HOT
drug_dealing=NARK-HANDEL
drug_litter=NARK-FYND
burglary_storage=INBROTT FÖRRÅD
bicycle_theft=CYKEL
vandalism=SKADEG
graffiti=KLOTTER
broken_glass=GLAS
bin_fire=BRAND SOPRUM
fireworks=SMÄLLARE
unsafe_gathering=SAMLING
housing_disturbance=STÖRNING LGH
noise=MUSIK/FEST
trespass_stairwell=OBEHÖRIG TRAPPH;OBEHÖRIG KÄLLARE
hangout=TILLHÅLL
moped_path=MOPED GÅRD
poor_lighting=BELYSNING
littering=SKRÄP
dumped_waste=GROVSOPOR
disrepair=UNDERHÅLL
open_entrance=PORT/LÅS
abandoned_vehicle=SKROTBIL
other=SKADEDJUR
"""

_SCHOOL_WORDS = """
threat=Hot mellan elever
fight=Bråk
staff_threat=Hot mot personal
honour=Oro heder
weapon_seen=Kniv eller vapen
alcohol_supply=Alkohol
vandalism=Skadegörelse
graffiti=Klotter
broken_glass=Krossad ruta
burglary_premises=Inbrott i skola
youth_disorder=Ordningsstörning;Obehöriga ungdomar
reckless_riding=Mopedkörning på skolgård
traffic_danger=Farlig skolväg
recruitment=Oro rekrytering
undue_influence=Tystnadskultur
hate=Hatsymboler
rumours=Oro i sociala medier
bullying=Kränkning
safe_place=Trygg plats
other=Övrigt
"""

_GUARD_WORDS = """
assault=10 Våld
fight=11 Slagsmål
sexual_harassment=12 Ofredande sexuellt
weapon_seen=13 Föremål
staff_threat=14 Hot personal
drug_dealing=20 Narkotika handel
drug_use=21 Narkotika bruk
intoxicated=22 Berusad person;23 Avvisad berusad
shoplifting=30 Snatteri
pickpocketing=31 Fickstöld
vandalism=40 Åverkan
graffiti=41 Klotter
unsafe_gathering=50 Samling
youth_disorder=51 Stökande ungdomar
other=90 Hittegods
"""


def _parse(table: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split("=") for line in table.strip().splitlines())
    return {code: tuple(words.split(";")) for code, words in rows}


WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "falt": _parse(_FIELD_TEAM_WORDS),
    "polis": _parse(_POLICE_WORDS),
    "bostad": _parse(_HOUSING_WORDS),
    "skola": _parse(_SCHOOL_WORDS),
    "vakt": _parse(_GUARD_WORDS),
}
"""Own words per organisation and catalogue code; police and guards write a short code and then a text."""

CODED = frozenset({"polis", "vakt"})
"""Organisations whose words begin with a short code of their own."""

OLD_POLICE_WORDS = {
    "N310 Eget bruk narkotika": "N120 Bruk av narkotika",
    "T415 Cykelstöld": "T410 Cykelstöld",
    "T416 Stöld elcykel": "T410 Cykelstöld",
    "V111 Misshandel inomhus": "V110 Misshandel utomhus",
}
"""What the police wrote before the coding break: one code renamed, one split in two later, one added later."""

UNMAPPED = frozenset({"Drönare", "SKADEDJUR", "Z910 Övrigt ordningsärende"})
"""Own words that nobody has mapped to the catalogue; they are imported as `other` with their own code."""


def split_words(organisation: str, words: str) -> tuple[str, str]:
    """Return own code and text; organisations without short codes use the words as the code."""
    code, _, text = words.partition(" ")
    return (code, text) if organisation in CODED else (words, words)


def category_mapping(organisation: str) -> dict[str, str]:
    """Return own code -> catalogue code, as an importer expects it; unmapped codes are left out."""
    own = {words: code for code, all_words in WORDS[organisation].items() for words in all_words}
    if organisation == "polis":
        own |= {old: own[new] for new, old in OLD_POLICE_WORDS.items()}
    return {split_words(organisation, words)[0]: code for words, code in own.items() if words not in UNMAPPED}
