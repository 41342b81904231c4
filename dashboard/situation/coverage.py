"""Which sources delivered in which weeks, and what is missing in the records: never drawn as zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.situation.once import once_per_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from data_access.facts import Facts

_USUAL_WEEK = 3.0
_BREAK_WINDOW = 8
_MOSTLY, _HARDLY = 0.9, 0.4
_USUALLY = 0.95
_FEWEST_BEFORE, _MOST_BEFORE = 8, 52


@once_per_facts
def source_states(facts: Facts) -> NDArray[np.object_]:
    """State per source (row) and week: delivered, silent, not_started, or break; by what it sends from all districts.

    "silent": nothing came although the source usually sends at least three reports a week; a source that rarely reports may have
    had nothing to report. "break": from this week on the records are coded in another way (see `coding_breaks`).
    """
    sent = facts.deliveries.counts
    states = np.full(sent.shape, "delivered", object)
    for row, counts in enumerate(sent):
        delivered = np.flatnonzero(counts)
        if len(delivered) == 0:
            states[row] = "not_started"
            continue
        states[row, : delivered[0]] = "not_started"
        if np.median(counts[delivered[0] :]) >= _USUAL_WEEK:
            silent = (counts == 0) & (np.arange(facts.weeks) > delivered[0])
            states[row, silent] = "silent"
    for row, week in coding_breaks(facts):
        states[row, week] = "break"
    return states


@once_per_facts
def incomplete_weeks(facts: Facts) -> NDArray[np.bool_]:
    """Weeks per source (row) of which only a part has come: nothing after a day after which it nearly always sends something.

    That is, in 95 % of up to 52 weeks before, 8 or more. What was sent for the next week was sent after the whole of this one.
    """
    found = np.zeros(facts.deliveries.counts.shape, bool)
    for row, ends in enumerate(facts.deliveries.last_weekday):
        sent = np.flatnonzero(ends >= 0)
        is_last = ~np.isin(sent + 1, sent)
        for at in np.flatnonzero(is_last).tolist():
            before = ends[sent[max(0, at - _MOST_BEFORE) : at]]
            is_known = len(before) >= _FEWEST_BEFORE
            found[row, sent[at]] = is_known and np.mean(before > ends[sent[at]]) >= _USUALLY
    return found


def coding_breaks(facts: Facts) -> Iterator[tuple[int, int]]:
    """Source and week where the share of records without an area code falls from nearly all to few, or the reverse."""
    sent = facts.deliveries
    for row, (total, without) in enumerate(zip(sent.counts, sent.without_code, strict=True)):
        weeks = np.flatnonzero(total)
        if len(weeks) < 2 * _BREAK_WINDOW:
            continue
        share = without[weeks] / total[weeks]
        is_high = share >= _MOSTLY
        for at in range(_BREAK_WINDOW, len(weeks) - _BREAK_WINDOW):
            before, after = share[at - _BREAK_WINDOW : at], share[at : at + _BREAK_WINDOW]
            fell = before.min() >= _MOSTLY and after.max() <= _HARDLY
            rose = before.max() <= _HARDLY and after.min() >= _MOSTLY
            if (fell or rose) and is_high[at] != is_high[at - 1]:
                yield row, int(weeks[at])


@once_per_facts
def coverage_rows(facts: Facts) -> dict[str, Any]:
    """Columns of `charts.coverage`: source, week_start, state; sources without any record are left out."""
    has_any = facts.coverage.sum(axis=1) > 0
    names = [source.name for source, is_known in zip(facts.frame.sources, has_any, strict=True) if is_known]
    starts = facts.first_week + np.arange(facts.weeks) * np.timedelta64(7, "D")
    return {
        "source": [name for name in names for _ in range(facts.weeks)],
        "week_start": np.tile(starts, len(names)),
        "state": source_states(facts)[has_any].ravel().tolist(),
    }
