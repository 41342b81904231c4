"""Is this installation sound? One finding per thing that was looked at."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from data_access.database import DatabaseError
from data_access.health import examine_database

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """What was looked at (a text key under `doctor`), whether it is as it should be, and the values in its sentence."""

    check: str
    is_ok: bool
    values: dict[str, Any] = field(default_factory=dict)


def examine(database: Database, viewer: Viewer) -> list[Finding]:
    """Look at the program and at the database."""
    findings = [
        Finding("python", sys.version_info[:2] >= OLDEST_PYTHON, {"version": sys.version.split()[0]}),
        Finding("streamlit", is_ok=True, values={"version": version("streamlit")}),
    ]
    try:
        database.require_current()
    except DatabaseError as error:
        return [*findings, Finding(f"database_{error.reason}", is_ok=False, values=error.parameters)]
    checks = examine_database(database, viewer)
    return [*findings, *(Finding(name, is_ok, values) for name, is_ok, values in checks)]
