"""The database itself (SQLite, PostgreSQL) as an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from data_access.engines import answer_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select

    from data_access.database import Database


class Sql:
    """Questions to a database, each on one consistent picture of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fetch(self, question: Select[Any]) -> pa.Table:
        """Rows of the answer."""
        schema = answer_schema(question)
        with self._database.reading() as session:
            rows = session.execute(question).all()
        columns = zip(*rows, strict=True) if rows else [()] * len(schema)
        return pa.table(
            [_array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
        )


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_floating(kind):  # averages come as Decimal from some databases
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, kind)
