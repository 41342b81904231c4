"""What every chart function answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Spec = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """A column of the table view: which of the chart's columns, its header, and decimals (None: words)."""

    field: str
    header: str
    decimals: int | None = None


@dataclass(frozen=True)
class Chart:
    """A specification, the few rows it draws as columns (plain lists, times in epoch ms), and the words around it.

    `spec` (Vega-Lite without data) is cached and shared between calls: never change it. Neither it nor `title`, `unit`,
    `description`, `fields` and `where` depend on the rows, so that a click replaces `columns` and `notes` in a living view.
    The table view holds the rows whose columns have the values in `where`, under the headers of `fields`.
    """

    spec: Spec
    columns: Mapping[str, Sequence[Any]]
    title: str
    unit: str
    description: str
    fields: tuple[Field, ...]
    notes: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    make_table: Callable[[], pd.DataFrame] | None = None

    @cached_property
    def data(self) -> pd.DataFrame:
        """The rows as a table."""
        return pd.DataFrame(dict(self.columns))

    @cached_property
    def table(self) -> pd.DataFrame:
        """The same content under human headers, without numbers that are not known of any row; made when first asked for."""
        if self.make_table is not None:
            return self.make_table()
        rows = self.data
        for name, value in self.where.items():
            rows = rows.loc[rows[name] == value]
        kept = [one for one in self.fields if one.decimals is None or bool(rows[one.field].notna().any())]
        return pd.DataFrame({one.header: rows[one.field] for one in kept})
