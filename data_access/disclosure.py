"""What of the records may be told: which have only a month, which have a place, and which counts are too few to be told.

Types of sensitivity 1 lose their points, types of sensitivity 2 also their days and hours, unless the viewer sees exact records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.records import POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from data_access.frame import Frame
    from data_access.records import Records

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

DISTRICT_ONLY = 1
AGGREGATE_ONLY = 2
_NOTHING = 1e-9  # what adding up shares of incidents leaves behind is no count


@dataclass(frozen=True, eq=False)
class Disclosure:
    """For each record: the sensitivity of its type, whether only its month may be told, and whether its point may."""

    sensitivity: NDArray[np.int8]
    is_monthly: NDArray[np.bool_]
    is_place: NDArray[np.bool_]


def disclosure(frame: Frame, records: Records, *, is_exact: bool) -> Disclosure:
    """What may be told of each record; of everything everything when `is_exact`, but a stand-in is never a place."""
    by_id = np.zeros(max((one.id for one in frame.categories), default=0) + 1, np.int8)
    for one in frame.categories:
        by_id[one.id] = one.sensitivity
    sensitivity = by_id[records.category_id]
    is_point = records.place_precision == POINT
    return Disclosure(
        sensitivity=sensitivity,
        is_monthly=(sensitivity >= AGGREGATE_ONLY) & (not is_exact),
        is_place=is_point & ((sensitivity < DISTRICT_ONLY) | is_exact),
    )


def told_counts(counts: Floats, fewest: int, *groups: Bools) -> Floats:
    """Counts with those from 1 to below `fewest` as NaN.

    What is hidden must not follow from a sum that is told elsewhere, of all or of those in one of `groups` (true where a count
    belongs to it): those hidden in each are at least two and together `fewest`, else the smallest of its others is hidden too.
    """
    found = np.array(counts, np.float64)
    if not fewest:
        return found
    found[hidden_with(found, is_few(found, fewest), fewest, groups)] = np.nan
    return found


def is_few(counts: NDArray[Any], fewest: int) -> Bools:
    """Which counts are from 1 to below `fewest`."""
    return (counts > _NOTHING) & (counts < fewest - _NOTHING)


def hidden_with(counts: Floats, is_hidden: Bools, fewest: int, groups: Sequence[Bools]) -> Bools:
    """Which counts must be hidden when some are: see `told_counts`."""
    is_hidden, before = is_hidden.copy(), -1
    while is_hidden.sum() != before:
        before = is_hidden.sum()
        for group in (np.ones(len(counts), bool), *groups):
            _hide_more(counts, is_hidden, fewest, group)
    return is_hidden


def _hide_more(counts: Floats, is_hidden: Bools, fewest: int, group: Bools) -> None:
    own = is_hidden & group
    others = np.flatnonzero((counts > _NOTHING) & ~is_hidden & group)
    for place in others[np.argsort(counts[others], kind="stable")]:
        if not own.any() or (own.sum() > 1 and counts[own].sum() >= fewest):
            return
        own[place] = is_hidden[place] = True
