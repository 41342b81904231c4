"""What every answer carries, and what none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.web.cookies import guarded
from dashboard.web.messages import is_secure, value
from dashboard.web.policy import PLAIN, policy

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Header = tuple[bytes, bytes]

# The position is for the form that reports an incident where one stands; the clipboard for copying out of a table.
_ALLOWED_HERE = ("geolocation", "clipboard-write", "fullscreen")
_ALLOWED_NOWHERE = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_PERMISSIONS = ", ".join(
    [f"{name}=(self)" for name in _ALLOWED_HERE] + [f"{name}=()" for name in _ALLOWED_NOWHERE]
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # The address holds the question that was asked.
    "referrer-policy": "no-referrer",
    "permissions-policy": _PERMISSIONS,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_STRICT_TRANSPORT = "max-age=31536000"
# Nobody else's page has business here, whatever a library would allow; and what serves this is nobody's business.
_NEVER = ("access-control-", "server", "x-powered-by")
_REPLACED = (*_ALWAYS, "content-security-policy", "strict-transport-security")


class Headers:
    """ASGI middleware: policy of the content, of what a page may use, of what is kept, and of cookies."""

    def __init__(self, app: ASGIApp, *, scripts: tuple[str, ...], is_tls: bool) -> None:
        self._app, self._scripts, self._is_tls = app, scripts, is_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Dress every HTTP answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._dressed(scope, list(message.get("headers", [])))}
            await send(message)

        await self._app(scope, receive, dressed)

    def _dressed(self, scope: Scope, given: list[Header]) -> list[Header]:
        secure = is_secure(scope, is_tls=self._is_tls)
        kept = [
            (name.lower(), guarded(content) if secure and name.lower() == b"set-cookie" else content)
            for name, content in given
            if not _is_ours(name.decode("latin-1").lower())
        ]
        names = dict(kept)
        ours = _ALWAYS | {"content-security-policy": self._policy(scope, names, is_secure=secure)}
        if secure:
            ours["strict-transport-security"] = _STRICT_TRANSPORT
        if b"cache-control" not in names:
            # What says nothing may be a person's download.
            ours["cache-control"] = "no-store"
        return kept + [(name.encode(), content.encode("latin-1")) for name, content in ours.items()]

    def _policy(self, scope: Scope, names: dict[bytes, bytes], *, is_secure: bool) -> str:
        host = value(scope, "host")
        if host is None or not names.get(b"content-type", b"").startswith(b"text/html"):
            return PLAIN
        return policy(host, scripts=self._scripts, is_secure=is_secure)


def _is_ours(name: str) -> bool:
    return name in _REPLACED or name.startswith(_NEVER)
