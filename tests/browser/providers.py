"""Real OpenID Connect providers on loopback: a small one in Python, and the certified one of Node."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browsing import free_port
from dashboard.linked.build import install, node
from tests.browser.conftest import wait_until_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

FOLDER = Path(__file__).parent / "provider"


@dataclass(frozen=True)
class Provider:
    """Where a provider answers; how a person says there who they are, and that they leave."""

    issuer: str

    def identify(self, page: Page, subject: str) -> None:
        page.wait_for_url(re.compile("/oauth2/authorize"))
        page.fill("input[name=sub]", subject)
        page.locator("button[type=submit]").first.click()

    def leave(self, page: Page) -> None:
        page.get_by_role("button", name="End session").click()


class NodeProvider(Provider):
    """The development pages of Node's provider."""

    def identify(self, page: Page, subject: str) -> None:
        page.wait_for_url(re.compile("/interaction/"))
        page.fill("input[name=login]", subject)
        page.fill("input[name=password]", "x")
        page.locator("button[type=submit]").first.click()
        page.get_by_role("button", name="Continue").click()

    def leave(self, page: Page) -> None:
        page.wait_for_url(re.compile("/session/end"))
        page.get_by_role("button", name="Yes, sign me out").click()


@contextmanager
def mock(folder: Path, _redirect: str) -> Iterator[Provider]:
    port = free_port()
    with _running([sys.executable, "-m", "oidc_provider_mock", "--port", str(port)], folder, port) as issuer:
        yield Provider(issuer)


@contextmanager
def node_provider(folder: Path, redirect: str) -> Iterator[Provider]:
    install(FOLDER)
    port = free_port()
    command = [node(), str(FOLDER / "provider.mjs"), str(port), redirect]
    with _running(command, folder, port) as issuer:
        yield NodeProvider(issuer)


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[str]:
    issuer, path = f"http://localhost:{port}", folder / "provider.txt"
    with path.open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=FOLDER)
        try:
            wait_until_up(f"{issuer}/.well-known/openid-configuration", process, path)
            yield issuer
        finally:
            process.terminate()
            process.wait(timeout=20)
