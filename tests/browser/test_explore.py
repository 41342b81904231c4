"""Explore by real clicks: every view filters all others, and the number on the page is the number in the database."""

from __future__ import annotations

import math
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004 - playwright has its own

from dashboard.geometry import ground
from dashboard.situation import explore
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import DEMO_VIEWER
from data_access.selection import Selection

pytestmark = pytest.mark.browser

WORLD_PX = 512


def asked(page) -> Selection:
    """The selection that the address states."""
    return Selection.from_query(dict(parse_qsl(urlsplit(page.url).query)))


def expected_total(server, selection: Selection) -> str:
    found = explore.situation(facts(server.database, DEMO_VIEWER), selection)
    assert found is not None
    return texts("sv").number(found.now.total)


def click_changes(visit, server, click, facet: str) -> Selection:
    """Click, wait for the address to state the facet, and compare the figure shown with a count of its own."""
    page, before = visit.page, asked(visit.page)
    click()
    page.wait_for_function(
        f"() => location.search !== {urlsplit(page.url).query!r} && location.search.includes('{facet}')"
    )
    after = asked(page)
    assert getattr(after, facet) != getattr(before, facet)
    assert after.without(facet) == before.without(facet)
    visit.wait_for_total(expected_total(server, after))
    visit.rest()
    return after


def position_on_map(page, server, code: str) -> tuple[float, float]:
    """Where a district's middle is on the screen: the map is centred on all districts, its zoom fits 900 x 440 px."""
    known = facts(server.database, DEMO_VIEWER)
    land = ground(server.database, DEMO_VIEWER, known.frame.area_set)
    lon, lat = land.middles[[area.code for area in known.areas].index(code)]
    west, south, east, north = land.bounds
    high, low = mercator(north), mercator(south)
    scale = min(900 / ((east - west) / 360), 440 / (high - low)) * 0.94
    box = page.locator(".st-key-areas-map canvas").last.bounding_box()
    x = box["x"] + box["width"] / 2 + (lon - (west + east) / 2) / 360 * scale
    y = box["y"] + box["height"] / 2 - (mercator(lat) - (high + low) / 2) * scale
    return x, y


def mercator(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def click_district(page, server, code: str, name: str) -> None:
    """Point at a district until the map says its name, then click; again when the map was too busy painting to notice."""
    x, y = position_on_map(page, server, code)
    said = page.locator(".deck-tooltip", has_text=name)
    for attempt in range(5):
        for step in range(60):
            page.mouse.move(x + (attempt + step) % 3, y)
            if said.is_visible():
                break
            page.wait_for_timeout(200)
        page.mouse.click(x, y)
        try:
            page.wait_for_function("() => location.search.includes('areas')", timeout=8000)
        except TimeoutError:
            continue
        return


def test_every_view_filters_all_others(visit, sample_server):
    page = visit.page
    page.goto(sample_server.url)
    visit.ready()
    visit.wait_for_total(expected_total(sample_server, Selection()))

    name = next(area.name for area in facts(sample_server.database, DEMO_VIEWER).areas if area.code == "0201")
    chosen = click_changes(
        visit, sample_server, lambda: click_district(page, sample_server, "0201", name), "areas"
    )
    assert chosen.areas == {"0201"}
    bar = page.locator(".st-key-frame-kinds svg.marks")
    chosen = click_changes(visit, sample_server, lambda: bar.click(position={"x": 300, "y": 12}), "kinds")
    assert len(chosen.kinds) == 1
    grid = page.locator(".st-key-frame-hours svg.marks")
    size = grid.bounding_box()
    an_evening = {"x": size["width"] * 0.8, "y": size["height"] * 0.45}
    chosen = click_changes(visit, sample_server, lambda: grid.click(position=an_evening), "hours")
    assert len(chosen.hours) == 1
    curve = page.locator(".st-key-frame-period svg.marks").first

    def brush() -> None:
        curve.scroll_into_view_if_needed()
        box = curve.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 70)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + 75, steps=8)
        page.mouse.up()

    chosen = click_changes(visit, sample_server, brush, "period")
    assert chosen.period.first.weekday() == 0
    assert chosen.period.last.weekday() == 6
    assert (
        page.locator(".st-key-chips [data-testid=stButton]").count() == 4
    )  # three filters, and the one that takes all away
    page.locator(".st-key-chips button").first.click()
    page.wait_for_function("() => !location.search.includes('areas')")
    visit.wait_for_total(expected_total(sample_server, asked(page)))
    page.get_by_text(texts("sv")("ui.clear_all")).click()
    page.wait_for_function("() => !location.search.includes('hours')")
    visit.wait_for_total(expected_total(sample_server, Selection()))


def test_a_copied_link_shows_the_same_picture_and_a_page_change_keeps_it(visit, sample_server):
    page = visit.page
    query = (
        "?period=2025-01-06..2025-06-29&areas=0101~0102&police_reported=yes&hours=112-116&layer=heat&lang=en"
    )
    page.goto(sample_server.url + "/" + query)
    visit.ready()
    selection = asked(page)
    assert selection.hours == {112, 113, 114, 115, 116}
    total = texts("en").number(
        explore.situation(facts(sample_server.database, DEMO_VIEWER), selection).now.total
    )
    visit.wait_for_total(total)
    assert page.get_by_text("When does it happen?").is_visible()
    assert page.get_by_text("300 metre").count() + page.get_by_text("300 m").count() > 0  # the heat legend
    page.get_by_role("link", name="About the figures").click()
    page.get_by_role("heading", name="Glossary").wait_for()
    page.get_by_role("link", name="Explore").click()
    visit.ready()
    visit.wait_for_total(total)
    page.wait_for_function("() => location.search.includes('0101~0102')")
    assert asked(page) == selection


def test_a_broken_link_is_said_and_everything_is_shown(visit, sample_server):
    visit.page.goto(sample_server.url + "/?hours=400")
    visit.ready()
    assert visit.page.get_by_text("hours = 400").is_visible()
    visit.wait_for_total(expected_total(sample_server, Selection()))
