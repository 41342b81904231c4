"""DuckDB in this process, over the files of a snapshot."""

from __future__ import annotations

from contextlib import contextmanager
from errno import ENOENT
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from sqlalchemy.engine.default import DefaultDialect

from data_access.engines import answer_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
    from sqlalchemy import Select

    from data_access.snapshot import Snapshot

THREADS = 2
_DIALECT = DefaultDialect(paramstyle="numeric_dollar", supports_native_boolean=True)
_SETTINGS = {
    "threads": THREADS,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "temp_directory": "",
    "default_null_order": "nulls_first",
}
_NO_PLACES = "SELECT 0::BIGINT AS incident_id, 0::BIGINT AS area_set_id, 0::BIGINT AS area_id WHERE false"


class DuckDB:
    """Questions to one snapshot; may be asked by several threads at a time.

    The tables are views over the Parquet files. DuckDB may open these files and no others, and its settings are locked.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        """Open the files. Raises FileNotFoundError when newer snapshots have replaced them long ago."""
        tables = _tables(snapshot)
        self._paths = [path for paths in tables.values() for path in paths]
        self._connection = duckdb.connect(":memory:", config=_SETTINGS)
        allowed = _listed(form(path) for path in self._paths for form in (str, _literally))
        self._connection.execute(f"SET allowed_paths = {allowed}")
        self._connection.execute("SET enable_external_access = false")
        with self._whole():
            for name, paths in tables.items():
                self._connection.execute(f"CREATE VIEW {name} AS {_source(name, paths)}")
        self._connection.execute("SET lock_configuration = true")

    def fetch(self, question: Select[Any]) -> pa.Table:
        """Rows of the answer. Raises FileNotFoundError as when it is made."""
        compiled: Any = question.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        values = [compiled.params[name] for name in compiled.positiontup]
        with self._whole(), self._connection.cursor() as cursor:
            found = cursor.sql(str(compiled), params=values).to_arrow_table()
        return found.cast(answer_schema(question))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """DuckDB takes a file that is gone for a folder that it may not open: say what is the matter."""
        try:
            yield
        except duckdb.Error as error:
            gone = next((path for path in self._paths if not Path(path).is_file()), None)
            if gone is not None:
                raise FileNotFoundError(ENOENT, "a file of the snapshot is gone", gone) from error
            raise


@lru_cache(maxsize=4)
def duckdb_over(snapshot: Snapshot) -> DuckDB:
    """The engine over a snapshot, made at the first question to it. Raises FileNotFoundError as `DuckDB`."""
    return DuckDB(snapshot)


def _tables(snapshot: Snapshot) -> dict[str, list[str]]:
    """Paths of the files of every table; none for the districts of incidents where there is no set of districts."""
    files = {name: [file] for name, file in snapshot.tables}
    files["incident"] = [piece.incident for piece in snapshot.pieces]
    files["incident_area"] = [file for piece in snapshot.pieces for _, file in piece.areas]
    return {name: [f"{snapshot.folder}/{file}" for file in found] for name, found in files.items()}


def _source(table: str, paths: list[str]) -> str:
    if not paths:
        return _NO_PLACES
    only = " WHERE area_id IS NOT NULL" if table == "incident_area" else ""
    return f"SELECT * FROM read_parquet({_listed(_literally(path) for path in paths)}){only}"


def _literally(path: str) -> str:
    """A path in which no sign stands for others."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)


def _listed(texts: Iterable[str]) -> str:
    quoted = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
    return f"[{quoted}]"
