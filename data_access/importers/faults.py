"""The faults of rows while a file is read: the first one of each row counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.importers.errors import Reason, RowError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Faults:
    """Rows (by their position in the table) that cannot be used, with the reason to tell."""

    def __init__(self, numbers: NDArray[np.int64]) -> None:
        self._numbers = numbers
        self._errors: dict[int, RowError] = {}

    def add(
        self,
        bad: NDArray[np.bool_],
        *,
        field: str,
        reason: Reason,
        value: Callable[[int], str],
        parameters: dict[str, Any] | None = None,
    ) -> None:
        """Refuse the rows where `bad` is true; `value(position)` is the cell as it stood."""
        for position in np.flatnonzero(bad).tolist():
            if position not in self._errors:
                number = int(self._numbers[position])
                self._errors[position] = RowError(
                    number, field, value(position), reason, dict(parameters or {})
                )

    def take(self, errors: dict[int, RowError]) -> None:
        """Refuse rows by their position, with errors that others made."""
        self._errors = errors | self._errors

    @property
    def is_good(self) -> NDArray[np.bool_]:
        """Rows without a fault."""
        good = np.ones(len(self._numbers), bool)
        good[list(self._errors)] = False
        return good

    @property
    def errors(self) -> list[RowError]:
        """Refused rows in the order of the file."""
        return [self._errors[position] for position in sorted(self._errors)]
