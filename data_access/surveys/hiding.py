"""Which cells are shown: groups that are large enough, whole breakdowns or none, and nothing that follows from the rest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Counts = NDArray[np.int64]

_TWO = 2


class Why(IntEnum):
    """Why a cell is hidden; SHOWN: it is not."""

    SHOWN = 0
    SMALL = 1
    BREAKDOWN = 2
    SIBLING = 3
    AUDIT = 4
    PARENT = 5
    SOURCE = 6


@dataclass(frozen=True)
class Ban:
    """What the self-audit has forbidden: a breakdown (position) in an area (position)."""

    breakdown: int
    area: int


@dataclass(frozen=True, eq=False)
class Outside:
    """Per group: people of the municipality who are in none of its areas, as far as may be known; and whether there are any."""

    people: Counts
    is_there: Bools

    def of(self, groups: list[int]) -> Outside:
        """The same for some groups."""
        return Outside(self.people[groups], self.is_there[groups])


def hidden(
    n: Counts,
    breakdowns: list[list[int]],
    fewest: int,
    *,
    told: Counts | None = None,
    outside: Outside | None = None,
    within: Bools | None = None,
    bans: frozenset[Ban] = frozenset(),
) -> NDArray[np.int8]:
    """Why each cell is hidden (`Why`), for one measure of one question.

    `n`: int64[group, place], the last place the municipality. `breakdowns`: positions of the groups of each, the first is "all".
    `fewest`: smaller groups are hidden. `told`: numbers that may not be smaller either. `outside`: people in no area, None: those
    that the areas leave over. `within`: nothing else may be shown. Areas without people are nobody's siblings.
    """
    outside = outside or outside_of(n)
    is_large = (n if told is None else np.minimum(n, told)) >= fewest
    allowed = np.ones(n.shape, bool) if within is None else within
    why = np.full(n.shape, Why.SMALL, np.int8)
    is_open = np.ones(n.shape[1], bool)
    for position, groups in enumerate(breakdowns):
        found = np.where(is_large[groups], Why.BREAKDOWN, Why.SMALL)
        is_shown = is_large[groups].all(axis=0) & is_open & allowed[groups].all(axis=0)
        is_banned = np.isin(np.arange(n.shape[1]), [ban.area for ban in bans if ban.breakdown == position])
        found[:, is_banned & is_shown] = Why.AUDIT
        is_shown &= ~is_banned
        found[:, _beside_hidden(n[groups], is_shown, outside.of(groups), fewest)] = Why.SIBLING
        if not is_shown[-1]:
            found[:, is_shown] = Why.PARENT
            is_shown[:] = False
        found[:, is_shown] = Why.SHOWN
        why[groups] = found
        is_open = is_shown.copy() if position == 0 else is_open
    return why


def outside_of(n: Counts) -> Outside:
    """The people whom the areas leave over from the municipality, per group."""
    people = n[:, -1] - n[:, :-1].sum(axis=1)
    return Outside(people, people > 0)


def _beside_hidden(n: Counts, is_shown: Bools, outside: Outside, fewest: int) -> NDArray[np.int64]:
    """Areas that are hidden, smallest first, until those hidden are none or two with `fewest` people in each group.

    Changes `is_shown`. Whoever lives in no district counts as one more hidden area.
    """
    areas, taken = n[:, :-1], []
    order = np.argsort(areas.sum(axis=0), kind="stable").tolist()
    candidates = [place for place in order if is_shown[place]]
    while candidates and not _is_safe(areas[:, ~is_shown[:-1]], outside, fewest):
        is_shown[candidates[0]] = False
        taken.append(candidates.pop(0))
    return np.array(taken, int)


def _is_safe(hidden_areas: Counts, outside: Outside, fewest: int) -> bool:
    """Whether what is hidden under a shown parent cannot be had by subtraction, in any of the groups."""
    people = np.maximum(hidden_areas, 0).sum(axis=1) + outside.people
    areas = (hidden_areas > 0).sum(axis=1) + outside.is_there
    return bool(((areas == 0) | ((areas >= _TWO) & (people >= fewest))).all())
