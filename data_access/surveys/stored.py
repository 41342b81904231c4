"""Cells as they come out of the table, already emptied of what the viewer is not told, and how they become told ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from data_access.surveys.questions import FOLLOW_UPS
from data_access.surveys.telling import FIVES_FROM, PERCENT_FROM, told
from data_access.surveys.told import Cell, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data_access.surveys.told import Breakdown, Measure, State

    Place = tuple[str | None, Breakdown, str]

TOTAL = Indicator("total", "total", "risk", "Alla frågor tillsammans", "All questions together", ("index",))
"""The index in which all questions weigh equally; it never stands without them."""


class Stored(NamedTuple):
    """A published cell: `n` people, `part` 0-1 of them (of the highest index); both None where it is hidden.

    `is_of_some`: the question is only asked of some, by an answer before it. `is_secret`: `n` would be another share exactly.
    """

    indicator: str
    measure: Measure
    area: str | None
    breakdown: Breakdown
    group: str
    state: State
    n: int | None
    part: float | None
    is_of_some: bool = False
    is_secret: bool = False


def with_secrets(published: list[Stored]) -> list[Stored]:
    """With a mark where a number of people is a share that is told in steps or in words.

    A follow-up is of those with the risk, a question of some of those with an answer before it (victims), whichever it was: where
    fewer than 100 answered one that everybody is asked, or one of these is hidden, their number is none to tell. Decided by what
    municipal roles are told, so that all roles are told the same.
    """
    own = {_where(one): one.n or 0 for one in published if one.measure == "present"}
    fewest: dict[Place, int] = {}
    for one in published:
        if one.measure == "present" and not one.is_of_some:
            fewest[_place(one)] = min(one.n or 0, fewest.get(_place(one), one.n or 0))

    def is_secret(one: Stored) -> bool:
        asked = fewest.get(_place(one), 0) if one.is_of_some else own.get(_where(one), 0)
        return (one.is_of_some or one.measure in FOLLOW_UPS) and asked < PERCENT_FROM

    return [one._replace(is_secret=is_secret(one)) for one in published]


def with_total(
    indicators: tuple[Indicator, ...], stored: list[Stored]
) -> tuple[tuple[Indicator, ...], list[Stored]]:
    """With the mean of all indexes, of as many people as the question that fewest answered; hidden where one of them is."""
    found: dict[tuple[str | None, Breakdown, str], list[Stored]] = {}
    for one in stored:
        if one.measure == "index":
            found.setdefault((one.area, one.breakdown, one.group), []).append(one)
    totals = [_total(*where, cells) for where, cells in found.items()]
    items = sorted(f"{one.code} {one.read_as}" for one in indicators if "index" in one.measures)
    return (*indicators, replace(TOTAL, read_as="; ".join(items))), [*stored, *totals]


def _total(area: str | None, breakdown: Breakdown, group: str, cells: list[Stored]) -> Stored:
    numbers = [one.n for one in cells if one.n is not None]
    parts = [one.part for one in cells if one.part is not None]
    if len(parts) < len(cells):
        return Stored(TOTAL.code, "index", area, breakdown, group, "hidden", None, None)
    return Stored(TOTAL.code, "index", area, breakdown, group, "shown", min(numbers), float(np.mean(parts)))


def cells_of(stored: Iterable[Stored]) -> tuple[Cell, ...]:
    """What is told of each; a group is compared with the same group of the municipality, that with all of it."""
    stored = list(stored)
    parts: dict[tuple[str, Measure, str | None, str], float | None] = {
        (one.indicator, one.measure, one.area, one.group): one.part for one in stored
    }
    return tuple(_cell(one, parts) for one in stored)


def _where(one: Stored) -> tuple[str, Place]:
    return one.indicator, _place(one)


def _place(one: Stored) -> Place:
    return one.area, one.breakdown, one.group


def _cell(one: Stored, parts: dict[tuple[str, Measure, str | None, str], float | None]) -> Cell:
    """A cell as told. Where its number is secret it is not told, and the interval is that of the fewest it may be."""
    where = (one.indicator, one.measure, one.area, one.breakdown, one.group)
    if one.n is None or one.part is None:
        return Cell(*where, state=one.state, precision="hidden")
    is_here = one.area is None
    reference = parts.get((one.indicator, one.measure, None, "" if is_here else one.group))
    if is_here and one.breakdown == "all":
        reference = None
    n = min(one.n, FIVES_FROM) if one.is_secret else one.n
    said = told(one.part, n, reference=reference, is_index=one.measure == "index")
    if one.is_secret:
        said["n"] = None
    return Cell(*where, **said)
