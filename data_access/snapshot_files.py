"""The folder of a snapshot: immutable files, and a manifest that names those which belong together.

A file is written under a name that never comes again and reaches the disk before a manifest names it; the manifest is replaced
in one step. Whoever is killed in between leaves the old manifest, and files that nothing names: the next sweep removes them.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from data_access.snapshot_rows import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

FORMAT = 1
"""Rises when files of an earlier program can no longer be read; its snapshots are then made anew."""

GRACE_S = 60.0
"""A file stays this long after the last manifest that named it, for readers that have read that manifest."""

_MANIFEST, _LOCK = "manifest.json", "lock"
_OURS = (".parquet", ".new")
_ROW_GROUP = 131_072
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_PLAIN = {"id", "occurred_from", "occurred_to", "x", "y"}
"""Columns with hardly two equal values, for which a dictionary is a waste."""


@dataclass(frozen=True)
class Piece:
    """Incidents with ids up to `highest_id`, at a state of the database: their file, and one file of districts per set.

    The rows of all files of a piece stand in the same order.
    """

    name: str
    rows: int
    highest_id: int
    state: State
    incident: str
    areas: tuple[tuple[int, str], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Names of its files."""
        return (self.incident, *(name for _, name in self.areas))


@dataclass(frozen=True)
class Manifest:
    """A state of the database, and the files that hold it."""

    state: State
    base: Piece
    fresh: Piece | None
    tables: dict[str, str]
    digests: dict[str, str]
    sizes: dict[str, int]
    retired: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        folder: Path,
        state: State,
        base: Piece,
        fresh: Piece | None,
        tables: dict[str, str],
        digests: dict[str, str],
    ) -> Manifest:
        """Manifest of files that are in the folder."""
        made = cls(state, base, fresh, tables, digests, {})
        return replace(made, sizes={name: (folder / name).stat().st_size for name in made.files})

    @property
    def files(self) -> frozenset[str]:
        """Names of all files."""
        return frozenset((*self.base.files, *(self.fresh.files if self.fresh else ()), *self.tables.values()))

    def is_whole(self, folder: Path) -> bool:
        """Whether every file is there in full length."""
        try:
            return all(os.stat(f"{folder}/{name}").st_size == self.sizes[name] for name in self.files)  # noqa: PTH116 - on every question
        except (OSError, KeyError):
            return False


def new_name(kind: str, version: int) -> str:
    """A name that has never been used."""
    return f"{kind}-{version}-{secrets.token_hex(6)}"


def load(folder: Path) -> Manifest | None:
    """The manifest of a folder; None when there is none that this program can use."""
    path = f"{folder}/{_MANIFEST}"
    try:
        found = os.stat(path)  # noqa: PTH116 - on every question
    except OSError:
        return None
    return _parsed(path, found.st_ino, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=32)
def _parsed(path: str, *_identity: int) -> Manifest | None:
    """Read a manifest once; `_identity` of the file is the key of the cache."""
    try:
        document = json.loads(Path(path).read_bytes())
        if document.pop("format") != FORMAT:
            return None
        fresh = document.pop("fresh")
        return Manifest(
            state=State(**document.pop("state")),
            base=_piece(document.pop("base")),
            fresh=_piece(fresh) if fresh else None,
            **document,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _piece(document: dict[str, Any]) -> Piece:
    areas = tuple((area_set, name) for area_set, name in document.pop("areas"))
    return Piece(state=State(**document.pop("state")), areas=areas, **document)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder against every other process and thread that would write there; the folder is made when it is missing."""
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_table(folder: Path, name: str, parts: Iterable[pa.Table], schema: pa.Schema) -> None:
    """Write a Parquet file, of which each part becomes a row group or more, down to the disk."""
    path = folder / name
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE))
    repeated = [column for column in schema.names if column not in _PLAIN]
    options: dict[str, Any] = {"compression": "zstd", "use_dictionary": repeated}
    with pq.ParquetWriter(path, schema, **options) as writer:
        for part in parts:
            writer.write_table(part, row_group_size=_ROW_GROUP)
    _to_disk(path)


def publish(folder: Path, manifest: Manifest, *, after: Manifest | None) -> None:
    """Make a manifest the one that readers find, in place of the one before it; or leave that one."""
    new = folder / f"{secrets.token_hex(6)}.new"
    document = json.dumps(
        {"format": FORMAT, **asdict(manifest), "retired": _retired(after, manifest.files)}, indent=1
    )
    handle = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE_FILE)
    with os.fdopen(handle, "w", encoding="utf-8") as target:
        target.write(document)
        target.flush()
        os.fsync(target.fileno())
    _to_disk(folder)  # the names of the files it speaks of come first
    new.replace(folder / _MANIFEST)
    _to_disk(folder)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _retired(old: Manifest | None, files: Iterable[str]) -> dict[str, float]:
    """What readers of older manifests may still open, and since when: all that `old` knew of and is not in `files`."""
    if old is None:
        return {}
    now, kept = time.time(), set(files)
    known = dict.fromkeys(old.files, now) | old.retired
    return {name: at for name, at in known.items() if name not in kept and now - at < GRACE_S}


def sweep(folder: Path) -> list[str]:
    """Remove what was left behind, while the folder is locked; the names of what went."""
    manifest = load(folder)
    named = manifest.files | set(_retired(manifest, manifest.files)) if manifest else set()
    gone = [path for path in sorted(folder.iterdir()) if path.name.endswith(_OURS) and path.name not in named]
    for path in gone:
        path.unlink(missing_ok=True)
    return [path.name for path in gone]
