from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.demo import load_sample
from dashboard.settings import settings
from data_access.changes import initialise
from data_access.database import Database
from data_access.permissions import OPERATOR
from tests import small_town
from tests.postgresql import cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.postgresql import Cluster


def _new(path: Path) -> Database:
    database = Database(f"sqlite:///{path}")
    initialise(database)
    return database


def _copy(source: Path, target: Path) -> Database:
    shutil.copyfile(source, target)
    return Database(f"sqlite:///{target}")


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the settings of the person who runs it, nor those of another test."""
    for name in [name for name in os.environ if name.startswith("SAMSYN_") and name not in _OURS]:
        monkeypatch.delenv(name)
    settings.cache_clear()
    yield
    settings.cache_clear()


_OURS = ("SAMSYN_REAL_DATA", "SAMSYN_BROWSER", "SAMSYN_PICTURES")


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    _new(path).engine.dispose()
    return path


@pytest.fixture(scope="session")
def _small_file(tmp_path_factory: pytest.TempPathFactory, _empty_file: Path) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.db"
    database = _copy(_empty_file, path)
    small_town.build(database)
    database.engine.dispose()
    return path


@pytest.fixture
def empty(tmp_path: Path, _empty_file: Path) -> Iterator[Database]:
    """An empty database with all tables and the catalogue."""
    database = _copy(_empty_file, tmp_path / "empty.db")
    yield database
    database.engine.dispose()


@pytest.fixture
def small(tmp_path: Path, _small_file: Path) -> Iterator[Database]:
    """The drawn municipality of `tests.small_town`."""
    database = _copy(_small_file, tmp_path / "small.db")
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """File of the sample municipality, made once by whichever worker comes first; never written to."""
    root = tmp_path_factory.getbasetemp()
    root = root if worker_id == "master" else root.parent
    path = root / "sample.db"
    with (root / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            made = _new(root / "sample-making.db")
            load_sample(made, OPERATOR)
            made.engine.dispose()
            (root / "sample-making.db").rename(path)
    return path


@pytest.fixture(scope="session")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The sample municipality, for tests that only read; one copy per worker."""
    return _copy(sample_file, tmp_path_factory.mktemp("sample") / "sample.db")


@pytest.fixture
def own_sample(sample_file: Path, tmp_path: Path) -> Iterator[Database]:
    """The sample municipality, for a test that writes."""
    database = _copy(sample_file, tmp_path / "sample.db")
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server; tests that need it are skipped where there is none."""
    with cluster() as started:
        yield started


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[Database], None]:
    """Make a database the one of the settings."""

    def chosen(database: Database) -> None:
        monkeypatch.setenv("SAMSYN_DATABASE", database.url)
        settings.cache_clear()

    return chosen


@pytest.fixture(scope="session")
def real_folder() -> Path:
    folder = os.environ.get("SAMSYN_REAL_DATA")
    if not folder:
        pytest.skip("SAMSYN_REAL_DATA names no folder of real files")
    return Path(folder)
