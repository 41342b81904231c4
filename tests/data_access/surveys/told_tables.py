"""Surveys with every kind of question, and what a role reads of them through the door, as tables that attackers can use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.folding import folded
from data_access.surveys.questions import FOLLOW_UPS, HIGHEST_INDEX, PRESENT_INDEX
from data_access.surveys.respondents import NONE
from data_access.surveys.secret_keys import LARGEST
from tests.data_access.surveys.publishers import Told, Truth, row_of
from tests.data_access.surveys.simulated import SECRET, STAGES, Shape, survey

if TYPE_CHECKING:
    from data_access.surveys.respondents import Answers, Respondents
    from data_access.surveys.told import Cell, Measure, Release

AREAS = 12
SHAPE = Shape(people=1200, areas=AREAS, questions=2)
GROUPS = (("all", ""), ("gender", "female"), ("gender", "male"), *(("stage", name) for name in STAGES))
_STEPS = {"percent": (0.01, 0.1), "fives": (0.05, 0.5)}
"""In which shares 0-1 and an index are told."""

Name = tuple[str, "Measure"]


@dataclass(frozen=True)
class Counted:
    """Who is counted in a measure of a question, and what each adds."""

    is_counted: np.ndarray
    points: np.ndarray
    top: int = 1


def youth(seed: int) -> Respondents:
    """A risk with follow-ups, and one without."""
    table = survey(seed, SHAPE)
    return replace(
        table,
        answers=tuple(
            _named(one, code)
            for one, code in zip(table.answers, ("family.conflicts", "school.bullying"), strict=True)
        ),
    )


def safety(seed: int) -> Respondents:
    """Two indexes, theft, and whether victims have reported it."""
    table, rng = survey(seed, replace(SHAPE, questions=4, with_follow_ups=0)), np.random.default_rng(seed)
    graffiti, littering, theft, reported = table.answers
    reported = replace(reported, present=np.where(theft.present == 1, reported.present, NONE).astype(np.int8))
    return replace(
        table,
        answers=(
            _indexed(_named(littering, "problem.littering", is_index=True), rng),
            _indexed(_named(graffiti, "problem.graffiti", is_index=True), rng),
            _named(theft, "victim.theft"),
            _named(reported, "victim.reported", is_of_some=True),
        ),
    )


def _named(one: Answers, code: str, *, is_index: bool = False, is_of_some: bool = False) -> Answers:
    return replace(one, question=replace(one.question, code=code, is_index=is_index, is_of_some=is_of_some))


def _indexed(one: Answers, rng: np.random.Generator) -> Answers:
    points = rng.binomial(HIGHEST_INDEX, 0.4, len(one.present)).astype(np.int8)
    points[one.present == NONE] = NONE
    present = np.where(points == NONE, NONE, points >= PRESENT_INDEX).astype(np.int8)
    return replace(one, present=present, index=points)


def truths(table: Respondents) -> dict[Name, Truth]:
    """People and points of every measure by atom, counted one by one; and of every number of people that is a share of others."""
    assert table.gender is not None
    assert table.stage is not None
    gender = folded(table.gender, 2, within=table.area, keys=table.row_keys, secret=SECRET)
    atom = (table.area * 2 + gender) * 2 + table.stage

    def of(counted: Counted) -> Truth:
        n, amount = (
            np.bincount(atom, weights, AREAS * 4).astype(int)
            for weights in (counted.is_counted, np.where(counted.is_counted, counted.points, 0))
        )
        return Truth(n, amount, counted.top)

    return {name: of(counted) for answers in table.answers for name, counted in _measures(answers).items()}


def _measures(one: Answers) -> dict[Name, Counted]:
    code, is_asked, is_present = one.question.code, one.present != NONE, one.present == 1
    found: dict[Name, Counted] = {(code, "present"): Counted(is_asked, one.present)}
    for measure in FOLLOW_UPS:
        if measure in one.follow_ups:
            said = one.follow_ups[measure]
            found[code, measure] = Counted(is_present & (said != NONE), said)
    if one.follow_ups:
        is_unmet = is_present & (one.follow_ups["distress"] == 1) & (one.follow_ups["help"] == 1)
        found[code, "unmet"] = Counted(is_asked, is_unmet)
    if one.index is not None:
        found[code, "index"] = Counted(one.index != NONE, one.index, HIGHEST_INDEX)
    return found


def told_of(release: Release, name: Name) -> Told:
    """The amounts that follow from the told shares and numbers of one measure, and how far they can be from the truth."""
    return _table(release, name, _amount)


def told_people(release: Release, name: Name) -> Told:
    """The told numbers of people of a measure: of a follow-up or a question of some, how many gave the answer before it."""
    return _table(release, name, lambda cell: None if cell.n is None else (cell.n, LARGEST))


def _amount(cell: Cell) -> tuple[int, int] | None:
    is_index = cell.measure == "index"
    value = cell.index if is_index else cell.share
    if cell.n is None or value is None:
        return None
    step = _STEPS[cell.precision][is_index]
    low, high = value - step / 2, value + step / 2
    if cell.bound == "below":
        low, high = 0.0, value
    elif cell.bound == "above":
        low, high = value, HIGHEST_INDEX if is_index else 1.0
    noise = LARGEST * (HIGHEST_INDEX if is_index else 1)
    return round(cell.n * (low + high) / 2), int(np.ceil(cell.n * (high - low) / 2)) + noise


def _table(release: Release, name: Name, amount_of) -> Told:
    rows, amounts = [], []
    places = {code: place for place, code in enumerate([f"{place:02}" for place in range(AREAS)])}
    for group, (breakdown, group_code) in enumerate(GROUPS):
        for area in (None, *(one.code for one in release.areas)):
            cell = release.cell(*name, area, breakdown, group_code)
            told = None if cell is None or cell.precision == "hidden" else amount_of(cell)
            if told is not None:
                rows.append(row_of(AREAS, group, AREAS if area is None else places[area]))
                amounts.append(told)
    found = np.array(amounts, int).reshape(-1, 2)
    return Told(np.array(rows, bool).reshape(-1, AREAS * 4), found[:, 0], found[:, 1])
