"""A process that refreshes snapshots and is killed while it does: python -m tests.data_access.refresher URL.

It reads one command a line, forks a child for it (a fork costs milliseconds, a new Python a second), and answers with how the
child ended: "killed" or "done".

    at N      refresh; the child is killed when it opens, renames or removes a file in the folder for the N-th time
    after MS  write and refresh without end; the child is killed so many milliseconds after it has begun
"""

from __future__ import annotations

import os
import signal
import sys
import time
from itertools import count
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from data_access.changes import initialise
from data_access.changes.transaction import changing
from data_access.database import Database
from data_access.permissions import OPERATOR
from data_access.snapshot import current
from tests.data_access.snapshots import add
from tests.small_town import store_areas

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS_A_FILE = 5
_TOUCHING = {"open", "os.rename", "os.remove", "os.mkdir", "os.listdir"}


def rewrite(database: Database) -> None:
    """A write after which there must be a new base."""
    with changing(database, OPERATOR, "municipality.write") as change:
        change.rewrites()


def _refresh_and_die(url: str, step: int) -> None:
    database = Database(url)
    folder, seen = str(database.snapshot_folder), count(1)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _TOUCHING and str(arguments[0]).startswith(folder) and next(seen) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    current(database)


def _write_and_refresh(url: str, begun: int) -> None:
    database = Database(url)
    current(database)
    os.write(begun, b"!")
    for number in count():
        add(database, f"{os.getpid()}-{number}", rows=ROWS_A_FILE)
        if number % 3 == 2:
            rewrite(database)
        current(database)


def _forked(work: Callable[[], None]) -> int:
    number = os.fork()
    if number == 0:
        try:
            work()
        finally:
            os._exit(0)
    return number


def _killed_at(url: str, step: int) -> int:
    return _forked(lambda: _refresh_and_die(url, step))


def _killed_after(url: str, milliseconds: int) -> int:
    begun, told = os.pipe()
    number = _forked(lambda: _write_and_refresh(url, told))
    os.close(told)
    os.read(begun, 1)
    os.close(begun)
    time.sleep(milliseconds / 1000)
    os.kill(number, signal.SIGKILL)
    return number


def _warm_up() -> None:
    """What Python does only once is done before the children are forked."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/warm.db")
        initialise(database)
        store_areas(database)
        add(database, "warm")
        database.engine.dispose()


def main(url: str) -> None:
    _warm_up()
    for line in sys.stdin:
        word, value = line.split()
        number = (_killed_at if word == "at" else _killed_after)(url, int(value))
        _, status = os.waitpid(number, 0)
        end = "killed" if os.WIFSIGNALED(status) else "done"
        sys.stdout.write(f"{end}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
