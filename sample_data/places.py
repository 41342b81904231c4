"""Named places and ways of Lindhamn as tables, in kilometres east and north of the main square."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A named place; incidents gather around it with the given standard deviation."""

    key: str
    name: str
    kind: str
    at_km: tuple[float, float]
    spread_m: float = 60.0


PLACES = (
    Place("square", "Stortorget", "square", (0.0, 0.0), 55),
    Place("station", "Lindhamns central", "station", (-1.02, 0.55), 75),
    Place("bus", "Resecentrum", "bus_terminal", (-0.88, 0.46), 45),
    Place("arcade", "Gallerian Linden", "shopping", (-0.22, 0.16), 50),
    Place("pubs", "Skeppargatan", "street", (0.32, 0.22), 70),
    Place("harbour", "Hamntorget", "harbour", (0.92, 0.22), 80),
    Place("marina", "Gästhamnen", "marina", (1.55, 0.62), 90),
    Place("town_park", "Stadsparken", "park", (-0.45, -0.02), 95),
    Place("mall", "Backa köpcentrum", "shopping", (-4.02, -0.42), 90),
    Place("norrby_square", "Norrby torg", "square", (0.52, 2.18), 55),
    Place("lovbacken_square", "Lövbackens centrum", "square", (-2.02, 0.80), 50),
    Place("haga_square", "Hagatorget", "square", (-1.82, -0.72), 50),
    Place("hospital", "Lindhamns lasarett", "hospital", (-0.30, -1.80), 80),
    Place("gymnasium", "Lindgymnasiet", "school", (-0.42, 0.85), 70),
    Place("norrby_school", "Norrbyskolan", "school", (0.22, 2.46), 70),
    Place("lovbacken_school", "Lövbacksskolan", "school", (-2.28, 0.52), 70),
    Place("haga_school", "Hagaskolan", "school", (-1.62, -1.02), 70),
    Place("soder_school", "Söderskolan", "school", (0.20, -1.20), 70),
    Place("beach_school", "Strandskolan", "school", (1.92, -2.20), 70),
    Place("youth_centre", "Fritidsgården Verkstan", "youth_centre", (-0.48, 2.02), 45),
    Place("sports", "Tallvallen", "sports", (-0.95, 1.62), 110),
    Place("underpass", "Gångtunneln Ågatan", "underpass", (-1.25, 0.32), 30),
    Place("parking", "Parkeringshuset Ankaret", "parking", (0.12, 0.42), 40),
    Place("beach", "Strandbadet", "beach", (2.78, -2.05), 120),
    Place("library", "Stadsbiblioteket", "library", (0.08, -0.16), 30),
    Place("town_hall", "Stadshuset", "town_hall", (-0.08, 0.08), 30),
    Place("church", "Sankt Olofs kyrka", "church", (0.45, 0.38), 30),
    Place("police", "Polishuset", "police", (-0.62, 0.22), 30),
    Place("ferry", "Färjeläget", "ferry", (2.50, 0.92), 50),
)

PLACE_KEYS = tuple(place.key for place in PLACES)

ROADS = (
    (
        "motorway",
        "E-vägen",
        [(-4.3, 7.2), (-4.9, 4.8), (-4.7, 2.4), (-4.95, 0.4), (-4.7, -2.0), (-3.9, -4.6), (-4.1, -7.2)],
    ),
    (
        "main",
        "Infartsleden",
        [(-4.95, 0.7), (-3.9, 0.55), (-2.6, 0.38), (-1.5, 0.45), (-0.7, 0.25), (0.0, 0.05)],
    ),
    (
        "main",
        "Norrleden",
        [(-0.7, 0.25), (-0.55, 1.2), (0.1, 2.0), (0.75, 2.9), (0.75, 4.2), (0.3, 5.4), (0.1, 7.2)],
    ),
    (
        "main",
        "Södra vägen",
        [(0.0, 0.05), (-0.15, -0.6), (-0.15, -1.4), (0.3, -2.4), (0.6, -3.4), (0.4, -4.6), (0.9, -6.8)],
    ),
    (
        "main",
        "Backavägen",
        [(-4.85, -0.9), (-3.9, -0.75), (-2.6, -0.6), (-1.5, -0.85), (-0.6, -0.8), (-0.15, -0.75)],
    ),
    (
        "secondary",
        "Ringvägen",
        [(-0.55, 1.2), (-1.4, 1.25), (-2.1, 1.3), (-2.65, 0.38), (-2.35, -0.65), (-1.9, -1.5)],
    ),
    (
        "secondary",
        "Lasarettsvägen",
        [(-1.9, -1.5), (-1.0, -1.35), (-0.15, -1.4), (0.7, -1.55), (1.5, -1.75), (2.3, -2.2)],
    ),
    ("secondary", "Hamngatan", [(0.0, 0.05), (0.5, 0.12), (1.0, 0.36), (1.7, 0.8), (2.45, 0.95)]),
    ("secondary", "Sjöviksvägen", [(0.1, 2.0), (1.0, 1.95), (1.9, 2.3), (2.6, 2.6), (2.5, 3.4), (2.2, 4.2)]),
    (
        "secondary",
        "Kvarnbyvägen",
        [(-2.1, 1.3), (-2.7, 1.9), (-3.5, 2.2), (-4.7, 2.5), (-6.2, 2.2), (-8.6, 3.0)],
    ),
    (
        "secondary",
        "Furuvägen",
        [(-0.3, 1.65), (-1.0, 2.5), (-1.5, 3.2), (-2.4, 4.1), (-3.4, 4.7), (-4.8, 5.2)],
    ),
    ("secondary", "Åbyvägen", [(-4.75, -1.6), (-5.4, -2.3), (-6.1, -2.7), (-7.4, -2.5), (-9.0, -3.0)]),
    (
        "secondary",
        "Rosenlundsvägen",
        [(-2.35, -0.65), (-2.9, -1.5), (-3.3, -2.3), (-2.9, -3.4), (-2.2, -4.5), (-1.8, -6.8)],
    ),
    ("secondary", "Ängsviksvägen", [(0.55, -3.6), (1.2, -4.3), (1.8, -4.8), (2.3, -5.2)]),
    ("secondary", "Södra hamngatan", [(-0.15, -0.6), (0.5, -0.75), (1.1, -0.95), (1.7, -1.25), (2.3, -2.2)]),
    ("secondary", "Granövägen", [(5.4, 0.6), (6.0, 0.35), (6.6, 0.55), (7.1, 0.35)]),
)

RAILWAY = [
    (-9.4, 3.6),
    (-6.5, 3.1),
    (-3.8, 1.4),
    (-2.2, 1.05),
    (-1.35, 0.72),
    (-0.98, 0.5),
    (-1.02, -0.3),
    (-1.35, -1.6),
    (-1.3, -3.2),
    (-1.0, -4.8),
    (-0.9, -7.2),
]

FERRY = [(2.62, 0.95), (3.8, 0.3), (5.2, 0.35)]

PARKS = (
    ("Stadsparken", (-0.45, -0.05), (210, 130)),
    ("Tallparken", (-0.9, 1.55), (260, 210)),
    ("Slottsudden", (1.15, 0.62), (130, 110)),
    ("Åparken", (-1.55, -0.18), (300, 90)),
    ("Norrbyparken", (0.95, 2.55), (230, 170)),
    ("Lövparken", (-1.75, 1.15), (190, 120)),
    ("Hagaparken", (-2.25, -1.35), (230, 160)),
    ("Lasarettsparken", (0.05, -2.1), (190, 150)),
    ("Strandparken", (2.45, -1.85), (280, 110)),
)

FORESTS = (
    *[
        ((-2.9, 3.4), (700, 450)),
        ((-5.9, 4.4), (1100, 700)),
        ((-1.2, 5.2), (1000, 650)),
        ((-6.6, -0.9), (900, 550)),
    ],
    *[
        ((-3.2, -3.6), (800, 600)),
        ((-5.4, -4.3), (1100, 700)),
        ((-0.6, -5.2), (800, 700)),
        ((2.2, -4.0), (420, 300)),
    ],
    *[
        ((-7.0, 1.1), (650, 800)),
        ((1.5, 3.2), (420, 380)),
        ((1.4, 5.0), (480, 560)),
        ((6.4, 0.7), (650, 380)),
    ],
    *[
        ((3.2, 3.9), (330, 250)),
        ((-2.9, 1.6), (260, 230)),
        ((-0.75, -2.75), (420, 260)),
        ((6.9, -2.6), (420, 240)),
    ],
    *[
        ((1.3, -2.5), (330, 260)),
        ((2.95, 1.6), (380, 260)),
        ((-1.9, -3.1), (430, 330)),
        ((-4.6, 3.4), (420, 500)),
    ],
)

FIELDS = (
    *[
        ((-5.6, 1.6), (560, 430)),
        ((-6.9, -2.3), (600, 420)),
        ((-5.3, -1.5), (430, 300)),
        ((-2.3, 4.7), (520, 330)),
    ],
    *[
        ((-4.0, 4.4), (380, 460)),
        ((-2.6, -4.7), (560, 380)),
        ((0.2, 4.4), (380, 300)),
        ((0.9, -5.4), (360, 330)),
    ],
    *[
        ((-7.2, 3.3), (430, 420)),
        ((-3.9, -1.6), (300, 250)),
        ((-0.2, 6.1), (420, 260)),
        ((-6.5, -3.6), (460, 300)),
    ],
)

VILLAGES = {
    "0602": [((1.7, -4.75), 520)],
    "0603": [((-2.2, -4.5), 380), ((-0.4, -4.3), 260)],
    "0701": [((-3.4, 4.7), 420), ((-5.2, 5.1), 260)],
    "0702": [((-6.3, 2.15), 380), ((-7.0, -0.2), 230)],
    "0703": [((-6.1, -2.65), 620)],
    "0704": [((0.35, 5.35), 480)],
    "0705": [((6.2, 0.4), 520), ((6.9, -2.55), 200)],
    "0404": [((-3.4, 2.2), 850)],
    "0405": [((-1.4, 2.95), 800)],
    "0504": [((-3.15, -2.1), 850)],
    "0305": [((2.3, 4.0), 800)],
    "0205": [((1.9, -2.2), 850)],
    "0601": [((0.75, -3.0), 850)],
}
"""Where the houses stand in districts that are mostly open land: centre and radius in metres."""

SMALL_LAKES = (
    ((-6.9, 4.6), (330, 220)),
    ((-3.6, 3.5), (180, 260)),
    ((-4.9, -3.3), (300, 170)),
    ((-0.2, 3.9), (140, 190)),
)
