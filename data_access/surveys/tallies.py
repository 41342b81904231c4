"""True counts of every cell, before anything is hidden or changed. They live only while a release is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from data_access.surveys.folding import folded
from data_access.surveys.groups import GENDERS
from data_access.surveys.questions import FOLLOW_UPS, measures_of
from data_access.surveys.respondents import NONE, Respondents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from data_access.surveys.questions import Question
    from data_access.surveys.respondents import Answers
    from data_access.surveys.told import Measure

Group = tuple[str, str]
"""Breakdown and group: ("all", ""), ("gender", "female")."""

PEOPLE = None
"""In place of a question: everybody who took part."""


@dataclass(frozen=True)
class Track:
    """A column of the release: a measure of a question, or `PEOPLE`.

    `top`: the most that one person can add to the amount. `of_some`: only people with a certain answer are counted.
    """

    question: Question | None
    measure: Measure
    top: int = 1
    of_some: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Tallies:
    """Counts by group, place and track.

    `areas`: codes; the last place stands for the municipality. `n`: people, `amount`: how many of them answered so (points for an
    index). `n_keys`, `amount_keys`: sums of the keys of whoever is counted. `atoms`: people by area (the last: in none), gender
    and stage, None when groups cannot be crossed (a file of counts). `is_suppressed`: hidden by the source already.
    """

    areas: tuple[str, ...]
    groups: tuple[Group, ...]
    tracks: tuple[Track, ...]
    n: NDArray[np.int64]
    amount: NDArray[np.int64]
    n_keys: NDArray[np.uint64]
    amount_keys: NDArray[np.uint64]
    atoms: NDArray[np.int64] | None
    is_suppressed: NDArray[np.bool_]

    def of(self, breakdown: str) -> list[int]:
        """Positions of the groups of a breakdown."""
        return [place for place, (found, _) in enumerate(self.groups) if found == breakdown]


def tallies(table: Respondents, secret: str) -> Tallies:
    """Count the people of a table in every cell."""
    gender, stage = _genders(table, secret), _stages(table, secret)
    groups: list[Group] = [("all", "")]
    members = [np.ones(table.size, bool)]
    if gender is not None:
        groups += [("gender", name) for name in GENDERS]
        members += [gender == place for place in range(len(GENDERS))]
    if stage is not None:
        groups += [("stage", name) for name in table.stages]
        members += [stage == place for place in range(len(table.stages))]
    tracks, is_counted, points = _columns(table)
    cells = _cells(table, members)
    keys = table.row_keys[:, None]
    shape = (len(groups), len(table.areas) + 1, len(tracks))
    n = (cells @ is_counted.astype(np.int64)).reshape(shape)
    return Tallies(
        areas=table.areas,
        groups=tuple(groups),
        tracks=tuple(tracks),
        n=n,
        amount=(cells @ points.astype(np.int64)).reshape(shape),
        n_keys=(cells.astype(np.uint64) @ (is_counted * keys)).reshape(shape),
        amount_keys=(cells.astype(np.uint64) @ (points.astype(np.uint64) * keys)).reshape(shape),
        atoms=_atoms(table, gender, stage, is_counted),
        is_suppressed=np.zeros(shape, bool),
    )


def _stages(table: Respondents, secret: str) -> NDArray[np.int8] | None:
    if table.stage is None or not table.stages:
        return None
    return folded(table.stage, len(table.stages), within=table.area, keys=table.row_keys, secret=secret)


def _genders(table: Respondents, secret: str) -> NDArray[np.int8] | None:
    if table.gender is None:
        return None
    return folded(table.gender, len(GENDERS), within=table.area, keys=table.row_keys, secret=secret)


def _cells(table: Respondents, members: list[NDArray[np.bool_]]) -> csr_matrix:
    """Which people are in which cell: rows group by group, in each the areas and then the municipality."""
    places = len(table.areas) + 1
    rows, people = [], []
    for position, is_member in enumerate(members):
        inside = np.flatnonzero(is_member)
        placed = inside[table.area[inside] != NONE]
        rows += [np.full(len(inside), (position + 1) * places - 1), position * places + table.area[placed]]
        people += [inside, placed]
    row, column = np.concatenate(rows), np.concatenate(people)
    return csr_matrix((np.ones(len(row), np.int64), (row, column)), (places * len(members), table.size))


def _columns(table: Respondents) -> tuple[list[Track], NDArray[np.bool_], NDArray[np.int8]]:
    """The tracks, who is counted in each, and what each adds to the amount."""
    tracks = [Track(PEOPLE, "present")]
    is_counted, points = [np.ones(table.size, bool)], [np.zeros(table.size, np.int8)]
    for answers in table.answers:
        for track, counted, amount in _of_question(answers):
            tracks.append(track)
            is_counted.append(counted)
            points.append(np.where(counted, amount, 0).astype(np.int8))
    return tracks, np.column_stack(is_counted), np.column_stack(points)


def _of_question(answers: Answers) -> Iterator[tuple[Track, NDArray[np.bool_], NDArray[np.int8]]]:
    """Whoever did not answer a follow-up is not counted in it, and not as somebody whose wish for help is unmet."""
    question, present = answers.question, answers.present
    is_present = present == 1
    for measure in measures_of(question, frozenset(answers.follow_ups)):
        if measure in FOLLOW_UPS:
            said = answers.follow_ups[measure]
            yield Track(question, measure, of_some=True), is_present & (said != NONE), said
        elif measure == "unmet":
            is_unmet = is_present & (answers.follow_ups["distress"] == 1) & (answers.follow_ups["help"] == 1)
            yield Track(question, measure), present != NONE, is_unmet.astype(np.int8)
        elif measure == "index" and answers.index is not None:
            yield Track(question, measure, top=6), answers.index != NONE, answers.index
        else:
            yield Track(question, measure, of_some=question.is_of_some), present != NONE, present


def _atoms(
    table: Respondents,
    gender: NDArray[np.int8] | None,
    stage: NDArray[np.int8] | None,
    is_counted: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """People by area (the last: none) x gender x stage x track; a breakdown that is not there has one group."""
    genders, stages = len(GENDERS) if gender is not None else 1, len(table.stages) if stage is not None else 1
    places = len(table.areas) + 1
    area = np.where(table.area == NONE, places - 1, table.area)
    none = np.zeros(table.size, np.int8)
    of_gender, of_stage = none if gender is None else gender, none if stage is None else stage
    atom = (area * genders + of_gender) * stages + of_stage
    cells = csr_matrix(
        (np.ones(table.size, np.int64), (atom, np.arange(table.size))),
        (places * genders * stages, table.size),
    )
    return (cells @ is_counted.astype(np.int64)).reshape(places, genders, stages, is_counted.shape[1])
