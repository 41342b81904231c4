"""A real browser before a town whose every name tries to be something else: it shows words, runs nothing and asks nobody."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from dashboard.reports.export import safe_cell
from dashboard.texts import LANGUAGES, texts
from data_access.changes import describe_municipality, initialise, record_rules
from data_access.changes.municipality import Rules
from data_access.database import Database
from data_access.one_line import one_line
from data_access.permissions import OPERATOR
from tests.browser.conftest import PATIENCE_MS, Server, serving
from tests.browser.test_explore import position_on_map
from tests.browser.test_security import LAYERS, LISTEN, Watched
from tests.injected_town import AREA_CODES, NAMES, STORABLE, build
from tests.pages.test_admin_page import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Download, Page

pytestmark = pytest.mark.browser

SV = texts("sv")
RAN = "a script of a name ran"
TRAP = f"for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => console.error('{RAN}');"
MADE = """() => {
  const bad = 'img[src=x], img[onerror], img[src*=":9/"], svg[onload], iframe, object, embed, math, details[ontoggle],'
    + '[onmouseover], a[href^="javascript" i], a[href*=":9/"], a[href^="//host"], form[action], .katex, mglyph, base,'
    + 'meta[http-equiv=refresh]';
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll(bad)) found.push(one.outerHTML.slice(0, 200));
    for (const one of root.querySelectorAll('script')) if (/alert/.test(one.textContent)) found.push(one.outerHTML.slice(0, 200));
    for (const one of root.querySelectorAll('*')) if (one.shadowRoot) look(one.shadowRoot);
  };
  look(document);
  if (getComputedStyle(document.body).display === 'none') found.push('a style of a name holds');
  return found;
}"""
"""Elements that only a name can have made."""

CHOSEN_AT_ONCE = 6
"""More are one chip that counts them."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("injected")
    database = Database(f"sqlite:///{folder / 'town.db'}")
    initialise(database)
    build(database, NAMES[::8])
    name = "</script><img src=x onerror=alert(1)>[x](javascript:alert(1))"
    describe_municipality(database, OPERATOR, name=name, is_sample=True)
    record_rules(database, OPERATOR, Rules("weekly", name, 5, 12, 60))
    with serving(folder / "town.db", folder / "log.txt") as started:
        yield started


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Watched]:
    """At the end nothing was blocked, nothing ran, nothing was made of a name, and nobody else was asked."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(LISTEN + TRAP)
    found = Watched(page)
    context.on("request", lambda request: found.asked.add(request.url))
    page.on("websocket", lambda socket: found.asked.add(socket.url))
    page.on("console", found.note)
    page.on("pageerror", lambda error: found.complaints.append(str(error)))
    page.on("dialog", lambda dialog: found.complaints.append(dialog.message))
    yield found
    context.close()
    assert found.complaints == []
    assert found.asked_hosts() <= {urlsplit(server.url).netloc}


def only_words(page: Page) -> None:
    """Nothing on the page was made of a name, and the page is no error page."""
    assert page.evaluate(MADE) == []
    assert page.locator("[data-testid=stException]").count() == 0


def read(text: str) -> str:
    """Words as a browser shows them: blanks are one, and signs that nobody sees are not counted."""
    return one_line(text).replace(" ", "")


def shown_in(page: Page, selector: str) -> str:
    return read("\n".join(page.locator(selector).all_inner_texts()))


def cells(download: Download) -> list[list[str]]:
    text = download.path().read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_views_show_words(visit: Watched, server: Server) -> None:
    page = visit.page
    page.goto(f"{server.url}/?lang=sv&period=2026-01-05..2026-02-28")
    visit.ready()
    for layer in LAYERS:
        page.locator(f"[data-layer={layer}]").click()
        visit.ready()
        only_words(page)
    tables = {
        name: _table(page, name) for name in ("map", "categories", "sources", "areas") if _has(page, name)
    }
    assert [text for text in STORABLE if read(text) not in tables["map"]] == []
    assert [name for name in NAMES if read(name) not in tables["sources"]] == []
    assert set(tables) >= {"map", "sources", "categories"}
    for number in (0, 3, 7, 40):
        x, y = position_on_map(page, server, AREA_CODES[number])
        page.mouse.move(x, y)
        page.wait_for_function("() => document.querySelector('.tooltip:popover-open') || [...document.querySelectorAll('*')]"
                               ".some((one) => one.shadowRoot?.querySelector('.tooltip:popover-open'))")  # fmt: skip
        said = shown_in(page, ".tooltip")
        assert read(STORABLE[number]) in said
        only_words(page)
    bars = page.locator("[data-view=sources] .surface").first
    bars.hover(position={"x": 200, "y": 14})
    bars.click(position={"x": 200, "y": 14})
    page.locator("[data-view=chips] .chip").first.wait_for()
    bars.focus()
    page.keyboard.press("ArrowDown")
    visit.ready()
    only_words(page)


def _has(page: Page, view: str) -> bool:
    return page.locator(f"[data-view={view}] .tools button[aria-haspopup]").count() > 0


def _table(page: Page, view: str) -> str:
    """What the table of a view says, its file taken along and read."""
    page.locator(f"[data-view={view}] .tools button[aria-haspopup]").last.click()
    dialog = page.locator(f"[data-view={view}] dialog:popover-open").first
    dialog.locator("tbody tr").first.wait_for()
    only_words(page)
    said = read(dialog.locator("table").inner_text())
    for words in (SV("linked.csv"), SV("linked.picture")):
        with page.expect_download() as waiting:
            dialog.get_by_role("button", name=words, exact=True).click()
        assert re.fullmatch(r"[a-z0-9-]+\.(csv|png)", waiting.value.suggested_filename)
        if words == SV("linked.csv"):
            rows = cells(waiting.value)
            assert len(rows) > 1
            assert len({len(row) for row in rows}) == 1
            assert [
                cell for row in rows for cell in row if safe_cell(cell) != cell and not _is_number(cell)
            ] == []
    page.keyboard.press("Escape")
    return said


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(,\d+)?", cell) is not None


def test_what_a_name_made_would_be_seen(visit: Watched, server: Server) -> None:
    page = visit.page
    page.goto(f"{server.url}/om-siffrorna?lang=sv")
    page.locator("h1").first.wait_for()
    visit.rest()
    only_words(page)
    page.evaluate(
        "() => document.querySelector('h1').insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')"
    )
    page.wait_for_function("() => document.querySelector('h1 img')?.complete")
    page.evaluate("() => alert(1)")
    assert page.evaluate(MADE) == ['<img src="x" onerror="alert(1)">']
    assert any("script-src-attr" in complaint for complaint in visit.complaints)
    assert RAN in visit.complaints
    visit.complaints.clear()


def test_routes_are_never_taken_for_a_page(visit: Watched, server: Server) -> None:
    for path in (
        f"/linked/views?areas={NAMES[0]}",
        "/linked/mount?lang=<script>",
        "/shapes/1/districts/0.json",
    ):
        reply = visit.page.request.get(server.url + path)
        assert reply.headers["content-type"].startswith(("application/json", "text/plain"))
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "<script" not in reply.text()


def test_addresses_show_words(visit: Watched, server: Server) -> None:
    page = visit.page
    for first in range(0, len(STORABLE), 3 * CHOSEN_AT_ONCE):
        texts_ = [text[:120] for text in STORABLE[first : first + 3 * CHOSEN_AT_ONCE] if _is_code(text)]
        facets = dict(
            zip(("areas", "categories", "sources"), (texts_[::3], texts_[1::3], texts_[2::3]), strict=True)
        )
        query = {name: "~".join(map(_escaped, values)) for name, values in facets.items() if values}
        page.goto(f"{server.url}/?{urlencode({'lang': 'sv', **query})}")
        page.locator(".linked[data-state=ready][data-painted]").wait_for()
        chips = shown_in(page, "[data-view=chips] .chip")
        assert [text for values in facets.values() for text in values if read(text) not in chips] == []
        only_words(page)
    for name in ("period", "hours", "lang", "layer", "area_set"):
        page.goto(f"{server.url}/om-siffrorna?{urlencode({name: STORABLE[3] + STORABLE[17]})}")
        page.locator("h1").first.wait_for()
        visit.rest()
        only_words(page)


def _is_code(text: str) -> bool:
    """Controls are no part of a code; what nobody sees is in no chip's words."""
    return bool(read(text)) and not re.search(r"[\x00-\x1f\x7f]", text)


def _escaped(code: str) -> str:
    return code.replace("%", "%25").replace("~", "%7E")


def test_pages_show_words(visit: Watched, server: Server) -> None:
    page = visit.page
    page.goto(f"{server.url}/om-siffrorna?lang=sv")
    page.get_by_role("heading", name=SV("about.glossary_title")).wait_for()
    visit.rest()
    only_words(page)
    page.locator(".st-key-table-coverage button").first.click()
    visit.rest()
    only_words(page)
    page.goto(f"{server.url}/importera?lang=sv")
    page.get_by_text(SV("import.history")).click()
    visit.rest()
    only_words(page)
    assert page.locator("[data-testid=stExpander] a").count() == 0
    page.get_by_role("tab", name=SV("import.incidents")).click()
    page.locator(".st-key-incidents-organisation input").click()
    page.locator("[role=option]").first.wait_for()
    assert read("![x](http://127.0.0.1:9/x.png)") in shown_in(page, "[role=option]")
    only_words(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_administration_shows_words(visit: Watched, server: Server, language: str) -> None:
    page, say = visit.page, texts(language)
    page.goto(f"{server.url}/administration?lang={language}")
    page.get_by_role("heading", name=say("admin.title")).wait_for()
    for part in PARTS:
        page.get_by_role("radio", name=say(f"admin.part_{part}")).or_(
            page.get_by_role("button", name=say(f"admin.part_{part}"), exact=True)
        ).first.click()
        visit.rest()
        only_words(page)
        box = page.locator("[data-testid=stSelectbox] input").first
        if part in ("people", "organisations", "categories"):
            box.click()
            page.locator("[role=option]").nth(1).click()
            visit.rest()
            only_words(page)
