"""A real server on loopback and a real Chromium before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.browsing import CHROMIUM, free_port
from data_access.changes import initialise
from data_access.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
START_S = 60
PATIENCE_MS = 45_000


@dataclass
class Server:
    """A running Samsyn: where it answers, and which database it reads."""

    url: str
    database: Database
    log: Path


@dataclass
class Visit:
    """A page in the browser, with the hosts that were asked and the errors that were shown."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    hosts_allowed: set[str] = field(default_factory=lambda: {"127.0.0.1", "localhost"})

    def linked(self) -> Locator:
        """The component that holds the linked views."""
        return self.page.locator(".linked")

    def view(self, name: str) -> Locator:
        """The surface of a chart, where it is clicked."""
        return self.page.locator(f"[data-view={name}] .surface").first

    def wait_for_total(self, expected: str) -> None:
        """Wait until the first key figure reads so."""
        figure = self.page.locator("[data-view=figures] .value").first
        figure.filter(has_text=expected).wait_for(timeout=PATIENCE_MS)

    def rest(self) -> None:
        """Wait until the last question is painted, and Python has heard of it."""
        self.page.locator(".linked[data-state=ready]").wait_for(timeout=PATIENCE_MS)
        self.page.wait_for_timeout(600)
        self.page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE_MS)

    def ready(self) -> None:
        """Wait until charts and map are drawn."""
        self.page.locator(".linked[data-state=ready][data-painted]").wait_for(timeout=PATIENCE_MS)
        self.rest()


@contextmanager
def serving(
    database: Path, log: Path, port: int | None = None, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Start `samsyn run` on a free port of loopback, and stop it at the end."""
    port = port or free_port()
    url = f"sqlite:///{database}"
    command = [str(Path(sys.executable).parent / "samsyn"), "run", "--database", url, "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env=os.environ | (environment or {})
        )
        try:
            wait_until_up(f"http://127.0.0.1:{port}/health", process, log)
            yield Server(f"http://127.0.0.1:{port}", Database(url), log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers; fail with what it said when it ends or takes too long."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("SAMSYN_BROWSER") or next((p for name in NAMES if (p := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: run `make test`, which installs it, or set SAMSYN_BROWSER")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_server(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The sample municipality; tests on it only read."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copy(sample_file, folder / "sample.db")
    with serving(folder / "sample.db", folder / "log.txt") as server:
        yield server


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """An installation without any data."""
    initialise(Database(f"sqlite:///{tmp_path / 'empty.db'}"))
    with serving(tmp_path / "empty.db", tmp_path / "log.txt") as server:
        yield server


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A fresh browser profile at 1920 x 1080; at the end no host but our own was asked."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    found = Visit(page)
    page.on("request", lambda request: found.hosts.add(request.url.split("/")[2].split(":")[0]))
    yield found
    context.close()
    assert {host for host in found.hosts if host} <= found.hosts_allowed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # noqa: ARG001
    """A failed browser test leaves a picture of what was on the screen."""
    report = yield
    found = item.funcargs.get("visit") if isinstance(item, pytest.Function) else None
    if report.when == "call" and report.failed and isinstance(found, Visit):
        path = Path(item.funcargs.get("tmp_path", "/tmp")) / f"{item.name}.png"  # noqa: S108
        found.page.screenshot(path=path)
        report.sections.append(("picture", f"{path}\n{found.page.url}"))
    return report
