"""Where things happen: addresses and hot places, weighted per kind of place (EPSG:3006)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from sample_data.districts import CHARACTERS, DISTRICTS
from sample_data.places import PLACE_KEYS, PLACES
from sample_data.scenery import scenery
from sample_data.shapes import from_km
from sample_data.town import LAND_SEED, town

ADDRESSES_PER_DISTRICT = 260
SPOTS_PER_PLACE = 160
ADDRESS = -1

DAYTIME_PEOPLE = {"centre": 1300, "rental": 0, "mixed": 0, "villa": 0, "work": 1500, "rural": 0}
"""People who are there without living there, so that offices and shops are not empty of incidents."""

# Kind of place: level per character (centre, rental, mixed, villa, work, rural); share at hot places; their weights.
_WHERE_TABLE = """
everyone: 1 1.1 1 0.8 0.6 0.8; 0.12; square 2 arcade 2 mall 2 station 2 harbour 1
nightlife: 1.2 0.8 0.5 0.2 0.2 0.1; 0.66; pubs 5 square 4 station 3 bus 2 harbour 2.5 marina 1
    norrby_square 1.4 lovbacken_square 1.3 haga_square 1.2
deals: 0.8 1.6 0.5 0.15 0.2 0.05; 0.62; station 3 underpass 2 town_park 2.5 lovbacken_square 3.2
    norrby_square 3 haga_square 2.2 youth_centre 0.8 parking 1.4 gymnasium 0.8
squares: 1 1.3 0.6 0.2 0.2 0.05; 0.55; square 3 station 3 bus 2 arcade 2 norrby_square 2.5
    lovbacken_square 2.5 haga_square 2 harbour 1
youth: 0.8 1.3 0.8 0.5 0.1 0.2; 0.5; gymnasium 1.5 norrby_school 2.2 lovbacken_school 2 haga_school 1.6
    soder_school 1 beach_school 0.7 youth_centre 1.8 mall 1.6 sports 1.2 arcade 1.5 norrby_square 1.5
    beach 0.7
schools: 0.2 0.2 0.2 0.2 0 0.3; 0.93; gymnasium 3 norrby_school 2.6 lovbacken_school 2.4 haga_school 1.8
    soder_school 1.4 beach_school 0.9 youth_centre 1
shops: 0.6 0.3 0.2 0.05 0.3 0.05; 0.88; mall 5 arcade 4 norrby_square 1.5 lovbacken_square 1 square 1
    haga_square 0.7
transit: 1 0.3 0.2 0.05 0.1 0; 0.75; station 5 bus 4 square 1.5 arcade 2 mall 1.2 ferry 0.3
villas: 0.25 0.3 0.7 1.7 0.05 1.2; 0;
rental: 0.6 1.8 0.7 0.08 0 0.02; 0;
cars: 1 1.4 0.9 0.4 1.2 0.25; 0.28; parking 3 station 2 hospital 2 mall 1.5 sports 1 beach 0.7 ferry 0.6
bikes: 1.6 1 0.8 0.3 0.2 0.1; 0.5; station 5 bus 1 square 2 gymnasium 2 hospital 1.2 beach 1.2 library 1
    sports 1
walls: 1 1.3 0.7 0.25 1.4 0.1; 0.45; underpass 4 station 3 norrby_school 1.2 gymnasium 1.2 sports 1
    harbour 1 parking 1.5 lovbacken_school 1
premises: 1.3 0.7 0.6 0.2 1.6 0.5; 0.3; mall 2 arcade 1 norrby_school 1 lovbacken_school 1 marina 1.5
    sports 1
roads: 0.7 1 0.9 0.9 0.8 1.1; 0.15; mall 2 norrby_square 1 harbour 1.5 gymnasium 1
paths: 0.8 1.1 1 0.5 0.6 0.15; 0.35; underpass 4 town_park 3 sports 2 norrby_school 1 harbour 1 station
    1.5 lovbacken_school 1
services: 0.4 0.4 0.3 0.1 0.1 0.1; 0.85; hospital 4 gymnasium 1.5 norrby_school 1 mall 1 arcade 1
    library 1.2 town_hall 1.2
pleasant: 1 0.6 0.6 0.5 0 0.3; 0.75; town_park 2 library 2 harbour 2 beach 2 marina 1 square 1
    youth_centre 1.5 sports 1.5
"""


def _parse(table: str) -> dict[str, tuple[list[float], float, dict[str, float]]]:
    where = {}
    for row in table.replace("\n    ", " ").strip().splitlines():
        key, rest = row.split(":")
        levels, share, hot = (part.split() for part in rest.split(";"))
        weights = dict(zip(hot[::2], map(float, hot[1::2]), strict=True))
        where[key] = ([float(level) for level in levels], float(share[0]), weights)
    return where


WHERE = _parse(_WHERE_TABLE)
WHERE_KEYS = tuple(WHERE)


@dataclass(frozen=True, eq=False)
class Spots:
    """Possible places of an incident, ordered by district: x, y in EPSG:3006 metres, shape (spots,).

    `place` is the position in `PLACES` or ADDRESS; `weight[w, s]` is the share of spot s for `WHERE_KEYS[w]`.
    """

    x_m: np.ndarray
    y_m: np.ndarray
    area: np.ndarray
    place: np.ndarray
    weight: np.ndarray

    def area_share(self) -> np.ndarray:
        """Return the share of each district per kind of place, shape (kinds of place, districts)."""
        share = np.zeros((len(self.weight), len(DISTRICTS)))
        for area in range(len(DISTRICTS)):
            share[:, area] = self.weight[:, self.area == area].sum(axis=1)
        return share


@cache
def spots() -> Spots:
    """Build the possible places once; the same for every seed."""
    rng = np.random.default_rng(LAND_SEED + 2)
    points, place = _addresses(rng)
    hot_points, hot_place = _hot_spots(rng)
    points, place = np.round(np.vstack([points, hot_points])), np.concatenate([place, hot_place])
    area = _district_of(points)
    order = np.argsort(np.where(area < 0, 99, area), kind="stable")[: int((area >= 0).sum())]
    points, place, area = points[order], place[order], area[order]
    weight = np.array([_weights(key, place, area) for key in WHERE_KEYS])
    return Spots(points[:, 0], points[:, 1], area, place, weight)


def _addresses(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    found = []
    for streets in scenery().streets:
        lines = shapely.get_parts(streets)
        lines = lines[shapely.length(lines) > 20]
        length = shapely.length(lines)
        chosen = rng.choice(len(lines), ADDRESSES_PER_DISTRICT, p=length / length.sum())
        along = shapely.line_interpolate_point(
            lines[chosen], rng.random(ADDRESSES_PER_DISTRICT) * length[chosen]
        )
        found.append(shapely.get_coordinates(along) + rng.normal(0, 9, (ADDRESSES_PER_DISTRICT, 2)))
    points = np.vstack(found)
    return points, np.full(len(points), ADDRESS)


def _hot_spots(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    centre = from_km([place.at_km for place in PLACES])
    spread = np.array([place.spread_m for place in PLACES])
    place = np.repeat(np.arange(len(PLACES)), SPOTS_PER_PLACE)
    return centre[place] + rng.normal(0, 1, (len(place), 2)) * spread[place, None] * 0.7, place


def _district_of(points: np.ndarray) -> np.ndarray:
    tree = shapely.STRtree(town().shapes)
    point, area = tree.query(shapely.points(points), predicate="within")
    district = np.full(len(points), -1)
    district[point] = area
    return district


def _weights(key: str, place: np.ndarray, area: np.ndarray) -> np.ndarray:
    levels, hot_share, hot_level = WHERE[key]
    people = [
        (district.residents + DAYTIME_PEOPLE[district.character])
        * levels[CHARACTERS.index(district.character)]
        for district in DISTRICTS
    ]
    local = _local_level(WHERE_KEYS.index(key))
    at_home = np.where(place == ADDRESS, (np.array(people) * local)[area], 0.0)
    at_hot = np.array([hot_level.get(name, 0.0) for name in PLACE_KEYS])[place] * (place != ADDRESS)
    total = (1 - hot_share) * at_home / at_home.sum()
    return total + (hot_share * at_hot / at_hot.sum() if hot_share else 0.0)


def _local_level(where: int) -> np.ndarray:
    """Return how lively each district is beyond its character, so that no two villa areas are alike."""
    common = np.random.default_rng(LAND_SEED + 3).normal(0, 0.28, len(DISTRICTS))
    own = np.random.default_rng(LAND_SEED + 4 + where).normal(0, 0.15, len(DISTRICTS))
    return np.exp(common + own)
