from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from data_access.database import Database
from data_access.engines.duckdb import DuckDB
from data_access.engines.sql import Sql
from data_access.snapshot import current
from tests.small_town import store_areas, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data_access.engines import Engine
    from tests.spec.chapters import Chapter

OVER_BASE, OVER_BOTH = "duckdb over a base", "duckdb over a base and fresh rows"
ENGINES = (
    ("sqlite", "itself"),
    ("sqlite", OVER_BASE),
    ("sqlite", OVER_BOTH),
    ("postgresql", "itself"),
    ("postgresql", OVER_BOTH),
)


@pytest.fixture(scope="session")
def _districts(tmp_path_factory: pytest.TempPathFactory, _empty_file: Path) -> Path:
    """A file with the districts, without incidents."""
    path = tmp_path_factory.mktemp("spec") / "town.db"
    shutil.copyfile(_empty_file, path)
    database = Database(f"sqlite:///{path}")
    store_areas(database)
    database.engine.dispose()
    return path


@pytest.fixture(params=ENGINES, ids=" ".join)
def engine_with(
    request: pytest.FixtureRequest, tmp_path: Path, _districts: Path
) -> Iterator[Callable[[Chapter], Engine]]:
    """An engine that has a chapter's town."""
    kind, how = request.param
    if kind == "postgresql":
        town = request.getfixturevalue("postgresql").town()
    else:
        shutil.copyfile(_districts, tmp_path / "town.db")
        town = Database(f"sqlite:///{tmp_path / 'town.db'}")

    def filled(chapter: Chapter) -> Engine:
        half = len(chapter.town) // 2
        _store(town, chapter, slice(half))
        if how == OVER_BOTH:
            current(town)
        _store(town, chapter, slice(half, None))
        return Sql(town) if how == "itself" else DuckDB(current(town))

    yield filled
    town.engine.dispose()


def _store(database: Database, chapter: Chapter, part: slice) -> None:
    rows = chapter.town[part]
    for source in sorted({source for source, _ in rows}):
        store_incidents(database, [row for name, row in rows if name == source], source)
