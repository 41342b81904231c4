from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.small_town import HOUSING, HOUSING_ROWS, POLICE, POLICE_ROWS, store_incidents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_access.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The drawn municipality on each kind of database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("small")
        return
    database = request.getfixturevalue("postgresql").town()
    store_incidents(database, POLICE_ROWS, POLICE, name="polisen.csv")
    store_incidents(database, HOUSING_ROWS, HOUSING, name="bolaget.csv")
    yield database
    database.engine.dispose()
