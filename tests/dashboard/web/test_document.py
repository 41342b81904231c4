from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.routing import Route

from dashboard.texts import LANGUAGES, texts
from dashboard.wanted import BROWSER
from dashboard.web.document import document, served
from dashboard.web.policy import hashes
from tests.dashboard.web.asking import ask

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_speaks_our_language_and_names_no_one_else(language: str) -> None:
    page = document(INDEX, language)
    assert page.count(f'<html lang="{language}">') == page.count("<html") == 1
    assert "<title>Samsyn</title>" in page
    assert texts(language)("web.noscript") in page
    assert "_stcore/agent" not in page
    assert "AI" not in page.partition("<noscript>")[2]


def test_streamlits_own_files_are_all_still_asked_for() -> None:
    page = document(INDEX, "sv")
    wanted = {line.strip() for line in INDEX.splitlines() if "./static/" in line}
    assert len(wanted) > 20
    assert wanted <= {line.strip() for line in page.splitlines()}


def test_no_page_has_a_compiler_and_each_inline_script_is_known() -> None:
    first, *_ = page_scripts = document(INDEX, "en").split("<script")[1:]
    assert first.startswith(">delete globalThis.WebAssembly</script>")
    assert len(hashes(document(INDEX, "en"))) == len([one for one in page_scripts if " src=" not in one[:60]])
    assert hashes(document(INDEX, "en")) == hashes(document(INDEX, "sv"))


@pytest.mark.parametrize(("query", "language"), [("", "sv"), ("?lang=en", "en"), ("?lang=xx", "sv")])
def test_the_language_is_that_of_the_address_else_of_the_settings(query: str, language: str) -> None:
    app = Starlette(routes=[Route("/", served(INDEX))])
    reply = ask(app, f"/{query}")
    assert reply.text == document(INDEX, language)
    assert (reply.headers["cache-control"], reply.headers["content-language"]) == ("no-store", language)


def test_a_browser_gets_a_cookie_of_its_own_once() -> None:
    app = Starlette(routes=[Route("/", served(INDEX))])
    given = [ask(app, "/").headers["set-cookie"] for _ in range(2)]
    assert given[0] != given[1]
    assert all(BROWSER in one and "HttpOnly" in one and "SameSite=lax" in one for one in given)
    assert "set-cookie" not in ask(app, "/", headers=[("cookie", f"{BROWSER}=x")]).headers


def test_the_program_of_a_page_is_fetched_beside_streamlits() -> None:
    page = document(INDEX, "sv", "/linked/0123/linked.js")
    assert page.count('<link rel="modulepreload" href="/linked/0123/linked.js">') == 1
    assert "/linked/" not in document(INDEX, "sv")
