"""All linked views of one Selection in one pass over the facts.

Each incident gets a bit mask of the facets it fails; a view counts the incidents that fail nothing, or only the view's own
facet. With an hour filter an incident counts with the share of its time (aoristic weight) that lies in the chosen hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.facts import REPORTED_CODES
from data_access.selection import FACETS, HOURS_A_WEEK, KINDS, Period, Selection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.facts import Facts

    Floats = NDArray[np.float64]

_BIT = {facet: np.uint8(1 << number) for number, facet in enumerate(FACETS)}


@dataclass(frozen=True, eq=False)
class Views:
    """What every view shows: counts (float: shares of incidents when hours are chosen), in the order of the facts' frame.

    `outside` incidents lie in no district; `hours_unknown` have no time of day; `monthly_only` are in the counts but neither in
    the weeks nor the hours; `is_painted` marks the incidents whose points make the heat surface, `painted` is their part of
    `total`.
    """

    total: float
    areas: Floats
    outside: float
    categories: Floats
    sources: Floats
    police_reported: Floats
    kinds: Floats
    weeks: Floats
    hours: Floats
    hours_unknown: float
    monthly_only: float
    cells: Floats
    is_painted: NDArray[np.bool_]
    painted: float


def crossfilter(facts: Facts, selection: Selection) -> Views:
    """Count all views of a selection; unknown codes in it match nothing."""
    fails, share = _fails(facts, selection)
    whole = _Counter(fails, share, None)
    kind = _kinds(facts)[facts.category] if facts.size else np.zeros(0, np.int64)
    area = _Counter(fails, share, "areas")
    hours = _Counter(fails, np.ones(facts.size), "hours")
    weeks = _Counter(fails, share, "period")
    return Views(
        total=whole.total(),
        areas=area.by(facts.area, len(facts.areas)),
        outside=area.total(facts.area < 0),
        categories=_Counter(fails, share, "categories").by(facts.category, len(facts.categories)),
        sources=_Counter(fails, share, "sources").by(facts.source, len(facts.frame.sources)),
        police_reported=_Counter(fails, share, "police_reported").by(facts.reported, len(REPORTED_CODES)),
        kinds=_Counter(fails, share, "kinds").by(kind, len(KINDS)),
        weeks=weeks.by(facts.week, facts.weeks),
        hours=_sums(facts.hour, facts.hour_weight * hours.passes[facts.hour_row], HOURS_A_WEEK),
        hours_unknown=hours.total(~facts.has_hours & (facts.week >= 0)),
        monthly_only=whole.total(facts.week < 0),
        cells=whole.by(facts.cell, 0 if facts.cells is None else len(facts.cells.side_m)),
        is_painted=whole.passes & facts.is_place,
        painted=whole.total(facts.is_place),
    )


class _Counter:
    """Counts the incidents that fail no facet but, at most, one's own."""

    def __init__(self, fails: NDArray[np.uint8], share: Floats, own: str | None) -> None:
        relevant = np.uint8(255) if own is None else np.uint8(255) ^ _BIT[own]
        self.passes = (fails & relevant) == 0
        self._weights = np.where(self.passes, share, 0.0)

    def by(self, codes: NDArray[Any], size: int) -> Floats:
        """Sum per code 0..size-1; negative codes are left out."""
        known = codes >= 0
        return _sums(codes[known], self._weights[known], size)[:size]

    def total(self, among: NDArray[np.bool_] | None = None) -> float:
        """Sum over all, or over some."""
        return float(self._weights.sum() if among is None else self._weights[among].sum())


def _fails(facts: Facts, selection: Selection) -> tuple[NDArray[np.uint8], Floats]:
    """Bit mask of failed facets, and the share with which each incident counts."""
    fails = np.zeros(facts.size, np.uint8)
    if selection.period is not None:
        fails[~_within(facts, selection.period)] |= _BIT["period"]
    for facet, codes, names in (
        ("areas", facts.area, [area.code for area in facts.areas]),
        ("categories", facts.category, [category.code for category in facts.categories]),
        ("sources", facts.source, [source.name for source in facts.frame.sources]),
        ("police_reported", facts.reported, list(REPORTED_CODES)),
        ("kinds", facts.category, [category.kind for category in facts.categories]),
    ):
        chosen = getattr(selection, facet)
        if chosen:
            is_chosen = np.array([*(name in chosen for name in names), False])  # the last one is for code -1
            fails[~is_chosen[codes]] |= _BIT[facet]
    share = np.ones(facts.size)
    if selection.hours:
        is_chosen = np.isin(np.arange(HOURS_A_WEEK), list(selection.hours))
        share = _sums(facts.hour_row, facts.hour_weight * is_chosen[facts.hour], facts.size)
        fails[share <= 0] |= _BIT["hours"]
    return fails, share


def _sums(codes: NDArray[Any], weights: Floats, size: int) -> Floats:
    """Sum of the weights per code 0..size-1."""
    # Without any code NumPy counts instead of summing, and gives integers.
    return np.asarray(np.bincount(codes, weights=weights, minlength=size), np.float64)


def _within(facts: Facts, period: Period) -> NDArray[np.bool_]:
    first, last = (np.datetime64(day, "D").astype(np.int32) for day in (period.first, period.last))
    return (facts.day_first >= first) & (facts.day_last <= last)


def _kinds(facts: Facts) -> NDArray[np.int64]:
    return np.array([KINDS.index(category.kind) for category in facts.categories], np.int64)
