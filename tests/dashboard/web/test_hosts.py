from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.settings import Settings
from dashboard.texts import texts
from dashboard.web.hosts import LOOPBACK, Hosts, allowed, name_of
from tests.dashboard.web.asking import ask, well

NAMES = (*LOOPBACK, "samsyn.example.se")
APP = Hosts(well, names=NAMES, is_tls=False)


def host(*values: str) -> list[tuple[str, str]]:
    return [("host", value) for value in values]


@pytest.mark.parametrize(
    "value",
    [
        "localhost",
        "LOCALHOST:8501",
        "127.0.0.1:1",
        "[::1]:8501",
        "samsyn.example.se",
        "Samsyn.Example.se.:443",
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_our_names_are_answered_with_any_port(value: str, kind: str) -> None:
    reply = ask(APP, kind=kind, headers=host(value))
    assert reply.types[0] in ("http.response.start", "websocket.accept")
    assert kind == "websocket" or reply.status == 200


@pytest.mark.parametrize(
    "values",
    [
        (),
        ("",),
        ("evil.example",),
        ("localhost.evil.example",),
        ("evil.example:8501@localhost",),
        ("localhost@evil.example",),
        ("localhost/evil",),
        ("localhost evil.example",),
        ("localhost;script-src *",),
        ("localhost:port",),
        ("localhost", "localhost"),
        ("localhost", "evil.example"),
        ("127.0.0.2",),
        ("0.0.0.0",),  # noqa: S104
        ("::1",),
        ("samsyn.example.se..",),
        ("\u00e5.example",),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_other_names_are_refused_in_words(values: tuple[str, ...], kind: str) -> None:
    reply = ask(APP, "/?lang=en", kind=kind, headers=host(*values))
    if kind == "websocket":
        assert reply.types == ["websocket.close"]
    else:
        assert reply.status == 400
        assert reply.headers["content-type"].startswith("text/plain")
        shown = "".join(sign for sign in ", ".join(values) if sign.isascii()) or "-"
        assert reply.text == texts("en")("web.bad_host", host=shown)


@given(st.text(string.printable, max_size=60))
def test_only_a_name_of_ours_is_let_through(value: str) -> None:
    """Whatever is let through is, but for capitals, port and one dot at its end, a name of the list."""
    is_answered = ask(APP, headers=host(value)).status == 200
    without_port = (
        value.lower().rsplit(":", 1)[0] if value[-1:].isdigit() and "]:" not in value else value.lower()
    )
    plain = (without_port.split("]:")[0] + "]") if "]:" in without_port else without_port
    assert not is_answered or plain.removesuffix(".") in NAMES


@given(st.sampled_from(NAMES), st.integers(0, 65535))
def test_a_name_is_read_whatever_port_follows(name: str, port: int) -> None:
    assert name_of(f"{name}:{port}") == name_of(name) == name


@pytest.mark.parametrize(
    ("given_values", "expected"),
    [
        ({}, set()),
        ({"address": "0.0.0.0"}, set()),  # noqa: S104
        ({"address": "::"}, set()),
        ({"address": "10.1.2.3"}, {"10.1.2.3"}),
        ({"address": "fe80::1"}, {"[fe80::1]"}),
        ({"address": "samsyn.local"}, {"samsyn.local"}),
        ({"address": "10.1.2.3", "hosts": ("a.example", "b.example")}, {"a.example", "b.example"}),
        ({"address": "10.1.2.3", "public_url": "https://Town.example:8443/x"}, {"town.example"}),
        ({"public_url": "https://[2001:db8::1]"}, {"[2001:db8::1]"}),
    ],
)
def test_the_names_are_those_of_the_settings_or_the_address(given_values: dict, expected: set[str]) -> None:
    assert set(allowed(Settings(**given_values))) == {*LOOPBACK, *expected}


def sent(method: str, *headers: tuple[str, str], tls: bool = False, kind: str = "http") -> bool:
    app = Hosts(well, names=NAMES, is_tls=tls)
    reply = ask(app, "/x", method=method, kind=kind, headers=[("host", "localhost:8501"), *headers])
    return reply.types[0] == "websocket.accept" if kind == "websocket" else reply.status == 200


FOREIGN = [
    [("origin", "http://evil.example")],
    [("origin", "http://localhost:9999")],
    [("origin", "http://localhost")],
    [("origin", "http://localhost:8501.evil.example")],
    [("origin", "http://user@localhost:8501")],
    [("origin", "null")],
    [("origin", "")],
    [("origin", "http://localhost:8501"), ("origin", "http://evil.example")],
    [("sec-fetch-site", "cross-site")],
    [("sec-fetch-site", "same-site")],
    [("origin", "http://localhost:8501"), ("sec-fetch-site", "cross-site")],
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "websocket"])
def test_what_a_foreign_page_sends_is_refused(headers: list[tuple[str, str]], method: str) -> None:
    kind = "websocket" if method == "websocket" else "http"
    assert not sent("GET" if kind == "websocket" else method, *headers, kind=kind)


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_link_from_a_foreign_page_is_followed(headers: list[tuple[str, str]]) -> None:
    assert sent("GET", *headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "websocket"])
def test_what_our_page_or_no_page_sends_is_taken(method: str) -> None:
    kind = "websocket" if method == "websocket" else "http"
    method = "GET" if kind == "websocket" else method
    assert sent(method, kind=kind)
    assert sent(method, ("origin", "http://localhost:8501"), kind=kind)
    assert sent(method, ("origin", "http://LOCALHOST:8501"), ("sec-fetch-site", "same-origin"), kind=kind)


def test_behind_tls_a_page_without_it_is_foreign() -> None:
    assert sent("PUT", ("origin", "https://localhost:8501"), tls=True)
    assert not sent("PUT", ("origin", "http://localhost:8501"), tls=True)
