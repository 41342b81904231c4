"""From what happened to what was reported: each organisation's words, gaps and habits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from sample_data.districts import DISTRICTS
from sample_data.kinds import KINDS, SENSITIVE_CODES
from sample_data.notes import NOTES, SHARE_WITH_NOTE
from sample_data.organisations import (
    CODING_BREAK_WEEK,
    OLD_POLICE_WORDS,
    UNMAPPED,
    WORDS,
    Organisation,
    split_words,
)
from sample_data.town import town

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sample_data.incidents import Incidents

CERTAINTIES = ("seen", "told", "suspected", "unknown")
CERTAINTY_SHARES = {
    "falt": (0.55, 0.25, 0.15, 0.05),
    "polis": (0.3, 0.45, 0.15, 0.1),
    "bostad": (0.4, 0.45, 0.05, 0.1),
    "skola": (0.5, 0.35, 0.1, 0.05),
    "vakt": (0.9, 0.05, 0.03, 0.02),
}
CRIME_GROUPS = frozenset({"violence", "sexual", "home", "weapons", "drugs", "theft", "damage", "fire"})


@dataclass(frozen=True, eq=False)
class Reports:
    """One organisation's rows as it reports them, ordered by time; all columns have the same length.

    Times are local datetime64[m]; `x_m`, `y_m` are EPSG:3006 metres and NaN where no point was given;
    `area_code` is "" where none was given; `severity` 0 means not assessed.
    """

    source_key: np.ndarray
    own_code: np.ndarray
    own_text: np.ndarray
    occurred_from: np.ndarray
    occurred_to: np.ndarray
    has_time: np.ndarray
    x_m: np.ndarray
    y_m: np.ndarray
    area_code: np.ndarray
    police_reported: np.ndarray
    severity: np.ndarray
    certainty: np.ndarray
    note: np.ndarray

    def __len__(self) -> int:
        return len(self.source_key)


def reports(everything: Incidents, organisation: Organisation, rng: np.random.Generator) -> Reports:
    """Return what one organisation reports of the incidents it met."""
    rows = everything.take(everything.organisation == organisation.key)
    count = len(rows)
    words = _words(rows, organisation, rng)
    pairs = {one: split_words(organisation.key, one) for one in np.unique(words)}
    x_m, y_m = _points(rows, organisation, rng)
    start, end = _clock(rows, organisation, rng)
    is_assessed = rng.random(count) < 0.9
    return Reports(
        _keys(rows, organisation), np.array([pairs[one][0] for one in words]),
        np.array([pairs[one][1] for one in words]), start, end,
        (rng.random(count) >= organisation.share_date_only) | (start != end), x_m, y_m,
        _area_codes(rows, organisation, x_m, rng), _police_reported(rows, organisation, rng),
        np.where(is_assessed, rows.severity, 0),
        rng.choice(CERTAINTIES, count, p=CERTAINTY_SHARES[organisation.key]), _notes(rows, organisation, rng),
    )  # fmt: skip


def _keys(rows: Incidents, organisation: Organisation) -> np.ndarray:
    """Return a stable case number per row: prefix, year, running number within the year."""
    years = rows.occurred_from.astype("datetime64[Y]").astype(int) + 1970
    first = np.searchsorted(years, years)
    number = np.arange(len(years)) - first + 1
    return np.array([f"{organisation.key_prefix}-{y}-{n:05d}" for y, n in zip(years, number, strict=True)])


def _words(rows: Incidents, organisation: Organisation, rng: np.random.Generator) -> np.ndarray:
    table = WORDS[organisation.key]
    chance = rng.random(len(rows))
    words = np.array(
        [_pick(table[code], u) for code, u in zip(rows.type_code, chance, strict=True)], dtype=object
    )
    if organisation.key == "polis":
        before = np.flatnonzero(rows.week < CODING_BREAK_WEEK)
        words[before] = [OLD_POLICE_WORDS.get(one, one) for one in words[before]]
    return words.astype(str)


def _pick(words: Sequence[str], chance: float) -> str:
    """Take the first words mostly; those without a mapping stay rare."""
    rare = 0.12 if words[-1] in UNMAPPED else 0.35
    return words[-1] if chance < rare else words[0]


def _points(
    rows: Incidents, organisation: Organisation, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return points with gaps: none for sensitive types, some missing, a few at the district's centre."""
    count = len(rows)
    has_point = (rng.random(count) < organisation.share_with_point) & ~np.isin(
        rows.type_code, list(SENSITIVE_CODES)
    )
    at_centre = rng.random(count) < organisation.share_at_centroid
    codes = np.array([district.code for district in DISTRICTS])
    centre = centroids()[np.searchsorted(codes, rows.area_code)]
    x_m = np.where(at_centre, centre[:, 0], rows.x_m)
    y_m = np.where(at_centre, centre[:, 1], rows.y_m)
    return np.where(has_point, x_m, np.nan), np.where(has_point, y_m, np.nan)


@cache
def centroids() -> np.ndarray:
    """Return one point per district that careless forms fill in, EPSG:3006 whole metres, shape (districts, 2)."""
    centres = [
        shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        for shape in town().shapes
    ]
    return np.round(shapely.get_coordinates(centres))


def _area_codes(
    rows: Incidents, organisation: Organisation, x_m: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    share = np.where(np.isnan(x_m), max(organisation.share_with_area, 0.97), organisation.share_with_area)
    has_area = rng.random(len(rows)) < share
    if organisation.share_with_area == 0:
        has_area[:] = False
    if organisation.key == "polis":
        has_area &= rows.week >= CODING_BREAK_WEEK
    return np.where(has_area, rows.area_code, "")


def _police_reported(rows: Incidents, organisation: Organisation, rng: np.random.Generator) -> np.ndarray:
    group = {kind.code: kind.group for kind in KINDS}
    is_crime = np.isin([group[code] for code in rows.type_code], list(CRIME_GROUPS))
    known_yes, known_no = organisation.police_reported
    chance = rng.random(len(rows))
    crime = np.select([chance < known_yes, chance < known_yes + known_no], ["yes", "no"], "unknown")
    other = np.select([chance < 0.04, chance < 0.75], ["yes", "no"], "unknown")
    return np.where(is_crime | (known_yes == 1.0), crime, other)


def _clock(
    rows: Incidents, organisation: Organisation, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Round instants the way people do; intervals are already rounded."""
    is_rounded = (rows.occurred_from == rows.occurred_to) & (rng.random(len(rows)) < 0.6)
    step = np.where(is_rounded, organisation.minute_step, 1)
    minutes = [moment.astype(np.int64) // step * step for moment in (rows.occurred_from, rows.occurred_to)]
    return minutes[0].astype("datetime64[m]"), minutes[1].astype("datetime64[m]")


def _notes(rows: Incidents, organisation: Organisation, rng: np.random.Generator) -> np.ndarray:
    group = {kind.code: kind.group for kind in KINDS}
    chance = rng.random(len(rows)) < SHARE_WITH_NOTE[organisation.key]
    pick = rng.random(len(rows))
    return np.array(
        [
            _note(NOTES.get(group[code], ()), u) if wanted else ""
            for code, wanted, u in zip(rows.type_code, chance, pick, strict=True)
        ]
    )


def _note(choices: tuple[str, ...], chance: float) -> str:
    return choices[int(chance * len(choices))] if choices else ""
