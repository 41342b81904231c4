"""Brings hostile files to both doors in a process of its own, and prints what came of each as JSON.

Usage: python -m tests.data_access.importers.hostile_run FOLDER [NAME ...]
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data_access.changes import initialise
from data_access.database import Database
from data_access.importers.errors import ImportRefused
from data_access.imports import import_areas, import_incidents, preview_areas, preview_incidents
from data_access.permissions import OPERATOR
from tests.data_access.importers.hostile import FILES, READ

if TYPE_CHECKING:
    from collections.abc import Callable

MAKERS = ("hostile_archives", "hostile_tables", "hostile_areas")
for _maker in MAKERS:
    importlib.import_module(f"tests.data_access.importers.{_maker}")

_QUICK_S = 0.2
"""What is refused at first sight, but slowly, is not tried a second time."""

_DOORS = {
    "incidents": (
        lambda database, file: preview_incidents(database, OPERATOR, file, organisation="Parken"),
        lambda database, file: import_incidents(database, OPERATOR, file, organisation="Parken"),
    ),
    "areas": (
        lambda database, file: preview_areas(database, OPERATOR, file),
        lambda database, file: import_areas(database, OPERATOR, file),
    ),
}


def main(folder: Path, names: list[str]) -> None:
    """Run the named files (all without names) and print a list of what came of each at each door."""
    outside, unpacking = _confined(folder)
    template = folder / "template.db"
    database = Database(f"sqlite:///{template}")
    initialise(database)
    database.engine.dispose()
    told: list[str] = []
    sys.addaudithook(lambda event, given: _listen(event, given, folder, told))
    answers = []
    for name in names or FILES:
        content = FILES[name].make()
        for door in _DOORS:
            told.clear()
            answer = _brought(template, door, (content, FILES[name].file_name))
            left = [path.name for place in (outside, unpacking) for path in place.iterdir()]
            answers.append({"name": name, "door": door, **answer, "left": left, "told": list(told)})
    json.dump(answers, sys.stdout)


def _confined(folder: Path) -> tuple[Path, Path]:
    """Folders of our own to stand in and to unpack into: whatever is written into them is seen."""
    outside, unpacking = folder / "outside", folder / "unpacking"
    for place in (outside, unpacking):
        place.mkdir()
    os.chdir(outside)
    os.environ["TMPDIR"] = tempfile.tempdir = str(unpacking)
    return outside, unpacking


def _listen(event: str, given: tuple[Any, ...], folder: Path, told: list[str]) -> None:
    """Note files that are opened for writing and everything that goes to the network."""
    if event.startswith(("socket.connect", "socket.getaddrinfo", "urllib.", "os.symlink", "os.mkdir")):
        told.append(f"{event} {given}")
    if event == "open" and isinstance(given[0], str) and set(str(given[1])) & set("wax+"):
        is_ours = Path(given[0]).is_relative_to(folder) or given[0] == "/proc/self/clear_refs"
        told.extend([] if is_ours else [f"{event} {given}"])


def _brought(template: Path, door: str, file: tuple[bytes, str]) -> dict[str, Any]:
    """What the first look and the import answered, seconds until the first answer, and the peak of memory above the start."""
    copy = template.with_name("copy.db")
    shutil.copyfile(template, copy)
    database = Database(f"sqlite:///{copy}")
    before_mb = _memory_mb("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # begins a new peak
    look, store = _DOORS[door]
    start = time.perf_counter()
    first = _answer(lambda: look(database, file))
    seconds = time.perf_counter() - start
    second = _answer(lambda: store(database, file)) if first == READ or seconds < _QUICK_S else first
    peak_mb = _memory_mb("VmHWM") - before_mb
    database.engine.dispose()
    return {"look": first, "store": second, "seconds": seconds, "peak_mb": peak_mb}


def _answer(call: Callable[[], Any]) -> str:
    try:
        call()
    except ImportRefused as refused:
        return refused.reason
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"{type(error).__name__}: {str(error)[:200]}"
    return READ


def _memory_mb(name: str) -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split(f"{name}:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
