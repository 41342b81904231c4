"""Apply a function once per different cell of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def is_none(values: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Return which values of an object array are None."""
    return np.fromiter((value is None for value in values.tolist()), dtype=bool, count=len(values))


def by_value(cells: list[str], function: Callable[[str], Any]) -> NDArray[np.object_]:
    """Return `function(cell)` for every cell as an object array; cells that are equal share one call."""
    codes, unique = pd.factorize(np.array(cells, dtype=object))
    results = np.empty(len(unique), dtype=object)
    for place, cell in enumerate(unique):
        results[place] = function(cell)
    return results[codes]
