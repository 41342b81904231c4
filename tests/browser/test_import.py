"""Importing by hand: a good file, a bad file, and one's own districts."""

from __future__ import annotations

import json

import pytest

from data_access.counts import read_counts
from data_access.permissions import OPERATOR
from data_access.selection import Selection

pytestmark = pytest.mark.browser

GOOD = (
    "Ärende;Typ;Datum;N;E\r\n"
    "A-1;Skadegörelse;2026-03-06 22:15;6580050;674020\r\n"
    "A-2;Klotter;2026-03-07 01:40;6580100,5;674900\r\n"
    "A-3;Bråk;2026-03-07;6580200;675900\r\n"
)
BAD = GOOD.replace("2026-03-07 01:40", "31 februari").replace("A-", "B-")


def square(code: str, x: float) -> dict:
    ring = [[x, 6579000], [x + 1000, 6579000], [x + 1000, 6581000], [x, 6581000], [x, 6579000]]
    return {
        "type": "Feature",
        "properties": {"kod": code, "namn": f"Område {code}", "folkmangd": 900},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def open_import(visit, server):
    visit.page.goto(server.url + "/importera")
    visit.page.get_by_role("heading", name="Importera").wait_for()


def upload_incidents(page, organisation: str, name: str, text: str) -> None:
    page.get_by_role("tab", name="2. Händelser").click()
    box = page.locator(".st-key-incidents-organisation input")
    box.fill(organisation)
    box.press("Enter")
    page.locator(".st-key-incidents-file input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    )
    page.get_by_text("Så har filen lästs").wait_for()


def test_own_districts_and_a_good_file_are_seen_on_the_map(visit, empty_server):
    page = visit.page
    open_import(visit, empty_server)
    page.get_by_role("tab", name="1. Områden").click()
    areas = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}},
        "features": [square("01", 673500), square("02", 674500)],
    }
    page.locator(".st-key-areas-file input[type=file]").set_input_files(
        {"name": "omraden.geojson", "mimeType": "application/json", "buffer": json.dumps(areas).encode()}
    )
    page.get_by_role("button", name="Spara 2 områden").click()
    page.get_by_text("2 områden i omraden").wait_for()
    upload_incidents(page, "Fältgruppen", "handelser.csv", GOOD)
    page.get_by_role("button", name="Spara 3 rader").click()
    page.get_by_text("3 rader lästa, 3 lagrade, 0 redan kända, 0 refuserade, 1 utan område").wait_for()
    page.get_by_role("link", name="Utforska").click()
    visit.ready()
    visit.wait_for_total("3")
    found = {
        row["area"]: row["count"]
        for row in read_counts(empty_server.database, OPERATOR, Selection(), ["area"])
    }
    assert found == {"01": 1, "02": 1, None: 1}


def test_a_bad_row_is_named_and_the_good_ones_go_in(visit, empty_server):
    page = visit.page
    open_import(visit, empty_server)
    upload_incidents(page, "Fältgruppen", "trasig.csv", BAD)
    page.get_by_text("En rad går inte att läsa").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner listan över fel").click()
    text = download.value.path().read_text("utf-8-sig")
    assert "31 februari" in text
    assert text.splitlines()[1].startswith("3;")
    page.get_by_role("button", name="Spara 2 rader").click()
    page.get_by_text("3 rader lästa, 2 lagrade, 0 redan kända, 1 refuserade").wait_for()
    assert sum(row["count"] for row in read_counts(empty_server.database, OPERATOR, Selection(), [])) == 2


def test_a_file_that_is_no_table_is_refused_in_words(visit, empty_server):
    page = visit.page
    open_import(visit, empty_server)
    page.get_by_role("tab", name="2. Händelser").click()
    box = page.locator(".st-key-incidents-organisation input")
    box.fill("Polisen")
    box.press("Enter")
    page.locator(".st-key-incidents-file input[type=file]").set_input_files(
        {
            "name": "lista.xls",
            "mimeType": "text/html",
            "buffer": b"<html><table><tr><td>1</td></tr></table></html>",
        }
    )
    page.get_by_text("Öppna den i Excel och spara som .xlsx").wait_for()


def test_the_sample_can_be_opened_and_taken_away(visit, empty_server):
    page = visit.page
    open_import(visit, empty_server)
    page.get_by_role("button", name="Öppna exempelkommunen").click()
    page.get_by_text("Här ligger exempelkommunen").wait_for(timeout=90_000)
    page.get_by_role("button", name="Ta bort exempelkommunen").click()
    page.get_by_role("button", name="Ja, ta bort").click()
    page.get_by_role("button", name="Öppna exempelkommunen").wait_for()
    assert read_counts(empty_server.database, OPERATOR, Selection(), [])[0]["count"] == 0
