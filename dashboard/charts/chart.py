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
    """A column of the table view: which of the chart's columns, its header, and decimals (None: words).

    `instead` names the column with the words that stand where there is no number; "" and rows without words: a dash.
    """

    field: str
    header: str
    decimals: int | None = None
    instead: str = ""


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
        shown = {one: self._shown(rows, one) for one in self.fields}
        kept = [one for one in shown if one.decimals is None or any(pd.notna(value) for value in shown[one])]
        return pd.DataFrame({one.header: shown[one] for one in kept}, index=rows.index)

    def _shown(self, rows: pd.DataFrame, one: Field) -> Sequence[Any]:
        """A column as it is read: rows whose number is not told hold words."""
        if not one.instead:
            return rows[one.field].tolist()
        pairs = zip(rows[one.field].tolist(), rows[one.instead].tolist(), strict=True)
        return [
            words if pd.isna(value) else int(value) if value == int(value) else value
            for value, words in pairs
        ]


def words_instead(values: Sequence[Any], words: str) -> list[str | None]:
    """The column of words beside one of numbers: the words where there is none, and none at all for ""."""
    return [words or None if value is None else None for value in values]
