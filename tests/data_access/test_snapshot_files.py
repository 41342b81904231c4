from __future__ import annotations

import shutil
import stat
import time
from typing import TYPE_CHECKING

import pytest

from data_access import snapshot, snapshot_files, snapshot_pieces
from data_access.changes import initialise, undo_import
from data_access.counts import read_counts
from data_access.database import Database
from data_access.permissions import OPERATOR
from data_access.selection import Selection
from data_access.snapshot import Snapshot, SnapshotError, current, incidents
from tests.data_access.snapshots import add, count, is_current, names_in, told, written_by_hand
from tests.small_town import build, incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_neither_notes_nor_own_codes_nor_keys_are_copied(empty: Database) -> None:
    secret = incident(
        "hemlig-nyckel", "noise", "2026-01-05T10:00", note="vid porten", own_code="egen-kod-9802"
    )
    store_incidents(empty, [secret])
    folder = current(empty).folder
    files = b"".join(path.read_bytes() for path in folder.iterdir())
    for word in (b"hemlig-nyckel", b"vid porten", b"egen-kod-9802"):
        assert word not in files


def test_only_the_owner_may_read_it(small: Database) -> None:
    folder = current(small).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_it_lies_beside_the_file_of_the_database(small: Database, tmp_path: Path) -> None:
    assert current(small).folder == tmp_path / "small.db.snapshot"


@pytest.mark.parametrize("url", ["sqlite://", "postgresql+psycopg://samsyn:hemligt@db/samsyn"])
def test_other_databases_have_a_folder_of_their_own_without_their_password(url: str, tmp_path: Path) -> None:
    folder = Database(url, snapshots=str(tmp_path)).snapshot_folder
    assert folder.parent == tmp_path
    assert Database(url.replace("hemligt", "annat"), snapshots=str(tmp_path)).snapshot_folder == folder
    assert Database("sqlite:///a.db", snapshots=str(tmp_path)).snapshot_folder != folder
    assert Database(url).snapshot_folder.parts[-3:-1] == (".cache", "samsyn")


def test_an_older_copy_of_the_database_is_told_from_the_newer_one(small: Database, tmp_path: Path) -> None:
    """Put back, then written to until it has the same version and more rows than before."""
    shutil.copyfile(tmp_path / "small.db", tmp_path / "copy.db")
    add(small, 1)
    old = current(small)
    small.engine.dispose()
    for end in ("-wal", "-shm"):
        (tmp_path / f"small.db{end}").unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "copy.db", tmp_path / "small.db")
    again = Database(small.url)
    assert not is_current(again)
    add(again, 2, rows=3)
    new = current(again)
    assert (new.version, new.epoch) == (old.version, old.epoch)
    assert told(new, 1) == written_by_hand(again, 1)
    again.engine.dispose()


def test_another_database_in_its_place_has_another_snapshot(small: Database, tmp_path: Path) -> None:
    current(small)
    small.engine.dispose()
    for end in ("", "-wal", "-shm"):
        (tmp_path / f"small.db{end}").unlink(missing_ok=True)
    other = Database(small.url)
    initialise(other)
    for number in range(3):
        add(other, number)
    found = current(other)
    assert (found.version, found.rows) == (3, 3)
    other.engine.dispose()


def _delete(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("harm", [_delete, _cut])
@pytest.mark.parametrize("kind", ["base-*-incident", "base-*-areas-1", "fresh-*-incident", "category-*"])
def test_a_file_that_is_gone_or_cut_is_made_anew(
    small: Database, harm: Callable[[Path], None], kind: str
) -> None:
    current(small)
    add(small, 1)
    folder = current(small).folder
    (path,) = folder.glob(f"{kind}.parquet")
    harm(path)
    assert not is_current(small)
    assert told(current(small), 1) == written_by_hand(small, 1)
    assert is_current(small)
    assert count(small) == 14


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"format": 0}', '{"format": 1, "base": {}}', '{"format": 1, "base": 3, "fresh": null}'],
)
def test_a_manifest_that_cannot_be_used_is_replaced(small: Database, content: str) -> None:
    folder = current(small).folder
    (folder / "manifest.json").write_text(content, "utf-8")
    assert snapshot.at_hand(small) == (None, False)
    assert told(current(small), 1) == written_by_hand(small, 1)


def test_a_damaged_base_is_not_built_upon(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot_pieces, "FRESH_ROWS", 0)
    found = current(small)
    path = found.folder / found.pieces[0].incident
    path.write_bytes(b"\0" * path.stat().st_size)
    add(small, 1)
    assert told(current(small), 1) == written_by_hand(small, 1)


def test_a_folder_that_is_gone_is_made_anew(small: Database) -> None:
    folder = current(small).folder
    shutil.rmtree(folder)
    assert count(small) == 13
    assert folder.is_dir()


def test_leftovers_are_swept_and_other_files_left_alone(small: Database) -> None:
    folder = current(small).folder
    kept = names_in(folder)
    for name in ("base-1-abc-incident.parquet", "0123.new", "mitt.txt"):
        (folder / name).write_text("x")
    assert snapshot.sweep(folder) == ["0123.new", "base-1-abc-incident.parquet"]
    assert names_in(folder) == kept | {"mitt.txt"}
    assert snapshot.sweep(folder / "missing") == []


def test_starting_sweeps_and_refreshes(small: Database) -> None:
    folder = current(small).folder
    (folder / "left.parquet").write_text("x")
    add(small, 1)
    assert snapshot.prepare(small).rows == 14
    assert "left.parquet" not in names_in(folder)


def test_files_of_older_manifests_stay_for_those_who_read_them(
    small: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(small, 0)
    older = [current(small)]
    for number in (1, 2):
        add(small, number)
        older.append(current(small))
    undo_import(small, OPERATOR, 1)
    current(small)
    assert [len(told(found, 1)) for found in older] == [14, 15, 16]
    now = time.time()
    monkeypatch.setattr(snapshot_files.time, "time", lambda: now + snapshot_files.GRACE_S + 1)
    add(small, 3)
    newest = current(small)
    for found in older:
        with pytest.raises(FileNotFoundError):
            told(found, 1)
    assert told(newest, 1) == written_by_hand(small, 1)
    named = {file for piece in newest.pieces for file in piece.files} | set(dict(newest.tables).values())
    assert {name for name in names_in(newest.folder) if name.endswith(".parquet")} == named


def test_a_reader_whose_files_went_reads_the_newer_ones(small: Database) -> None:
    gone = current(small)
    seen = []

    def read(found: Snapshot) -> int:
        seen.append(found)
        if len(seen) == 1:
            shutil.rmtree(gone.folder)
        return incidents(found, 1, "base").num_rows

    assert snapshot.reading(small, read) == 13
    assert [found.base == gone.base for found in seen] == [True, False]


def test_where_it_cannot_be_written_it_is_made_elsewhere(small: Database) -> None:
    small.snapshot_folder.write_text("a file where the folder should be")
    found = current(small)
    assert found.folder != small.snapshot_folder
    assert told(found, 1) == written_by_hand(small, 1)
    assert stat.S_IMODE(found.folder.stat().st_mode) == 0o700
    add(small, 1)
    assert (current(small).folder, count(small)) == (found.folder, 14)


def test_where_it_can_be_written_nowhere_the_database_counts(
    small: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read_counts(small, OPERATOR, Selection(), ["area", "week"])
    monkeypatch.setattr(snapshot, "_own_folder", lambda database: database.snapshot_folder)
    shutil.rmtree(small.snapshot_folder)
    small.snapshot_folder.write_text("a file where the folder should be")
    with pytest.raises(SnapshotError) as caught:
        current(small)
    assert (caught.value.reason, caught.value.parameters["folder"]) == (
        "not_writable",
        str(small.snapshot_folder),
    )
    assert read_counts(small, OPERATOR, Selection(), ["area", "week"]) == expected


def test_a_refresh_that_fails_leaves_the_old_one_and_no_rubbish(
    small: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = current(small)
    kept = names_in(old.folder)
    add(small, 1)

    def full(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(snapshot_files, "publish", full)
    with pytest.raises(KeyboardInterrupt):
        current(small)
    assert names_in(old.folder) == kept
    assert snapshot.at_hand(small) == (old, False)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "l'år [2026]* {a,b}" / "k=v"
    folder.mkdir(parents=True)
    database = Database(f"sqlite:///{folder / 'small.db'}")
    initialise(database)
    build(database)
    assert told(current(database), 1) == written_by_hand(database, 1)
    assert count(database) == 13
    database.engine.dispose()


def test_permissions_decide_whether_a_snapshot_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert snapshot.is_writable(tmp_path / "new" / "folder")
    assert not snapshot.is_writable(tmp_path / "file" / "folder")
