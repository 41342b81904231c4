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

TOTAL = Indicator("total", "total", "risk", "Alla frågor tillsammans", "All questions together", ("index",))
"""The index in which all questions weigh equally; it never stands without them."""


class Stored(NamedTuple):
    """A published cell: `n` people, `part` 0-1 of them (of the highest index); both None where it is hidden."""

    indicator: str
    measure: Measure
    area: str | None
    breakdown: Breakdown
    group: str
    state: State
    n: int | None
    part: float | None


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
    asked = {_where(one): one.n or 0 for one in stored if one.measure == "present"}
    return tuple(_cell(one, parts, asked.get(_where(one), 0)) for one in stored)


def _where(one: Stored) -> tuple[str, str | None, str, str]:
    return one.indicator, one.area, one.breakdown, one.group


def _cell(one: Stored, parts: dict[tuple[str, Measure, str | None, str], float | None], asked: int) -> Cell:
    """A cell as told; `asked`: how many answered the question at all.

    A follow-up is of those with the risk. Where their share is told in steps or in words, their number would be that share
    exactly: so it is not told, and the interval is that of the fewest it may be.
    """
    where = (one.indicator, one.measure, one.area, one.breakdown, one.group)
    if one.n is None or one.part is None:
        return Cell(*where, state=one.state, precision="hidden")
    is_here = one.area is None
    reference = parts.get((one.indicator, one.measure, None, "" if is_here else one.group))
    if is_here and one.breakdown == "all":
        reference = None
    is_secret = one.measure in FOLLOW_UPS and asked < PERCENT_FROM
    n = min(one.n, FIVES_FROM) if is_secret else one.n
    said = told(one.part, n, reference=reference, is_index=one.measure == "index")
    if is_secret:
        said["n"] = None
    return Cell(*where, **said)
