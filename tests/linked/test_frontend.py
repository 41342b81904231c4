"""The browser's program: its pure parts are tested by Node, with what Python writes and answers as their oracle."""

from __future__ import annotations

import json
import os
import random
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dashboard.linked import assets, build
from dashboard.settings import SettingsError
from dashboard.situation.periods import PRESETS, preset
from data_access.selection import KINDS, POLICE_REPORTED, Period, Selection

TESTS = sorted((Path(__file__).parent / "frontend").glob("*.test.ts"))
CODES = ("0101", "0102", "a~b", "50 %", "%7E", "å&=+ ", "Väktarbolaget Fyren", "Å", "\U0001f600", "\uff21")


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questions as Python writes them, and presets as Python understands them."""
    chance = random.Random(8)  # noqa: S311 - the same cases every time
    path = tmp_path_factory.mktemp("cases") / "cases.json"
    queries = [selection(chance).to_query() for _ in range(400)]
    path.write_text(json.dumps({"queries": queries, "presets": [case(chance) for _ in range(400)]}), "utf-8")
    return path


def some(chance: random.Random, values: Any) -> frozenset:
    return frozenset(chance.sample(list(values), chance.choice((0, 0, 1, 2, 3))))


def selection(chance: random.Random) -> Selection:
    first = date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    return Selection(
        period=chance.choice((None, Period(first, first + timedelta(days=chance.randrange(400))))),
        areas=some(chance, CODES),
        categories=some(chance, CODES),
        hours=frozenset(chance.sample(range(168), chance.choice((0, 0, 1, 5, 60, 168)))),
        sources=some(chance, CODES),
        police_reported=some(chance, POLICE_REPORTED),
        kinds=some(chance, KINDS),
        area_set=chance.choice((None, 3)),
    )


def case(chance: random.Random) -> dict[str, Any]:
    first = date(2022, 1, 1) + timedelta(days=chance.randrange(900))
    known = Period(first, first + timedelta(days=chance.choice((0, 3, 6, 9, 30, 200, 800))))
    name = chance.choice((*PRESETS, "all"))
    period = preset(name, known)
    return {"known": ends(known), "days": PRESETS.get(name), "period": ends(period)}


def ends(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}


@pytest.mark.parametrize("source", TESTS, ids=lambda path: path.name.split(".")[0])
def test_pure_parts(source: Path, cases: Path, tmp_path: Path) -> None:
    bundled = tmp_path / f"{source.stem}.mjs"
    build.bundle(source, bundled, "--platform=node", "--external:node:*")
    command = [build.node(), "--test", str(bundled)]
    environment = {**os.environ, "SAMSYN_CASES": str(cases), "TZ": "America/Los_Angeles"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_tests() -> None:
    assert len(TESTS) >= 4


def test_the_program_is_read_and_its_address_follows_its_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "linked.js"
    monkeypatch.setattr(assets, "SCRIPT", script)
    with pytest.raises(SettingsError) as caught:
        assets.bundle()
    assert caught.value.parameters["file"] == str(script)
    script.write_text("export default 1")
    os.utime(script, (1, 1))
    first = assets.bundle()
    script.write_text("export default 2")
    second = assets.bundle()
    assert (first.body, second.body) == (b"export default 1", b"export default 2")
    assert first.path != second.path
    assert first.path.startswith("/linked/")
    assert first.path.endswith("/linked.js")
    assert assets.bundle() == second


def test_the_lock_names_versions_and_hashes_but_no_addresses() -> None:
    lock = json.loads((build.FRONTEND / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 50
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
