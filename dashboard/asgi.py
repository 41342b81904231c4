"""The web application: Streamlit's pages, and our own routes beside them."""

from __future__ import annotations

import tomllib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.geometry import document_of
from dashboard.settings import ROOT, settings
from dashboard.warming import warm
from data_access.database import Database
from data_access.permissions import DEMO_VIEWER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}


async def shapes(request: Request) -> Response:
    """Geometry of a set of districts as GeoJSON; the address names set and content, so a browser keeps it."""
    area_set, kind = request.path_params["area_set"], request.path_params["kind"]
    found = await run_in_threadpool(document_of, Database(settings().database), DEMO_VIEWER, area_set, kind)
    if found is None or found.path != request.url.path:
        return PlainTextResponse("not found", status_code=404)
    return Response(found.body, media_type="application/geo+json", headers=_FOREVER)


@asynccontextmanager
async def warming(_app: Any) -> AsyncIterator[None]:
    """Make what every visitor needs before the first one comes."""
    await run_in_threadpool(warm, Database(settings().database), DEMO_VIEWER)
    yield


async def health(_request: Request) -> Response:
    """For whoever watches the server."""
    return JSONResponse({"status": "ok"})


app = st.App(
    ROOT / "dashboard" / "app.py",
    routes=[Route("/shapes/{area_set:int}/{kind}/{content}.json", shapes), Route("/health", health)],
    lifespan=warming,
)


def serve() -> None:
    """Serve until stopped, with our theme and the settings' port and address."""
    path = ROOT / ".streamlit" / "config.toml"
    given = _flat(tomllib.loads(path.read_text("utf-8")))
    app.run(config={**given, "server.port": settings().port, "server.address": settings().address})


def _flat(table: dict[str, Any], start: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{start}{name}.") if isinstance(value, dict) else {f"{start}{name}": value}
    return flat
