from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from data_access.batches import read_sources
from data_access.importers.errors import RowError
from data_access.permissions import LOCAL_VIEWER
from tests.small_town import HOUSING, POLICE, incident, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database


def test_every_source_with_its_records_days_and_newest_file(small: Database) -> None:
    refused = [RowError(3, "date", "x", "date_unreadable")]
    store_incidents(small, [incident("n", "noise", "2026-03-01")], POLICE, name="mars.csv", refused=refused)
    housing, police = read_sources(small, LOCAL_VIEWER)
    assert (housing.name, housing.records, housing.files, housing.refused) == (HOUSING, 5, 1, 0)
    assert (housing.first_date, housing.last_date) == (date(2026, 1, 18), date(2026, 2, 12))
    assert (police.name, police.records, police.files, police.refused) == (POLICE, 9, 2, 1)
    assert (police.first_date, police.last_date, police.last_file) == (
        date(2026, 1, 5),
        date(2026, 3, 1),
        "mars.csv",
    )
    assert police.last_import_at is not None
    assert timedelta() <= datetime.now(UTC) - police.last_import_at < timedelta(minutes=10)


def test_no_sources_without_incidents(empty: Database) -> None:
    assert read_sources(empty, LOCAL_VIEWER) == []
