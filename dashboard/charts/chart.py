"""What every chart function answers with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A specification, the few rows it draws, and the words around it.

    `spec` is cached and shared between calls: never change it. It depends on language, mode and the number of rows at
    most, so that a click replaces `data` in a living view. `description` is as constant as the spec, for the same
    reason; pass it as the accessible name.
    """

    spec: Spec
    data: pd.DataFrame
    title: str
    unit: str
    description: str
    make_table: Callable[[], pd.DataFrame]
    source_line: str = ""
    notes: tuple[str, ...] = ()

    @cached_property
    def table(self) -> pd.DataFrame:
        """The same content under human headers, for the table view; made when first asked for."""
        return self.make_table()
