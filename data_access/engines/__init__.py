"""What runs a question: a SQLAlchemy `Select` over the classes in `data_access.models`, answered as an Arrow table.

The question is the same everywhere. A new engine is one module here with a class that has `fetch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from data_access.arrow_types import arrow_type

if TYPE_CHECKING:
    from sqlalchemy import Select


class Engine(Protocol):
    """Whatever answers questions."""

    def fetch(self, question: Select[Any]) -> pa.Table:
        """Rows of the answer; columns named and typed as `answer_schema` says, whichever engine it is."""
        ...


def answer_schema(question: Select[Any]) -> pa.Schema:
    """Names and Arrow types of the columns of an answer."""
    return pa.schema([(name, arrow_type(column.type)) for name, column in question.selected_columns.items()])
