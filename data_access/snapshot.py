"""A columnar copy of the incidents beside the database, for questions over all of them.

The copy is a large base and a small piece of fresh rows. Writes only append, or say that they do not (`Change.rewrites`), and
they come one after another (`changes.transaction`), so ids are committed in the order in which they are given: what is new is
what has an id above the highest one of the copy. After a write that changed older rows there is another base.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from data_access import snapshot_files as files
from data_access.snapshot_columns import empty_incidents, read_area_ids, read_columns
from data_access.snapshot_pieces import made
from data_access.snapshot_rows import read_state

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from data_access.database import Database
    from data_access.snapshot_files import Manifest, Piece
    from data_access.snapshot_rows import State

Part: TypeAlias = Literal["base", "fresh"]
_T = TypeVar("_T")


class SnapshotError(Exception):
    """No snapshot can be written, not even in a temporary folder; `reason` is a text key, `parameters` its values."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(f"{reason}: {parameters}")
        self.reason = reason
        self.parameters = parameters


@dataclass(frozen=True)
class Snapshot:
    """All incidents at one version of the data: immutable files in a folder.

    `pieces`: the base and, when there is anything new since, the fresh rows; `tables`: the files of the small tables by name.
    """

    folder: Path
    version: int
    epoch: int
    pieces: tuple[Piece, ...]
    tables: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Path, manifest: Manifest) -> Snapshot:
        """What a manifest in a folder names."""
        pieces = (manifest.base, manifest.fresh) if manifest.fresh else (manifest.base,)
        state = manifest.state
        return cls(folder, state.version, state.epoch, pieces, tuple(sorted(manifest.tables.items())))

    @property
    def base(self) -> str:
        """Name of the base, never used for another one: a key for what is computed from it."""
        return self.pieces[0].name

    @property
    def area_sets(self) -> tuple[int, ...]:
        """Ids of the sets of districts, oldest first."""
        return tuple(area_set for area_set, _ in self.pieces[0].areas)

    @property
    def rows(self) -> int:
        """Number of incidents."""
        return sum(piece.rows for piece in self.pieces)


def current(database: Database) -> Snapshot:
    """The snapshot of what is in the database now, made or refreshed when the one at hand is older.

    Where its folder cannot be written it is made in a temporary one, for this process alone; raises `SnapshotError`
    (not_writable) where that is impossible too.
    """
    try:
        return _current(database, database.snapshot_folder)
    except OSError:
        pass
    try:
        return _current(database, _own_folder(database))
    except OSError as error:
        folder = str(database.snapshot_folder)
        raise SnapshotError("not_writable", folder=folder, problem=error.strerror or str(error)) from error


def reading(database: Database, read: Callable[[Snapshot], _T]) -> _T:
    """`read` of the current snapshot; once more with a newer one when files of it went while it was read."""
    try:
        return read(current(database))
    except FileNotFoundError:
        return read(current(database))


def prepare(database: Database) -> Snapshot:
    """Clear away what a killed process left behind and make the snapshot current: for the start of a server."""
    with suppress(OSError):  # current() finds another place
        sweep(database.snapshot_folder)
    return current(database)


def sweep(folder: Path) -> list[str]:
    """Remove files that no manifest names any more; their names. A folder that is missing or not ours to write is left alone."""
    if not folder.is_dir():
        return []
    try:
        with files.locked(folder):
            return files.sweep(folder)
    except OSError:
        return []


def at_hand(database: Database) -> tuple[Snapshot | None, bool]:
    """The snapshot in its folder as it is, None without one, and whether it is that of the database now; nothing is written."""
    folder = database.snapshot_folder
    manifest = files.load(folder)
    if manifest is None or not manifest.is_whole(folder):
        return None, False
    return Snapshot.of(folder, manifest), manifest.state == _state(database)


def is_writable(folder: Path) -> bool:
    """Whether a snapshot could be written there, as far as permissions tell."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def incidents(snapshot: Snapshot, area_set_id: int | None, part: Part) -> pa.Table:
    """Incidents of a part of a snapshot in the order of their local dates.

    Columns: id, organisation_id, category_id (int32), occurred_from, occurred_to (timestamp[s] UTC), local_date (date32),
    time_precision, place_precision, police_reported (dictionaries in the order of the words in `models.incident`),
    has_area_code (bool), x, y (metres in the municipality's CRS, null where there is no point), area_id (int64, null outside all
    districts of the set, and everywhere when `area_set_id` is None).

    Raises KeyError for a set that is not in the snapshot, FileNotFoundError when newer snapshots have replaced it long ago.
    """
    pieces = snapshot.pieces[:1] if part == "base" else snapshot.pieces[1:]
    if area_set_id is not None and area_set_id not in snapshot.area_sets:
        message = f"no set of districts {area_set_id} in the snapshot of version {snapshot.version}: it has {snapshot.area_sets}"
        raise KeyError(message)
    if not pieces:
        return empty_incidents()
    (piece,) = pieces
    found = read_columns(snapshot.folder, piece)
    if area_set_id is None:
        return found
    area_ids = read_area_ids(snapshot.folder, piece, area_set_id)
    return found.set_column(found.num_columns - 1, "area_id", area_ids)


def _current(database: Database, folder: Path) -> Snapshot:
    # The manifest is read before the state: one that is older than the state is refreshed, none can be newer.
    manifest, state = files.load(folder), _state(database)
    if manifest is None or manifest.state != state or not manifest.is_whole(folder):
        manifest = _refreshed(database, folder)
    return Snapshot.of(folder, manifest)


def _state(database: Database) -> State:
    with database.reading() as session:
        return read_state(session)


def _refreshed(database: Database, folder: Path) -> Manifest:
    """One process refreshes; the others wait for it, and then mostly find what they need."""
    with files.locked(folder), database.reading() as session:
        state = read_state(session)
        known = files.load(folder)
        usable = known if known and known.is_whole(folder) else None
        if usable is not None and usable.state == state:
            return usable
        try:
            manifest = made(session, folder, state, usable)
            files.publish(folder, manifest, after=known)
        finally:
            files.sweep(folder)
        return manifest


@lru_cache(maxsize=16)
def _own_folder(database: Database) -> Path:
    del database  # only the key of the cache
    folder = Path(tempfile.mkdtemp(prefix="samsyn-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
