from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dashboard.settings import settings
from tests.dashboard.command import answer
from tests.data_access.surveys.files import csv, rows_of
from tests.data_access.surveys.simulated import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "enkät.csv"
    path.write_bytes(csv(rows_of())[0])
    return path


@pytest.fixture
def ready(
    call: Callable[..., Result], areas_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    monkeypatch.setenv("SAMSYN_SURVEY_SECRET", SECRET)
    call("init")
    call("import-areas", areas_file, "--name", "Småstad")
    return call


def released(ready: Callable[..., Result], file: Path, *given: object) -> Result:
    return ready("release-survey", file, "--instrument", "youth", "--year", 2026, "--wave", "Våren", *given)


def test_a_survey_is_published_and_told_about(ready: Callable[..., Result], file: Path) -> None:
    dry = released(ready, file, "--dry-run")
    assert dry.exit_code == 0
    assert "Dry run" in dry.stdout
    told = released(ready, file).stdout
    for part in ("264 respondents", "3 questions", "the municipality's roles", "self-audit", "edition 1"):
        assert part in told
    again = answer(released(ready, file, "--json"))
    assert (again["is_known"], again["edition"], again["rows"], again["areas"]) == (True, 1, 264, 4)
    assert again["cells"] == again["shown"] + sum(again["hidden"].values())
    assert again["audit"] == {"measures": 8, "dropped": [], "is_clean": True}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--instrument", "poll"), "poll"),
        (("--areas", "Annan"), "Annan"),
        (("--year", "1066"), "1066"),
        (("--mapping", "nowhere.json"), "nowhere.json"),
        (("--wave", " "), "Write a name"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    ready: Callable[..., Result], file: Path, given: tuple[str, str], said: str
) -> None:
    result = released(ready, file, *given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("secret", "said"), [("", "missing"), ("x" * 31, "too short")])
def test_without_a_secret_nothing_is_published(
    ready: Callable[..., Result], file: Path, monkeypatch: pytest.MonkeyPatch, secret: str, said: str
) -> None:
    monkeypatch.setenv("SAMSYN_SURVEY_SECRET", secret)
    settings.cache_clear()
    result = released(ready, file)
    assert result.exit_code == 2
    assert "SAMSYN_SURVEY_SECRET" in result.stderr
    assert said in result.stderr
    assert secret == "" or secret not in result.stderr


def test_a_correction_on_the_command_line(ready: Callable[..., Result], file: Path, tmp_path: Path) -> None:
    released(ready, file)
    rows = rows_of()
    for row in rows[:20]:
        row[3:7] = ["Nej", "", "", ""] if row[3] == "Ja" else ["Ja", "Ofta", "Ja", "Ja"]
    newer = tmp_path / "rättad.csv"
    newer.write_bytes(csv(rows)[0])
    refused = released(ready, newer)
    assert refused.exit_code == 2
    assert "--previous" in refused.stderr
    mapping = tmp_path / "m.json"
    mapping.write_text(json.dumps({"frame": "Alla elever i åk 7-9"}), "utf-8")
    assert answer(released(ready, newer, "--previous", file, "--mapping", mapping, "--json"))["edition"] == 2
