"""What a benchmark needs of a browser: a quiet Chromium, what came over the wire, and when a page last moved."""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
)

WATCH = """
(() => {
  const last = { click: 0, svg: 0, gl: 0 };
  const now = (name) => { last[name] = performance.now(); };
  for (const kind of [window.WebGLRenderingContext, window.WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
      const original = kind?.prototype[name];
      if (original) kind.prototype[name] = function (...given) { now("gl"); return original.apply(this, given); };
    }
  }
  addEventListener("click", () => now("click"), true);
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        if (element?.closest?.("[data-testid=stVegaLiteChart]")) now("svg");
      }
    }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  window.samsynSettled = async (quietMs, patienceMs) => {
    const begin = performance.now();
    while (performance.now() - begin < patienceMs) {
      const isDone = document.querySelector("[data-test-script-state=notRunning]");
      if (isDone && performance.now() - Math.max(...Object.values(last)) > quietMs) return { ...last };
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error("the page never came to rest");
  };
})();
"""
"""Notes the last click, the last change of a chart and the last drawing of a map; `samsynSettled` waits for quiet."""


WATCH_WORDS = """
(() => {
  const last = { click: 0, words: 0 };
  addEventListener("click", () => { last.click = performance.now(); }, true);
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        if (element?.closest?.("[data-testid=stMain]")) last.words = performance.now();
      }
    }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
  });
  window.samsynRested = async (quietMs, patienceMs) => {
    const begin = performance.now();
    while (performance.now() - begin < patienceMs) {
      const isDone = document.querySelector("[data-test-script-state=notRunning]");
      if (isDone && performance.now() - Math.max(...Object.values(last)) > quietMs) return { ...last };
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error("the page never came to rest");
  };
})();
"""
"""Notes the last click, and when elements of a page last came, went or changed their words; `samsynRested` waits for quiet."""


class Traffic:
    """Counts the bytes that a page receives: answers as they came over the wire, WebSocket messages unpacked."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        protocol = page.context.new_cdp_session(page)
        protocol.send("Network.enable")
        protocol.on("Network.loadingFinished", self._answer)
        protocol.on("Network.webSocketFrameReceived", self._message)

    def _answer(self, event: dict[str, Any]) -> None:
        self.received += int(event["encodedDataLength"])

    def _message(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        self.received += len(base64.b64decode(data)) if frame["opcode"] == 2 else len(data)


def free_port() -> int:
    """A port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, patience_s: float = 120) -> None:
    """Wait until an address answers."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    message = f"no answer from {url}"
    raise TimeoutError(message)


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium that draws in software."""
    path = os.environ.get("SAMSYN_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


@contextmanager
def serving(database: str) -> Iterator[str]:
    """Address of `samsyn run` for a database, once it answers."""
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "samsyn"),
        "run",
        "--database",
        database,
        "--port",
        str(port),
    ]
    with running(command, {}):
        wait_for(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}/"


@contextmanager
def running(command: list[str], more: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A command while it is needed; `more`: settings beside those of the environment."""
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **more}
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)
