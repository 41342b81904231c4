"""Choosing districts and drawing a surface, in a real browser under the real policy of the content."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.browsing import free_port
from data_access.changes import initialise
from data_access.database import Database
from tests import small_town
from tests.browser.conftest import PATIENCE_MS, ROOT, Visit, wait_until_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SERVE = Path(__file__).parent / "area_map" / "serve.py"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The drawn municipality, served with nothing but the map."""
    folder = tmp_path_factory.mktemp("area_map")
    database, port, log = Database(f"sqlite:///{folder / 'small.db'}"), free_port(), folder / "log.txt"
    initialise(database)
    small_town.build(database)
    database.engine.dispose()
    environment = os.environ | {
        "SAMSYN_DATABASE": database.url,
        "SAMSYN_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    with log.open("w") as output:
        process = subprocess.Popen([sys.executable, SERVE], stdout=output, stderr=output, env=environment)
        try:
            wait_until_up(f"http://127.0.0.1:{port}/health", process, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def page(visit: Visit, address: str) -> Page:
    visit.page.goto(address)
    visit.page.locator("[data-code='01']").wait_for(timeout=PATIENCE_MS)
    understood(visit.page, "areas 01 surface none problem none")
    return visit.page


def understood(page: Page, words: str) -> None:
    """Wait until Python says that it has understood so."""
    page.get_by_test_id("stText").filter(has_text=words).wait_for(timeout=PATIENCE_MS)


def middle(page: Page, code: str) -> tuple[float, float]:
    box = page.locator(f"[data-code='{code}']").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def draw(page: Page, *codes: str) -> None:
    """A corner in the middle of each district, and the first one again."""
    page.get_by_role("button", name="Rita en yta").click()
    for code in (*codes, codes[0]):
        page.mouse.click(*middle(page, code))
        page.wait_for_timeout(400)  # or two clicks would be one double-click


def test_clicks_choose_districts(page: Page) -> None:
    page.mouse.click(*middle(page, "02"))
    page.mouse.click(*middle(page, "04"))
    understood(page, "areas 01,02,04 surface none")
    page.mouse.click(*middle(page, "01"))
    understood(page, "areas 02,04 surface none")
    pressed = page.locator("[data-code][aria-pressed=true]").evaluate_all(
        "all => all.map(one => one.dataset.code)"
    )
    assert sorted(pressed) == ["02", "04"]


def test_the_keyboard_chooses_districts(page: Page) -> None:
    page.get_by_role("button", name="Rita en yta").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    understood(page, "areas 01,02 surface none")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    understood(page, "areas 01,02,04 surface none")
    assert page.locator(".tip").inner_text() == "Skogen \u2013 Jämförelseområde"


def test_a_surface_is_drawn_moved_mended_and_taken_away(page: Page) -> None:
    draw(page, "01", "02", "04", "03")
    understood(page, "areas 01 surface 1.00 km2 problem none")

    (x, y), (to_x, to_y) = middle(page, "03"), middle(page, "02")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x + 60, to_y, steps=8)
    page.mouse.up()
    understood(page, "surface none problem Ytans sidor korsar varandra.")
    page.get_by_role("alert").filter(has_text="korsar").wait_for()

    page.mouse.move(to_x + 60, to_y)
    page.mouse.down()
    page.mouse.move(x, y, steps=8)
    page.mouse.up()
    understood(page, "areas 01 surface 1.00 km2 problem none")

    page.get_by_role("button", name="Ta bort ytan").click()
    understood(page, "areas 01 surface none problem none")


def test_keys_take_corners_back_and_close(page: Page) -> None:
    page.get_by_role("button", name="Rita en yta").click()
    for code in ("01", "02", "04", "03"):
        page.mouse.click(*middle(page, code))
        page.wait_for_timeout(400)
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    understood(page, "areas 01 surface 0.50 km2")


def test_a_double_click_closes_and_escape_cancels(page: Page) -> None:
    page.get_by_role("button", name="Rita en yta").click()
    page.mouse.click(*middle(page, "01"))
    page.keyboard.press("Escape")
    assert page.locator(".dot").count() == 0
    page.wait_for_timeout(400)
    for code in ("01", "02"):
        page.mouse.click(*middle(page, code))
        page.wait_for_timeout(400)
    page.mouse.dblclick(*middle(page, "04"))
    understood(page, "areas 01 surface 0.50 km2")


def test_the_wheel_and_the_buttons_move_the_map_and_choose_nothing(page: Page) -> None:
    before = middle(page, "04")
    page.mouse.move(*middle(page, "01"))
    page.mouse.wheel(0, -240)
    page.mouse.down()
    page.mouse.move(700, 300, steps=5)
    page.mouse.up()
    assert middle(page, "04") != before
    page.get_by_role("button", name="Hela kartan").click()
    assert middle(page, "04") == pytest.approx(before, abs=1)
    understood(page, "areas 01 surface none")


def test_all_of_it_fits_a_phone(visit: Visit, page: Page) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    draw(page, "01", "02", "04")
    understood(page, "areas 01 surface 0.50 km2")
