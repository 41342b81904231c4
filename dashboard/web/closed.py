"""Only the paths that the product needs; everything else is not there.

Streamlit also answers about its memory, its scripts and its interface for other programs, and any unknown path with a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.web.messages import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file/"


@dataclass(frozen=True)
class Paths:
    """Paths that are answered as they are, and beginnings below which all are."""

    exact: frozenset[str]
    below: tuple[str, ...]

    def has(self, path: str) -> bool:
        """Whether a path is answered; one slash more at its end makes no difference."""
        return path in self.exact or path.rstrip("/") in self.exact or path.startswith(self.below)


# What Streamlit's page in the browser asks for.
STREAMLIT = Paths(
    frozenset(
        {
            "/favicon.png",
            "/_stcore/stream",
            "/_stcore/health",
            "/_stcore/host-config",
            "/auth/login",
            "/auth/logout",
            "/oauth2callback",
        }
    ),
    ("/static/", "/media/", UPLOADS, "/_stcore/bidi-components/"),
)


class Closed:
    """ASGI middleware: 404 for every path but the open ones."""

    def __init__(self, app: ASGIApp, *, own: Paths) -> None:
        self._app, self._open = app, (STREAMLIT, own)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what is open."""
        if scope["type"] == "lifespan" or any(paths.has(scope["path"]) for paths in self._open):
            await self._app(scope, receive, send)
        else:
            await refuse(scope, receive, send, 404, "web.not_found")
