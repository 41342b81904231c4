from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.batches import read_files
from data_access.changes import undo_import
from data_access.counts import read_counts
from data_access.imports import import_incidents
from data_access.permissions import OPERATOR
from data_access.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from data_access.database import Database

FIRST = "Ärende;Typ;Datum\nA-1;Klotter;2026-01-05 10:00\nA-2;Klotter;2026-01-06 10:00\n"
SECOND = FIRST + "A-3;Klotter;2026-01-07 10:00\nA-4;Klotter;inte ett datum\n"


def total(database: Database) -> int:
    return read_counts(database, OPERATOR, Selection(), [])[0]["count"]


def test_a_file_can_be_taken_back_and_read_again(empty: Database, tmp_path: Path) -> None:
    for name, text in (("ett.csv", FIRST), ("tva.csv", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
        import_incidents(empty, OPERATOR, tmp_path / name, organisation="Polisen")
    newest = read_files(empty, OPERATOR)[0]
    assert (newest.name, newest.stored, newest.refused) == ("tva.csv", 1, 1)
    assert undo_import(empty, OPERATOR, newest.batch_id) == 1
    assert total(empty) == 2
    assert [file.name for file in read_files(empty, OPERATOR)] == ["ett.csv"]
    again = import_incidents(empty, OPERATOR, tmp_path / "tva.csv", organisation="Polisen")
    assert (again.stored, again.known, len(again.refused)) == (1, 2, 1)
    assert undo_import(empty, OPERATOR, 999) == 0
    assert total(empty) == 3
