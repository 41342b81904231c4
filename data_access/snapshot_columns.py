"""Reading the files of a snapshot as Arrow columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from data_access.snapshot_rows import INCIDENT, WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from data_access.snapshot_files import Piece

_READ = [name for name in INCIDENT.names if name not in {"local_week", "local_weekday", "local_hour"}]
_TOLD = pa.schema(
    [
        *(INCIDENT.field(name) for name in _READ if name != "area_code"),
        ("has_area_code", pa.bool_()),
        ("area_id", pa.int64()),
    ]
)


def read_piece(folder: Path, piece: Piece, columns: list[str] | None = None) -> pa.Table:
    """Incidents of a piece, with the types of INCIDENT."""
    table = _read(folder / piece.incident, columns)
    found = {name: _as_written(table[name], name) for name in table.column_names}
    return pa.table(found, schema=pa.schema([INCIDENT.field(name) for name in table.column_names]))


def read_columns(folder: Path, piece: Piece) -> pa.Table:
    """Columns of `snapshot.incidents`, with no area ids yet."""
    table = read_piece(folder, piece, _READ)
    code = table["area_code"]
    bare = table.drop_columns("area_code")
    area_ids = pa.nulls(len(table), pa.int64())
    return bare.append_column("has_area_code", code.is_valid()).append_column("area_id", area_ids)


def read_area_ids(folder: Path, piece: Piece, area_set_id: int) -> pa.ChunkedArray:
    """District of each incident of a piece, null for none."""
    return _read(folder / dict(piece.areas)[area_set_id], ["area_id"])["area_id"]


def empty_incidents() -> pa.Table:
    """No incidents."""
    return _TOLD.empty_table()


def _read(path: Path, columns: list[str] | None) -> pa.Table:
    """A ParquetFile, because a data set would look for columns in the names of folders."""
    with pq.ParquetFile(path) as file:
        return file.read(columns)


def _as_written(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Parquet knows neither seconds nor the order of a dictionary."""
    if name in WORDS:
        chunks = [_in_order(chunk, WORDS[name]) for chunk in column.chunks]
        return pa.chunked_array(chunks, INCIDENT.field(name).type)
    if pa.types.is_dictionary(column.type):
        return column.unify_dictionaries()
    return column.cast(INCIDENT.field(name).type)


def _in_order(chunk: pa.DictionaryArray, words: tuple[str, ...]) -> pa.DictionaryArray:
    place = pa.array([words.index(word) for word in chunk.dictionary.to_pylist()], pa.int8())
    return pa.DictionaryArray.from_arrays(place.take(chunk.indices), pa.array(words))
