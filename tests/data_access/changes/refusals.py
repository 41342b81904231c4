"""What a write refuses, for tests on each kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlmodel import SQLModel

from data_access.changes import EntryError
from tests.data_access.changes.rows import rows

if TYPE_CHECKING:
    from data_access.database import Database


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every table with all its rows, on any database."""
    names = [table.name for table in SQLModel.metadata.sorted_tables]
    return {name: sorted(rows(database, f'select * from "{name}"'), key=repr) for name in names}


def refused(database: Database, write: Any) -> EntryError:
    """Why; nothing is written."""
    before = everything(database)
    with pytest.raises(EntryError) as caught:
        write()
    assert everything(database) == before
    return caught.value
