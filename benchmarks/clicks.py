"""From a click to paint in a real browser, at a million incidents: our page and the same page written the ordinary way, in turns.

Ours is timed by the marks that it leaves after a frame was painted. The ordinary page leaves none: the last change of a chart's
SVG counts there, and the last drawing call of the map, which spares it the painting itself. Chromium draws in software.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks import town
from benchmarks.browsing import WATCH, Traffic, browser, free_port, running, serving, wait_for
from benchmarks.harness import Row, p90
from dashboard.demo import load_sample
from dashboard.geometry import document
from data_access import snapshot
from data_access.changes import initialise
from data_access.database import Database
from data_access.facts import facts
from data_access.frame import read_frame
from data_access.models.incident import POLICE_REPORTED
from data_access.permissions import OPERATOR
from data_access.records import DATE, Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

INCIDENTS = 1_000_000
ROUNDS, OURS_A_ROUND, WARM_UP = 12, 4, 6
BARS_OURS = ("categories", "kinds", "sources", "police_reported", "areas")
BARS_ORDINARY = ("category", "kind", "source", "reported", "area")
P50_MS, P95_MS, FASTER, KB, FIRST_PAINT_S = 80.0, 150.0, 15.0, 25.0, 6.0
PAGE = Path(__file__).parent / "ordinary" / "page.py"


@dataclass(frozen=True)
class Click:
    """Milliseconds from the click to the last chart painted and to the map drawn; bytes that came until all was quiet."""

    charts: float
    map: float
    sent_bytes: int


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="samsyn-bench-") as folder:
        first = _first_paint(Path(folder))
        return [*_rows(_clicked(Path(folder))), first]


def _clicked(folder: Path) -> list[tuple[list[Click], Click]]:
    """Clicks on both pages in turns."""
    database = town.build(folder / "town.db", INCIDENTS)
    snapshot.current(database)
    _ordinary_files(database, folder)
    with ExitStack() as stack:
        ours_url = stack.enter_context(serving(database.url))
        other_url = stack.enter_context(_ordinary(folder))
        chromium = stack.enter_context(browser())
        ours, other = _Ours(chromium, ours_url), _Ordinary(chromium, other_url)
        for number in range(WARM_UP):
            ours.click(number)
            other.click(number)
        clicks: list[tuple[list[Click], Click]] = []
        for number in range(ROUNDS):
            mine = [ours.click(WARM_UP + number * OURS_A_ROUND + k) for k in range(OURS_A_ROUND)]
            clicks.append((mine, other.click(WARM_UP + number)))
        return clicks


def _rows(clicks: list[tuple[list[Click], Click]]) -> list[Row]:
    mine = [click for many, _ in clicks for click in many]
    theirs = [click for _, click in clicks]
    rows = []
    for what, name in (("last chart painted", "charts"), ("map drawn", "map")):
        ours, other = ([getattr(click, name) for click in some] for some in (mine, theirs))
        ratio = statistics.median(other) / statistics.median(ours)
        bar = FASTER if name == "charts" else 1.0
        rows.append(
            Row(f"click -> {what}: the ordinary page", statistics.median(ours), statistics.median(other), ratio, bar,
                ratio >= bar, ours_p90=p90(ours), peer_p90=p90(other), note=f"{INCIDENTS:,} incidents, 300 districts")
        )  # fmt: skip
    charts = sorted(click.charts for click in mine)
    late = charts[min(int(0.95 * len(charts)), len(charts) - 1)]
    kilobytes = [click.sent_bytes / 1024 for click in mine]
    note = f"the ordinary page: {statistics.median(click.sent_bytes for click in theirs) / 1024:.0f} KB"
    return [
        *rows,
        _ceiling("click -> last chart painted, p50", statistics.median(charts), P50_MS, "ms"),
        _ceiling("click -> last chart painted, p95", late, P95_MS, "ms"),
        _ceiling("bytes per click, with what follows it", statistics.median(kilobytes), KB, "KB", note),
    ]


def _ceiling(what: str, value: float, bar: float, unit: str, note: str = "") -> Row:
    return Row(what, value, None, value, bar, value <= bar, unit, is_ceiling=True, note=note)


class _Ours:
    """The explore page."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
        self.traffic = Traffic(self.page)
        self.page.goto(url)
        self.page.locator(".linked[data-state=ready]").wait_for(timeout=60_000)
        self.page.wait_for_timeout(2000)

    def click(self, number: int) -> Click:
        """Click the next bar; every second click takes the one before back."""
        page, name = self.page, BARS_OURS[number // 2 % len(BARS_OURS)]
        host = page.locator(".linked")
        serial = int(host.get_attribute("data-serial") or 0)
        box = page.locator(f"[data-view={name}] .surface").first.bounding_box()
        assert box is not None
        before = self.traffic.received
        page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 14 + 20 * (number // 10 % 2))
        page.locator(f".linked[data-painted='{serial + 1}']").wait_for(timeout=30_000)
        page.wait_for_timeout(1500)  # what Python is told after a while, and what it answers, count as well
        marks = page.evaluate(
            "serial => Object.fromEntries(performance.getEntriesByType('mark')"
            ".filter(m => m.detail && m.detail.serial === serial).map(m => [m.name, m.startTime]))",
            serial + 1,
        )
        start = marks["samsyn:click"]
        return Click(
            marks["samsyn:charts"] - start, marks["samsyn:map"] - start, self.traffic.received - before
        )


class _Ordinary:
    """The same page by pandas, st.altair_chart and st.pydeck_chart."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.page = browser.new_page(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
        self.page.add_init_script(WATCH)
        self.traffic = Traffic(self.page)
        self.page.goto(url)
        self.page.locator(".st-key-bar-kind svg.marks").wait_for(timeout=120_000)
        self._settle()

    def click(self, number: int) -> Click:
        """Click the next bar; every second click takes the one before back."""
        page, name = self.page, BARS_ORDINARY[number // 2 % len(BARS_ORDINARY)]
        bar = page.locator(f".st-key-bar-{name} svg.marks .mark-rect path").first
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        assert box is not None
        before = self.traffic.received
        page.mouse.click(box["x"] + min(box["width"] / 2, 20), box["y"] + box["height"] / 2)
        found = self._settle()
        start = found["click"]
        return Click(found["svg"] - start, found["gl"] - start, self.traffic.received - before)

    def _settle(self) -> dict[str, Any]:
        """Wait until nothing has moved for a while after the server was done."""
        self.page.wait_for_timeout(400)
        return self.page.evaluate("samsynSettled(900, 60000)")


@contextmanager
def _ordinary(folder: Path) -> Iterator[str]:
    port = free_port()
    command = [
        str(Path(sys.executable).parent / "streamlit"), "run", str(PAGE), "--server.port", str(port), "--server.address",
        "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none",
    ]  # fmt: skip
    with running(command, {"ORDINARY_DATA": str(folder)}):
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}/"


def _ordinary_files(database: Database, folder: Path) -> None:
    """What the ordinary page reads: the same incidents with their calendar, and the districts."""
    frame = read_frame(database, OPERATOR)
    assert frame.area_set is not None
    records = Records.of(snapshot.incidents(snapshot.current(database), frame.area_set.id, "base"))
    category = {one.id: one for one in frame.categories}
    source = {one.id: one.name for one in frame.sources}
    area = {one.id: one.code for one in frame.areas}
    local = pd.DatetimeIndex(records.occurred_from).tz_localize("UTC").tz_convert(frame.timezone)
    hour = np.where(records.time_precision == DATE, 168, local.weekday * 24 + local.hour)
    day = records.local_date.astype(np.int32)
    data = pd.DataFrame(
        {
            "area": pd.Categorical([area.get(number, "") for number in records.area_id.tolist()]),
            "category": pd.Categorical([category[n].name_sv for n in records.category_id.tolist()]),
            "kind": pd.Categorical([category[n].kind for n in records.category_id.tolist()]),
            "source": pd.Categorical([source[n] for n in records.organisation_id.tolist()]),
            "reported": pd.Categorical.from_codes(records.reported, list(POLICE_REPORTED)),
            "hour_of_week": hour.astype(np.int16),
            "week": ((day - 4) // 7).astype(np.int16),
            "day": day,
            "is_night": (local.hour >= 18) | (local.hour < 6),
        }
    )
    data.to_parquet(folder / "incidents.parquet")
    found = document(database, OPERATOR, facts(database, OPERATOR), "districts")
    assert found is not None
    (folder / "districts.json").write_bytes(found.body)


def _first_paint(folder: Path) -> Row:
    """From `samsyn run` to the first picture, with the sample municipality as `samsyn demo` leaves it."""
    database = Database(f"sqlite:///{folder / 'sample.db'}")
    initialise(database)
    load_sample(database, OPERATOR)
    times = []
    with browser() as chromium:
        for _ in range(3):
            start = time.time()
            with serving(database.url) as url:
                page = chromium.new_page(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
                page.goto(url)
                page.locator(".linked[data-painted]").wait_for(timeout=60_000)
                painted_at = page.evaluate(
                    "(performance.timeOrigin + performance.getEntriesByName('samsyn:charts')[0].startTime) / 1000"
                )
                times.append(painted_at - start)
                page.close()
    return _ceiling(
        "first paint after `samsyn run`, sample data", statistics.median(times), FIRST_PAINT_S, "s"
    )
