"""Many rows at once into one table.

SQLAlchemy converts each value of each row by itself; with SQLite whole columns converted by NumPy and handed straight to
the driver are two to three times as fast, which decides how long an import holds the write lock.
"""

from __future__ import annotations

from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Table, insert

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection
    from sqlmodel import Session

    from data_access.models.columns import TableModel

ROWS_A_STATEMENT = 40


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
        _insert_many(connection, table, list(columns), list(zip(*values, strict=True)))
        return
    values = [_plain(column) for column in columns.values()]
    connection.execute(
        insert(table), [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
    )


def _insert_many(connection: Connection, table: Table, names: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Forty rows a statement: SQLite then sets up the table's CHECKs once for forty, which is most of their cost."""
    whole = len(rows) - len(rows) % ROWS_A_STATEMENT
    packed = [
        tuple(chain.from_iterable(rows[at : at + ROWS_A_STATEMENT]))
        for at in range(0, whole, ROWS_A_STATEMENT)
    ]
    if packed:
        connection.exec_driver_sql(_statement(table, names, ROWS_A_STATEMENT), packed)
    if rows[whole:]:
        connection.exec_driver_sql(_statement(table, names, 1), rows[whole:])


def _statement(table: Table, names: list[str], rows: int) -> str:
    known = [table.c[name].name for name in names]
    values = f"({', '.join('?' * len(known))})"
    return f"INSERT INTO {table.name} ({', '.join(known)}) VALUES {', '.join([values] * rows)}"


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
