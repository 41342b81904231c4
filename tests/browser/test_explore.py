"""Explore by real clicks: every view filters all others, and the number on the page is the number in the database."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboard.geometry import ground
from dashboard.situation import explore
from dashboard.texts import texts
from data_access.audit import AuditQuestion, read_log
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Server, Visit

pytestmark = pytest.mark.browser

SV = texts("sv")
MAP_MARGIN = 0.94


def asked(page: Page) -> Selection:
    """The selection that the address states."""
    return Selection.from_query(dict(parse_qsl(urlsplit(page.url).query)))


def total_of(server: Server, selection: Selection, language: str = "sv") -> str:
    found = explore.situation(facts(server.database, LOCAL_VIEWER), selection)
    assert found is not None
    return texts(language).number(found.now.total)


def click_changes(visit: Visit, server: Server, click: Callable[[], None], facet: str) -> Selection:
    """Click, wait for the address to state the facet, and compare the figure shown with a count of its own."""
    page, before = visit.page, asked(visit.page)
    click()
    page.wait_for_function(
        f"() => location.search !== {'?' + urlsplit(page.url).query!r} && location.search.includes('{facet}')"
    )
    after = asked(page)
    assert getattr(after, facet) != getattr(before, facet)
    assert after.without(facet) == before.without(facet)
    visit.wait_for_total(total_of(server, after))
    visit.rest()
    return after


def open_page(visit: Visit, server: Server, query: str = "") -> Page:
    visit.page.goto(server.url + "/" + query)
    visit.ready()
    return visit.page


def mercator(lat: float) -> float:
    return math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)


def position_on_map(page: Page, server: Server, code: str) -> tuple[float, float]:
    """Where a district's middle is on the screen: the map holds all districts with a small margin."""
    known = facts(server.database, LOCAL_VIEWER)
    assert known.frame.area_set is not None
    land = ground(server.database, LOCAL_VIEWER, known.frame.area_set)
    lon, lat = land.middles[[area.code for area in known.areas].index(code)]
    west, south, east, north = land.bounds
    high, low = mercator(north), mercator(south)
    box = page.locator("[data-view=map] .map").bounding_box()
    assert box is not None
    scale = min(box["width"] / ((east - west) / 360), box["height"] / (high - low)) * MAP_MARGIN
    x = box["x"] + box["width"] / 2 + (lon - (west + east) / 2) / 360 * scale
    y = box["y"] + box["height"] / 2 - (mercator(lat) - (high + low) / 2) * scale
    return x, y


def first_bar(visit: Visit, name: str) -> Callable[[], None]:
    return lambda: visit.view(name).click(position={"x": 200, "y": 14})


def test_every_view_filters_all_others(visit, sample_server):
    page = open_page(visit, sample_server)
    visit.wait_for_total(total_of(sample_server, Selection()))
    place = position_on_map(page, sample_server, "0201")
    chosen = click_changes(visit, sample_server, lambda: page.mouse.click(*place), "areas")
    assert chosen.areas == {"0201"}
    for facet in ("kinds", "categories", "sources", "police_reported"):
        chosen = click_changes(visit, sample_server, first_bar(visit, facet), facet)
        assert len(getattr(chosen, facet)) == 1
    grid = visit.view("hours").bounding_box()
    assert grid is not None
    an_evening = {"x": grid["width"] * 0.8, "y": grid["height"] * 0.45}
    chosen = click_changes(
        visit, sample_server, lambda: visit.view("hours").click(position=an_evening), "hours"
    )
    assert len(chosen.hours) == 1
    # three filters are chips of their own here: each with one value, and the one that takes all away
    assert page.locator("[data-view=chips] button").count() == 7
    page.locator("[data-view=chips] [data-facet=areas]").click()
    page.wait_for_function("() => !location.search.includes('areas')")
    visit.wait_for_total(total_of(sample_server, asked(page)))
    page.locator("[data-clear=all]").click()
    page.wait_for_function("() => !location.search.includes('hours')")
    visit.wait_for_total(total_of(sample_server, Selection()))


def test_a_drag_over_the_weeks_sets_the_period_and_a_drag_over_the_hours_a_rectangle(visit, sample_server):
    page = open_page(visit, sample_server)

    def drag(name: str, begin: tuple[float, float], end: tuple[float, float]) -> None:
        box = visit.view(name).bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * begin[0], box["y"] + box["height"] * begin[1])
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * end[0], box["y"] + box["height"] * end[1], steps=8)
        page.mouse.up()

    chosen = click_changes(visit, sample_server, lambda: drag("period", (0.4, 0.4), (0.55, 0.45)), "period")
    assert chosen.period is not None
    assert (chosen.period.first.weekday(), chosen.period.last.weekday()) == (0, 6)
    assert chosen.period.days > 60
    chosen = click_changes(visit, sample_server, lambda: drag("hours", (0.6, 0.3), (0.8, 0.6)), "hours")
    days, hours = {hour // 24 for hour in chosen.hours}, {hour % 24 for hour in chosen.hours}
    assert len(days) > 1
    assert len(hours) > 1
    assert len(chosen.hours) == len(days) * len(hours)


def point_at_lane(page: Page, visit: Visit, click: str) -> str:
    """Put the pointer on a lane where a click does so, wherever it is drawn at the end of the weeks; gives its title."""
    box = visit.view("period").bounding_box()
    assert box is not None
    for up in range(10, round(box["height"]), 4):
        page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] - up)
        page.wait_for_timeout(40)
        said = page.locator(".linked .tooltip:popover-open")
        if said.count() and click in said.inner_text():
            return said.locator("strong").inner_text()
    pytest.fail(f"there is no lane under the weeks that {click}")


def test_a_click_on_the_lane_of_an_intervention_asks_for_it_and_leads_to_it(visit, sample_server):
    page = open_page(visit, sample_server)
    title = point_at_lane(page, visit, SV("chart.lane_choose"))
    known = facts(sample_server.database, LOCAL_VIEWER)
    one = next(one for one in known.frame.interventions if one.title == title)
    pointer = visit.view("period").locator("canvas").evaluate("canvas => getComputedStyle(canvas).cursor")
    assert pointer == "pointer"

    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('categories')")
    chosen = asked(page)
    assert (chosen.areas, chosen.categories) == (set(one.areas), set(one.categories))
    assert chosen.period is not None
    assert chosen.period.first == one.starts_on
    visit.wait_for_total(total_of(sample_server, chosen))
    visit.rest()
    link = page.locator("[data-view=chips] [data-link=intervention]")
    assert link.inner_text() == f"Insats: {title} \u2013 se utvärderingen"
    assert link.get_attribute("href") == f"insatser?insats={one.id}&lang=sv"

    # more chips may have moved the charts down
    assert point_at_lane(page, visit, SV("chart.lane_release")) == title
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("() => !location.search.includes('categories')")
    assert asked(page) == Selection()
    assert link.count() == 0


def test_presets_and_own_days_set_the_period(visit, sample_server):
    page = open_page(visit, sample_server)
    chosen = click_changes(
        visit, sample_server, lambda: page.locator("[data-preset=quarter]").click(), "period"
    )
    assert chosen.period is not None
    assert chosen.period.days == 91
    assert page.locator("[data-preset=quarter]").get_attribute("aria-pressed") == "true"

    def own_days() -> None:
        page.locator("[data-view=filter] .own").click()
        page.locator("input[name=first]").fill("2025-02-03")
        page.locator("input[name=last]").fill("2025-03-09")
        page.locator("form.days button[type=submit]").click()

    chosen = click_changes(visit, sample_server, own_days, "period")
    assert str(chosen.period) == "2025-02-03..2025-03-09"


def test_a_copied_link_shows_the_same_picture_and_a_page_change_keeps_it(visit, sample_server):
    query = (
        "?period=2025-01-06..2025-06-29&areas=0101~0102&police_reported=yes&hours=112-116&layer=heat&lang=en"
    )
    page = open_page(visit, sample_server, query)
    selection = asked(page)
    assert selection.hours == {112, 113, 114, 115, 116}
    total = total_of(sample_server, selection, "en")
    visit.wait_for_total(total)
    assert page.get_by_role("heading", name="When does it happen?").first.is_visible()
    assert page.get_by_text("300 m").count() > 0  # the legend of the density
    page.get_by_role("link", name="About the figures").click()
    page.get_by_role("heading", name="Glossary").wait_for()
    page.get_by_role("link", name="Explore").click()
    visit.ready()
    visit.wait_for_total(total)
    page.wait_for_function("() => location.search.includes('0101~0102')")
    assert asked(page) == selection


def test_a_broken_link_is_said_and_everything_is_shown(visit, sample_server):
    page = open_page(visit, sample_server, "?hours=400")
    assert page.get_by_text("hours = 400").is_visible()
    visit.wait_for_total(total_of(sample_server, Selection()))


def test_quick_clicks_end_with_the_last_question(visit, sample_server):
    page = open_page(visit, sample_server)
    for height in (14, 34, 54):
        visit.view("kinds").click(position={"x": 200, "y": height})
    page.wait_for_function("() => location.search.includes('kinds')")
    visit.rest()
    chosen = asked(page)
    assert len(chosen.kinds) == 3
    visit.wait_for_total(total_of(sample_server, chosen))


def test_a_chart_is_walked_through_and_chosen_from_with_the_keyboard(visit, sample_server):
    page = open_page(visit, sample_server)
    page.locator("[data-preset=all]").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "document.activeElement.shadowRoot?.activeElement?.closest('[data-view]')?.dataset.view"
        )
        is_surface = page.evaluate(
            "document.activeElement.shadowRoot?.activeElement?.classList.contains('surface')"
        )
        if where == "kinds" and is_surface:
            break
    page.keyboard.press("ArrowDown")
    said = page.locator(".linked [aria-live=polite]").inner_text()
    assert said

    def choose() -> None:
        page.keyboard.press("Enter")

    chosen = click_changes(visit, sample_server, choose, "kinds")
    assert len(chosen.kinds) == 1


def test_the_table_of_the_map_holds_every_district_and_chooses(visit, sample_server):
    page = open_page(visit, sample_server)
    page.locator("[data-view=map] .tools button").last.click()
    table = page.locator("[data-view=map] dialog table")
    table.wait_for()
    areas = facts(sample_server.database, LOCAL_VIEWER).areas
    assert table.locator("tbody tr").count() == len(areas)
    chosen = click_changes(
        visit, sample_server, lambda: table.locator("tr[data-code='0101'] button").click(), "areas"
    )
    assert chosen.areas == {"0101"}
    with page.expect_download() as download:
        page.locator("[data-view=map] dialog").get_by_role("button", name="CSV").click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == len(areas) + 1
    assert ";" in lines[0]
    visit.rest()
    newest = read_log(
        sample_server.database, LOCAL_VIEWER, AuditQuestion(action="incidents.export"), limit=1
    )[0]
    assert newest[0].subject == "csv: Var är det?"
    assert newest[0].details == {"filter": {"areas": "0101"}, "rows": len(areas)}


def test_a_file_that_is_given_out_is_logged_with_its_filter(visit, sample_server):
    page = open_page(visit, sample_server, "?areas=0101")
    with page.expect_download() as download:
        page.locator(".st-key-download-csv button").click()
    assert download.value.path().stat().st_size > 0
    newest = read_log(
        sample_server.database, LOCAL_VIEWER, AuditQuestion(action="incidents.export"), limit=1
    )[0]
    assert (newest[0].subject, newest[0].details["filter"]) == ("csv", {"areas": "0101"})
    assert newest[0].details["rows"] > 30


def test_a_click_keeps_the_map_where_it_was_moved(visit, sample_server):
    page = open_page(visit, sample_server)
    box = page.locator("[data-view=map] .map").bounding_box()
    assert box is not None
    page.locator("[data-view=map] .zoom button").first.click()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=5)
    page.mouse.up()
    page.wait_for_timeout(800)
    over = page.locator("[data-view=map] canvas.over")
    names = "element => element.toDataURL()"
    before = over.evaluate(names)
    click_changes(visit, sample_server, first_bar(visit, "kinds"), "kinds")
    assert over.evaluate(names) == before


def test_it_says_that_the_server_is_away_and_recovers(visit, sample_server):
    page = open_page(visit, sample_server)
    page.route("**/linked/views**", lambda route: route.abort())
    first_bar(visit, "kinds")()
    page.locator(".linked[data-state=away]").wait_for()
    page.get_by_text(SV("linked.server_away")).wait_for()
    assert page.locator("[data-view=figures] .value").first.inner_text() == total_of(
        sample_server, Selection()
    )
    page.unroute("**/linked/views**")
    page.locator(".linked[data-state=ready]").wait_for()
    page.wait_for_function("() => location.search.includes('kinds')")
    visit.wait_for_total(total_of(sample_server, asked(page)))
    assert not page.get_by_text(SV("linked.server_away")).is_visible()


def test_the_routes_answer_nobody_without_a_ticket_and_nothing_malformed(visit, sample_server):
    page = visit.page
    tickets: list[str] = []
    page.on("request", lambda request: tickets.append(request.headers.get("x-samsyn-ticket", "")))
    open_page(visit, sample_server)
    ticket = next(one for one in tickets if one)
    address = sample_server.url + "/linked/views"
    assert page.request.get(address).status == 401
    bad = page.request.get(address + "?hours=400", headers={"X-Samsyn-Ticket": ticket})
    assert bad.status == 400
    assert "400" in bad.json()["reason"]
    good = page.request.get(address + "?kinds=crime", headers={"X-Samsyn-Ticket": ticket})
    again = page.request.get(
        address + "?kinds=crime", headers={"X-Samsyn-Ticket": ticket, "If-None-Match": good.headers["etag"]}
    )
    assert (good.status, again.status) == (200, 304)


def test_on_a_phone_the_views_stand_in_reading_order(chromium, sample_server):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="sv-SE", has_touch=True)
    page = context.new_page()
    page.goto(sample_server.url)
    page.locator(".linked[data-state=ready][data-painted]").wait_for(timeout=45_000)
    order = (
        "figures",
        "map",
        "period",
        "hours",
        "categories",
        "areas",
        "sources",
        "police_reported",
        "kinds",
    )
    boxes = [page.locator(f"[data-view={name}]").bounding_box() for name in order]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert len(tops) == len(order)
    assert all(box and box["x"] + box["width"] <= 390 for box in boxes)
    context.close()
