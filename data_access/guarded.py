"""Views without small counts, for viewers who are told them only as "few".

What one answer tells must not give a hidden count away: the parts of whatever sum stands in the same answer are hidden together.
"""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from data_access.aoristic import IS_LATE
from data_access.disclosure import hidden_with, told_counts
from data_access.models.incident import POLICE_REPORTED
from data_access.selection import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from data_access.crossfilter import Views
    from data_access.facts import Facts
    from data_access.selection import Period, Selection

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

_WEEK_DAYS = 7


def guarded(views: Views, facts: Facts, selection: Selection, periods: Iterable[Period | None]) -> Views:
    """The views of a selection as they are told; `periods`: those whose totals stand in the same answer."""
    fewest = facts.sight.fewest

    def told(counts: Floats, names: Sequence[object], chosen: Collection[object]) -> Floats:
        return told_counts(counts, fewest, _among(names, chosen))

    areas = told(
        np.append(views.areas, views.outside), [*(a.code for a in facts.areas), None], selection.areas
    )
    kinds = told(views.kinds, KINDS, selection.kinds)
    told_views = replace(
        views,
        total=float(told_counts(np.array([views.total]), fewest)[0]),
        areas=areas[:-1],
        outside=float(areas[-1]),
        categories=_categories(views, facts, selection, kinds),
        sources=told(views.sources, [one.name for one in facts.frame.sources], selection.sources),
        police_reported=told(views.police_reported, POLICE_REPORTED, selection.police_reported),
        kinds=kinds,
        weeks=told_counts(views.weeks, fewest, *(_weeks_in(facts, one) for one in periods if one)),
    )
    return _with_places(_with_times(told_views, selection, fewest), views.total, fewest)


def _with_times(views: Views, selection: Selection, fewest: int) -> Views:
    """Hours add up to what is timed; that, what has no time of day, and what has months only, to the total."""
    groups = (_among(range(len(views.hours)), selection.hours), IS_LATE, ~IS_LATE)
    parts = np.array([views.timed, views.hours_unknown, views.monthly_only])
    timed, unknown, monthly = told_counts(parts, fewest).tolist()
    late, _ = told_counts(np.array([views.late, views.timed - views.late]), fewest).tolist()
    hours = told_counts(views.hours, fewest, *groups)
    if isnan(timed):
        hours, late = _never_all(views.hours, hours, np.ones(len(hours), bool), fewest, groups), nan
    return replace(views, hours=hours, hours_unknown=unknown, late=late, timed=timed, monthly_only=monthly)


def _with_places(views: Views, total: float, fewest: int) -> Views:
    """Cells add up to what is painted; that and the others to the total."""
    painted, _ = told_counts(np.array([views.painted, total - views.painted]), fewest).tolist()
    cells = told_counts(views.cells, fewest)
    if isnan(painted):
        cells = _never_all(views.cells, cells, np.ones(len(cells), bool), fewest, ())
    return replace(views, cells=cells, painted=painted)


def _categories(views: Views, facts: Facts, selection: Selection, kinds: Floats) -> Floats:
    """Types add up to their kind."""
    counts, fewest = views.categories, facts.sight.fewest
    of_kind = np.array([KINDS.index(one.kind) for one in facts.categories], int)
    is_chosen = _among([one.code for one in facts.categories], selection.categories)
    own = [is_chosen & (of_kind == kind) for kind in range(len(KINDS))]
    groups = (is_chosen, *own, *(of_kind == kind for kind in range(len(KINDS))))
    told = told_counts(counts, fewest, *groups)
    for kind in np.flatnonzero(np.isnan(kinds)).tolist():
        told = _never_all(counts, told, own[kind], fewest, groups)
    return told


def _never_all(counts: Floats, told: Floats, group: Bools, fewest: int, groups: tuple[Bools, ...]) -> Floats:
    """One of a group whose sum is hidden is hidden too, the smallest if they are all large: else the sum would follow."""
    is_hidden, own = np.isnan(told), np.flatnonzero(group & (counts > 0))
    if not len(own) or is_hidden[own].any():
        return told
    is_hidden[own[np.argmin(counts[own])]] = True
    return np.where(hidden_with(counts, is_hidden, fewest, groups), np.nan, told)


def _among(names: Iterable[object], chosen: Collection[object]) -> Bools:
    """Which names are chosen; all where none is."""
    return np.array([not chosen or name in chosen for name in names], bool)


def _weeks_in(facts: Facts, period: Period) -> Bools:
    """Weeks that lie wholly in a period: its total says how many they are together."""
    monday = facts.first_week + np.arange(facts.weeks) * np.timedelta64(_WEEK_DAYS, "D")
    first, last = np.datetime64(period.first, "D"), np.datetime64(period.last, "D")
    return (monday >= first) & (monday + np.timedelta64(_WEEK_DAYS - 1, "D") <= last)
