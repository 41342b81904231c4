"""How precisely a published cell is told: whole per cent, steps of five, or only whether it is more than in the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data_access.surveys.intervals import interval
from data_access.surveys.questions import HIGHEST_INDEX

if TYPE_CHECKING:
    from data_access.surveys.told import Bound, Precision, Word

PERCENT_FROM, FIVES_FROM = 100, 30
_LEAST, _MOST = 0.05, 0.95
_STEPS = {"percent": (0.01, 0.1), "fives": (0.05, 0.5)}
"""Of shares 0-1, and of an index 0-6."""


def told(share: float, n: int, *, reference: float | None, is_index: bool) -> dict[str, Any]:
    """What `Cell` says of a published share (or part of the highest index) of `n` people; keyword arguments for it.

    `reference`: the same in the municipality, None where it is not shown.
    """
    precision = precision_of(n)
    if precision == "words":
        word = None if reference is None else compared(share, n, reference)
        return {"precision": "words" if word else "hidden", "state": "shown" if word else "hidden"} | (
            {"n": n, "word": word} if word else {}
        )
    rounded, bound, step = _rounded(share, precision, is_index=is_index)
    low, high = interval(rounded, n, step)
    low, high = (0.0 if bound == "below" else low), (1.0 if bound == "above" else high)
    found = {"state": "shown", "precision": precision, "n": n, "bound": bound}
    if not is_index:
        return found | {"share": round(rounded, 2), "low": low, "high": high}
    return found | {
        "index": round(rounded * HIGHEST_INDEX, 1),
        "low": low * HIGHEST_INDEX,
        "high": high * HIGHEST_INDEX,
    }


def precision_of(n: int) -> Precision:
    """How precisely a share of so many people is told."""
    return "percent" if n >= PERCENT_FROM else "fives" if n >= FIVES_FROM else "words"


def compared(share: float, n: int, reference: float) -> Word:
    """A share against the municipality's, called lower or higher only when its interval says so."""
    low, high = interval(share, n, 0.0)
    return "lower" if high < reference else "higher" if low > reference else "about_the_same"


def _rounded(share: float, precision: Precision, *, is_index: bool) -> tuple[float, Bound | None, float]:
    """The share as told, whether it is only a bound, and the step it is told in."""
    step = _STEPS[precision][1] / HIGHEST_INDEX if is_index else _STEPS[precision][0]
    if precision == "fives" and not _LEAST <= share <= _MOST:
        return (_LEAST, "below", step) if share < _LEAST else (_MOST, "above", step)
    rounded = round(share / step) * step
    if precision == "fives":
        rounded = min(max(rounded, _LEAST), _MOST)
    return min(max(rounded, 0.0), 1.0), None, step
