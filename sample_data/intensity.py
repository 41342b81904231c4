"""How many incidents are expected, per kind, district and week, before chance has its say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sample_data.districts import CHARACTERS, DISTRICTS
from sample_data.interventions import INTERVENTIONS, PEAK_WEEKS, Intervention, ring_around
from sample_data.kinds import CODES, GROUPS, KINDS, ORGANISATIONS
from sample_data.rhythms import rhythm
from sample_data.town import town
from sample_data.whereabouts import WHERE_KEYS, spots

if TYPE_CHECKING:
    from sample_data.weeks import Window

TOTAL = 60_000
"""Expected number of incidents in three years."""

# How far each organisation's eyes reach, per character (centre, rental, mixed, villa, work, rural).
PRESENCE = {
    "falt": (1, 1, 1, 0.8, 0.7, 0.5),
    "polis": (1, 1, 1, 1, 1, 1),
    "bostad": (0.6, 1.3, 0.9, 0.15, 0, 0.05),
    "skola": (1, 1, 1, 1, 1, 1),
    "vakt": (2.0, 0.45, 0.5, 0.15, 1.6, 0.05),
}

YEARLY_GROWTH = {"falt": 1.08, "polis": 0.99, "bostad": 1.03, "skola": 1.04, "vakt": 1.02}

SILENT_WEEKS = {"bostad": (*range(84, 89), *range(115, 118))}
"""Weeks in which an organisation sent nothing: the summer of the second year and three weeks of winter."""

CAMPAIGN_WEEKS = range(118, 126)
CAMPAIGN_RATIO = 1.7
CAMPAIGN_ORGANISATIONS = ("falt", "bostad")
CAMPAIGN_GROUPS = ("disorder", "place", "traffic", "damage")
"""A drive to report more ("Säg till!"): more reports of what was there all along."""


@dataclass(frozen=True, eq=False)
class Stream:
    """One kind as reported by one organisation."""

    code: str
    group: str
    organisation: str
    where: str
    rhythm: str
    volume: float
    severity: float
    span: str


@dataclass(frozen=True, eq=False)
class Intensity:
    """Expected numbers of the whole sample.

    `expected[s, a, w]`: stream s, district a, week w, with planted effects; `untreated` is the same without them.
    `rhythms` maps a stream's rhythm to its (weeks, 168) shares.
    """

    streams: tuple[Stream, ...]
    expected: np.ndarray
    untreated: np.ndarray
    rhythms: dict[str, np.ndarray]


@lru_cache(maxsize=4)
def intensity(period: Window) -> Intensity:
    """Return the expected numbers for a period; the same for every seed."""
    streams = _streams()
    rhythms = {key: _rhythm(key, period) for key in dict.fromkeys(stream.rhythm for stream in streams)}
    base = np.array([_base(stream, rhythms[stream.rhythm].sum(axis=1), period) for stream in streams])
    types = [CODES.index(stream.code) for stream in streams]
    treated, untreated = base * effects(period)[types], base * peaks(period)[types]
    scale = TOTAL / treated.sum()
    return Intensity(streams, treated * scale, untreated * scale, rhythms)


def effects(period: Window) -> np.ndarray:
    """Return the planted multiplier per type, district and week, shape (types, districts, weeks); 1 = no effect.

    Peaks before a start are part of it: they are real, but nobody's doing.
    """
    factor = peaks(period)
    for one in INTERVENTIONS:
        weeks = slice(one.start_week, one.end_week)
        _multiply(factor, one, one.areas, weeks, one.rate_ratio)
        _multiply(factor, one, ring_around(one.areas), weeks, one.ring_rate_ratio or 1.0)
    return factor


def peaks(period: Window) -> np.ndarray:
    """Return the bad spells before some starts as multipliers, shape (types, districts, weeks)."""
    factor = np.ones((len(CODES), len(DISTRICTS), period.weeks))
    for one in INTERVENTIONS:
        spell = slice(one.start_week - PEAK_WEEKS, one.start_week)
        _multiply(factor, one, one.areas, spell, one.peak_ratio or 1.0)
    return factor


def _multiply(
    factor: np.ndarray, one: Intervention, areas: tuple[str, ...], weeks: slice, ratio: float
) -> None:
    types = [CODES.index(code) for code in one.categories]
    places = [town().index(code) for code in areas]
    factor[np.ix_(types, places, np.arange(factor.shape[2])[weeks])] *= ratio


def _rhythm(key: str, period: Window) -> np.ndarray:
    months, hours = key.split("|")
    return rhythm(months, hours, period)


def _streams() -> tuple[Stream, ...]:
    return tuple(
        Stream(
            kind.code,
            kind.group,
            organisation,
            kind.where,
            f"{kind.months}|{kind.hours}",
            kind.volume * share,
            kind.severity,
            kind.span,
        )
        for kind in KINDS
        for organisation, share in kind.reporters.items()
    )


def _base(stream: Stream, week_level: np.ndarray, period: Window) -> np.ndarray:
    presence = np.array([PRESENCE[stream.organisation][CHARACTERS.index(d.character)] for d in DISTRICTS])
    share = spots().area_share()[WHERE_KEYS.index(stream.where)] * presence
    reporting = YEARLY_GROWTH[stream.organisation] ** ((np.arange(period.weeks) - period.weeks / 2) / 52)
    if stream.organisation in CAMPAIGN_ORGANISATIONS and stream.group in CAMPAIGN_GROUPS:
        reporting[list(CAMPAIGN_WEEKS)] *= CAMPAIGN_RATIO
    reporting[list(SILENT_WEEKS.get(stream.organisation, ()))] = 0.0
    return stream.volume * np.outer(share / share.sum(), week_level * reporting / period.weeks)


def group_positions(streams: tuple[Stream, ...]) -> np.ndarray:
    """Return the position of each stream's group in `GROUPS`."""
    return np.array([GROUPS.index(stream.group) for stream in streams])


def organisation_positions(streams: tuple[Stream, ...]) -> np.ndarray:
    """Return the position of each stream's organisation in `ORGANISATIONS`."""
    return np.array([ORGANISATIONS.index(stream.organisation) for stream in streams])
