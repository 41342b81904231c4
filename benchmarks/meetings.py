"""The page of meetings and the report of one: opening, walking through the steps, the linked views within, the PDF.

With the sample municipality and its meetings as `samsyn demo` leaves them. A step is there when nothing on the page comes, goes
or changes its words any more; the linked views leave marks of their own. Chromium draws in software.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browsing import WATCH_WORDS, browser, serving
from benchmarks.clicks import FIRST_PAINT_S, P50_MS, P95_MS
from benchmarks.harness import Row, ceiling, p90, seconds
from dashboard.demo import load_sample
from dashboard.texts import texts
from dashboard.ui.meeting_page import STEPS
from dashboard.warming import warm
from data_access.changes import initialise
from data_access.database import Database
from data_access.meetings import read_meetings
from data_access.permissions import LOCAL_VIEWER, OPERATOR

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from data_access.meetings import MeetingSummary

STARTS, OPENINGS, WALKS, WARM_UP, PICKS, REPORTS = 3, 9, 6, 6, 18, 5
OPENING_S, STEP_P50_MS, STEP_P95_MS, REPORT_S = 2.0, 500.0, 1000.0, 5.0
"""A page of this application that is not the linked one draws itself anew with each click: people wait for it, but not long."""

LINKED = "places"
QUIET_MS, PATIENCE_MS = 500, 60_000
SV = texts("sv")


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="samsyn-bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'sample.db'}")
        initialise(database)
        load_sample(database, OPERATOR)
        warm(database, LOCAL_VIEWER, "sv")
        coming, held, *_ = read_meetings(database, LOCAL_VIEWER)
        with browser() as chromium:
            rows = [_first(chromium, database, held), *_walked(chromium, database, held, coming)]
        return [*rows, _report(database, held, Path(folder))]


def _first(chromium: Browser, database: Database, held: MeetingSummary) -> Row:
    """From `samsyn run` to a meeting on the screen."""
    times = []
    for _ in range(STARTS):
        start = time.time()
        with serving(database.url) as url:
            page = _page(chromium)
            page.goto(_address(url, held))
            words = _rested(page)["words"]
            times.append(page.evaluate("performance.timeOrigin") / 1000 + words / 1000 - start)
            page.close()
    return ceiling(
        "a meeting on the screen after `samsyn run`", statistics.median(times), bar=FIRST_PAINT_S, unit="s"
    )


def _walked(chromium: Browser, database: Database, held: MeetingSummary, coming: MeetingSummary) -> list[Row]:
    """The steps of a meeting that was held; the linked views of the one that comes, as a closed one shows what was known then."""
    with serving(database.url) as url:
        lists = [_opening(chromium, f"{url}moten") for _ in range(OPENINGS)]
        meetings = [_opening(chromium, _address(url, held)) for _ in range(OPENINGS)]
        page = _page(chromium)
        page.goto(_address(url, held))
        _rested(page)
        steps = {name: [] for name in STEPS if name != LINKED}
        for number in range(WALKS + 1):
            for name, times in steps.items():
                if name != next(iter(steps)) or number:
                    times.append(_step(page, name))
        page.goto(_address(url, coming))
        _rested(page)
        shown = _linked(page)
        picks = [_pick(page, number) for number in range(WARM_UP + PICKS)][WARM_UP:]
    return [
        _middle("opening the list of meetings", lists, OPENING_S, "s"),
        _middle("opening a meeting", meetings, OPENING_S, "s"),
        *_steps(steps),
        ceiling("step -> linked views painted, the first time", shown, bar=OPENING_S, unit="s"),
        _middle("click in the linked views of a meeting, p50", picks, P50_MS, "ms"),
        ceiling("click in the linked views of a meeting, p95", _late(picks), bar=P95_MS, unit="ms"),
    ]


def _steps(steps: dict[str, list[float]]) -> list[Row]:
    """All changes of step but the first to each, which reads what the later ones have at hand."""
    later = [time for times in steps.values() for time in times[1:]]
    each = ", ".join(f"{name} {statistics.median(times[1:]):.0f}" for name, times in steps.items())
    first = max(times[0] for times in steps.values())
    note = f"medians by step: {each}; slowest first time {first:.0f} ms"
    return [
        _middle("change of step, p50", later, STEP_P50_MS, "ms", note),
        ceiling("change of step, p95", _late(later), bar=STEP_P95_MS, unit="ms"),
    ]


def _page(chromium: Browser) -> Page:
    page = chromium.new_page(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
    page.add_init_script(WATCH_WORDS)
    return page


def _address(url: str, held: MeetingSummary) -> str:
    return f"{url}moten?mote={held.id}"


def _rested(page: Page) -> dict[str, float]:
    """Milliseconds since the page began: the last click, and the last word that came; after the first there was."""
    page.locator(".st-key-meeting-prepare, .st-key-meeting-back").first.wait_for(timeout=PATIENCE_MS)
    return page.evaluate(f"samsynRested({QUIET_MS}, {PATIENCE_MS})")


def _opening(chromium: Browser, address: str) -> float:
    """Seconds from the address to the whole page, in a tab of its own."""
    page = _page(chromium)
    page.goto(address)
    found = _rested(page)["words"] / 1000
    page.close()
    return found


def _step(page: Page, name: str) -> float:
    """Milliseconds from the click on a step to all of it."""
    _tab(page, name).click()
    page.wait_for_timeout(100)  # until the page has begun
    found = _rested(page)
    return found["words"] - found["click"]


def _tab(page: Page, name: str) -> Locator:
    return page.get_by_test_id("stMain").get_by_role("radio", name=SV(f"meetings.step_{name}"), exact=True)


def _linked(page: Page) -> float:
    """Seconds from the click on the step to its charts."""
    _tab(page, LINKED).click()
    page.locator(".linked[data-painted]").wait_for(timeout=PATIENCE_MS)
    clicked = _rested(page)["click"]
    painted = page.evaluate("performance.getEntriesByName('samsyn:charts')[0].startTime")
    return (painted - clicked) / 1000


def _pick(page: Page, number: int) -> float:
    """Milliseconds from a click on a bar to the last chart; every second click takes the one before back."""
    host = page.locator(".linked")
    serial = int(host.get_attribute("data-serial") or 0)
    view = ("categories", "sources", "areas")[number // 2 % 3]
    bar = page.locator(f"[data-view={view}] .surface").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + 14)
    page.locator(f".linked[data-painted='{serial + 1}']").wait_for(timeout=PATIENCE_MS)
    page.wait_for_timeout(1000)
    marks = page.evaluate(
        "serial => Object.fromEntries(performance.getEntriesByType('mark')"
        ".filter(m => m.detail && m.detail.serial === serial).map(m => [m.name, m.startTime]))",
        serial + 1,
    )
    return marks["samsyn:charts"] - marks["samsyn:click"]


def _report(database: Database, held: MeetingSummary, folder: Path) -> Row:
    """The command as it is called, with the start of Python."""
    command = [
        str(Path(sys.executable).parent / "samsyn"), "report", "weekly", "--date", held.held_on.isoformat(),
        "--pdf", str(folder / "meeting.pdf"), "--database", database.url,
    ]  # fmt: skip

    def made() -> None:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603

    before = _processor_s()
    times = [seconds(made) for _ in range(REPORTS)]
    note = f"a meeting with all in it; {(_processor_s() - before) / REPORTS:.1f} s of processor time"
    return _middle("`samsyn report weekly --pdf`", times, REPORT_S, "s", note)


def _processor_s() -> float:
    """What the programs that were started have taken of the processors: waiting for a busy machine is not in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _middle(what: str, values: list[float], bar: float, unit: str, note: str = "") -> Row:
    middle = statistics.median(values)
    return Row(
        what, middle, None, middle, bar, middle <= bar, unit, ours_p90=p90(values), is_ceiling=True, note=note
    )


def _late(values: list[float]) -> float:
    """Nineteen of twenty are at most this."""
    return sorted(values)[min(int(0.95 * len(values)), len(values) - 1)]
