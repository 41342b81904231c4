"""What an evaluation answers with: observed, expected, interval, verdict, and what is drawn of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dashboard.statistics.wdd import Wdd

    Floats = NDArray[np.float64]

Verdict = Literal["less", "no_clear_difference", "more", "too_few"]
VERDICTS: tuple[Verdict, ...] = ("less", "no_clear_difference", "more", "too_few")

BASELINE, LEFT_OUT, AFTER = 0, 1, 2
"""What a week of the window is to the evaluation."""

ZERO_COUNTS_AS = 0.5


@dataclass(frozen=True)
class Interval:
    """An estimate and its interval, in the unit of the field that holds it."""

    value: float
    low: float
    high: float

    def excludes(self, value: float) -> bool:
        """Whether a value lies outside the interval."""
        return not self.low <= value <= self.high


@dataclass(frozen=True)
class Outcome:
    """What happened in some areas after a start: `observed` events, and what was expected without the intervention.

    The three ways to say it hold the same: `observed` lies outside `expected` exactly when `ratio` leaves out 1. In the ratio no
    event at all counts as half a one.
    """

    observed: int
    expected: Interval

    @property
    def ratio(self) -> Interval:
        """Observed / expected; the interval's ends are observed / those of expected. 1 is no difference.

        Where nothing was expected nothing is known of it: NaN, between 0 and infinity.
        """
        observed, of = max(self.observed, ZERO_COUNTS_AS), self.expected
        if of.low <= 0:
            return Interval(nan, 0.0, inf)
        return Interval(observed / of.value, observed / of.high, observed / of.low)

    @property
    def difference(self) -> Interval:
        """Observed - expected, in events: negative is fewer than expected."""
        of = self.expected
        return Interval(self.observed - of.value, self.observed - of.high, self.observed - of.low)


@dataclass(frozen=True, eq=False)
class Weekly:
    """Every week of the window, in order: events in the target areas, what was expected, and its predictive interval.

    `role`: BASELINE, LEFT_OUT or AFTER; `expected`, `low` and `high` are NaN where the comparison areas have no clean week.
    """

    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    role: NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class Running:
    """The difference observed - expected added up over the weeks after the start (one item per AFTER week), and its interval."""

    difference: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Alternative:
    """The ratio that another set of comparison areas gives; `name` is a text key under `comparison`."""

    name: str
    ratio: float
    areas: int


@dataclass(frozen=True)
class Placebo:
    """Had each comparison area been the treated one: `rank` of the real ratio among all `of` (1: the lowest)."""

    rank: int
    of: int


@dataclass(frozen=True, eq=False)
class Effect:
    """The whole answer for one intervention.

    `before`: events of the target in the baseline; `comparison_name`: of the set that is used (a text key under
    `comparison`). `p_value`: two-sided, of no difference; `level`: coverage of all intervals; `dispersion`: how much
    more than chance the untreated areas vary (1 = not more); `drift`: how far an untreated area changes by itself, as a
    standard deviation of the logarithm; `detectable_pct`: the smallest decrease, in per cent, that would be found in
    four cases of five (None: not even the largest would). `ring` and `net` (target and ring together) are None where there is no
    ring, `wdd` where every comparison area has an intervention of its own in some week.
    """

    target: Outcome
    ring: Outcome | None
    net: Outcome | None
    verdict: Verdict
    p_value: float
    level: float
    dispersion: float
    drift: float
    detectable_pct: float | None
    wdd: Wdd | None
    alternatives: tuple[Alternative, ...]
    placebo: Placebo | None
    comparison_name: str
    comparison_count: int
    before: int
    weekly: Weekly
    running: Running

    @property
    def baseline_weeks(self) -> int:
        """Number of weeks before the start that the expectation rests on."""
        return int((self.weekly.role == BASELINE).sum())

    @property
    def after_weeks(self) -> int:
        """Number of weeks after the start."""
        return int((self.weekly.role == AFTER).sum())
