from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from data_access.database import Database
from data_access.sessions import Identity, sign_in
from tests.dashboard.command import BAD, GOOD, answer
from tests.data_access.changes.rows import one, rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result


def test_an_empty_database_is_made(call: Callable[..., Result], tmp_path: Path) -> None:
    assert call("init", "--name", "Småstad", "--crs", 3006, "--timezone", "Europe/Stockholm").exit_code == 0
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    database.require_current()
    assert rows(database, "select name, srid, timezone from municipality") == [
        ("Småstad", 3006, "Europe/Stockholm")
    ]
    assert one(database, "select count(*) from category") == 60
    assert call("init").exit_code == 0
    assert one(database, "select name from municipality") == "Småstad"


def test_areas_are_imported_and_known_the_second_time(call: Callable[..., Result], areas_file: Path) -> None:
    call("init")
    report = answer(call("import-areas", areas_file, "--json"))
    assert (report["districts"], report["refused"], report["refused_count"]) == (4, [], 0)
    assert (report["name"], report["version"], report["srid"], report["known"]) == (
        "districts",
        1,
        3006,
        False,
    )
    again = answer(call("import-areas", areas_file, "--json"))
    assert (again["known"], again["version"]) == (True, 1)
    other = answer(call("import-areas", areas_file, "--name", "Stadsdelar", "--json"))
    assert (other["name"], other["version"], other["known"]) == ("Stadsdelar", 1, False)


def test_incidents_are_imported_and_every_row_is_accounted_for(
    call: Callable[..., Result], areas_file: Path, incidents_file: Callable[..., Path]
) -> None:
    call("init")
    call("import-areas", areas_file)
    file = incidents_file(GOOD[:2], BAD, GOOD[2:])
    report = answer(call("import-incidents", file, "--organisation", "Polisen", "--json"))
    assert (report["read"], report["stored"], report["known"], report["refused_count"]) == (6, 4, 0, 2)
    assert report["without_area"] == 1
    assert report["organisation"] == "Polisen"
    assert [(r["row"], r["value"], r["reason"]) for r in report["refused"]] == [
        (4, "2025-02-30", "date_unreadable"),
        (5, "25:00", "time_unreadable"),
    ]
    assert all(len(r["text"]) > 10 for r in report["refused"])
    assert report["unknown_codes"] == {"Bråk på torget": 1}
    again = answer(call("import-incidents", file, "--organisation", "Polisen", "--json"))
    assert (again["read"], again["stored"], again["known"], again["refused_count"]) == (6, 0, 4, 2)


def test_a_longer_file_brings_only_what_is_new(
    call: Callable[..., Result], incidents_file: Callable[..., Path]
) -> None:
    call("init")
    first = incidents_file(GOOD[:2], name="januari.csv")
    longer = incidents_file(GOOD, name="mars.csv")
    again = incidents_file(GOOD, BAD, name="april.csv")
    numbers = []
    for file in (first, longer, again):
        report = answer(call("import-incidents", file, "--organisation", "Polisen", "--json"))
        assert report["read"] == report["stored"] + report["known"] + report["refused_count"]
        numbers.append((report["read"], report["stored"], report["known"], report["refused_count"]))
    assert numbers == [(2, 2, 0, 0), (4, 2, 2, 0), (6, 0, 4, 2)]


def test_a_mapping_file_is_obeyed(
    call: Callable[..., Result], incidents_file: Callable[..., Path], tmp_path: Path
) -> None:
    call("init")
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps({"categories": {"Bråk på torget": "fight"}}), "utf-8")
    report = answer(call("import-incidents", incidents_file(GOOD), "--mapping", mapping, "--json"))
    assert report["unknown_codes"] == {}
    by_type = answer(call("counts", "--by", "category", "--json"))["counts"]
    assert {"category": "fight", "count": 1} in by_type


@pytest.mark.parametrize(
    "names",
    [
        "",
        "area",
        "category",
        "week",
        "weekday",
        "hour",
        "area,category,week,weekday,hour",
        "kind, source ,date",
    ],
)
def test_counts_add_up_to_the_total(filled: Callable[..., Result], names: str) -> None:
    found = answer(filled("counts", "--by", names, "--json"))
    assert found["total"] == sum(row["count"] for row in found["counts"]) == 4
    assert found["by"] == [name.strip() for name in names.split(",") if name]
    assert all([*row] == [*found["by"], "count"] for row in found["counts"])


def test_weeks_are_iso_weeks(filled: Callable[..., Result]) -> None:
    found = answer(filled("counts", "--by", "week", "--json"))["counts"]
    assert found == [{"week": "2025-W02", "count": 2}, {"week": "2026-W01", "count": 2}]


def test_counts_are_filtered(filled: Callable[..., Result]) -> None:
    def total(*given: object) -> int:
        return answer(filled("counts", "--json", *given))["total"]

    assert total("--from", "2025-01-07") == 3
    assert total("--to", "2025-01-07") == 2
    assert total("--from", "2025-01-07", "--to", "2025-12-29") == 2
    assert total("--area", "01") == 1
    assert total("--area", "01", "--area", "03") == 2
    assert total("--category", "graffiti", "--area", "03") == 1
    assert total("--area", "99") == 0


def test_without_json_a_person_can_read_it(filled: Callable[..., Result]) -> None:
    lines = filled("counts", "--by", "area").stdout.splitlines()
    assert lines[-1] == "Total: 4"
    assert "01\t1" in lines


def test_refusals_are_told_in_words_too(
    call: Callable[..., Result], incidents_file: Callable[..., Path]
) -> None:
    call("init")
    result = call("import-incidents", incidents_file(GOOD, BAD), "--organisation", "Polisen")
    assert result.exit_code == 0
    assert "Row 6, " in result.stdout
    assert "2025-02-30" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("polisen.csv (Polisen): 6 rows read, 4 stored")


def test_the_doctor_finds_a_sound_installation_sound(filled: Callable[..., Result]) -> None:
    findings = answer(filled("doctor", "--json"))
    assert all(finding["is_ok"] for finding in findings)
    contents = next(finding["values"] for finding in findings if finding["check"] == "contents")
    assert contents == {"incidents": 4, "without_area": 1, "area_sets": 1}
    assert len(filled("doctor").stdout.splitlines()) == len(findings)


def test_the_language_of_the_settings_is_spoken(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    result = CliRunner().invoke(app, ["init", "--database", url])
    assert result.stdout == f"Databasen {url} är klar.\n"


def test_the_installed_command_works(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("samsyn")
    environment = {**os.environ, "SAMSYN_DATABASE": f"sqlite:///{tmp_path / 'x.db'}", "SAMSYN_LANGUAGE": "en"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    assert run("init").returncode == 0
    found = run("counts", "--by", "area", "--json")
    assert (found.returncode, json.loads(found.stdout)) == (0, {"total": 0, "by": ["area"], "counts": []})
    missing = run("import-incidents", "absent.csv")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr == "samsyn: There is no file absent.csv. Check the path.\n"


def test_persons_are_listed_and_given_a_role(call: Callable[..., Result], small: Database) -> None:
    sign_in(
        small,
        Identity("https://id.example", "s1", "n1", datetime.now(UTC), "Anna Berg", "anna@kommun.example"),
    )
    assert call("users", url=small.url).stdout == "1\tAnna Berg\tanna@kommun.example\ts1\n"
    told = call(
        "grant", "anna@kommun.example", "--role", "admin", "--organisation", "Kommunen", url=small.url
    )
    assert told.exit_code == 0
    assert "Anna Berg is now Administrator." in told.stdout
    (row,) = json.loads(call("users", "--json", url=small.url).stdout)
    assert (row["number"], row["roles"]) == (1, ["admin Kommunen"])
