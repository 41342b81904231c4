from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.linked import assets
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


@pytest.mark.parametrize(
    ("name", "said"), [("notes.db", "not a database"), (".", "unable to open")], ids=["a text", "a folder"]
)
def test_a_database_that_is_none_is_said_in_one_line(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "notes.db").write_text("no database", "utf-8")
    url = f"sqlite:///{tmp_path / name}"
    result = CliRunner().invoke(app, ["counts", "--database", url])
    assert said in refused(result)


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


@pytest.mark.parametrize(
    "command",
    [
        ("init",),
        ("demo",),
        ("counts",),
        ("doctor",),
        ("run",),
        ("import-areas", "x"),
        ("import-incidents", "x"),
    ],
)
def test_a_bad_setting_stops_every_command(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SAMSYN_PORT", "abc")
    line = refused(call(*command))
    assert line == (
        "samsyn: SAMSYN_PORT = abc is no port. Give a whole number from 1 to 65535, for example 8501."
    )
    assert not (tmp_path / "x.db").exists()


def test_run_without_the_browsers_program_says_how_to_build_it(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "SCRIPT", tmp_path / "linked.js")
    line = refused(call("run"))
    assert str(tmp_path / "linked.js") in line
    assert line.endswith("Build it first: python -m dashboard.linked.build")


def test_a_bad_language_is_told_in_the_default_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAMSYN_LANGUAGE", "xx")
    line = refused(CliRunner().invoke(app, ["init", "--database", f"sqlite:///{tmp_path / 'x.db'}"]))
    assert line.startswith("samsyn: SAMSYN_LANGUAGE = xx: språket kan vara sv eller en.")


def test_a_misspelt_setting_is_told_with_those_there_are(
    call: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samsyn.toml").write_text("prot = 80\n", "utf-8")
    line = refused(call("init"))
    assert "prot = 80 in samsyn.toml is no setting. There are address, cookie_secret, database, hosts" in line
    (tmp_path / "samsyn.toml").write_text("port 80\n", "utf-8")
    assert str(tmp_path / "samsyn.toml") in refused(CliRunner().invoke(app, ["init"]))


def test_a_port_outside_the_range_is_refused_before_anything_is_made(
    call: Callable[..., Result], tmp_path: Path
) -> None:
    assert "--port = 70000 is no port" in refused(call("run", "--port", 70000))
    assert not (tmp_path / "x.db").exists()


def test_the_sample_is_not_mixed_with_own_data(filled: Callable[..., Result], tmp_path: Path) -> None:
    before = _everything(tmp_path / "x.db")
    line = refused(filled("demo"))
    assert str(tmp_path / "x.db") in line
    assert "samsyn demo --database" in line
    assert _everything(tmp_path / "x.db") == before


def _everything(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


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


def test_a_role_is_granted_to_who_is_there_and_named_by_the_command(filled: Callable[..., Result]) -> None:
    assert "--role = king cannot be understood" in refused(
        filled("grant", "anna", "--role", "king", "--organisation", "K")
    )
    assert "Nobody who has signed in is called anna" in refused(
        filled("grant", "anna", "--role", "admin", "--organisation", "K")
    )
