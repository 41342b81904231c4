"""The Content-Security-Policy of our pages, and why each line is as wide as it is."""

from __future__ import annotations

import base64
import hashlib
import re

# A program, a picture or a table of values that is opened by itself needs nothing, and may be framed by nobody.
PLAIN = "default-src 'none'; frame-ancestors 'none'"

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def hashes(document: str) -> tuple[str, ...]:
    """Source expressions that allow the inline scripts of a document, and nothing else that is inline."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(document))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def policy(host: str, *, scripts: tuple[str, ...], is_secure: bool) -> str:
    """The policy of a page asked for at `host`; `scripts`: what is allowed beside files of our own.

    `host` must have been checked: it becomes part of the policy.
    """
    lines = {
        # Nothing that is not named: no frames, objects, media, workers or manifests.
        "default-src": "'none'",
        # Files of this server: Streamlit's, our component's and its loader's. No eval: Vega's expressions are
        # interpreted.
        "script-src": " ".join(("'self'", *scripts)),
        # Streamlit's components write their styles into the page as it runs; no hash can foresee them.
        "style-src": "'self' 'unsafe-inline'",
        # data: small pictures within Streamlit's style sheets and tables. blob: previews of files a person has chosen.
        "img-src": "'self' data: blob:",
        # Fonts come with Streamlit; one small one lies within its programs (data:).
        "font-src": "'self' data:",
        # Our routes, and the page's own WebSocket, which not every browser counts as 'self'.
        "connect-src": f"'self' {'wss' if is_secure else 'ws'}://{host}",
        # Signing in is a link, no form; a form may only be sent here.
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in lines.items())
