"""Counting whoever answered another gender, or none, in one of the groups: girls and boys would else leave them over from all.

How many go where depends on how many there are of each, never on what they answered otherwise; who goes where is decided by key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data_access.surveys.respondents import NONE
from data_access.surveys.secret_keys import choices

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALL_BITS = 2**64 - 1


def folded(
    group: NDArray[np.int8], groups: int, *, within: NDArray[np.int64], keys: NDArray[np.uint64], secret: str
) -> NDArray[np.int8]:
    """Positions of groups without `NONE`: the people without one are dealt out in turn, within each value of `within`.

    `keys`: of the rows; keyed once more they are the order in which people are dealt out.
    """
    found = group.copy()
    is_open = group == NONE
    order = np.zeros(len(group), np.uint64)
    order[is_open] = choices(keys[is_open], secret)
    for place in np.unique(within[is_open]).tolist():
        people = np.flatnonzero(is_open & (within == place))
        people = people[np.argsort(order[people], kind="stable")]
        first = int(choices(np.array([place & _ALL_BITS], np.uint64), secret)[0]) % groups
        found[people] = (first + np.arange(len(people))) % groups
    return found
