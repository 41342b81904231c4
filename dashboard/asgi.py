"""The web application: Streamlit's pages, and our own routes beside them."""

from __future__ import annotations

import asyncio
import logging
import socket
import statistics  # noqa: F401 - see below
import sys
import tomllib
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit.web.server.starlette import starlette_server

from dashboard.faults import report
from dashboard.linked.assets import bundle
from dashboard.linked.routes import ROUTES
from dashboard.settings import ROOT, provider, settings
from dashboard.ui.contents import PAGES
from dashboard.ui.failure import tell
from dashboard.warming import warm
from dashboard.web.closed import Paths
from dashboard.web.document import served
from dashboard.web.hosts import allowed
from dashboard.web.stack import stack
from data_access.database import opened
from data_access.permissions import LOCAL_VIEWER
from data_access.pulse import answers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

# Streamlit puts the folder of app.py first in the path, where a library that loads later would find our own `statistics` for
# Python's. Loaded here, Python's is the one that everybody gets.


@asynccontextmanager
async def warming(_app: Any) -> AsyncIterator[None]:
    """Make what every visitor needs, while the first one's browser still fetches the page."""
    found = asyncio.create_task(
        run_in_threadpool(warm, opened(settings().database), LOCAL_VIEWER, settings().language)
    )
    found.add_done_callback(_tell)
    yield
    await asyncio.wait([found])


def _tell(found: asyncio.Task[None]) -> None:
    """What could not be made is made for the first visitor, who is then told in words."""
    error = None if found.cancelled() else found.exception()
    if error is not None:
        report(error, "warming up failed")


async def health(_request: Request) -> Response:
    """For whoever watches the server: whether the database answers, and nothing else."""
    is_well = await run_in_threadpool(answers, opened(settings().database))
    return JSONResponse({"status": "ok" if is_well else "not ok"}, 200 if is_well else 503)


_INDEX = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
_GIVEN = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
_PAGES = [f"/{path}" for path, _icon in PAGES.values()]
_OWN = Paths(frozenset({"/health", *_PAGES}), tuple({f"/{route.path.split('/')[1]}/" for route in ROUTES}))


def _program(path: str) -> str:
    """The linked component's program, for the page that shows it."""
    return bundle().path if path == f"/{PAGES['explore'][0]}" else ""


app = st.App(
    ROOT / "dashboard" / "app.py",
    routes=[
        *ROUTES,
        Route("/health", health),
        *(Route(path, served(_INDEX, _program(path))) for path in _PAGES),
    ],
    middleware=stack(settings(), index=_INDEX, own=_OWN, upload_mb=_GIVEN["server"]["maxUploadSize"]),
    lifespan=warming,
    secrets=provider(settings()),
    on_script_error=tell,
)


def serve() -> None:
    """Serve until stopped, with our theme and the settings' port, address and names."""
    logging.getLogger("streamlit.error_util").addFilter(_is_not_told_by_us)
    starlette_server._get_uvicorn_config_kwargs = _without_a_name  # noqa: SLF001 - there is no setting for it
    sys.addaudithook(_send_at_once)
    names = [name.strip("[]") for name in allowed(settings())]
    ours = {
        "server.port": settings().port,
        "server.address": settings().address,
        "server.allowedHosts": names,
    }
    app.run(config={**_flat(_GIVEN), **ours})


def _is_not_told_by_us(record: logging.LogRecord) -> bool:
    """Streamlit's own line holds the message of the exception, and with it what a person typed."""
    return record.msg != "Uncaught app execution"


_uvicorn_options = starlette_server._get_uvicorn_config_kwargs  # noqa: SLF001


def _without_a_name() -> dict[str, Any]:
    """Uvicorn adds its name to every answer after all others are done with it."""
    return {**_uvicorn_options(), "server_header": False}


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
