"""Whole incidents per source, area, type and week: what the weekly meeting compares with earlier weeks.

Like the panel of an evaluation it is never shown: it stays on the server, and what is told of it passes `told`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.disclosure import AGGREGATE_ONLY, hidden_with, is_few
from data_access.panel import WEEK_DAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.facts import Facts
    from data_access.frame import CategoryFact
    from data_access.stock import Part, Stock


@dataclass(frozen=True, eq=False)
class CategoryPanel:
    """`counts` (sources, areas, types, weeks), in the order of the frame; the last area is whatever lies in none.

    `weeks`: numbers of the weeks after the first of the facts. `categories` are the types whose week may be told, `monthly_only`
    the others.
    """

    counts: NDArray[np.int64]
    categories: tuple[CategoryFact, ...]
    monthly_only: tuple[CategoryFact, ...]
    weeks: NDArray[np.int64]
    fewest: int

    def told(
        self, counts: NDArray[np.int64], others: NDArray[np.int64], *sums: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Counts that were added up from the panel, with those that are too small for its viewer as NaN.

        `others`: what lies beside each count in a larger one that is told elsewhere; few of these would follow from both. `sums`:
        which of the counts are told together elsewhere, as a sum.
        """
        found = counts.astype(np.float64)
        if self.fewest:
            is_hidden = is_few(found, self.fewest) | ((found > 0) & is_few(others, self.fewest))
            found[hidden_with(found, is_hidden, self.fewest, sums)] = np.nan
        return found


def category_panel(facts: Facts, weeks: NDArray[np.int64]) -> CategoryPanel:
    """Count incidents of every type by the week in which they began, in some weeks only (rising numbers, each once)."""
    is_exact = facts.sight.is_exact
    hidden = [one for one in facts.categories if one.sensitivity >= AGGREGATE_ONLY and not is_exact]
    shown = [one for one in facts.categories if one not in hidden]
    shape = (len(facts.frame.sources), len(facts.areas) + 1, len(shown), len(weeks))
    counts = np.zeros(shape, np.int64)
    mondays = int(facts.first_week.astype(int)) + WEEK_DAYS * weeks
    for stock in facts.stocks:
        place = _places(stock, facts, shown)
        for part in stock.parts:
            if not part.is_monthly:
                _add(counts, part, place, mondays)
    return CategoryPanel(counts, tuple(shown), tuple(hidden), weeks, facts.sight.fewest)


def _places(stock: Stock, facts: Facts, shown: list[CategoryFact]) -> tuple[NDArray[np.int64], ...]:
    """Row of the source and of the type of each combination, -1 for those that are not counted."""
    category, organisation, _ = stock.combinations.T
    sources = {one.id: row for row, one in enumerate(facts.frame.sources)}
    types = {one.id: row for row, one in enumerate(shown)}
    return tuple(
        np.array([rows.get(number, -1) for number in numbers.tolist()], np.int64)
        for rows, numbers in ((sources, organisation), (types, category))
    )


def _add(
    counts: NDArray[np.int64], part: Part, place: tuple[NDArray[np.int64], ...], weeks: NDArray[np.int64]
) -> None:
    """Add what lies in the weeks, given as days of their Mondays; rows are in the order of their slots."""
    sizes = np.diff(part.slots.begins)
    is_in = np.isin(part.slots.monday, weeks)
    rows = np.flatnonzero(np.repeat(is_in, sizes))
    week = np.repeat(np.searchsorted(weeks, part.slots.monday[is_in]), sizes[is_in])
    source, category = (numbers[part.combination[rows]] for numbers in place)
    area = part.area[rows].astype(np.int64)  # one that lies in none has the number after the last
    kept = (source >= 0) & (category >= 0)
    cell = np.ravel_multi_index((source[kept], area[kept], category[kept], week[kept]), counts.shape)
    counts += np.bincount(cell, minlength=counts.size).reshape(counts.shape)
