"""Hostile files at the door they were made for: how long until the answer, and how much memory it takes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.harness import Row, ceiling
from tests.data_access.importers import hostile_run
from tests.data_access.importers.hostile import FILES, READ

BAR_S = 1.0
MOST_MB = 300
ROOT = Path(__file__).parents[1]


def run() -> list[Row]:
    rows = [answer for answer in _answers() if FILES[answer["name"]].door == answer["door"]]
    for row in rows:
        print(f"{row['name']:44} {row['look']:20} {row['seconds']:6.3f} s {row['peak_mb']:6.0f} MB")
    refused = [row for row in rows if row["look"] != READ]
    slowest, largest = max(refused, key=_seconds), max(rows, key=_peak)
    return [
        ceiling(
            f"slowest of {len(refused)} refusals",
            _seconds(slowest),
            bar=BAR_S,
            unit="s",
            note=slowest["name"],
        ),
        ceiling(
            f"highest peak of {len(rows)} hostile files",
            _peak(largest),
            bar=MOST_MB,
            unit="MB",
            note=largest["name"],
        ),
    ]


def _answers() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="samsyn-bench-") as folder:
        command = [sys.executable, "-m", hostile_run.__name__, folder]
        return json.loads(subprocess.run(command, capture_output=True, cwd=ROOT, check=True).stdout)  # noqa: S603


def _seconds(row: dict[str, Any]) -> float:
    return row["seconds"]


def _peak(row: dict[str, Any]) -> float:
    return row["peak_mb"]
