"""What must be known of the time before a start: whether it was a peak, and whether the areas went another way already then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.comparisons import DIFFERS
from dashboard.situation.evaluation import Said
from dashboard.situation.trial import TRIGGER_WEEKS
from dashboard.statistics.compare import dispersion_of
from dashboard.statistics.dispersion import dispersion_of_weeks
from dashboard.statistics.rate_tests import ratio_of_ratios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dashboard.situation.trial import Trial
    from dashboard.statistics.outcome import Effect

PEAK_RATIO = 1.3
PEAK_P_VALUE = 0.1
"""So many times what was usual the weeks before a start were a peak; two-sided, so that one in twenty is called so by chance."""


def peak(trial: Trial, effect: Effect) -> Iterator[Said]:
    """The weeks that led to the start, against the same weeks elsewhere; with a short history they are in the baseline."""
    led, before, weekly = trial.design.trigger, trial.design.baseline, effect.weekly
    if is_inside := not led.any():
        led = _last(before, TRIGGER_WEEKS)
        before = before & ~led
    expected = np.nan_to_num(weekly.expected)
    if expected[led].sum() <= 0 or expected[before].sum() <= 0:
        return
    levels = [weekly.observed[weeks].sum() / expected[weeks].sum() for weeks in (led, before)]
    ratio = float(levels[0] / levels[1]) if levels[1] > 0 else 0.0
    # A peak inside the baseline is no noise of its weeks: each part varies around its own level.
    usual = np.where(led, expected * levels[0], np.where(before, expected * levels[1], np.nan))
    dispersion = dispersion_of_weeks(weekly.observed, usual) if is_inside else effect.dispersion
    main = trial.design.comparisons[0].areas & trial.design.is_clean[:, led | before].all(axis=1)
    others = trial.counts[:, main].sum(axis=(0, 1))
    own, other = ((weeks[before].sum(), weeks[led].sum()) for weeks in (weekly.observed, others))
    if ratio >= PEAK_RATIO and ratio_of_ratios(own, other, dispersion=dispersion).p_value < PEAK_P_VALUE:
        key = "peak_in_baseline" if is_inside else "baseline_peak"
        yield Said(key, {"weeks": int(led.sum()), "ratio": ratio})


def _last(weeks: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """The last of some weeks: so many of them, and at most half."""
    found = np.zeros(len(weeks), bool)
    count = min(most, int(weeks.sum()) // 2)
    found[np.flatnonzero(weeks)[-count:]] = count > 0
    return found


def trend_before(trial: Trial) -> Iterator[Said]:
    """First and second half of the baseline, against the comparison areas."""
    weeks = np.flatnonzero(trial.design.baseline)
    halves = weeks[: len(weeks) // 2], weeks[len(weeks) // 2 :]
    total = trial.counts.sum(axis=0)
    main = trial.design.comparisons[0].areas
    own, other = ([total[areas][:, half].sum() for half in halves] for areas in (trial.design.target, main))
    spread = dispersion_of(total[trial.design.target].sum(axis=0)[weeks])
    if ratio_of_ratios(own, other, dispersion=spread).p_value < DIFFERS:
        yield Said("trend_before")
