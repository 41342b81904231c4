"""Key figures of all districts together: how many reports, crimes and unsafe events, against what was to be expected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.reporters import clearly
from dashboard.situation.weekly_values import Figure
from dashboard.statistics.compare import FEWEST_EVENTS
from dashboard.statistics.signals import predicted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dashboard.situation.weekly_basis import Ground
    from dashboard.situation.weekly_cells import Cells, Kind
    from dashboard.situation.weekly_values import Effort, FigureWords
    from data_access.category_panel import CategoryPanel
    from data_access.facts import Facts

    Ints = NDArray[np.int64]

PARTS = {"crimes": ("crime",), "unsafe": ("unsafe_event", "unsafe_place"), "positive": ("positive",)}
"""Key figures beside the sum of all, by the kinds of types they add up."""


def figures(facts: Facts, panel: CategoryPanel, of: Cells, rows: tuple[Kind, ...]) -> tuple[Figure, ...]:
    """The sum first; districts and what lies in none together."""
    more, fewer = _changed(facts, of.ground)
    types = [place for place, row in enumerate(rows) if row.kind == "category"]
    history = of.history[:, types].sum(axis=0)
    members = [np.array([one.kind in chosen for one in panel.categories], bool) for chosen in PARTS.values()]
    sums = [np.ones(len(types), bool), *members]
    now, others = (
        np.array([counts[:, types].sum(axis=0)[chosen].sum() for chosen in sums])
        for counts in (of.observed, of.others)
    )
    told = _told(panel, now, others)
    made = (
        _figure(
            name,
            int(count) if np.isfinite(shown) else None,
            int(count),
            history[chosen].sum(axis=0),
            of,
            panel.fewest,
        )
        for name, chosen, count, shown in zip(("incidents", *PARTS), sums, now, told, strict=True)
    )
    return tuple(replace(one, more_than_usual=more, fewer_than_usual=fewer) for one in made)


def _changed(facts: Facts, of: Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the compared sources that sent clearly more than usual, and clearly fewer."""
    sent: dict[Effort, list[str]] = {"more": [], "fewer": []}
    for row in np.flatnonzero(of.sources).tolist():
        counts = facts.deliveries.counts[row]
        effort = clearly(int(counts[of.now].sum()), predicted(counts[of.compared], len(of.now)))
        sent.setdefault(effort, []).append(facts.frame.sources[row].name)
    return tuple(sent["more"]), tuple(sent["fewer"])


def _told(panel: CategoryPanel, now: Ints, others: Ints) -> NDArray[np.float64]:
    """The sum and its parts; the sum does not follow from the parts where it is hidden, nor one part from the sum."""
    told = np.append(panel.told(now[:1], others[:1]), panel.told(now[1:], others[1:]))
    parts = np.flatnonzero(now[1:]) + 1
    if np.isnan(told[0]) and len(parts) and np.isfinite(told[parts]).all():
        told[parts[np.argmin(now[parts])]] = np.nan
    return told


def _figure(name: str, told: int | None, count: int, history: np.ndarray, of: Cells, fewest: int) -> Figure:
    prediction = predicted(history[None, None], len(of.ground.now))
    low, high = (int(end[0, 0]) for end in prediction.interval())
    expected = float(prediction.mean[0, 0])
    words: FigureWords = "more" if count > high else "fewer" if count < low else "about_the_same"
    if count + expected < FEWEST_EVENTS or told is None:
        words = "too_few"
    if 0 < history.sum() < fewest:
        return Figure(name, told, None, None, None, "too_few")
    return Figure(name, told, expected, low, high, words)
