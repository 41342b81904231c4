"""What the types of our tables are called in Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

_TYPES: tuple[tuple[type[TypeEngine[Any]], pa.DataType], ...] = (
    (sa.Boolean, pa.bool_()),
    (sa.Integer, pa.int64()),
    (sa.Float, pa.float64()),
    (sa.Numeric, pa.float64()),
    (sa.DateTime, pa.timestamp("us", "UTC")),
    (sa.Date, pa.date32()),
    (sa.String, pa.string()),
    (sa.LargeBinary, pa.binary()),
)


def arrow_type(kind: TypeEngine[Any]) -> pa.DataType:
    """Arrow's type for a column: whole numbers have 64 bits, times are UTC in microseconds. Raises TypeError for others."""
    bare = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    for known, found in _TYPES:
        if isinstance(bare, known):
            return found
    message = f"no Arrow type for columns of {kind!r}; give the column another type, or add one to {__name__}"
    raise TypeError(message)
