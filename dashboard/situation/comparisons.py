"""Which areas an intervention is compared with: those that went the same way before, and other sets that are as good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.statistics.compare import dispersion_of
from dashboard.statistics.design import Comparison
from dashboard.statistics.rate_tests import ratio_of_ratios
from geo.neighbours import distance_to_any

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from dashboard.situation.overlaps import Places

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

FEWEST_AREAS = 3
"""Fewer areas make no set of their own."""

NEAREST = 6
DIFFERS = 0.05
"""An area whose course before the start differs by more than chance allows at this p-value is not compared with."""

FEWEST_CLEAN = 0.5
"""An area that others touch in more than this share of the weeks after the start is not compared with."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What comparison areas are chosen from: counts (areas, weeks) of all sources, and what may not be compared with."""

    counts: Floats
    baseline: Bools
    after: Bools
    target: Bools
    near: Bools
    is_clean: Bools
    places: Places
    parents: tuple[str | None, ...]

    @property
    def candidates(self) -> Bools:
        """Districts that nothing touches before the start and little after, neither target nor near it."""
        clean_before = self.is_clean[:, self.baseline].all(axis=1)
        clean_after = self.is_clean[:, self.after].mean(axis=1) >= FEWEST_CLEAN
        is_district = np.arange(len(self.counts)) < len(self.parents)
        return clean_before & clean_after & is_district & ~self.target & ~self.near


def comparison_sets(ground: Ground, chosen: Collection[str] = ()) -> tuple[Comparison, ...]:
    """The set that is used, and others beside it; empty where no area can be compared with.

    `chosen`: codes that somebody set by hand; those of them that may be compared with are the set that is used.
    """
    candidates = ground.candidates
    by_hand = candidates & ground.places.among(chosen)
    matched, name = candidates & ~differs_before(ground), "matched"
    if matched.sum() < FEWEST_AREAS:
        matched, name = candidates, "all"
    proposed = [
        Comparison(name, matched),
        Comparison("nearest", _nearest(matched, distance(ground))),
        Comparison("alike", _nearest(matched, _difference_in_level(ground))),
        Comparison("elsewhere", matched & ~_same_part(ground)),
        Comparison("all", candidates),
    ]
    first = [Comparison("by_hand", by_hand)] if by_hand.any() else [proposed[0]]
    return _distinct([*first, *proposed]) if first[0].areas.any() else ()


def differs_before(ground: Ground) -> Bools:
    """Areas whose first and second half of the baseline relate otherwise than those of the target."""
    weeks = np.flatnonzero(ground.baseline)
    early, late = weeks[: len(weeks) // 2], weeks[len(weeks) // 2 :]
    own = ground.counts[ground.target].sum(axis=0)
    target = own[early].sum(), own[late].sum()
    spread = dispersion_of(own[weeks])
    halves = ground.counts[:, early].sum(axis=1), ground.counts[:, late].sum(axis=1)
    return np.array(
        [
            ratio_of_ratios(target, pair, dispersion=spread).p_value < DIFFERS
            for pair in zip(*halves, strict=True)
        ]
    )


def distance(ground: Ground) -> Floats:
    """Metres from each area to the nearest district of the target; what is no district is endlessly far away."""
    count = len(ground.parents)
    found = np.full(len(ground.counts), np.inf)
    near = ground.target[:count] if ground.target[:count].any() else ground.near[:count]
    if near.any():
        found[:count] = distance_to_any(ground.places.neighbourhood, near)
    return found


def _difference_in_level(ground: Ground) -> Floats:
    """How many times more or fewer events than in an area of the target, as a logarithm."""
    level = ground.counts[:, ground.baseline].sum(axis=1) + 0.5
    return np.abs(np.log(level / level[ground.target].mean()))


def _nearest(among: Bools, how_far: Floats) -> Bools:
    found = np.zeros(len(among), bool)
    order = np.argsort(np.where(among, how_far, np.inf), kind="stable")
    found[order[:NEAREST]] = True
    return found & among


def _same_part(ground: Ground) -> Bools:
    """Areas in any of the target's parts of town."""
    own = {parent for parent, is_own in zip(ground.parents, ground.target, strict=False) if is_own and parent}
    found = np.zeros(len(ground.counts), bool)
    found[: len(ground.parents)] = [parent in own for parent in ground.parents]
    return found


def _distinct(sets: list[Comparison]) -> tuple[Comparison, ...]:
    """The first, and what differs from all before it and is large enough."""
    kept: list[Comparison] = []
    for one in sets:
        is_new = not any((one.areas == other.areas).all() for other in kept)
        if not kept or (is_new and one.areas.sum() >= FEWEST_AREAS):
            kept.append(one)
    return tuple(kept)
