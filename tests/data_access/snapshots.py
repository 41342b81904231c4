"""What snapshots are compared with, and what changes them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from sqlmodel import col, select

from data_access import snapshot
from data_access.counts import read_counts
from data_access.models import Incident
from data_access.permissions import OPERATOR
from data_access.selection import Selection
from data_access.snapshot import Snapshot, incidents
from tests.data_access.changes.rows import rows
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from pathlib import Path

    from data_access.database import Database


_COPIED = (
    *("id", "organisation_id", "category_id", "occurred_from", "occurred_to", "local_date"),
    *("time_precision", "place_precision", "police_reported", "x", "y"),
)


def written_by_hand(database: Database, area_set: int | None, *, every: int = 1) -> list[tuple[Any, ...]]:
    """The slow, obvious way to the rows of `told`; of a large database those whose id is a multiple of `every`."""
    query = f"select incident_id, area_id from incident_area where area_set_id = {area_set or -1}"
    places = dict(rows(database, query))
    with database.reading() as session:
        return [
            (*(getattr(row, name) for name in _COPIED), row.area_code is not None, places.get(row.id))
            for row in session.exec(
                select(Incident).where(col(Incident.id) % every == 0).order_by(col(Incident.id))
            ).all()
        ]


def told(found: Snapshot, area_set: int | None) -> list[tuple[Any, ...]]:
    """Rows of both parts in the order of their ids."""
    return told_rows(pa.concat_tables([incidents(found, area_set, part) for part in ("base", "fresh")]))


def told_rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """Rows of `incidents` in the order of their ids."""
    names = (*_COPIED, "has_area_code", "area_id")
    return sorted(tuple(row[name] for name in names) for row in table.to_pylist())


def add(database: Database, name: object, *, rows: int = 1, organisation: str = "Polisen") -> None:
    """Store a file of so many incidents."""
    made = [
        incident(f"{name}-{row}", "graffiti", "2026-02-13T10:00", at=(10 + row, 10)) for row in range(rows)
    ]
    store_incidents(database, made, organisation, name=f"{name}.csv")


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def count(database: Database) -> int:
    return read_counts(database, OPERATOR, Selection(), [])[0]["count"]


def is_current(database: Database) -> bool:
    return snapshot.at_hand(database)[1]


def ids_of(found: Snapshot) -> pa.ChunkedArray:
    return pa.concat_tables([incidents(found, None, part) for part in ("base", "fresh")])["id"]


def check_together(database: Database) -> None:
    """Every snapshot holds exactly the rows of its version, while several write and several refresh.

    The database has the 13 incidents of `small_town`, at version 3.
    """
    stop, seen = Event(), []

    def write(writer: int) -> None:
        for number in range(6):
            add(database, f"{writer}-{number}", rows=5, organisation=f"Källa {writer}")

    def read() -> None:
        while not stop.is_set():
            found = snapshot.current(database)
            seen.append((found.version, len(set(ids_of(found).to_pylist())), found.rows))

    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for done in [pool.submit(write, writer) for writer in range(3)]:
            done.result()
        stop.set()
        for done in readers:
            done.result()
    assert all(distinct == rows == 13 + 5 * (version - 3) for version, distinct, rows in seen)
    assert len({version for version, *_ in seen}) > 1
    assert told(snapshot.current(database), 1) == written_by_hand(database, 1)
