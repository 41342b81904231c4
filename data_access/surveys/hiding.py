"""Which cells are shown: groups that are large enough, whole breakdowns or none, and nothing that follows from the rest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True, eq=False)
class Siblings:
    """The areas under a shown parent, in the groups of one breakdown; see `hidden`. The last place is the parent."""

    n: Counts
    is_there: Bools
    surely: Counts
    outside: Outside

    def of(self, groups: list[int]) -> Siblings:
        """The same in some of the groups."""
        return Siblings(self.n[groups], self.is_there[groups], self.surely[groups], self.outside.of(groups))

    def is_safe(self, is_hidden: Bools, fewest: int) -> bool:
        """Whether what is hidden (bool[area]) cannot be had by subtraction, in any of the groups."""
        surely, is_there = self.surely[:, :-1][:, is_hidden], self.is_there[:, :-1][:, is_hidden]
        people = np.maximum(surely, 0).sum(axis=1) + self.outside.people
        areas = is_there.sum(axis=1) + self.outside.is_there
        return bool(((areas == 0) | ((areas >= _TWO) & (people >= fewest))).all())


def hidden(
    n: Counts,
    breakdowns: list[list[int]],
    fewest: int,
    *,
    told: Counts | None = None,
    outside: Outside | None = None,
    within: Bools | None = None,
    bans: frozenset[Ban] = frozenset(),
    is_there: Bools | None = None,
    surely: Counts | None = None,
) -> NDArray[np.int8]:
    """Why each cell is hidden (`Why`), for one measure of one question.

    `n`: int64[group, place], the last place the municipality. `breakdowns`: positions of the groups of each, the first is "all".
    `fewest`: smaller groups are hidden. `told`: numbers that may not be smaller either. `outside`: people in no area, None: those
    that the areas leave over. `within`: nothing else may be shown. Areas without people are nobody's siblings: where `n`
    is not the true number, `is_there` says where there are some, and `surely` how many at least.
    """
    everybody = Siblings(
        n,
        n > 0 if is_there is None else is_there,
        n if surely is None else surely,
        outside or outside_of(n),
    )
    is_large = (n if told is None else np.minimum(n, told)) >= fewest
    may_be = is_large if within is None else is_large & within
    return _decided(everybody, breakdowns, fewest, is_large, may_be, bans)


def _decided(
    everybody: Siblings,
    breakdowns: list[list[int]],
    fewest: int,
    is_large: Bools,
    may_be: Bools,
    bans: frozenset[Ban],
) -> NDArray[np.int8]:
    """One breakdown after the other: what is hidden of "all" is hidden of every other. `may_be`: cells that nothing forbids."""
    why = np.full(everybody.n.shape, Why.SMALL, np.int8)
    places = np.arange(everybody.n.shape[1])
    is_open = np.ones(places.size, bool)
    for position, groups in enumerate(breakdowns):
        is_whole = may_be[groups].all(axis=0) & is_open
        is_banned = np.isin(places, [ban.area for ban in bans if ban.breakdown == position])
        found = np.where(is_large[groups], Why.BREAKDOWN, Why.SMALL)
        found[:, is_banned & is_whole] = Why.AUDIT
        is_shown = is_whole & ~is_banned
        why[groups] = _among_siblings(found, everybody.of(groups), is_shown, fewest)
        is_open = is_shown if position == 0 else is_open
    return why


def _among_siblings(found: NDArray[Any], siblings: Siblings, is_shown: Bools, fewest: int) -> NDArray[Any]:
    """Why the cells of one breakdown are hidden, when no area may follow from the others, nor be shown without its parent.

    Changes `is_shown` to what is left.
    """
    found[:, _beside_hidden(siblings, is_shown, fewest)] = Why.SIBLING
    if not is_shown[-1]:
        found[:, is_shown] = Why.PARENT
        is_shown[:] = False
    found[:, is_shown] = Why.SHOWN
    return found


def outside_of(n: Counts) -> Outside:
    """The people whom the areas leave over from the municipality, per group."""
    people = n[:, -1] - n[:, :-1].sum(axis=1)
    return Outside(people, people > 0)


def left_over(n: Counts, breakdowns: list[list[int]], fewest: int) -> Bools:
    """Where the groups of a breakdown leave somebody over from all, but too few: whoever is in none of them could be had.

    Nor may those left over in the municipality be had as the rest of those left over in its areas.
    """
    found = np.zeros(n.shape, bool)
    for groups in breakdowns[1:]:
        if groups:
            rest = n[0] - n[groups].sum(axis=0)
            is_few = (rest > 0) & (rest < fewest)
            elsewhere = rest[-1] - np.maximum(rest[:-1], 0)[~is_few[:-1]].sum()
            is_few[-1] |= 0 < elsewhere < fewest
            found[groups] = is_few
    return found


def exceeded_total(
    n: Counts, is_told: Bools, groups: tuple[tuple[str, str], ...]
) -> tuple[int, int, int] | None:
    """Where the parts (groups of all, districts of the municipality) hold more people than the whole; None: nowhere.

    `n`: int64[group, place, track]; `is_told`: numbers that are known. `groups`: breakdown and group of each. What is left over
    is no group of people where parts overlap.
    """
    known = np.where(is_told, n, 0)
    is_exceeded = np.zeros(n.shape, bool)
    for breakdown in {name for name, _ in groups} - {"all"}:
        parts = [place for place, (name, _) in enumerate(groups) if name == breakdown]
        is_exceeded[0] |= known[parts].sum(axis=0) > known[0]
    is_exceeded[:, -1] |= known[:, :-1].sum(axis=1) > known[:, -1]
    found = np.argwhere(is_exceeded & is_told)
    return (int(found[0][0]), int(found[0][1]), int(found[0][2])) if len(found) else None


def _beside_hidden(siblings: Siblings, is_shown: Bools, fewest: int) -> NDArray[np.int64]:
    """Areas that are hidden, smallest first, until those hidden are none or two with `fewest` people in each group.

    Changes `is_shown`. Whoever lives in no district counts as one more hidden area.
    """
    areas, taken = siblings.n[:, :-1], []
    order = np.argsort(areas.sum(axis=0), kind="stable").tolist()
    candidates = [place for place in order if is_shown[place]]
    while candidates and not siblings.is_safe(~is_shown[:-1], fewest):
        is_shown[candidates[0]] = False
        taken.append(candidates.pop(0))
    return np.array(taken, int)
