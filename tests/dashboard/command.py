"""Calling the command, and the small files it is given."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.small_town import EAST, NORTH

if TYPE_CHECKING:
    from typer.testing import Result

HEADER = ("arendenr", "brottstyp", "datum", "tid", "x", "y", "polisanmalt")
GOOD = (
    ("1", "Cykelstöld", "2025-01-06", "10:15", EAST + 500, NORTH + 500, "ja"),
    ("2", "Klotter", "2025-01-07", "", EAST + 1500, NORTH + 500, "nej"),
    ("3", "Klotter", "2025-12-29", "23:30", EAST + 500, NORTH + 1500, ""),
    ("4", "Bråk på torget", "2025-12-30", "08:00", EAST + 9000, NORTH + 9000, ""),
)
BAD = (
    ("5", "Klotter", "2025-02-30", "10:00", EAST + 500, NORTH + 500, ""),
    ("6", "Klotter", "2025-02-03", "25:00", EAST + 500, NORTH + 500, ""),
)


def answer(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(result: Result) -> str:
    """The one line that says what was wrong."""
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("samsyn: ")
    return lines[0]
