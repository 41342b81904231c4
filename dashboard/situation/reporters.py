"""Who has reported in the last weeks, who is silent, and who sent more or fewer reports than usual.

Whether a source has reported is said by what it sends from everywhere, how much by what comes from the districts that are seen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.coverage import incomplete_weeks
from dashboard.situation.weekly_basis import RECENT_WEEKS, is_delivered
from dashboard.situation.weekly_values import Reporter
from dashboard.statistics.signals import FEWEST_COMPARED, FEWEST_EXCESS, predicted
from data_access.disclosure import told_counts

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.situation.weekly_values import Effort, ReporterState
    from dashboard.statistics.signals import Prediction
    from data_access.facts import Facts

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


def reporters(facts: Facts, now: Ints, compared: Bools) -> tuple[Reporter, ...]:
    """One per source in the order of the frame; `compared`: whether what it sends is in the figures."""
    delivered, fewest = is_delivered(facts), facts.sight.fewest
    sent = facts.coverage[:, now].sum(axis=1)
    told = told_counts(sent.astype(np.float64), fewest, compared)  # the sum of these is a key figure
    found = []
    for row, source in enumerate(facts.frame.sources):
        state = _state(facts.deliveries.counts[row], delivered[row], now)
        if state == "reported" and not sent[row]:
            state = "elsewhere"
        before = np.arange(max(0, now[0] - RECENT_WEEKS), now[0])
        history = facts.coverage[row, before[delivered[row, before]]]
        usual = float(history.mean() * len(now)) if len(history) >= FEWEST_COMPARED else None
        effort: Effort = "unknown"
        if usual is not None and state == "reported" and delivered[row, now].all():
            effort = clearly(sent[row], predicted(history, len(now)))
        is_told = np.isfinite(told[row])
        found.append(
            Reporter(
                name=source.name,
                kind=source.kind,
                state=state,
                reports=int(sent[row]) if state == "reported" and is_told else None,
                usual=None if usual is not None and 0 < history.sum() < fewest else usual,
                effort=effort,
                is_compared=bool(compared[row]),
                until=_until(facts, row, now),
            )
        )
    return tuple(found)


def _until(facts: Facts, row: int, now: Ints) -> date | None:
    """Day of the last report where only a part of some week has come."""
    if not incomplete_weeks(facts)[row, now].any():
        return None
    ends = facts.deliveries.last_weekday[row]
    week = now[ends[now] >= 0][-1]
    return facts.first_week.item() + timedelta(days=int(7 * week + ends[week]))


def clearly(count: int, usual: Prediction) -> Effort:
    """Whether a count is outside of what was to be expected, and by more than a few."""
    low, high = usual.interval()
    if abs(count - float(usual.mean)) < FEWEST_EXCESS or low <= count <= high:
        return "usual"
    return "more" if count > high else "fewer"


def _state(counts: Ints, delivered: Bools, now: Ints) -> ReporterState:
    if counts[now].any():
        return "reported"
    if not counts[: now[-1] + 1].any():
        return "not_started"
    return "nothing" if delivered[now].all() else "silent"
