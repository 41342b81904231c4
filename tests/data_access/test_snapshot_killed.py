from __future__ import annotations

import random
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from dashboard.settings import ROOT
from data_access import snapshot
from data_access.snapshot import current
from tests.data_access.changes.rows import one
from tests.data_access.refresher import ROWS_A_FILE, rewrite
from tests.data_access.snapshots import add, ids_of, names_in, told, written_by_hand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data_access.database import Database


@contextmanager
def refresher(database: Database) -> Iterator[Callable[[str], str]]:
    command = [sys.executable, "-m", "tests.data_access.refresher", database.url]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(line: str) -> str:
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{line}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        yield ask


@pytest.mark.parametrize("is_rewritten", [False, True], ids=["fresh", "base"])
def test_killed_at_any_step_it_leaves_the_old_or_the_new(small: Database, *, is_rewritten: bool) -> None:
    """Killed at the first step, the second, ... until there are no more; each time the database is a write further."""
    current(small)
    expected = {3: written_by_hand(small, 1)}
    with refresher(small) as ask:
        for step in range(1, 100):
            add(small, f"step {step}")
            if is_rewritten:
                rewrite(small)
            expected[one(small, "select data_version from municipality")] = written_by_hand(small, 1)
            end = ask(f"at {step}")
            found, _ = snapshot.at_hand(small)
            assert found is not None, step
            assert told(found, 1) == expected[found.version], step
            if end == "done":
                break
            assert end == "killed"
    assert step > 15
    found = snapshot.prepare(small)
    assert found.version == max(expected)
    assert told(found, 1) == written_by_hand(small, 1)
    assert not [name for name in names_in(found.folder) if name.endswith(".new")]


def test_killed_at_any_moment_readers_never_see_it_torn(small: Database) -> None:
    current(small)
    stop, seen, faults = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                seen.append(_check(small))
            except Exception as fault:  # noqa: BLE001 - told below
                faults.append(fault)
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    chance = random.Random(5)  # noqa: S311 - repeatable on purpose
    with refresher(small) as ask:
        for _ in range(15):
            assert ask(f"after {chance.randrange(30, 800)}") == "killed"
    stop.set()
    for reader in readers:
        reader.join(20)
    assert not faults, faults[0]
    assert len(set(seen)) > 2
    found = snapshot.prepare(small)
    assert told(found, 1) == written_by_hand(small, 1)


def _check(database: Database) -> int:
    """What is at hand is the whole of its version: 13 incidents, and five for each file that was written until then."""
    found, _ = snapshot.at_hand(database)
    assert found is not None
    files = one(
        database,
        f"select count(*) - 2 from audit_log where action = 'incidents.import' and id <= {found.version}",
    )
    ids = ids_of(found).to_pylist()
    assert len(set(ids)) == len(ids) == found.rows == 13 + ROWS_A_FILE * files
    return found.version
