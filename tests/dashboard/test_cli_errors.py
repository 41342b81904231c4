from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.dashboard.command import refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


def test_the_doctor_says_what_is_wrong(call: Callable[..., Result], tmp_path: Path) -> None:
    missing = call("doctor", "--json")
    assert missing.exit_code == 1
    assert [f["check"] for f in json.loads(missing.stdout) if not f["is_ok"]] == ["database_not_current"]
    call("init")
    with (
        closing(sqlite3.connect(tmp_path / "x.db")) as connection,
        connection,
    ):  # which holds no references by itself
        connection.execute("update category set group_id = 999 where id = 1")
    broken = call("doctor")
    assert broken.exit_code == 1
    assert "WRONG: Broken references: 1" in broken.stdout


def test_bad_input_is_one_line_and_exit_code_2(
    filled: Callable[..., Result], tmp_path: Path, areas_file: Path
) -> None:
    text_file = tmp_path / "notes.csv"
    text_file.write_text("colour;size\nred;3\n", "utf-8")
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"columns": {"datum": "x"}}', "utf-8")
    absent = tmp_path / "absent.csv"
    for arguments, said in (
        (("import-incidents", absent), "absent.csv"),
        (("import-incidents", text_file), "colour"),
        (("import-incidents", text_file, "--mapping", absent), "absent.csv"),
        (("import-incidents", text_file, "--mapping", mapping), "columns"),
        (("import-incidents", text_file, "--timezone", "Mars/Olympus"), "Mars/Olympus"),
        (("import-incidents", areas_file), "districts.gpkg"),
        (("import-areas", absent), "absent.csv"),
        (("import-areas", text_file), "notes.csv"),
        (("import-areas", areas_file, "--layer", "roads"), "roads"),
        (("counts", "--by", "colour"), "colour"),
        (("counts", "--from", "2026-02-01", "--to", "2026-01-01"), "2026-02-01..2026-01-01"),
    ):
        assert said in refused(filled(*arguments)), arguments


@pytest.mark.parametrize("command", [("counts",), ("import-areas", "x.gpkg"), ("import-incidents", "x.csv")])
@pytest.mark.parametrize("url", ["nonsense", "sqlite:////no/such/folder/x.db"])
def test_a_database_that_cannot_be_used_is_named(
    call: Callable[..., Result], command: tuple[str, ...], url: str
) -> None:
    assert url in refused(call(*command, url=url))


def test_a_database_without_tables_says_what_to_do(call: Callable[..., Result]) -> None:
    line = refused(call("counts"))
    assert "samsyn init --database sqlite:///" in line


def test_the_crs_of_stored_data_is_not_changed_under_them(filled: Callable[..., Result]) -> None:
    assert filled("init", "--crs", 3006).exit_code == 0
    line = refused(filled("init", "--crs", 3007))
    assert "EPSG:3006" in line
    assert "EPSG:3007" in line


@pytest.mark.parametrize("given", [("--timezone", "Mars/Olympus"), ("--crs", 999999), ("--crs", 4326)])
def test_init_refuses_what_is_no_time_zone_or_no_projected_system(
    call: Callable[..., Result], given: tuple[object, ...]
) -> None:
    assert str(given[1]) in refused(call("init", *given))


def test_what_typer_refuses_is_no_traceback_either(call: Callable[..., Result]) -> None:
    for arguments in (
        ("counts", "--from", "yesterday"),
        ("import-areas",),
        ("init", "--crs", "x"),
        ("nonsense",),
    ):
        result = call(*arguments)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
