"""The database: opening it safely, bringing its tables up to date, reading and writing in transactions."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

WAIT_MS = 15_000
_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(Exception):
    """The database cannot be used as it is; `reason` is a text key, `parameters` its values."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(f"{reason}: {parameters}")
        self.reason = reason
        self.parameters = parameters


@dataclass(frozen=True)
class Database:
    """A database by its SQLAlchemy URL; cheap to make, opened at first use.

    `snapshots`: folder under which its snapshot is kept, instead of beside the file or in the person's cache folder.
    """

    url: str
    snapshots: str | None = None

    @property
    def shown_url(self) -> str:
        """The URL for eyes: without its password."""
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", self.url)

    @cached_property
    def snapshot_folder(self) -> Path:
        """Where the columnar copy of this database is kept; raises OSError where a person has no home and none is given.

        Beside a SQLite file; for other databases a folder whose name tells their URLs apart, without the password.
        """
        url = make_url(self.url)
        file = _file_of(url)
        if file is not None and self.snapshots is None:
            return file.with_name(f"{file.name}.snapshot")
        own = str(file or url.set(password=None).render_as_string())
        if url.get_backend_name() == "sqlite" and file is None:
            own = f"{own} {os.getpid()}"  # in memory: another process has another one
        return self._snapshots() / sha256(own.encode()).hexdigest()[:24]

    def _snapshots(self) -> Path:
        if self.snapshots is not None:
            return Path(self.snapshots).resolve()
        try:
            return Path.home() / ".cache" / "samsyn"
        except RuntimeError as error:
            raise OSError(str(error)) from None

    @cached_property
    def engine(self) -> Engine:
        """Engine with our SQLite rules: WAL, FULL, foreign keys, and writers that begin IMMEDIATE."""
        try:
            url = make_url(self.url)
        except ArgumentError:
            raise DatabaseError("not_a_url", url=self.shown_url) from None
        if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).parent.is_dir():
            raise DatabaseError("no_folder", url=self.shown_url, folder=str(Path(url.database).parent))
        engine = self._created(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin)
        return engine

    @cached_property
    def _reading_engine(self) -> Engine:
        """SQLite reads one picture by itself; PostgreSQL would show each statement a newer one."""
        is_sqlite = self.engine.dialect.name == "sqlite"
        return self.engine if is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    def _created(self, url: URL) -> Engine:
        try:
            return create_engine(url)
        except ArgumentError:
            raise DatabaseError("not_a_url", url=self.shown_url) from None
        except ModuleNotFoundError as missing:
            raise DatabaseError("no_driver", url=self.shown_url, driver=missing.name) from None

    @contextmanager
    def _opened(self, **options: Any) -> Iterator[Connection]:
        """Connection in a transaction; raises `DatabaseError` cannot_open where the driver fails."""
        try:
            with self.engine.execution_options(**options).begin() as connection:
                yield connection
        except DBAPIError as error:
            raise DatabaseError("cannot_open", url=self.shown_url, problem=str(error.orig)) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Session on one consistent picture; nothing it does is kept."""
        with Session(self._reading_engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self, wait_ms: int = WAIT_MS) -> Iterator[Session]:
        """Session that holds the write lock from its first statement: commits at the end, or leaves no trace.

        `wait_ms`: how long others may hold the lock before it raises OperationalError (SQLite). Raises `DatabaseError`
        half_sign for a text with half a sign (a lone surrogate), which no database takes.
        """
        engine = self.engine.execution_options(samsyn_write=True, samsyn_wait_ms=wait_ms)
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session
        except UnicodeEncodeError as error:
            raise DatabaseError("half_sign", position=error.start + 1) from None

    def upgrade(self) -> None:
        """Create or bring up to date all tables (Alembic to the newest revision)."""
        with self._opened(samsyn_write=True, samsyn_upgrade=True) as connection:
            config = _alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.dialect.name == "sqlite":
                _check_references(connection)

    def revision(self) -> str | None:
        """Alembic revision the tables are at; None for an empty database."""
        with self._opened() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def require_current(self) -> None:
        """Refuse a database whose tables are not the ones this program knows."""
        newest = ScriptDirectory.from_config(_alembic_config()).get_current_head()
        found = self.revision()
        if found != newest:
            raise DatabaseError("not_current", url=self.shown_url, found=found or "-", expected=newest or "-")


@lru_cache(maxsize=8)
def opened(url: str) -> Database:
    """The database at a URL, the same for the whole process: its connections and compiled statements are made once."""
    return Database(url)


def _alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves: see _begin
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={WAIT_MS}",
        "cache_size=-65536",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: with a deferred BEGIN, concurrent read-modify-write loses updates silently."""
    options = connection.get_execution_options()
    # A table that others refer to can only be made anew with foreign keys off, which is decided before a transaction begins.
    keys = "OFF" if options.get("samsyn_upgrade", False) else "ON"
    connection.exec_driver_sql(f"PRAGMA foreign_keys={keys}")
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('samsyn_wait_ms', WAIT_MS)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("samsyn_write", False) else "BEGIN")


def _check_references(connection: Connection) -> None:
    """Raise `DatabaseError` broken_references, and so undo the upgrade, when a row refers to nothing."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise DatabaseError("broken_references", tables=tables, count=len(broken))


def _file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for others and for one in memory."""
    name = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name).resolve()
