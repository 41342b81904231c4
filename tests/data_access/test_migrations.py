from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from sqlalchemy import text

from data_access.database import DatabaseError, _alembic_config
from tests.data_access.changes.rows import dump, one, rows
from tests.data_access.snapshots import add

if TYPE_CHECKING:
    from data_access.database import Database


def go_back(database: Database, revision: str) -> None:
    with database._opened(samsyn_write=True, samsyn_upgrade=True) as connection:
        config = _alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def contents(database: Database) -> dict[str, Any]:
    kept = {name: found for name, found in dump(database).items() if name != "sqlite_sequence"}
    columns = [name for (name,) in rows(database, "select name from pragma_table_info('municipality')")]
    return kept | {"municipality": dict(zip(columns, *kept["municipality"], strict=True))}


def made(database: Database, name: str) -> str:
    return one(database, f"select sql from sqlite_master where name = '{name}'")


def test_a_database_with_data_is_brought_up_to_date_and_keeps_every_row(small: Database) -> None:
    before, references = contents(small), made(small, "incident_area")
    go_back(small, "0002")
    assert "AUTOINCREMENT" not in made(small, "incident")
    assert "facts_epoch" not in made(small, "municipality")
    small.upgrade()
    assert contents(small) == before | {"municipality": before["municipality"] | {"facts_epoch": 0}}
    assert "AUTOINCREMENT" in made(small, "incident")
    assert made(small, "incident_area") == references
    assert one(small, "pragma foreign_keys") == 1
    assert rows(small, "pragma foreign_key_check") == []
    add(small, 1)
    assert one(small, "select max(id) from incident") == 14


def test_an_upgrade_that_would_leave_rows_without_what_they_refer_to_is_refused(small: Database) -> None:
    go_back(small, "0002")
    with small._opened(samsyn_upgrade=True) as connection:
        connection.execute(text("delete from incident where id = 1"))
    before = dump(small)
    with pytest.raises(DatabaseError) as caught:
        small.upgrade()
    assert (caught.value.reason, caught.value.parameters) == (
        "broken_references",
        {"tables": "incident_area", "count": 1},
    )
    assert small.revision() == "0002"
    assert dump(small) == before
