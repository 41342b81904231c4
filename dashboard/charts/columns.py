"""Numbers and times as the plain lists that charts draw from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def numbers(values: ArrayLike, decimals: int = 2) -> list[Any]:
    """Values rounded; whole numbers without decimals, None where there is none."""
    rounded = np.round(np.asarray(values, np.float64), decimals)
    is_known = np.isfinite(rounded)
    if not is_known.all():
        plain = rounded.tolist()
        return [
            _short(value) if known else None for value, known in zip(plain, is_known.tolist(), strict=True)
        ]
    if (rounded == np.trunc(rounded)).all():
        return rounded.astype(np.int64).tolist()
    return rounded.tolist()


def epoch_ms(dates: NDArray[np.datetime64]) -> list[int]:
    """Dates as UTC midnights in milliseconds: a browser in any time zone then draws and returns the same day."""
    return dates.astype("datetime64[ms]").astype(np.int64).tolist()


def _short(value: float) -> float:
    return int(value) if value.is_integer() else value
