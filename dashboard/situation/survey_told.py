"""Told numbers of a survey, and the difference between two of them: every view says the same of the same cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.statistics.proportions import Difference, difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data_access.surveys.told import Cell, Release, Word

_FIRST, _LAST = -1.0, 10.0
"""Less and more than any share and any index."""


def told_value(cell: Cell | None) -> float | None:
    """Share 0-1 or index 0-6 of a cell; None where it is told in words, only bounded, or hidden."""
    if cell is None or cell.precision not in ("percent", "fives") or cell.bound is not None:
        return None
    return cell.share if cell.measure != "index" else cell.index


def told_ends(cell: Cell | None) -> tuple[float, float] | None:
    """Between which shares 0-1 a told share lies: both ends the same unless it is only bounded; None without a told number."""
    if cell is None or cell.share is None or cell.precision not in ("percent", "fives"):
        return None
    return (0.0 if cell.bound == "below" else cell.share), (1.0 if cell.bound == "above" else cell.share)


def ranked_values(cells: Mapping[str, Cell | None]) -> dict[str, float]:
    """Numbers by which places are ranked, by their key, in the unit of the cells; places without a told number are left out.

    Who is only known to lie below a share is tied with all others that may lie there, before the rest; above a share, after it.
    """
    told = {
        key: (cell, number)
        for key, cell in cells.items()
        if cell is not None
        and cell.precision in ("percent", "fives")
        and (number := cell.index if cell.measure == "index" else cell.share) is not None
    }
    lowest = max((number for cell, number in told.values() if cell.bound == "below"), default=_FIRST)
    highest = min((number for cell, number in told.values() if cell.bound == "above"), default=_LAST)
    return {
        key: _FIRST
        if cell.bound == "below" or number < lowest
        else _LAST
        if cell.bound == "above" or number > highest
        else number
        for key, (cell, number) in told.items()
    }


def change_of(now: Cell | None, before: Cell | None) -> Difference | None:
    """One told number less another, in their unit, by Newcombe's method from both told intervals.

    Those hold the noise of the release and the rounding, which an interval from counts would not. None where either is no number.
    """
    told = [_with_limits(cell) for cell in (now, before)]
    return None if told[0] is None or told[1] is None else difference(*told[0], *told[1])


def is_alike(now: Release, before: Release, indicator: str) -> bool:
    """Whether both waves read the answers to a question in the same way."""
    read = [{one.code: one.read_as for one in of.indicators} for of in (now, before)]
    return read[0].get(indicator) == read[1].get(indicator)


def word_of(change: Difference | None) -> Word | None:
    """Lower, about the same or higher; None without a difference."""
    if change is None:
        return None
    if not change.is_clear:
        return "about_the_same"
    return "higher" if change.value > 0 else "lower"


def _with_limits(cell: Cell | None) -> tuple[float, tuple[float, float]] | None:
    value = told_value(cell)
    if cell is None or value is None or cell.low is None or cell.high is None:
        return None
    return value, (min(cell.low, value), max(cell.high, value))
