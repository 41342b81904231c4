"""Running the kernel over a stock: in pieces, on all processors where there is much to count, and adding the pieces up."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.aoristic import HOURS_A_WEEK
from data_access.kernel import HOUR_MINUTES, NOW, count_exact, count_intervals
from data_access.stock import HOUR_CODES, Times

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from data_access.questions import Question
    from data_access.stock import Part, Stock

    Floats = NDArray[np.float64]
    Counted = tuple[NDArray[Any], ...]

_ROWS_A_PIECE = 400_000
_WEEK_DAYS = 7
_PERIODS = 2
_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Tallies:
    """Counts by the codes of a stock; the first axis is the period: the one asked for, the earlier one.

    `areas` end with outside, `hours` with no time of day and time not told; `monthly` are combinations that have months only.
    `cells` (of the period asked for) end with places that are in none. `weeks` count whatever period.
    """

    combinations: Floats
    monthly: Floats
    areas: Floats
    hours: Floats
    cells: Floats
    weeks: Floats


def count(stock: Stock, question: Question, first_week: int, weeks: int) -> Tallies:
    """Count a stock; `first_week`: Monday of the first of `weeks` weeks, in days since 1970."""
    found = _empty(stock, weeks)
    calls = [(part, call) for part in stock.parts for call in _calls(part, stock, question)]
    counted = _run([call for _, call in calls], is_large=stock.size > _ROWS_A_PIECE)
    for (part, _), pieces in zip(calls, counted, strict=True):
        _add(found, part, pieces, first_week)
    return found


def _empty(stock: Stock, weeks: int) -> Tallies:
    codes = len(stock.combinations)
    return Tallies(
        combinations=np.zeros((_PERIODS, codes)),
        monthly=np.zeros((_PERIODS, codes)),
        areas=np.zeros((_PERIODS, stock.areas + 1)),
        hours=np.zeros((_PERIODS, HOUR_CODES)),
        cells=np.zeros(stock.places.count + 1),
        weeks=np.zeros(weeks),
    )


def _calls(part: Part, stock: Stock, question: Question) -> list[Callable[[], tuple[int, Counted]]]:
    """One call of the kernel per piece of a part."""
    slots, period_of = part.slots, question.period_of(part.slots)
    rows = (slots.begins, part.combination, part.area, part.cell)
    sizes = (len(stock.combinations), stock.areas + 1, HOUR_CODES, stock.places.count + 2)

    def call(first: int, last: int) -> tuple[int, Counted]:
        fails = question.fails_combination, question.fails_area
        if isinstance(part.hour, Times):
            times = (part.hour.start, part.hour.end, part.hour.changed_hour, part.hour.added_min)
            chosen = question.chosen_until
            return first, count_intervals(rows, times, period_of, *fails, chosen, first, last, sizes)
        return first, count_exact(rows, part.hour, period_of, *fails, question.fails_hour, first, last, sizes)

    return [partial(call, first, last) for first, last in _pieces(slots.begins)]


def _pieces(begins: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Runs of slots with about equally many rows."""
    count = max(int(begins[-1]) // _ROWS_A_PIECE, 1)
    cuts = np.searchsorted(begins, np.linspace(0, begins[-1], count + 1)[1:-1])
    ends = [0, *cuts.tolist(), len(begins) - 1]
    return [(first, last) for first, last in pairwise(ends) if first < last]


def _run(calls: list[Callable[[], tuple[int, Counted]]], *, is_large: bool) -> list[tuple[int, Counted]]:
    return list(_threads().map(_called, calls)) if is_large else [call() for call in calls]


def _called(call: Callable[[], tuple[int, Counted]]) -> tuple[int, Counted]:
    return call()


@cache
def _threads() -> ThreadPoolExecutor:
    """The kernel frees Python's lock, so threads count side by side."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="counting")


def _add(found: Tallies, part: Part, piece: tuple[int, Counted], first_week: int) -> None:
    first, (combinations, areas, hours, cells, in_slot) = piece
    found.combinations[:] += combinations
    found.areas[:] += areas
    found.cells[:] += cells[:-1]
    if isinstance(part.hour, Times):
        found.hours[:, :HOURS_A_WEEK] += _hours(hours)
    else:
        found.hours[:] += hours
    if part.is_monthly:
        found.monthly[:] += combinations
        return
    week = (part.slots.monday[first : first + len(in_slot)] - first_week) // _WEEK_DAYS
    found.weeks[:] += np.bincount(week, weights=in_slot, minlength=len(found.weeks))


def _hours(hours: Floats) -> Floats:
    """Weights per hour of the week, of two weeks' ends of intervals and steps between them (see `kernel`)."""
    weights = hours[:, 0] + np.cumsum(hours[:, 1], axis=1)
    two_weeks = weights[:, : 2 * HOURS_A_WEEK].reshape(_PERIODS, 2, HOURS_A_WEEK).sum(axis=1)
    # What adding and taking away again leaves behind is no weight.
    return np.where(np.abs(two_weeks) < _NOTHING, 0.0, two_weeks)


def spots(stock: Stock, question: Question) -> Floats:
    """Count per spot what fails nothing in the period asked for."""
    found = np.zeros(len(stock.spots.x) + 1)
    for part in stock.parts:
        in_period = np.flatnonzero(question.period_of(part.slots) == NOW)
        if not len(in_period):
            continue
        # Days and months are in order, so a period is one run of rows.
        rows = slice(part.slots.begins[in_period[0]], part.slots.begins[in_period[-1] + 1])
        fails = question.fails_combination[part.combination[rows]] | question.fails_area[part.area[rows]]
        share = np.where(fails == 0, _share(part, question, rows), 0.0)
        found += np.bincount(part.spot[rows], weights=share, minlength=len(found))
    return found[:-1]


def _share(part: Part, question: Question, rows: slice) -> Floats:
    """With how much each incident counts under the hours chosen."""
    if not isinstance(part.hour, Times):
        return (question.fails_hour[part.hour[rows]] == 0).astype(np.float64)
    hour, until = HOUR_MINUTES * part.hour.changed_hour, question.chosen_until
    extra = (until[hour + HOUR_MINUTES] - until[hour]) * part.hour.added_min / HOUR_MINUTES
    start, end = part.hour.start[rows].astype(np.int64), part.hour.end[rows].astype(np.int64)
    return (until[end] - until[start] + extra) / (end - start + part.hour.added_min)
