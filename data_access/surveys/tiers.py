"""Where each track is told: what is large enough for municipal roles, and for partners; follow-ups inside of their questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.hiding import Ban, Outside, Why, hidden, left_over, outside_of
from data_access.surveys.secret_keys import LARGEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.surveys.tallies import Tallies, Track

    Counts = NDArray[np.int64]
    Tiers = tuple[NDArray[np.int8], NDArray[np.int8]]

FEWEST = 10
"""Municipal roles are told of no smaller group."""
FEWEST_FOR_PARTNERS = 20
"""Nor are partners and presenters of one smaller than this."""

BREAKDOWNS = ("all", "gender", "stage")

Bans = tuple[frozenset[Ban], frozenset[Ban]]
"""What is forbidden for municipal roles, and for partners: these see some of what the first see, so that both bind them."""


def base_of(tracks: tuple[Track, ...], position: int) -> int:
    """The track whose groups decide where a follow-up may be shown: its question's, or everybody's."""
    own = tracks[position].question
    found = [place for place, one in enumerate(tracks) if one.question is own and not one.of_some]
    return found[0] if found else 0


def _breakdowns(counted: Tallies) -> list[list[int]]:
    return [counted.of(name) for name in BREAKDOWNS]


def shown(
    counted: Tallies, noisy: Counts, position: int, base: int, bans: Bans
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Why cells of a track are hidden, and which are shown to partners.

    Who has the risk is an answer: where follow-ups are shown is decided by the number of those with it as it is published, so
    much larger that the true one is large enough, and so says nothing that is not published.
    """
    suppressed = counted.is_suppressed[..., position]
    found = tiers(counted, noisy, base, bans)
    if counted.tracks[position].of_some:
        found = _of_some(counted, noisy, position, base, found)
    why, partner = found
    return np.where(suppressed, Why.SOURCE, why).astype(np.int8), partner == Why.SHOWN


def _of_some(counted: Tallies, noisy: Counts, position: int, base: int, allowed: Tiers) -> Tiers:
    """The same of a track of some people only, inside of what `allowed` shows of all who answered.

    A district is there when anybody answered: that its noisy number is none says nothing of the true one, and were it left out,
    the others would leave it over from the total.
    """
    n, told, breakdowns = counted.n[..., position], noisy[..., position], _breakdowns(counted)
    is_there = (counted.n[..., base] > 0) | counted.is_suppressed[..., position]
    all_of_them = outside_of(counted.n[..., base])
    outside = Outside(np.zeros_like(all_of_them.people), all_of_them.is_there)
    found: list[NDArray[np.int8]] = []
    within = np.ones(n.shape, bool)
    for tier, fewest in zip(allowed, (FEWEST, FEWEST_FOR_PARTNERS), strict=True):
        within = within & (tier == Why.SHOWN) & ~left_over(n, breakdowns, fewest)
        why = hidden(
            told,
            breakdowns,
            fewest + LARGEST,
            outside=outside,
            within=within,
            bans=_one_way(counted, base, fewest),
            is_there=is_there,
            surely=told - LARGEST,
        )
        within = why == Why.SHOWN
        found.append(why)
    return found[0], found[1]


def _one_way(counted: Tallies, base: int, fewest: int) -> frozenset[Ban]:
    """Follow-ups by gender only, where gender and stage together have an empty or small group of those who answered.

    Who has the risk is an answer, so that the audit cannot look at the sets of those; where every group is large enough, gender
    and stage leave none of them over.
    """
    if counted.atoms is None or 1 in counted.atoms.shape[1:-1]:
        return frozenset()
    atoms = counted.atoms[..., base]
    places = np.concatenate([atoms[:-1], atoms.sum(axis=0, keepdims=True)])
    is_few = (places < fewest).any(axis=(1, 2))
    return frozenset(Ban(BREAKDOWNS.index("stage"), place) for place in np.flatnonzero(is_few).tolist())


def tiers(counted: Tallies, noisy: Counts, position: int, bans: Bans) -> Tiers:
    """Why cells are hidden from municipal roles, and from partners: these are also told no number below theirs."""
    n, breakdowns = counted.n[..., position], _breakdowns(counted)
    within = ~counted.is_suppressed[..., position] & ~left_over(n, breakdowns, FEWEST)
    why = hidden(n, breakdowns, FEWEST, bans=bans[0], within=within)
    return why, hidden(
        n,
        breakdowns,
        FEWEST_FOR_PARTNERS,
        told=noisy[..., position],
        bans=bans[1],
        within=(why == Why.SHOWN) & ~left_over(n, breakdowns, FEWEST_FOR_PARTNERS),
    )
