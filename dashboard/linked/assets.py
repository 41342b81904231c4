"""The browser's program as it was built: its content, and an address that names it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.settings import SettingsError

SCRIPT = Path(__file__).parent / "static" / "linked.js"
_BUILD = "python -m dashboard.linked.build"


@dataclass(frozen=True)
class Bundle:
    """The program as it is sent, and the path it is asked for at, which changes with every change of it."""

    body: bytes
    path: str


class NotBuiltError(SettingsError):
    """The browser's program has not been built; `parameters`: file, command."""


def bundle() -> Bundle:
    """Read the built program; raises `NotBuiltError` while there is none."""
    try:
        built_at = SCRIPT.stat().st_mtime_ns
    except FileNotFoundError:
        raise NotBuiltError("not_built", file=str(SCRIPT), command=_BUILD) from None
    return _read(built_at)


@cache
def _read(_built_at: int) -> Bundle:
    body = SCRIPT.read_bytes()
    return Bundle(body, f"/linked/{hashlib.sha256(body).hexdigest()[:16]}/linked.js")
