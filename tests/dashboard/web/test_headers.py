from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.web.cookies import guarded
from dashboard.web.headers import Headers
from dashboard.web.policy import PLAIN, hashes, policy
from tests.dashboard.web.asking import HOST, answering, ask

HTML = (b"content-type", b"text/html; charset=utf-8")


def reply_with(*headers: tuple[bytes, bytes], is_tls: bool = False, scheme: str = "http"):
    return ask(Headers(answering(*headers), scripts=("'sha256-abc'",), is_tls=is_tls), scheme=scheme)


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (line.split() for line in text.split(";"))}


def test_a_page_may_run_and_reach_only_what_is_ours() -> None:
    found = directives(reply_with(HTML).headers["content-security-policy"])
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'self'", "'sha256-abc'"]
    assert found["connect-src"] == ["'self'", f"ws://{HOST}"]
    assert found["frame-ancestors"] == found["object-src"] == found["base-uri"] == ["'none'"]
    assert found["form-action"] == ["'self'"]
    everything = {source for sources in found.values() for source in sources}
    assert not everything & {"*", "http:", "https:", "ws:", "wss:", "'unsafe-eval'", "'wasm-unsafe-eval'"}
    assert [name for name, sources in found.items() if "'unsafe-inline'" in sources] == ["style-src"]
    assert [name for name, sources in found.items() if "blob:" in sources] == ["img-src"]


def test_behind_tls_the_page_reaches_only_tls_and_is_kept_there() -> None:
    for reply in (reply_with(HTML, is_tls=True), reply_with(HTML, scheme="https")):
        assert f"connect-src 'self' wss://{HOST};" in reply.headers["content-security-policy"]
        assert reply.headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in reply_with(HTML).headers


@pytest.mark.parametrize("kind", [b"application/json", b"text/csv", b"image/svg+xml", b"text/plain"])
def test_what_is_no_page_may_do_nothing(kind: bytes) -> None:
    assert reply_with((b"content-type", kind)).headers["content-security-policy"] == PLAIN


def test_every_answer_says_how_it_is_to_be_used() -> None:
    found = reply_with().headers
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert found["referrer-policy"] == "no-referrer"
    assert found["cross-origin-opener-policy"] == found["cross-origin-resource-policy"] == "same-origin"
    assert "geolocation=(self)" in found["permissions-policy"]
    assert "camera=()" in found["permissions-policy"]


def test_what_says_nothing_about_being_kept_is_not_kept() -> None:
    assert reply_with().headers["cache-control"] == "no-store"
    assert reply_with((b"Cache-Control", b"private, max-age=5")).all("cache-control") == [
        "private, max-age=5"
    ]


def test_what_others_would_say_is_left_out_and_nothing_is_said_twice() -> None:
    reply = reply_with(
        (b"Access-Control-Allow-Origin", b"*"),
        (b"access-control-allow-credentials", b"true"),
        (b"Server", b"x"),
        (b"X-Content-Type-Options", b"sniff"),
        (b"Content-Security-Policy", b"default-src *"),
        (b"ETag", b"kept"),
    )
    assert not [name for name in reply.headers if name.startswith("access-control") or name == "server"]
    assert reply.all("x-content-type-options") == ["nosniff"]
    assert reply.all("content-security-policy") == [PLAIN]
    assert reply.headers["etag"] == "kept"


def test_cookies_are_guarded_only_behind_tls() -> None:
    cookies = ((b"Set-Cookie", b"a=1"), (b"set-cookie", b"b=2; SameSite=Strict"))
    assert reply_with(*cookies).all("set-cookie") == ["a=1", "b=2; SameSite=Strict"]
    assert reply_with(*cookies, is_tls=True).all("set-cookie") == [
        "a=1; Secure; HttpOnly; SameSite=Lax",
        "b=2; SameSite=Strict; Secure; HttpOnly",
    ]


ATTRIBUTES = st.lists(
    st.sampled_from(
        [
            "Secure",
            "secure",
            "HttpOnly",
            "SameSite=Strict",
            "samesite=lax",
            "Path=/",
            "Max-Age=5",
            "Expires=Mon, 1",
        ]
    ),
    unique_by=lambda one: one.split("=")[0].lower(),
)


@given(st.from_regex(r"[a-z]{1,8}=[A-Za-z0-9|]{0,8}", fullmatch=True), ATTRIBUTES)
def test_a_guarded_cookie_keeps_what_it_said_and_gets_what_it_lacked(
    pair: str, given_ones: list[str]
) -> None:
    cookie = "; ".join([pair, *given_ones])
    found = guarded(cookie.encode()).decode()
    names = [part.split("=")[0].strip().lower() for part in found.split(";")[1:]]
    assert found.startswith(cookie)
    assert {"secure", "httponly", "samesite"} <= set(names)
    assert len(names) == len(set(names))
    assert guarded(found.encode()).decode() == found


def test_the_cookie_that_our_page_reads_stays_readable() -> None:
    assert guarded(b"_streamlit_xsrf=2|a; Path=/") == b"_streamlit_xsrf=2|a; Path=/; Secure; SameSite=Lax"


def test_inline_scripts_are_allowed_by_what_they_say() -> None:
    script = "\n  window.ready = false\n"
    page = f'<script type="module" src="./a.js"></script><SCRIPT>{script}</SCRIPT><script crossorigin src="b"></script>'
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert hashes(page) == (f"'sha256-{digest}'",)
    assert f"script-src 'self' 'sha256-{digest}';" in policy("a", scripts=hashes(page), is_secure=False)
