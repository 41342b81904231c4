"""Two publishers of one survey: ours, and one that answers any filter with at least ten people.

Attackers are given more than a page tells: the numbers of a release before they are rounded, and the exact size of every group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.secret_keys import LARGEST
from data_access.surveys.tallies import tallies
from tests.data_access.surveys.simulated import SECRET

if TYPE_CHECKING:
    from data_access.surveys.build import Built
    from data_access.surveys.respondents import Respondents

FEWEST = 10


@dataclass(frozen=True)
class Truth:
    """People and yes-answers (points) to one question by atom: area x gender x stage (as they are counted).

    `top`: the most that one person adds.
    """

    n: np.ndarray
    yes: np.ndarray
    top: int = 1


@dataclass(frozen=True)
class Told:
    """What a publisher answers: rows over atoms (bool[row, atom]), the amounts told, and how far each can be from the truth."""

    rows: np.ndarray
    amount: np.ndarray
    error: np.ndarray

    @property
    def names(self) -> dict[bytes, int]:
        return {row.tobytes(): place for place, row in enumerate(np.packbits(self.rows, axis=1))}


def truth_of(table: Respondents, question: int) -> Truth:
    """Atoms after folding, as the build counts them."""
    counted = tallies(table, SECRET)
    track = next(
        place for place, one in enumerate(counted.tracks) if one.question is table.answers[question].question
    )
    yes_only = tallies(_only(table, question), SECRET)
    assert counted.atoms is not None
    assert yes_only.atoms is not None
    return Truth(counted.atoms[:-1, ..., track].ravel(), yes_only.atoms[:-1, ..., 1].ravel())


def _only(table: Respondents, question: int) -> Respondents:
    """The same people, where only those who say yes answer: their atoms are the yes-answers."""
    from dataclasses import replace  # noqa: PLC0415

    one = table.answers[question]
    said = np.where(one.present == 1, 1, -1).astype(np.int8)
    return replace(table, answers=(replace(one, present=said, follow_ups={}),))


def filters(areas: int) -> np.ndarray:
    """bool[filter, atom] of every filter on one area (or all), a gender (or all) and a stage (or all)."""
    one = np.arange(areas * 4).reshape(areas, 2, 2)
    rows = []
    for area in (slice(None), *(slice(place, place + 1) for place in range(areas))):
        for gender in (slice(None), slice(0, 1), slice(1, 2)):
            for stage in (slice(None), slice(0, 1), slice(1, 2)):
                row = np.zeros(areas * 4, bool)
                row[one[area, gender, stage].ravel()] = True
                rows.append(row)
    return np.array(rows)


def naive(truth: Truth) -> Told:
    """At least ten people, any filter, exact numbers."""
    rows = filters(len(truth.n) // 4)
    rows = rows[rows @ truth.n >= FEWEST]
    return Told(rows, rows @ truth.yes, np.zeros(len(rows), int))


def ours(built: Built, track: int, *, as_partner: bool = False) -> Told:
    """Every cell of a release that a role is told, unrounded."""
    areas = len(built.areas)
    is_told = built.is_partner if as_partner else built.is_shown
    rows, amounts = [], []
    for group in range(len(built.groups)):
        for place in range(areas + 1):
            if is_told[group, place, track]:
                rows.append(row_of(areas, group, place))
                amounts.append(built.amount[group, place, track])
    error = np.full(len(rows), LARGEST * built.tracks[track].top)
    return Told(np.array(rows).reshape(-1, areas * 4), np.array(amounts), error)


def row_of(areas: int, group: int, place: int) -> np.ndarray:
    """bool[atom] of a cell: all, girls, boys, the first stage or the second, of an area or (the last place) of all."""
    one = np.arange(areas * 4).reshape(areas, 2, 2)
    members = [one, one[:, 0], one[:, 1], one[:, :, 0], one[:, :, 1]][group]
    row = np.zeros(areas * 4, bool)
    row[members.ravel() if place == areas else members[place].ravel()] = True
    return row
