"""Many rows at once into one table.

SQLAlchemy converts each value of each row by itself; with SQLite whole columns converted by NumPy and handed straight to
the driver are two to three times as fast, which decides how long an import holds the write lock.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Table, insert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from data_access.models.columns import TableModel


def insert_columns(
    session: Session, model: type[TableModel], columns: Mapping[str, Sequence[Any] | np.ndarray]
) -> None:
    """Insert rows given as equally long columns.

    NumPy datetime64 columns are UTC times (unit s) or dates (unit D); NaN and None become NULL. Constraints of the table hold
    as always: a row that breaks one raises SQLAlchemy's IntegrityError and nothing is kept.
    """
    if not len(next(iter(columns.values()))):
        return
    table = model.__table__
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        values = [_for_sqlite(column) for column in columns.values()]
        connection.exec_driver_sql(_statement(table, list(columns)), list(zip(*values, strict=True)))
        return
    values = [_plain(column) for column in columns.values()]
    connection.execute(
        insert(table), [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
    )


def _statement(table: Table, names: list[str]) -> str:
    known = [table.c[name].name for name in names]
    return f"INSERT INTO {table.name} ({', '.join(known)}) VALUES ({', '.join('?' * len(known))})"


def _for_sqlite(column: Sequence[Any] | np.ndarray) -> list[Any]:
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        is_date = np.datetime_data(column.dtype)[0] == "D"
        text = np.datetime_as_string(column, unit="D" if is_date else "s")
        return text.tolist() if is_date else np.char.add(np.char.replace(text, "T", " "), ".000000").tolist()
    return _plain(column)


def _plain(column: Sequence[Any] | np.ndarray) -> list[Any]:
    if not isinstance(column, np.ndarray):
        return list(column)
    if column.dtype.kind == "f":
        return [None if value != value else value for value in column.tolist()]  # noqa: PLR0124 - NaN
    if column.dtype.kind == "M":
        return _aware(column)
    return column.tolist()


def _aware(column: np.ndarray) -> list[Any]:
    values = column.astype(object).tolist()
    if np.datetime_data(column.dtype)[0] == "D":
        return values
    return [value.replace(tzinfo=UTC) for value in values]
