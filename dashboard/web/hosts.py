"""Only requests to a name of ours, and from pages of ours.

A foreign name that was made to point here would otherwise let another site's page read ours; a foreign page could send files or
open the page's WebSocket with the cookies of the person who looks at it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dashboard.web.messages import is_secure, refuse, value, values

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from dashboard.settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)\.?(?::[0-9]{1,5})?")
_READING = ("GET", "HEAD", "OPTIONS")
_LONGEST_SHOWN = 80


def allowed(given: Settings) -> tuple[str, ...]:
    """Names the server answers to: of the settings, else of the address it listens on; always those of loopback."""
    public = urlsplit(given.public_url).hostname
    named = (*given.hosts, *((f"[{public}]" if ":" in public else public,) if public else ()))
    return tuple(dict.fromkeys((*LOOPBACK, *(named or _concrete(given.address)))))


def _concrete(address: str) -> tuple[str, ...]:
    """The address as it stands in a URL; nothing for one that means every address."""
    try:
        number = ip_address(address)
    except ValueError:
        return (address.lower(),)
    if number.is_unspecified:
        return ()
    return (f"[{number}]" if number.version == 6 else str(number),)  # noqa: PLR2004


def name_of(host: str | None) -> str | None:
    """The name in a Host header, without its port; None where it is none."""
    found = _HOST.fullmatch((host or "").lower())
    return found and found[1]


class Hosts:
    """ASGI middleware: refuses foreign names with 400, foreign pages with 403."""

    def __init__(self, app: ASGIApp, *, names: tuple[str, ...], is_tls: bool) -> None:
        self._app, self._names, self._is_tls = app, frozenset(names), is_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what is asked of us by us."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif name_of(value(scope, "host")) not in self._names:
            host = ", ".join(values(scope, "host"))[:_LONGEST_SHOWN]
            await refuse(scope, receive, send, 400, "web.bad_host", host=_plain(host))
        elif _changes(scope) and not _is_ours(scope, is_secure=is_secure(scope, is_tls=self._is_tls)):
            await refuse(scope, receive, send, 403, "web.bad_origin")
        else:
            await self._app(scope, receive, send)


def _plain(host: str) -> str:
    return "".join(sign for sign in host if sign.isascii() and sign.isprintable()) or "-"


def _changes(scope: Scope) -> bool:
    return scope["type"] == "websocket" or scope["method"] not in _READING


def _is_ours(scope: Scope, *, is_secure: bool) -> bool:
    """Whether it comes from a page of the same host, or from no page at all: every browser names the page's origin."""
    if value(scope, "sec-fetch-site") not in (None, "same-origin", "none"):
        return False
    origins = values(scope, "origin")
    if not origins:
        return True
    host = (value(scope, "host") or "").lower()
    found = urlsplit(origins[0].lower())
    return len(origins) == 1 and found.netloc == host and (found.scheme == "https" or not is_secure)
