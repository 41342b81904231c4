"""The build's audit of itself: which small groups somebody could have by adding and subtracting published tables.

Published counts are rows over atoms (area x gender x stage; those without people are left out, because it may be known that there
are none). A set of atoms is given away when its row is a combination of the published ones. Noise is left out of account: what is
found here would be protected by noise alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.hiding import Ban

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Counts = NDArray[np.int64]
    Floats = NDArray[np.float64]

_MOST_ATOMS = 12
_FEW_TOGETHER = 3
_NEAR = 1e-6


@dataclass(frozen=True)
class Published:
    """What is shown of one measure: `is_shown[group, place]` (the last place the municipality), and the groups' breakdowns.

    `members[group]`: bool[gender, stage], which atoms of an area are in it. `atoms`: people by place (the last: in no
    area), gender and stage.
    """

    is_shown: Bools
    members: Bools
    breakdown_of: list[int]
    atoms: Counts


def findings(published: Published, fewest: int) -> frozenset[Ban]:
    """Breakdowns that must go, area by area, so that no set of fewer than `fewest` people can be had."""
    is_whole = published.is_shown[:, :-1].all(axis=0)
    bans: set[Ban] = set()
    for area in np.flatnonzero(is_whole).tolist():
        bans |= _in_block(published, np.array([area]), fewest)
    rest = np.flatnonzero(
        ~np.append(is_whole, False)
    )  # with whoever is in no area: all, where there are no areas
    return frozenset(bans | _in_block(published, rest, fewest))


def nested_pairs(published: Published, fewest: int) -> list[tuple[int, int]]:
    """Groups (position) of the municipality, with what their shown areas leave over, where that is too few; none is expected."""
    people = np.einsum("pgs,kgs->kp", published.atoms, published.members.astype(np.int64))
    left = np.where(published.is_shown, 0, people)[:, :-1].sum(axis=1) + people[:, -1]
    is_bad = published.is_shown[:, -1] & (left > 0) & (left < fewest)
    return [(group, int(left[group])) for group in np.flatnonzero(is_bad).tolist()]


def _in_block(published: Published, places: NDArray[np.int64], fewest: int) -> set[Ban]:
    """Check the areas of a block that nothing but its own rows tells of."""
    people = published.atoms[places].reshape(len(places), -1)
    is_there = people.ravel() > 0
    space = _row_space(_rows(published, places)[:, is_there])
    bans: set[Ban] = set()
    for position, place in enumerate(places.tolist()):
        bans |= _of_area(published, place, position, people, is_there, space, fewest)
    return bans


def _rows(published: Published, places: NDArray[np.int64]) -> Floats:
    """Published rows over the atoms of a block: those of its areas, and what the municipality's leave over for it."""
    flat = published.members.reshape(len(published.members), -1).astype(np.float64)
    nowhere, rows = len(published.atoms) - 1, []
    for position, place in enumerate(places.tolist()):
        if place == nowhere:
            continue
        for group in np.flatnonzero(published.is_shown[:, place]).tolist():
            row = np.zeros((len(places), flat.shape[1]))
            row[position] = flat[group]
            rows.append(row.ravel())
    if nowhere in places:
        rows += [
            np.tile(flat[group], len(places)) for group in np.flatnonzero(published.is_shown[:, -1]).tolist()
        ]
    width = len(places) * flat.shape[1]
    return np.array(rows).reshape(len(rows), width)


def _row_space(rows: Floats) -> Floats:
    """Orthonormal rows that span the same."""
    if not rows.size:
        return np.zeros((0, rows.shape[1]))
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    return directions[sizes > _NEAR]


def _of_area(
    published: Published,
    place: int,
    position: int,
    people: Counts,
    is_there: Bools,
    space: Floats,
    fewest: int,
) -> set[Ban]:
    """The breakdown that must go when the block gives a small set of one area's atoms away: of the area, else of all."""
    own = people[position]
    sets = _small_sets(own, fewest)
    if not len(sets):
        return set()
    wide = np.zeros((len(sets), *people.shape))
    wide[:, position, :] = sets
    wanted = wide.reshape(len(sets), -1)[:, is_there]
    left = wanted - (wanted @ space.T) @ space
    if not (np.abs(left).max(axis=1) < _NEAR).any():
        return set()
    for owner in (place, len(published.atoms) - 1):
        shown = [published.breakdown_of[at] for at in np.flatnonzero(published.is_shown[:, owner]).tolist()]
        if shown:
            return {Ban(max(shown), owner)}
    return set()


def _small_sets(people: Counts, fewest: int) -> Floats:
    """Sets of atoms with somebody but too few in them; of many atoms, only sets of a few."""
    there = np.flatnonzero(people > 0)
    small = there[people[there] < fewest]
    most = len(small) if len(small) <= _MOST_ATOMS else _FEW_TOGETHER
    sets = []
    for size in range(1, most + 1):
        for chosen in combinations(small.tolist(), size):
            if people[list(chosen)].sum() < fewest:
                row = np.zeros(len(people))
                row[list(chosen)] = 1.0
                sets.append(row)
    return np.array(sets).reshape(len(sets), len(people))
