"""All linked views of one Selection in one pass over the facts.

Each view is filtered by every facet but its own. With an hour filter an incident counts with the share of its time (aoristic
weight) that lies in the chosen hours. The loops are in `kernel`; here a selection becomes tables of what fails, and counts by
code become counts by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.aoristic import HOURS_A_WEEK, IS_LATE
from data_access.counting import Tallies, count, spots
from data_access.guarded import guarded
from data_access.kernel import BEFORE, NOW
from data_access.models.incident import POLICE_REPORTED
from data_access.questions import Question
from data_access.selection import KINDS
from data_access.stock import HOUR_CODES, NO_TIME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.facts import Facts
    from data_access.selection import Period, Selection

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Views:
    """What every view shows: counts (float: shares of incidents when hours are chosen), in the order of the facts' frame.

    `outside` incidents lie in no district; `hours_unknown` have no time of day; `monthly_only` are in the counts but neither in
    the weeks nor the hours; `late` is what lies from 18 to 06, `timed` all that has an hour; `painted` of them have a place on a
    map of points, and `cells` says in which cell. A count that is too small for this viewer is NaN.
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
    late: float
    timed: float
    monthly_only: float
    cells: Floats
    painted: float


def crossfilter(facts: Facts, selection: Selection) -> Views:
    """Count all views of a selection; unknown codes in it match nothing."""
    return crossfilter_compared(facts, selection, None)[0]


def crossfilter_compared(
    facts: Facts, selection: Selection, before: Period | None
) -> tuple[Views, Views | None]:
    """Views of a selection, and in the same pass those of an earlier period (its weeks and cells are left empty).

    Raises ValueError where the two periods overlap: no day can be both.
    """
    period = selection.period
    if before is not None and (
        period is None or (before.first <= period.last and period.first <= before.last)
    ):
        message = f"the periods {period} and {before} overlap; compare with one that ends before"
        raise ValueError(message)
    first_week = int(facts.first_week.astype(int))
    counted = []
    for stock, codebook in zip(facts.stocks, facts.codebooks, strict=True):
        question = Question.of(codebook, selection, before)
        counted.append((question, count(stock, question, first_week, facts.weeks)))
    now = _views(facts, counted, NOW)
    earlier = _views(facts, counted, BEFORE) if before is not None else None
    if not facts.sight.fewest:
        return now, earlier
    periods = (selection.period, before)
    told = guarded(now, facts, selection, periods)
    return told, guarded(earlier, facts, selection, periods) if earlier is not None else None


def _views(facts: Facts, counted: list[tuple[Question, Tallies]], period: int) -> Views:
    sizes = _sizes(facts)
    by = {facet: np.zeros(size) for facet, size in sizes.items()}
    areas, hours, cells = np.zeros(len(facts.areas) + 1), np.zeros(HOUR_CODES), np.zeros(facts.cell_count + 1)
    weeks, total, monthly = np.zeros(facts.weeks), 0.0, 0.0
    for question, tallies in counted:
        for facet, size in sizes.items():
            by[facet] += question.by(facet, tallies.combinations[period], size)
        areas += tallies.areas[period]
        hours += tallies.hours[period]
        cells += tallies.cells if period == NOW else 0.0
        weeks += tallies.weeks
        total += float(tallies.combinations[period, question.passes].sum())
        monthly += float(tallies.monthly[period, question.passes].sum())
    return Views(
        total=total,
        areas=areas[:-1],
        outside=float(areas[-1]),
        **by,
        weeks=weeks,
        hours=hours[:HOURS_A_WEEK],
        hours_unknown=float(hours[NO_TIME]),
        late=float(hours[:HOURS_A_WEEK][IS_LATE].sum()),
        timed=float(hours[:HOURS_A_WEEK].sum()),
        monthly_only=monthly,
        cells=cells[:-1],
        painted=float(cells.sum()),
    )


@dataclass(frozen=True, eq=False)
class Painted:
    """Places (metres) and how many incidents count there, for a heat surface."""

    x: Floats
    y: Floats
    weight: Floats


def painted_places(facts: Facts, selection: Selection) -> Painted:
    """Where the selected incidents that may be painted lie, to SPOT_M; nowhere for whom places are guarded."""
    if facts.sight.fewest:
        return Painted(np.zeros(0), np.zeros(0), np.zeros(0))
    found = [
        spots(stock, Question.of(codebook, selection, None))
        for stock, codebook in zip(facts.stocks, facts.codebooks, strict=True)
    ]
    x, y = (np.concatenate([getattr(stock.spots, axis) for stock in facts.stocks]) for axis in "xy")
    weight = np.concatenate(found)
    is_any = weight > 0
    return Painted(x[is_any], y[is_any], weight[is_any])


def _sizes(facts: Facts) -> dict[str, int]:
    """Views that follow from the combinations."""
    return {
        "categories": len(facts.categories),
        "sources": len(facts.frame.sources),
        "police_reported": len(POLICE_REPORTED),
        "kinds": len(KINDS),
    }
