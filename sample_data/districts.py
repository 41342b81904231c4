"""Lindhamn's districts as a table: code, name, seat, residents and character."""

from __future__ import annotations

from dataclasses import dataclass

TOWN_NAME = "Lindhamn"

TOWN_PARTS = {
    "01": "Centrum",
    "02": "Söder",
    "03": "Norrby",
    "04": "Väster",
    "05": "Hagaby",
    "06": "Södra kusten",
    "07": "Landsbygd och skärgård",
}

CHARACTERS = ("centre", "rental", "mixed", "villa", "work", "rural")
"""What a district mostly is; `work` holds industry and retail with few residents."""


@dataclass(frozen=True)
class District:
    """A leaf area; the seat is in kilometres east and north of the main square."""

    code: str
    name: str
    seat_km: tuple[float, float]
    residents: int
    character: str
    on_island: bool = False

    @property
    def parent_code(self) -> str:
        """Return the code of the town part the district belongs to."""
        return self.code[:2]


DISTRICTS = (
    District("0101", "Gamla staden", (0.55, 0.45), 2140, "centre"),
    District("0102", "Rådhuskvarteren", (-0.15, 0.12), 2630, "centre"),
    District("0103", "Stationsstaden", (-0.95, 0.42), 2310, "centre"),
    District("0104", "Norra hamnen", (1.75, 1.15), 1480, "mixed"),
    District("0105", "Kvarnbacken", (-0.20, 1.02), 2760, "mixed"),
    District("0201", "Södra hamnen", (1.15, -1.20), 1190, "mixed"),
    District("0202", "Söderstaden", (0.15, -1.00), 2940, "mixed"),
    District("0203", "Åbacken", (-0.85, -0.75), 2420, "mixed"),
    District("0204", "Lasarettsområdet", (-0.35, -1.85), 1870, "mixed"),
    District("0205", "Strandängen", (2.05, -2.15), 1730, "villa"),
    District("0301", "Norrby centrum", (0.55, 2.15), 3340, "rental"),
    District("0302", "Tallbacken", (-0.55, 2.10), 2810, "rental"),
    District("0303", "Norrby gård", (0.30, 3.35), 2090, "mixed"),
    District("0304", "Sjövik", (2.45, 2.45), 1820, "villa"),
    District("0305", "Ekudden", (2.35, 4.00), 1280, "villa"),
    District("0401", "Lövbacken", (-2.05, 0.75), 3610, "rental"),
    District("0402", "Västerängen", (-1.95, 1.85), 2130, "mixed"),
    District("0403", "Ågärdets industriområde", (-3.35, 0.95), 190, "work"),
    District("0404", "Kvarnby", (-3.45, 2.25), 1690, "villa"),
    District("0405", "Furulund", (-1.45, 3.05), 2010, "villa"),
    District("0501", "Haga", (-1.85, -0.75), 2520, "rental"),
    District("0502", "Hagalund", (-2.75, -0.95), 1980, "mixed"),
    District("0503", "Björkskogen", (-1.85, -1.95), 2230, "mixed"),
    District("0504", "Rosenlund", (-3.20, -2.20), 1540, "villa"),
    District("0505", "Backa handelsområde", (-4.00, -0.60), 110, "work"),
    District("0601", "Solvik", (0.85, -3.05), 1910, "villa"),
    District("0602", "Ängsviken", (1.60, -4.70), 1170, "villa"),
    District("0603", "Södra landsbygden", (-2.20, -4.50), 930, "rural"),
    District("0701", "Norra landsbygden", (-3.40, 4.70), 1060, "rural"),
    District("0702", "Västra landsbygden", (-6.40, 1.60), 780, "rural"),
    District("0703", "Åby", (-6.00, -2.60), 1340, "rural"),
    District("0704", "Norrkusten", (0.60, 5.30), 890, "rural"),
    District("0705", "Granö och skärgården", (6.30, 0.30), 460, "rural", on_island=True),
)
