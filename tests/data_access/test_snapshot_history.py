from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access import snapshot_pieces
from data_access.changes import describe_municipality, undo_import
from data_access.database import Database
from data_access.permissions import OPERATOR
from data_access.snapshot import current, sweep
from tests.data_access.changes.rows import one
from tests.data_access.snapshots import add, told, written_by_hand
from tests.small_town import AREAS, store_areas

if TYPE_CHECKING:
    import pytest

STEPS = ("add one", "add four", "take back", "new areas", "rename", "refresh", "sweep", "lose a file")


def take(step: str, database: Database, number: int) -> None:
    """A step in the life of a database or of its snapshot."""
    if step.startswith("add"):
        add(database, number, rows=1 if step == "add one" else 4, organisation=f"Källa {number % 2}")
    elif step == "take back":
        undo_import(database, OPERATOR, one(database, "select coalesce(max(id), 0) from import_batch"))
    elif step == "new areas":
        store_areas(database, AREAS[:4], name=f"Indelning {number % 2}")
    elif step == "rename":
        describe_municipality(database, OPERATOR, name=f"Namn {number}")
    elif step == "sweep":
        sweep(database.snapshot_folder)
    elif step == "lose a file":
        for path in sorted(database.snapshot_folder.glob("*.parquet"))[number % 3 :][:1]:
            path.unlink()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(STEPS), max_size=9))
@example(["refresh", "add four", "refresh", "take back", "add four", "refresh", "add four", "add one"])
def test_whatever_happened_the_snapshot_holds_what_the_database_holds(
    request: pytest.FixtureRequest, steps: list[str]
) -> None:
    small_file: Path = request.getfixturevalue("_small_file")
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.multiple(snapshot_pieces, FRESH_ROWS=6, FRESH_SHARE=0.0),
    ):
        shutil.copyfile(small_file, Path(folder) / "x.db")
        database = Database(f"sqlite:///{folder}/x.db")
        for number, step in enumerate(steps):
            take(step, database, number)
            if step == "refresh":
                current(database)
        found = current(database)
        assert found.version == one(database, "select data_version from municipality")
        for area_set in found.area_sets:
            assert told(found, area_set) == written_by_hand(database, area_set)
        database.engine.dispose()
