"""What a benchmark needs of a browser: a quiet Chromium, what came over the wire, and when a page last moved."""

from __future__ import annotations

import base64
import socket
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
