"""Attacks on published tables: of how many groups below ten people the number of yes-answers is known for sure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

if TYPE_CHECKING:
    from tests.data_access.surveys.publishers import Told, Truth

FEWEST = 10
_SURE = 0.5
_NEAR = 1e-6


def subtraction(told: Told, truth: Truth, pairs: np.ndarray) -> tuple[int, int]:
    """Ask for pairs of filters (bool[pair, 2, atom], the second inside the first) and subtract.

    Returns the groups below ten that were asked about, and those whose answers are known for sure: only one number is possible.
    """
    left = pairs[:, 0] & ~pairs[:, 1]
    people = left @ truth.n
    is_target = (people > 0) & (people < FEWEST)
    first, second = (_looked_up(told, pairs[is_target, side]) for side in (0, 1))
    is_known = (first >= 0) & (second >= 0)
    difference = told.amount[first[is_known]] - told.amount[second[is_known]]
    error = told.error[first[is_known]] + told.error[second[is_known]]
    is_sure = _are_sure(difference, error, people[is_target][is_known] * truth.top)
    return int(is_target.sum()), int(is_sure.sum())


def _are_sure(amount: np.ndarray, error: np.ndarray, most: np.ndarray) -> np.ndarray:
    """Whether only one number is possible of each."""
    return np.maximum(amount - error, 0) >= np.minimum(amount + error, most)


def answered(told: Told, pairs: np.ndarray) -> int:
    """How many of the pairs a publisher answers, both of each, whatever their difference is."""
    first, second = (_looked_up(told, pairs[:, side]) for side in (0, 1))
    return int(((first >= 0) & (second >= 0)).sum())


def between_waves(told: tuple[Told, Told], people: tuple[np.ndarray, np.ndarray]) -> tuple[int, int]:
    """Subtract what two waves tell of the same cells; `people`: int[atom] of each wave, whom the attacker knows.

    Returns the cells that fewer than ten people left, and those of which it is known for sure what these had answered.
    """
    rows = told[1].names
    found = np.array([rows.get(row.tobytes(), -1) for row in np.packbits(told[0].rows, axis=1)], int)
    left = told[0].rows @ (people[0] - people[1])
    first = np.flatnonzero((found >= 0) & (left > 0) & (left < FEWEST))
    second = found[first]
    difference = told[0].amount[first] - told[1].amount[second]
    is_sure = _are_sure(difference, told[0].error[first] + told[1].error[second], left[first])
    return len(first), int(is_sure.sum())


def _looked_up(told: Told, wanted: np.ndarray) -> np.ndarray:
    names = told.names
    return np.array([names.get(row.tobytes(), -1) for row in np.packbits(wanted, axis=1)], int)


def pairs_of(filters: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Random pairs of filters, one inside the other; the difference is what is attacked."""
    inside = filters.astype(np.int32) @ (~filters).T.astype(np.int32) == 0
    np.fill_diagonal(inside, val=False)
    small, large = np.nonzero(inside)
    chosen = rng.integers(0, len(small), count)
    return np.stack([filters[large[chosen]], filters[small[chosen]]], axis=1)


def leftovers(told: Told, truth: Truth) -> tuple[int, int]:
    """Totals of the municipality minus everything that is told of its areas, for each group: hidden areas by subtraction."""
    tried = found = 0
    wide = told.rows.sum(axis=1)
    is_of_area = told.rows.reshape(len(told.rows), -1, 4).any(axis=2).sum(axis=1) == 1
    for total in np.flatnonzero(wide >= wide.max() / 2):
        inside = np.flatnonzero(is_of_area & ~(~told.rows[total] & told.rows).any(axis=1))
        rest, amount, error = told.rows[total].copy(), told.amount[total], told.error[total]
        for row in inside[np.argsort(-wide[inside])]:
            if (told.rows[row] & ~rest).sum() == 0:
                rest &= ~told.rows[row]
                amount, error = amount - told.amount[row], error + told.error[row]
        people = int(rest @ truth.n)
        if 0 < people < FEWEST:
            tried += 1
            found += max(amount - error, 0) >= min(amount + error, people * truth.top)
    return tried, found


def row_space(told: Told, truth: Truth) -> int:
    """Atoms below ten people whose yes-answers are a combination of what is told: with exact numbers they are known."""
    is_there = truth.n > 0
    rows = told.rows[:, is_there].astype(float)
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    space = directions[sizes > _NEAR]
    inside = (space**2).sum(axis=0) > 1 - _NEAR
    return int((inside & (truth.n[is_there] < FEWEST)).sum())


def integer_solutions(told: Told, truth: Truth, most: int, rng: np.random.Generator) -> tuple[int, int]:
    """Integer programme: smallest and largest number of yes in atoms below ten that fits all that is told.

    Returns how many atoms were tried, and for how many only one number fits.
    """
    targets = np.flatnonzero((truth.n > 1) & (truth.n < FEWEST))
    targets = rng.permutation(targets)[:most]
    rows = told.rows.astype(float)
    constraint = LinearConstraint(rows, told.amount - told.error, told.amount + told.error)
    sure = 0
    for target in targets:
        aim = np.zeros(len(truth.n))
        aim[target] = 1.0
        ends = [
            milp(
                sign * aim,
                constraints=constraint,
                integrality=np.ones(len(aim)),
                bounds=Bounds(0, truth.n * truth.top),
            )
            for sign in (1, -1)
        ]
        if all(end.success for end in ends) and abs(ends[0].fun + ends[1].fun) < _SURE:
            sure += 1
    return len(targets), sure


def guessed(told: Told, truth: Truth) -> np.ndarray:
    """The likeliest share of yes per atom, given all that is told and everybody's numbers.

    Answers are drawn around one share, shares of atoms differ by a tenth; told numbers have an error of variance 4 (exact: of
    none): the mean of what is then possible, in one linear step.
    """
    people = truth.n.astype(float)
    rows = told.rows.astype(float)
    whole = int(np.argmax(told.rows.sum(axis=1)))
    share = np.clip(told.amount[whole] / max(people @ rows[whole], 1), 0.02, 0.98)
    spread = people * share * (1 - share) + (people * 0.1) ** 2
    error = 4.0 if told.error.any() else 1e-6
    seen = (rows * spread) @ rows.T + error * np.eye(len(rows))
    step = (rows * spread).T @ np.linalg.solve(seen, told.amount - rows @ (people * share))
    return np.clip((people * share + step) / np.maximum(people, 1), 0, 1)


def of_areas_only(told: Told) -> Told:
    """What is told of the municipality and of areas, without gender and stage."""
    atoms = told.rows.reshape(len(told.rows), -1, 4)
    is_whole = (atoms.all(axis=2) == atoms.any(axis=2)).all(axis=1)
    return replace(told, rows=told.rows[is_whole], amount=told.amount[is_whole], error=told.error[is_whole])


def auc(score: np.ndarray, weight_yes: np.ndarray, weight_no: np.ndarray) -> float:
    """Chance that somebody who said yes has a higher score than somebody who did not; people come in groups with one score."""
    order = np.argsort(score, kind="stable")
    score, yes, no = score[order], weight_yes[order].astype(float), weight_no[order].astype(float)
    _, place = np.unique(np.round(score, 12), return_inverse=True)
    yes, no = np.bincount(place, yes), np.bincount(place, no)
    below = np.cumsum(no) - no
    return float((yes * (below + no / 2)).sum() / (yes.sum() * no.sum()))
