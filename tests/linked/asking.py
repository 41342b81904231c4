"""Asks a route as a browser would, without a socket."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

from dashboard.entrance import LOCAL_SESSION
from dashboard.linked.routes import ROUTES, TICKET
from dashboard.linked.tickets import tickets

APP = Starlette(routes=ROUTES)


@dataclass(frozen=True)
class Reply:
    """What came back; `size` is what travelled."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        packed = self.headers.get("content-encoding") == "gzip"
        return json.loads(gzip.decompress(self.body) if packed else self.body)


def ask(address: str, *, ticket: str | None = "", **headers: str) -> Reply:
    """GET an address; `ticket` "": one is granted for it, None: without any."""
    ticket = tickets.grant(LOCAL_SESSION) if ticket == "" else ticket
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named |= {TICKET: ticket} if ticket else {}
    where = urlsplit(address)
    scope = {
        "type": "http",
        "method": "GET",
        "path": where.path,
        "query_string": where.query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in named.items()],
        "server": ("testserver", 80),
        "scheme": "http",
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(APP(scope, receive, send))
    start = sent[0]
    return Reply(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in sent[1:]),
    )
