"""The web application: Streamlit's pages, and our own routes beside them."""

from __future__ import annotations

import asyncio
import logging
import socket
import statistics  # noqa: F401 - see below
import sys
import tomllib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.linked.routes import ROUTES
from dashboard.settings import ROOT, settings
from dashboard.warming import warm
from data_access.database import opened
from data_access.permissions import DEMO_VIEWER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

# Streamlit puts the folder of app.py first in the path, where a library that loads later would find our own `statistics` for
# Python's. Loaded here, Python's is the one that everybody gets.

_log = logging.getLogger(__name__)


@asynccontextmanager
async def warming(_app: Any) -> AsyncIterator[None]:
    """Make what every visitor needs, while the first one's browser still fetches the page."""
    found = asyncio.create_task(
        run_in_threadpool(warm, opened(settings().database), DEMO_VIEWER, settings().language)
    )
    found.add_done_callback(_tell)
    yield
    await asyncio.wait([found])


def _tell(found: asyncio.Task[None]) -> None:
    """What could not be made is made for the first visitor, who is then told in words."""
    if not found.cancelled() and found.exception():
        _log.error("warming up failed", exc_info=found.exception())


async def health(_request: Request) -> Response:
    """For whoever watches the server."""
    return JSONResponse({"status": "ok"})


app = st.App(ROOT / "dashboard" / "app.py", routes=[*ROUTES, Route("/health", health)], lifespan=warming)


def serve() -> None:
    """Serve until stopped, with our theme and the settings' port and address."""
    path = ROOT / ".streamlit" / "config.toml"
    given = _flat(tomllib.loads(path.read_text("utf-8")))
    sys.addaudithook(_send_at_once)
    app.run(config={**given, "server.port": settings().port, "server.address": settings().address})


def _send_at_once(event: str, arguments: tuple[Any, ...]) -> None:
    """No waiting for more to send, on the socket that the server listens on: its connections inherit that.

    asyncio does so by itself, but does not know Streamlit's socket for what it is. Head and body of an answer are written apart,
    and the body then waited 40 ms for the browser to confirm the head.
    """
    if event == "socket.bind" and arguments[0].type == socket.SOCK_STREAM:
        family = arguments[0].family
        if family in (socket.AF_INET, socket.AF_INET6):
            arguments[0].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _flat(table: dict[str, Any], start: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{start}{name}.") if isinstance(value, dict) else {f"{start}{name}": value}
    return flat
