"""The cells that a meeting looks at: each district by all types, by group and by common type, with what was counted in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.statistics.signals import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dashboard.situation.weekly_basis import Ground
    from dashboard.situation.weekly_values import FlagKind
    from data_access.category_panel import CategoryPanel
    from data_access.frame import CategoryFact

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

FEWEST_OF_TYPE = 2.0
"""A type is looked at by itself where at least so many are expected of it in a period."""

MOST_OF_GROUP = 0.8
"""Where a type is more of its group than this, the group says it already."""

POSITIVE = "positive"


@dataclass(frozen=True)
class Kind:
    """A row of the cells: which types it adds up (`members`, of the panel's)."""

    kind: FlagKind
    code: str
    name_sv: str
    name_en: str
    members: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Cells:
    """The panel's counts of whatever is compared: (areas and elsewhere, kinds, weeks), of the sources of a ground.

    `others`: what all other sources sent now, which follows wherever all are counted.
    """

    ground: Ground
    observed: Ints
    history: Ints
    others: Ints

    def window(self, is_tested: Bools) -> Window:
        """The districts' cells, to be tested; `is_tested` (districts, kinds)."""
        return Window(self.observed[:-1], self.history[:-1], len(self.ground.now), is_tested)


def kinds(types: tuple[CategoryFact, ...]) -> tuple[Kind, ...]:
    """All types that tell of trouble, then each group, then each type; groups none of whose types have weeks are not there."""
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(types):
        groups.setdefault(one.group, []).append(place)
    trouble = tuple(place for place, one in enumerate(types) if one.kind != POSITIVE)
    named = (
        Kind("group", code, types[of[0]].group_sv, types[of[0]].group_en, tuple(of))
        for code, of in groups.items()
    )
    each = (Kind("category", one.code, one.name_sv, one.name_en, (place,)) for place, one in enumerate(types))
    return (Kind("all", "", "", "", trouble), *named, *each)


def cells(panel: CategoryPanel, rows: tuple[Kind, ...], ground: Ground) -> Cells:
    """Add up what is compared."""
    now, compared = (np.searchsorted(panel.weeks, weeks) for weeks in (ground.now, ground.compared))
    own, others = (panel.counts[which].sum(axis=0) for which in (ground.sources, ~ground.sources))
    by_kind = _by_kind(own, rows)
    others_now = _by_kind(others[:, :, now], rows).sum(axis=2)
    return Cells(ground, by_kind[:, :, now].sum(axis=2), by_kind[:, :, compared], others_now)


def _by_kind(counts: Ints, rows: tuple[Kind, ...]) -> Ints:
    """Counts of types (areas, types, weeks), added up by row (areas, kinds, weeks)."""
    return np.stack([counts[:, list(row.members)].sum(axis=1) for row in rows], axis=1)


def tested(of: Cells, rows: tuple[Kind, ...], *, with_types: bool) -> Bools:
    """Which cells (districts, kinds) are looked at: all but types that are rare, or nearly their whole group."""
    history = of.history[:-1].sum(axis=2)
    expected = history * len(of.ground.now) / len(of.ground.compared)
    is_tested = np.ones(expected.shape, bool)
    for place, group in _types_of_groups(rows):
        is_common = (expected[:, place] >= FEWEST_OF_TYPE) & (
            history[:, place] <= MOST_OF_GROUP * history[:, group]
        )
        is_tested[:, place] = is_common & with_types
    return is_tested


def is_part(one: Kind, other: Kind) -> bool:
    """Whether one counts what the other counts, too."""
    return set(one.members) <= set(other.members) or set(other.members) <= set(one.members)


def _types_of_groups(rows: tuple[Kind, ...]) -> Iterator[tuple[int, int]]:
    """Place of each type among the rows, and of its group."""
    group_of = {
        member: place for place, row in enumerate(rows) if row.kind == "group" for member in row.members
    }
    for place, row in enumerate(rows):
        if row.kind == "category":
            yield place, group_of[row.members[0]]
