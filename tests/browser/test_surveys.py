"""The page of surveys in a browser: every part on both screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.texts import texts
from tests.browser.conftest import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Server

pytestmark = pytest.mark.browser

SCREENS = {"desk": (1920, 1080), "phone": (390, 844)}
SV = texts("sv")
PARTS = {
    "risks": "surveys.priorities_title",
    "help": "survey_chart.unmet_title",
    "safety": "survey_chart.safety_title",
    "together": "survey_chart.scatter_title",
    "publish": "surveys.publish_help",
}
"""The parts of the page, and what is read on each."""


def rest(page: Page) -> None:
    page.wait_for_timeout(500)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE_MS)


def to_part(page: Page, name: str) -> None:
    page.locator(".st-key-survey-part").get_by_text(SV(f"surveys.part_{name}"), exact=True).click()
    rest(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_part_is_walked_through_without_a_fault(
    chromium: Browser, sample_server: Server, screen: str
) -> None:
    width, height = SCREENS[screen]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{sample_server.url}/enkater")
    for name, words in PARTS.items():
        to_part(page, name)
        page.get_by_text(SV(words)).first.wait_for()
        assert page.locator("[data-testid=stException]").count() == 0
        for chart in page.locator("[data-testid=stVegaLiteChart]").all():
            chart.locator("canvas, svg").first.wait_for()
            edge = chart.bounding_box()
            assert edge is None or edge["x"] + edge["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_map_of_missing_help_stays_in_sight(chromium: Browser, sample_server: Server) -> None:
    context = chromium.new_context(viewport={"width": 1920, "height": 900}, locale="sv-SE")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{sample_server.url}/enkater")
    to_part(page, "help")
    page.locator(".st-key-survey-aside canvas, .st-key-survey-aside svg.marks").first.wait_for()
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 500)")
    page.wait_for_timeout(300)
    edge = page.locator(".st-key-survey-aside").bounding_box()
    assert edge is not None
    assert 0 < edge["y"] < 100
    context.close()
