"""All layers together, in the order in which they stand."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboard.settings import Settings
from dashboard.web.closed import Paths
from dashboard.web.stack import stack
from tests.dashboard.web.asking import HOST, ask

INDEX = "<html><head></head><body><script>begin()</script></body></html>"


async def page(_request: Any) -> HTMLResponse:
    return HTMLResponse(INDEX)


async def broken(_request: Any) -> HTMLResponse:
    raise ValueError


def app(**given: Any) -> Starlette:
    layers = stack(Settings(**given), index=INDEX, own=Paths(frozenset({"/", "/broken"}), ()), upload_mb=1)
    return Starlette(
        routes=[Route("/", page, methods=["GET", "POST"]), Route("/broken", broken)], middleware=layers
    )


def test_refusals_and_failures_carry_the_headers_too() -> None:
    statuses = {
        200: ask(app()),
        400: ask(app(), headers=[("host", "evil.example")]),
        403: ask(app(), method="POST", headers=[("host", HOST), ("origin", "http://evil.example")]),
        404: ask(app(), "/nowhere"),
        405: ask(app(), "/broken", method="PUT"),
        413: ask(app(), method="POST", headers=[("host", HOST), ("content-length", "1000000")]),
        500: ask(app(), "/broken"),
    }
    for status, reply in statuses.items():
        assert reply.status == status
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


def test_a_public_address_with_tls_is_a_name_of_ours_and_means_tls() -> None:
    given = {"public_url": "https://samsyn.example.se"}
    reply = ask(app(**given), headers=[("host", "samsyn.example.se")])
    assert reply.status == 200
    assert "strict-transport-security" in reply.headers
    assert "wss://samsyn.example.se" in reply.headers["content-security-policy"]
    assert "strict-transport-security" not in ask(app()).headers
    assert "strict-transport-security" in ask(app(tls=True)).headers
