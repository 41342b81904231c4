from __future__ import annotations

import pytest

from dashboard.texts import texts
from dashboard.web.closed import Closed, Paths
from tests.dashboard.web.asking import ask, well

APP = Closed(well, own=Paths(frozenset({"/", "/health", "/importera"}), ("/linked/", "/shapes/")))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/importera",
        "/importera/",
        "/linked/views?areas=1",
        "/_stcore/health",
        "/_stcore/stream",
        "/_stcore/host-config",
        "/_stcore/upload_file/a/b",
        "/_stcore/bidi-components/samsyn.linked/linked.js",
        "/media/0123.csv",
        "/static/js/index.js",
        "/favicon.png",
        "/auth/login",
        "/oauth2callback?code=1",
    ],
)
def test_what_the_product_needs_is_open(path: str) -> None:
    assert ask(APP, path).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/message",
        "/_stcore",
        "/app/static/secret.txt",
        "/component/some.component/index.html",
        "/importera/_stcore/health",
        "/linked",
        "/linkedin/views",
        "/importer",
        "/index.html",
        "/.env",
        "/HEALTH",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_the_rest_is_not_there(path: str, method: str) -> None:
    reply = ask(APP, f"{path}?lang=en", method=method)
    assert (reply.status, reply.headers["cache-control"]) == (404, "no-store")
    assert method == "HEAD" or reply.text == texts("en")("web.not_found")


def test_another_websocket_is_not_there_either() -> None:
    assert ask(APP, "/_stcore/stream", kind="websocket").types == ["websocket.accept"]
    assert ask(APP, "/other", kind="websocket").types == ["websocket.close"]
