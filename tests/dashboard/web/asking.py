"""Asks an ASGI application as a network would, without a socket."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp

HOST = "localhost:8501"


@dataclass(frozen=True)
class Reply:
    """What was sent, as it was sent."""

    sent: tuple[Any, ...]

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    def all(self, name: str) -> list[str]:
        return [value.decode() for found, value in self.sent[0]["headers"] if found.decode().lower() == name]

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent[1:]).decode()

    @property
    def types(self) -> list[str]:
        return [message["type"] for message in self.sent]


def ask(
    app: ASGIApp,
    address: str = "/",
    *,
    method: str = "GET",
    kind: str = "http",
    scheme: str = "http",
    headers: Iterable[tuple[str, str]] = (("host", HOST),),
    body: Iterable[bytes] = (),
) -> Reply:
    """Send one request with its body in the given pieces."""
    where = urlsplit(address)
    scope = {
        "type": kind,
        "method": method,
        "scheme": scheme,
        "path": where.path,
        "query_string": where.query.encode(),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
    }
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in body]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Any] = []

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return Reply(tuple(sent))


async def well(scope: Any, receive: Any, send: Any) -> None:
    """Reads all of the body, then answers with how much it was; accepts a WebSocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    count, more = 0, True
    while more:
        message = await receive()
        count, more = count + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": str(count).encode()})


def answering(*headers: tuple[bytes, bytes]) -> ASGIApp:
    """An application that answers with these headers."""

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": b""})

    return app
