"""What a browser says of our pages: nothing was blocked, nobody else was asked, and what must be closed is closed."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from dashboard.texts import LANGUAGES, texts
from dashboard.ui.contents import PAGES
from tests.browser.conftest import PATIENCE_MS, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Locator

pytestmark = pytest.mark.browser

GOOD = (
    "Ärende;Typ;Datum;N;E\r\n"
    "A-1;Skadegörelse;2026-03-06 22:15;6580050;674020\r\n"
    "A-2;Klotter;31 februari;6580100,5;674900\r\n"
)
BLOCKED = "blocked by policy:"
LISTEN = f"""
addEventListener("securitypolicyviolation", (event) =>
  console.error("{BLOCKED}", event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample));
"""
LAYERS = ("rate", "change", "heat", "cells", "count")


@dataclass
class Watched(Visit):
    """A visit with everything that was asked for, and everything the browser complained about."""

    asked: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        # On a page with a path Streamlit first looks whether it is served below that path.
        if re.search(r"/[\w-]+/_stcore/(health|host-config)$", message.location["url"]):
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def rest(self) -> None:
        """Wait until Python is quiet, on any page."""
        self.page.wait_for_timeout(700)
        self.page.wait_for_selector("[data-test-script-state=notRunning]")

    def asked_hosts(self) -> set[str]:
        """Hosts and ports asked by the page, WebSockets too; what lies within the page itself has none."""
        return {urlsplit(url).netloc for url in self.asked} - {""}


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Watched]:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(LISTEN)
    found = Watched(page)
    context.on("request", lambda request: found.asked.add(request.url))
    page.on("websocket", lambda socket: found.asked.add(socket.url))
    page.on("console", found.note)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    yield found
    context.close()


def downloads_from(visit: Watched, buttons: Locator) -> None:
    buttons.first.wait_for()
    for button in buttons.all():
        visit.rest()
        with visit.page.expect_download() as download:
            button.click()
        assert download.value.path().stat().st_size > 0


def explore(visit: Watched) -> None:
    """Every layer, a click in a chart, a table, every download."""
    page = visit.page
    visit.ready()
    for layer in LAYERS:
        page.locator(f"[data-layer={layer}]").click()
        visit.ready()
    page.locator("[data-view=kinds] .surface").first.click(position={"x": 200, "y": 14})
    page.wait_for_function("() => location.search.includes('kinds')")
    page.locator("[data-view=map] .tools button").last.click()
    page.locator("[data-view=map] dialog table").wait_for()
    page.keyboard.press("Escape")
    visit.rest()
    downloads_from(visit, page.locator(".st-key-downloads button"))


def import_a_file(visit: Watched, language: str) -> None:
    """An organisation, a file with a fault, its preview and the list of what is refused."""
    page, say = visit.page, texts(language)
    page.get_by_role("tab", name=say("import.incidents")).click()
    box = page.locator(".st-key-incidents-organisation input")
    box.fill("Polisen")
    box.press("Enter")
    page.locator(".st-key-incidents-file input[type=file]").set_input_files(
        {"name": "handelser.csv", "mimeType": "text/csv", "buffer": GOOD.encode("cp1252")}
    )
    downloads_from(visit, page.get_by_role("button", name=say("import.download_refused")))
    visit.rest()


def about(visit: Watched, language: str) -> None:
    """The native chart, its table, and its downloads."""
    page = visit.page
    page.get_by_role("heading", name=texts(language)("about.glossary_title")).wait_for()
    page.locator(
        ".st-key-frame-coverage .stVegaLiteChart canvas, .st-key-frame-coverage .stVegaLiteChart svg"
    ).first.wait_for()
    visit.rest()
    page.locator(".st-key-table-coverage button").first.click()
    downloads_from(visit, page.locator(".st-key-csv-coverage button, .st-key-png-coverage button"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_blocked_in_anything_or_asks_anybody_else(visit, sample_server, language):
    page, say = visit.page, texts(language)
    page.goto(f"{sample_server.url}/?lang={language}")
    explore(visit)
    page.get_by_role("link", name=say("page.import_data")).click()
    import_a_file(visit, language)
    page.get_by_role("link", name=say("page.about")).click()
    about(visit, language)
    for path in [path for path, _icon in PAGES.values() if path]:
        page.goto(f"{sample_server.url}/{path}?lang={language}")
        page.locator("h1").first.wait_for()
        visit.rest()
    assert visit.complaints == []
    assert visit.asked_hosts() == {urlsplit(sample_server.url).netloc}
    assert any(url.startswith("ws:") for url in visit.asked)


def test_a_foreign_script_and_a_script_within_the_page_are_blocked(visit, sample_server):
    """The listener above hears what is blocked, or a page without complaints would mean nothing."""
    page = visit.page
    page.goto(sample_server.url)
    visit.ready()
    page.evaluate(
        """() => {
            const inline = document.createElement("script");
            inline.textContent = "window.ran = true";
            document.head.append(inline);
            const made = document.createElement("script");
            made.src = URL.createObjectURL(new Blob(["window.ran = true"], { type: "text/javascript" }));
            document.head.append(made);
            fetch("http://127.0.0.2:9/").catch(() => {});
        }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.ran") is None
    blocked = [line.split()[3] for line in visit.complaints if line.startswith(BLOCKED)]
    assert sorted(blocked) == ["connect-src", "script-src-elem", "script-src-elem"]


def test_the_language_of_the_page_follows_the_address_and_the_switch(visit, sample_server):
    page = visit.page
    page.goto(f"{sample_server.url}/om-siffrorna?lang=en")
    assert page.evaluate("() => document.documentElement.lang") == "en"
    page.get_by_role("heading", name="Glossary").wait_for()
    visit.rest()
    page.locator(".st-key-language-switch").get_by_text("Svenska").click()
    page.wait_for_function("() => document.documentElement.lang === 'sv'")
    page.get_by_role("heading", name=texts("sv")("about.glossary_title")).wait_for()
    page.get_by_role("link", name=texts("sv")("page.explore")).click()
    visit.ready()
    assert page.evaluate("() => document.documentElement.lang") == "sv"
    page.locator(".st-key-language-switch").get_by_text("English").click()
    page.wait_for_function("() => document.documentElement.lang === 'en'")


def test_foreign_names_closed_routes_and_large_bodies_are_refused(visit, sample_server):
    request, url = visit.page.request, sample_server.url
    foreign = request.get(url, headers={"Host": "evil.example"})
    assert (foreign.status, "evil.example" in foreign.text()) == (400, True)
    for path in (
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/agent/openapi.json",
        "/nowhere",
    ):
        assert request.get(url + path).status == 404
    assert request.get(url + "/health").json() == {"status": "ok"}
    assert "server" not in request.get(url).headers
    upload = f"{url}/_stcore/upload_file/nobody/nothing"
    assert request.put(upload, data=b"x" * 11_000_000).status == 413
    assert request.post(url + "/health", data=b"x" * 70_000).status == 413
    assert request.put(upload, data=b"x", headers={"Origin": "http://evil.example"}).status == 403


def test_a_page_that_fails_gives_a_number_that_the_log_knows(visit, empty_server):
    page = visit.page
    page.goto(f"{empty_server.url}/om-siffrorna?lang=en")
    page.get_by_role("heading", name="Glossary").wait_for()
    path = empty_server.database.url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE municipality RENAME TO gone")
    page.reload()
    said = page.get_by_test_id("stAlert").inner_text()
    reference = re.search(r"\b[0-9A-F]{8}\b", said)
    assert reference is not None
    assert texts("en")("web.failed", reference=reference[0]) in said
    body = page.locator("body").inner_text()
    assert not re.search(r"Traceback|Error|\.py|municipality|SELECT", body)
    log = empty_server.log.read_text()
    assert f"reference {reference[0]}" in log
    assert "OperationalError" in log
    assert "no such table" not in log
    assert visit.page.request.get(empty_server.url + "/health").status == 503
