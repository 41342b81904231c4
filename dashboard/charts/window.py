"""The window of an evaluation as periods to draw: single weeks, or four together where a week holds too few events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.statistics.outcome import Weekly

    Floats = NDArray[np.float64]

FEWEST_A_WEEK = 3.0
"""With fewer expected events a week on average, single weeks show little but chance."""
WEEKS_TOGETHER = 4


@dataclass(frozen=True, eq=False)
class Window:
    """Periods of so many `weeks` each, in order: `starts` (Mondays), counts of events, and what each is to the evaluation.

    `observed` is NaN where too few to be told, `expected`, `low` and `high` where nothing was expected; `role` as in Weekly.
    `left_over`: weeks at the end that do not fill a period.
    """

    starts: NDArray[np.datetime64]
    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    role: NDArray[np.int8]
    weeks: int
    left_over: int = 0


def window(mondays: NDArray[np.datetime64], weekly: Weekly) -> Window:
    """The weeks as they are, or by four counted from the start, in both directions."""
    days = mondays.astype("datetime64[D]")
    parts = (weekly.observed, weekly.expected, weekly.low, weekly.high, weekly.role)
    known = weekly.expected[np.isfinite(weekly.expected)]
    if not len(known) or known.mean() >= FEWEST_A_WEEK:
        return Window(days, *parts, weeks=1)
    return _together(days, weekly)


def _together(days: NDArray[np.datetime64], weekly: Weekly) -> Window:
    """Sums of four weeks; the widths of their intervals add up as those of independent weeks do."""
    after = int((weekly.role == AFTER).sum())
    before = len(days) - after
    first, last = before % WEEKS_TOGETHER, len(days) - after % WEEKS_TOGETHER

    def by_period(values: NDArray) -> NDArray:
        return values[first:last].reshape(-1, WEEKS_TOGETHER)

    expected = by_period(weekly.expected).sum(axis=1)
    below, above = (
        np.sqrt((by_period(end - weekly.expected) ** 2).sum(axis=1)) for end in (weekly.low, weekly.high)
    )
    return Window(
        starts=days[first:last:WEEKS_TOGETHER],
        observed=by_period(weekly.observed).sum(axis=1),
        expected=expected,
        low=np.maximum(expected - below, 0),
        high=expected + above,
        role=_role(by_period(weekly.role)),
        weeks=WEEKS_TOGETHER,
        left_over=after % WEEKS_TOGETHER,
    )


def _role(role: NDArray[np.int8]) -> NDArray[np.int8]:
    """A period is of the baseline only when all its weeks are."""
    is_left_out = (role == LEFT_OUT).any(axis=1)
    return np.where(is_left_out, LEFT_OUT, np.where(role[:, 0] == AFTER, AFTER, BASELINE)).astype(np.int8)
