"""What nobody foresaw is answered in words with a reference number; the log holds the same number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from dashboard.faults import report
from dashboard.web.messages import refuse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INTERNAL_ERROR = 1011


class Failures:
    """ASGI middleware: 500 in words; an answer that has begun, or a WebSocket, just ends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let nothing out but answers."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        begun: list[str] = []

        async def watched(message: Message) -> None:
            begun.append(message["type"])
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
            reference = report(error, "a request could not be answered")
            if scope["type"] == "websocket":
                if "websocket.close" not in begun:
                    await send({"type": "websocket.close", "code": _INTERNAL_ERROR, "reason": reference})
            elif not begun:
                await refuse(scope, receive, send, 500, "web.failed", reference=reference)
