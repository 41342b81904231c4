"""The life of an intervention, as a person clicks it: planned on the map, decided, changed, evaluated, taken along as PDF."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from data_access.audit import AuditQuestion, read_log
from data_access.interventions import read_intervention
from data_access.permissions import OPERATOR
from tests.browser.conftest import PATIENCE_MS, Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
STORE = re.compile("Spara$")


@pytest.fixture(scope="module")
def server(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A copy of the sample to write in."""
    folder = tmp_path_factory.mktemp("interventions")
    shutil.copy(sample_file, folder / "sample.db")
    with serving(folder / "sample.db", folder / "log.txt") as started:
        yield started


def opened(visit: Visit, server: Server, asked: str = "") -> Page:
    visit.page.goto(f"{server.url}/insatser{asked}")
    visit.page.locator("h1").wait_for(timeout=PATIENCE_MS)
    rest(visit.page)
    return visit.page


def rest(page: Page) -> None:
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE_MS)


def choose(page: Page, key: str, *names: str) -> None:
    """Choose words in a list that filters as one types."""
    for name in names:
        page.locator(f".st-key-{key} input").fill(name)
        page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
    rest(page)


def fill(page: Page, key: str, words: str) -> None:
    box = page.locator(f".st-key-{key} :is(input, textarea)").first
    box.fill(words)
    box.press("Tab")
    rest(page)


def press_district(page: Page, code: str) -> None:
    page.locator(f".st-key-plan-new-map [data-code='{code}']").focus()
    page.keyboard.press("Space")
    rest(page)


def test_an_intervention_from_plan_to_paper(visit: Visit, server: Server) -> None:
    page = opened(visit, server)
    page.get_by_role("button", name="Ny insats").click()
    page.get_by_role("heading", name="Ny insats").wait_for()
    page.locator("[data-code='0402']").wait_for(timeout=PATIENCE_MS)
    page.get_by_text("Välj områden (eller rita en yta) och händelser").wait_for()
    press_district(page, "0402")
    choose(page, "plan-new-categories", "Skadegörelse", "Klotter")
    page.get_by_text("Ingen minskning, inte ens om alla uteblev, skulle synas").wait_for(timeout=PATIENCE_MS)
    page.get_by_text("Jämförelseområde").first.wait_for()  # the map's legend

    # Without a title nothing is stored, and the form stays as it is.
    page.get_by_role("button", name=STORE).click()
    page.get_by_text("Rubrik: Fältet är tomt").wait_for(timeout=PATIENCE_MS)
    fill(page, "plan-new-title", "Kvällsronder i kvarteret")
    fill(page, "plan-new-cause", "Ring Karin 070-123 45 67")
    page.get_by_role("button", name=STORE).click()
    page.get_by_text("innehåller ett telefonnummer").wait_for(timeout=PATIENCE_MS)
    fill(page, "plan-new-cause", "Folktomt efter klockan tio")
    page.get_by_role("button", name=STORE).click()

    page.get_by_role("heading", name="Kvällsronder i kvarteret").wait_for(timeout=PATIENCE_MS)
    page.get_by_text("Insatsen är inte beslutad").first.wait_for()
    rest(page)
    number = int(page.url.split("insats=")[1].split("&")[0])
    stored = read_intervention(server.database, OPERATOR, number)
    assert stored is not None
    assert stored.fact.areas == ("0402",)
    assert set(stored.fact.categories) == {"vandalism", "graffiti"}
    assert stored.cause == "Folktomt efter klockan tio"
    assert stored.detectable_pct is None  # of so few events nothing would be seen
    page.get_by_role("button", name="Sätt till: Beslutad").click()
    page.get_by_text("uppgifterna räcker till").first.wait_for(timeout=PATIENCE_MS)


def test_a_card_is_taken_along_as_pdf_and_that_is_logged(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "?insats=5")
    page.get_by_role("heading", name="Riktade polispass").wait_for(timeout=PATIENCE_MS)
    page.get_by_text("En del kan ha flyttat dit").first.wait_for(timeout=PATIENCE_MS)
    with page.expect_download(timeout=PATIENCE_MS) as download:
        page.get_by_role("button", name="Kortet som PDF").click()
    words = "".join(part.extract_text() for part in PdfReader(download.value.path()).pages)
    assert "Riktade polispass mot narkotikaförsäljning i Norrby centrum" in words
    assert "286" in words
    entries, _ = read_log(server.database, OPERATOR, AuditQuestion())
    assert any(entry.subject.startswith("pdf: Riktade polispass") for entry in entries)


def test_an_edit_after_the_start_is_kept_and_shown(visit: Visit, server: Server) -> None:
    page = opened(visit, server, "?insats=4")
    page.get_by_role("button", name="Ändra").click()
    page.get_by_text("Insatsen har börjat. Det som ändras nu skrivs upp").wait_for(timeout=PATIENCE_MS)
    goal = page.locator("[class*=st-key-plan-4-][class*=-goal_pct] input")
    goal.fill("35")
    goal.press("Tab")
    rest(page)
    page.get_by_role("button", name=STORE).click()
    page.get_by_text("Planen har ändrats efter starten: Mål: minskning i procent").wait_for(
        timeout=PATIENCE_MS
    )
    stored = read_intervention(server.database, OPERATOR, 4)
    assert stored is not None
    assert stored.fact.goal_pct == 35
    assert [one.field for one in stored.changes if one.is_after_start][:1] == ["goal_pct"]
    assert stored.looks == 1


def test_a_number_that_is_not_there_leads_back_to_all(visit: Visit, server: Server) -> None:
    for asked in ("?insats=999", "?insats=x", "?insats=-1", "?insats=99999999999"):
        page = opened(visit, server, asked)
        page.get_by_text("Insatsen finns inte").wait_for(timeout=PATIENCE_MS)
        page.get_by_text("Vilka insatser har gjort skillnad?").wait_for(timeout=PATIENCE_MS)
        assert page.get_by_test_id("stException").count() == 0
