"""All of it, from the outside in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from dashboard.texts import DEFAULT_LANGUAGE
from dashboard.web.closed import Closed, Paths
from dashboard.web.document import document
from dashboard.web.failures import Failures
from dashboard.web.headers import Headers
from dashboard.web.hosts import Hosts, allowed
from dashboard.web.limits import Limits
from dashboard.web.policy import hashes

if TYPE_CHECKING:
    from dashboard.settings import Settings


def stack(given: Settings, *, index: str, own: Paths, upload_mb: int) -> list[Middleware]:
    """Middleware around the pages; `index`: Streamlit's first page, `own`: the paths that are ours."""
    is_tls = given.tls or given.public_url.startswith("https://")
    return [
        # Outermost, so that refusals carry the headers too.
        Middleware(Headers, scripts=hashes(document(index, DEFAULT_LANGUAGE)), is_tls=is_tls),
        Middleware(Failures),
        Middleware(Hosts, names=allowed(given), is_tls=is_tls),
        Middleware(Closed, own=own),
        Middleware(Limits, upload_mb=upload_mb),
    ]
