"""Intervals of shares that hold chance, the noise of the release and the rounding of what is told."""

from __future__ import annotations

from math import sqrt

from data_access.surveys.secret_keys import VARIANCE

_Z = 1.959963984540054  # 95 %
_TWELVE = 12.0


def interval(share: float, n: int, step: float) -> tuple[float, float]:
    """95 % interval of a share 0-1 of `n` people, both with the noise of the release, that is told in steps of `step`.

    All shares p with (share - p)^2 <= z^2 (p (1 - p) / n + added): Wilson's interval when noise and rounding add nothing. For a
    mean on a scale from 0 to 1 it is wider than need be: no scale varies more than yes and no.
    """
    added = VARIANCE * (1 + share**2) / n**2 + step**2 / _TWELVE
    squared = 1 + _Z**2 / n
    linear = 2 * share + _Z**2 / n
    half = sqrt(linear**2 - 4 * squared * (share**2 - _Z**2 * added))
    return max((linear - half) / (2 * squared), 0.0), min((linear + half) / (2 * squared), 1.0)
