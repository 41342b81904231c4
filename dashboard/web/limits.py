"""How much may be sent: a file to the upload, next to nothing elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.formparsers import MultiPartParser

from dashboard.web.closed import UPLOADS
from dashboard.web.messages import refuse, values

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MB, KB = 1024 * 1024, 1024
# The frame around a file within a form: borders, headers, its name.
FRAME_BYTES = 64 * KB
OTHER_BYTES = 64 * KB


class TooLargeError(Exception):
    """More was sent than is allowed."""


class Limits:
    """ASGI middleware: 413 as soon as more is stated, or has come, than is allowed.

    What is allowed stays in memory: the reader of forms would write a file of more than 1 MB to the folder for temporary files,
    and answers of a survey are written nowhere. Streamlit calls it without a size, so that the reader itself is told.
    """

    def __init__(self, app: ASGIApp, *, upload_mb: int) -> None:
        self._app, self._upload_mb = app, upload_mb
        MultiPartParser.spool_max_size = upload_mb * MB + FRAME_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is sent while it comes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = scope["method"] == "PUT" and scope["path"].startswith(UPLOADS)
        most = self._upload_mb * MB + FRAME_BYTES if is_upload else OTHER_BYTES
        said = f"{self._upload_mb} MB" if is_upload else f"{OTHER_BYTES // KB} kB"
        counted = Counted(receive, send, most)
        try:
            counted.take(max((int(n) for n in values(scope, "content-length") if n.isdecimal()), default=0))
            counted.taken = 0
            await self._app(scope, counted.receive, counted.send)
        except Exception:
            if not counted.is_too_large or counted.is_answered:
                raise
            await refuse(scope, receive, send, 413, "web.too_large", limit=said)


class Counted:
    """The two ends of a request, counting what comes in and whether an answer has begun."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send, self._most = receive, send, most
        self.taken = 0
        self.is_answered = False

    @property
    def is_too_large(self) -> bool:
        """Whether more has come than is allowed."""
        return self.taken > self._most

    def take(self, count: int) -> None:
        """Count bytes; raises `TooLargeError`."""
        self.taken += count
        if self.is_too_large:
            raise TooLargeError

    async def receive(self) -> Message:
        """The next message; raises `TooLargeError`."""
        message = await self._receive()
        self.take(len(message.get("body", b"")))
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        self.is_answered = True
        await self._send(message)
