"""A PostgreSQL of our own for the tests: started on this machine's loopback, with a password, and gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from data_access.changes import initialise
from data_access.database import Database
from tests.small_town import store_areas

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVER = "postgres"  # PostgreSQL refuses to run as root
_FAST = {
    "fsync": "off",  # it lives for minutes
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "listen_addresses": "127.0.0.1",
}


@dataclass
class Cluster:
    """A running server, with one database of districts that others are copied from."""

    address: str
    folder: Path
    made: int = 0

    def town(self) -> Database:
        """A new database that has the districts of `small_town` and no incidents."""
        self.made += 1
        name = f"town_{self.made}"
        self._run(f"CREATE DATABASE {name} TEMPLATE districts")
        return self.database(name)

    def database(self, name: str) -> Database:
        return Database(f"{self.address}/{name}", snapshots=str(self.folder / "snapshots"))

    def prepare(self) -> None:
        """Make the database that others are copied from."""
        self._run("CREATE DATABASE districts")
        template = self.database("districts")
        initialise(template)
        store_areas(template)
        template.engine.dispose()

    def _run(self, statement: str) -> None:
        engine = create_engine(f"{self.address}/postgres", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server; skips the test where there is none to start."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install samsyn[postgres]")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine: apt install postgresql")
    as_server = {"user": _SERVER} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="samsyn-pg-"))
    try:
        if as_server:
            shutil.chown(folder, _SERVER)
        port, password = _free_port(), secrets.token_hex(12)
        _create(programs, folder, password, as_server)
        options = " ".join(f"-c {name}={value}" for name, value in _FAST.items())
        options += f" -p {port} -k {folder}"
        _call(
            programs / "pg_ctl",
            "-D",
            folder / "data",
            "-w",
            "-l",
            folder / "log",
            "-o",
            options,
            "start",
            **as_server,
        )
        try:
            found = Cluster(f"postgresql+psycopg://samsyn:{password}@127.0.0.1:{port}", folder)
            found.prepare()
            yield found
        finally:
            _call(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop", **as_server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """Folder of the newest server's programs; None without one, or as root without its user."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    initdb = found[-1] if found else Path(on_path) if on_path else None
    if initdb is None or (os.geteuid() == 0 and not _is_user(_SERVER)):
        return None
    return initdb.parent


def _is_user(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def _create(programs: Path, folder: Path, password: str, as_server: dict[str, Any]) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if as_server:
        shutil.chown(secret, _SERVER)
    secret.chmod(0o600)
    options = (
        "-U",
        "samsyn",
        f"--pwfile={secret}",
        "-A",
        "scram-sha-256",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    )
    _call(programs / "initdb", "-D", folder / "data", *options, **as_server)


def _call(*command: Any, **options: Any) -> None:
    done = subprocess.run(
        [str(part) for part in command], check=False, cwd="/", capture_output=True, text=True, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
