from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from dashboard.doctor import Finding, examine
from data_access.permissions import OPERATOR
from data_access.snapshot import current
from tests.data_access.snapshots import add

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from data_access.database import Database


def finding(database: Database) -> Finding:
    (found,) = [one for one in examine(database, OPERATOR) if one.check.startswith("snapshot")]
    return found


def test_it_says_whether_the_snapshot_is_current(small: Database) -> None:
    folder = str(small.snapshot_folder)
    shutil.rmtree(folder, ignore_errors=True)
    assert finding(small) == Finding("snapshot_missing", is_ok=True, values={"folder": folder})
    current(small)
    values = {"folder": folder, "version": 3, "incidents": 13}
    assert finding(small) == Finding("snapshot", is_ok=True, values=values)
    add(small, 1)
    assert finding(small) == Finding("snapshot_older", is_ok=True, values=values)


def test_it_says_when_no_snapshot_can_be_written(small: Database) -> None:
    small.snapshot_folder.write_text("a file where the folder should be")
    folder = str(small.snapshot_folder)
    assert finding(small) == Finding("snapshot_not_writable", is_ok=False, values={"folder": folder})


def test_it_says_when_there_is_no_place_for_one(small: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setattr("pathlib.Path.home", homeless)
    monkeypatch.setattr("data_access.database._file_of", lambda _url: None)
    assert finding(small) == Finding("snapshot_not_writable", is_ok=False, values={"folder": "no home"})
