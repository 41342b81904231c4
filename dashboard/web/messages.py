"""Reading a request as ASGI hands it over, and saying no to it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse

from dashboard.settings import settings
from dashboard.texts import LANGUAGES, texts

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_POLICY_VIOLATION = 1008


def values(scope: Scope, name: str) -> list[str]:
    """All values of a header, by its name in small letters."""
    return [value.decode("latin-1") for found, value in scope["headers"] if found == name.encode()]


def value(scope: Scope, name: str) -> str | None:
    """The one value of a header; None where there is none or more than one."""
    found = values(scope, name)
    return found[0] if len(found) == 1 else None


def is_secure(scope: Scope, *, is_tls: bool) -> bool:
    """Whether the person came by TLS: to this server, or to a proxy before it."""
    return is_tls or scope.get("scheme") in ("https", "wss")


def language_of(scope: Scope) -> str:
    """The language that the address asks for, else that of the settings."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[-1]
    return asked if asked in LANGUAGES else settings().language


async def refuse(scope: Scope, receive: Receive, send: Send, status: int, key: str, **said: str) -> None:
    """Answer with a status and a sentence; a WebSocket is closed before it opens (403)."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": ""})
        return
    language = language_of(scope)
    words = texts(language)(key, **said)
    headers = {"Cache-Control": "no-store", "Content-Language": language}
    await PlainTextResponse(words, status, headers)(scope, receive, send)
