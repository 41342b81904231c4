"""Making the files of a snapshot: a new base, or fresh rows beside the base at hand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlmodel import col, select

from data_access import snapshot_files as files
from data_access.models import AreaSet
from data_access.snapshot_columns import read_area_ids, read_piece
from data_access.snapshot_files import Manifest, Piece
from data_access.snapshot_rows import (
    INCIDENT,
    NO_AREA,
    has_happened,
    read_incidents,
    read_places,
    read_small_tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from sqlmodel import Session

    from data_access.snapshot_rows import State

FRESH_ROWS, FRESH_SHARE = 50_000, 0.05
"""More fresh rows than the one and than this share of the base become part of a new base."""

_SLICE = 131_072
_PLACES = pa.schema([("incident_id", pa.int64()), ("area_set_id", pa.int64()), ("area_id", pa.int64())])


@dataclass(frozen=True, eq=False)
class _Rows:
    """Incidents, and the district of each in every set (-1: none)."""

    incidents: pa.Table
    places: dict[int, NDArray[np.int64]]

    @property
    def size(self) -> int:
        return self.incidents.num_rows

    def and_then(self, other: _Rows) -> _Rows:
        return _Rows(
            pa.concat_tables([self.incidents, other.incidents]).unify_dictionaries(),
            {number: np.concatenate([areas, other.places[number]]) for number, areas in self.places.items()},
        )


def made(session: Session, folder: Path, state: State, known: Manifest | None) -> Manifest:
    """Write what is missing for a state of the database, which `session` sees; `known` is a whole older manifest."""
    try:
        base, fresh = _pieces(session, folder, state, known)
    except pa.ArrowInvalid:  # a damaged file of the older one
        base, fresh = _pieces(session, folder, state, None)
    tables, digests = _tables(session, folder, state, known)
    return Manifest.of(folder, state, base, fresh, tables, digests)


def _pieces(
    session: Session, folder: Path, state: State, known: Manifest | None
) -> tuple[Piece, Piece | None]:
    area_sets = list(session.exec(select(AreaSet.id).order_by(col(AreaSet.id))).all())
    last = (known.fresh or known.base) if known else None
    if known is None or last is None or not _still_holds(session, last, state, area_sets):
        return _write(folder, "base", state, _read(session, 0, area_sets)), None
    new = _read(session, last.highest_id, area_sets)
    if not new.size:
        return known.base, known.fresh
    if known.fresh:
        new = _read_back(folder, known.fresh).and_then(new)
    if new.size > max(FRESH_ROWS, FRESH_SHARE * known.base.rows):
        return _write(folder, "base", state, _read_back(folder, known.base).and_then(new)), None
    return known.base, _write(folder, "fresh", state, new)


def _still_holds(session: Session, piece: Piece, state: State, area_sets: list[int | None]) -> bool:
    """Whether nothing of a piece has been changed since, and the database is the one that it was read from."""
    has_all_sets = [area_set for area_set, _ in piece.areas] == area_sets
    return piece.state.epoch == state.epoch and has_all_sets and has_happened(session, piece.state)


def _read(session: Session, after_id: int, area_sets: list[int | None]) -> _Rows:
    incidents = read_incidents(session, after_id)
    return _Rows(
        incidents, read_places(session, incidents["id"].to_numpy(), [number or 0 for number in area_sets])
    )


def _read_back(folder: Path, piece: Piece) -> _Rows:
    places = {
        number: pc.fill_null(read_area_ids(folder, piece, number), NO_AREA).to_numpy()
        for number, _ in piece.areas
    }
    return _Rows(read_piece(folder, piece), places)


def _write(folder: Path, kind: str, state: State, rows: _Rows) -> Piece:
    """Write rows by local date, so that a question about a period reads only a part of the files."""
    order = np.argsort(rows.incidents["local_date"].to_numpy(), kind="stable")
    name = files.new_name(kind, state.version)
    incident = f"{name}-incident.parquet"
    files.write_table(folder, incident, _slices(rows.incidents, order), INCIDENT)
    ids = rows.incidents["id"].to_numpy()
    areas = tuple((number, f"{name}-areas-{number}.parquet") for number in rows.places)
    for number, file in areas:
        table = _places_table(ids, number, rows.places[number])
        files.write_table(folder, file, _slices(table, order), _PLACES)
    return Piece(name, rows.size, int(ids.max(initial=0)), state, incident, areas)


def _places_table(ids: NDArray[np.int64], area_set: int, areas: NDArray[np.int64]) -> pa.Table:
    columns = [ids, np.full(len(ids), area_set, np.int64), pa.array(areas, mask=areas == NO_AREA)]
    return pa.table(columns, schema=_PLACES)


def _slices(table: pa.Table, order: NDArray[np.int64]) -> Iterator[pa.Table]:
    for at in range(0, len(order), _SLICE):
        yield table.take(pa.array(order[at : at + _SLICE]))


def _tables(
    session: Session, folder: Path, state: State, known: Manifest | None
) -> tuple[dict[str, str], dict[str, str]]:
    """The small tables: names of their files, and digests; one that has not changed keeps its file."""
    names, digests = {}, {}
    for name, table in read_small_tables(session).items():
        digests[name] = _digest(table)
        if known and known.digests.get(name) == digests[name]:
            names[name] = known.tables[name]
        else:
            names[name] = f"{files.new_name(name, state.version)}.parquet"
            files.write_table(folder, names[name], [table], table.schema)
    return names, digests


def _digest(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return hashlib.sha256(sink.getvalue()).hexdigest()
