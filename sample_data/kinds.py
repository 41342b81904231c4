"""What is reported: one row per catalogue type with its yearly volume, place, season, hours and reporters."""

from __future__ import annotations

from dataclasses import dataclass

ORGANISATIONS = ("falt", "polis", "bostad", "skola", "vakt")
"""Keys of the five reporting organisations; see `organisations` for their names."""


@dataclass(frozen=True)
class Kind:
    """A type of incident in Lindhamn.

    `volume` is the expected number in three years before scaling, `reporters` the share of it per organisation,
    `span` how long the time is uncertain: "" (an instant), "away", "night" or "long".
    """

    code: str
    group: str
    volume: int
    where: str
    months: str
    hours: str
    reporters: dict[str, float]
    severity: float = 2.0
    span: str = ""
    is_sensitive: bool = False


def _reporters(shares: str) -> dict[str, float]:
    names = {"f": "falt", "p": "polis", "b": "bostad", "s": "skola", "v": "vakt"}
    return {names[part[0]]: int(part[1:]) / 100 for part in shares.split()}


def _kind(row: str) -> Kind:
    code, group, volume, where, months, hours, severity, span, *shares = row.split()
    is_sensitive = span.endswith("!")
    return Kind(
        code, group, int(volume), where, months, hours, _reporters(" ".join(shares)), float(severity),
        span.strip("-!"), is_sensitive,
    )  # fmt: skip


# code group volume where months hours severity span(! = never with a point) share of each reporter in per cent
TABLE = """
assault violence 2300 nightlife mild_summer night_out 3.0 - p75 v15 f10
fight violence 1900 nightlife mild_summer night_out 2.6 - v45 f30 p25
threat violence 1500 squares flat evening 2.8 - p80 s10 b10
molestation violence 900 paths mild_summer evening 2.4 - p70 f30
robbery_person violence 360 paths winter evening 3.6 - p100
staff_threat violence 420 services flat daytime 3.0 - p40 s30 v30
sexual_harassment sexual 260 nightlife summer night_out 3.0 - p90 v10
sexual_assault sexual 60 everyone mild_summer night_out 4.0 -! p100
intimate_violence home 150 everyone flat home_night 4.0 -! p100
honour home 14 everyone terms daytime 3.6 -! p60 s40
shooting weapons 9 rental flat evening 4.0 - p100
explosion weapons 7 rental flat overnight 4.0 - p100
weapon_seen weapons 90 squares flat evening 3.4 - p60 v20 s20
drug_dealing drugs 2900 deals mild_summer dealing 2.8 - p35 f30 b20 v15
drug_use drugs 2100 deals mild_summer evening 2.0 - p70 f20 v10
drug_litter drugs 900 deals spring_autumn morning_round 1.8 - f40 b60
intoxicated drugs 2500 nightlife summer night_out 1.6 - v45 f35 p20
alcohol_supply drugs 170 youth summer evening 2.0 - f80 s20
burglary_home theft 760 villas home_winter away 3.2 away p100
burglary_storage theft 1700 rental winter overnight 2.2 long p45 b55
burglary_premises theft 850 premises winter overnight 2.4 night p80 s20
vehicle_theft theft 600 cars mild_summer overnight 2.4 night p100
theft_from_vehicle theft 1300 cars mild_summer overnight 1.8 night p100
bicycle_theft theft 3000 bikes high_summer all_day 1.4 away p82 b18
shoplifting theft 2100 shops flat shopping 1.4 - p70 v30
pickpocketing theft 480 transit mild_summer shopping 1.8 - p85 v15
theft_other theft 1500 everyone mild_summer all_day 1.6 away p100
fraud_person theft 560 everyone flat daytime 2.4 - p100
vandalism damage 3600 youth spring_autumn evening 1.8 night p35 b30 s20 v15
graffiti damage 2300 walls spring_autumn morning_round 1.4 night b40 f20 v30 s10
broken_glass damage 1000 youth spring_autumn evening 1.8 night b50 s40 p10
arson fire 120 youth spring_autumn evening 3.6 - p100
vehicle_fire fire 110 rental spring_autumn overnight 3.4 - p100
bin_fire fire 380 rental spring_autumn evening 2.6 - p40 b60
fireworks fire 700 squares fireworks evening 1.8 - f50 b50
unsafe_gathering disorder 3600 deals summer evening 1.8 - f45 b30 v25
youth_disorder disorder 2600 youth terms after_school 1.6 - s15 f60 v25
housing_disturbance disorder 3000 rental mild_summer home_night 1.8 - b100
noise disorder 1300 rental high_summer home_night 1.2 - b80 f20
trespass_stairwell disorder 2100 rental winter stairwell 1.8 - b100
hangout disorder 900 deals summer evening 1.6 - f60 b40
reckless_riding traffic 1700 roads summer riding 2.0 - f50 p30 s20
moped_path traffic 1200 paths summer riding 1.6 - f60 b40
speeding traffic 800 roads mild_summer riding 1.8 - p60 f40
traffic_danger traffic 520 schools terms to_school 1.8 - s60 f40
poor_lighting place 1600 paths dark dark_hours 1.6 - f60 b40
overgrown place 320 paths high_summer daytime 1.2 - f100
littering place 1700 squares summer morning_round 1.2 - f50 b50
dumped_waste place 900 rental spring_autumn morning_round 1.4 - b70 f30
deserted place 620 paths dark dark_hours 1.6 - f100
disrepair place 600 rental flat morning_round 1.4 - b100
open_entrance place 1300 rental winter morning_round 1.8 - b100
abandoned_vehicle place 380 cars flat daytime 1.2 - b60 f40
recruitment influence 14 youth terms after_school 3.4 -! f70 s30
undue_influence influence 18 squares terms daytime 3.0 -! f60 s40
hate influence 260 squares flat all_day 2.8 - p50 s30 f20
rumours influence 190 youth terms school_day 2.0 - f60 s40
bullying influence 110 schools terms school_day 2.4 -! s100
safe_place positive 460 pleasant summer daytime 1.0 - f70 s30
other other 420 everyone flat daytime 1.2 - f30 p20 b30 s10 v10
"""

# Reports that only schools see; the same types are met by others in the evening.
SCHOOL_TABLE = """
youth_disorder disorder 2200 schools terms school_day 1.6 - s100
vandalism damage 500 schools terms school_day 1.6 - s100
threat violence 260 schools terms school_day 2.4 - s100
fight violence 420 schools terms school_day 2.2 - s100
"""

KINDS = tuple(_kind(row) for row in (TABLE + SCHOOL_TABLE).split("\n") if row)

CODES = tuple(dict.fromkeys(kind.code for kind in KINDS))
GROUPS = tuple(dict.fromkeys(kind.group for kind in KINDS))
SENSITIVE_CODES = frozenset(kind.code for kind in KINDS if kind.is_sensitive)
