"""A weekly meeting as it is held: followed up, looked at, judged, decided, closed, sent, and carried on to the next one."""

from __future__ import annotations

import html
import io
import re
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from dashboard.situation.explore import situation
from dashboard.situation.meeting_words import MeetingWords
from dashboard.texts import texts
from dashboard.ui.meeting_page import STEPS
from data_access.administration import read_organisations
from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    grant_role,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_decision,
    record_recipient,
    set_focus,
)
from data_access.facts import facts
from data_access.meetings import read_meeting, read_meetings, read_open_decisions, read_recipients
from data_access.permissions import OPERATOR, Role, Viewer
from tests.browser.conftest import PATIENCE_MS
from tests.browser.providers import mock
from tests.browser.test_explore import asked, position_on_map
from tests.browser.test_sign_in import ANNA, WAITS, House, house
from tests.mail_server import mail_server
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from playwright.sync_api import Browser, Locator, Page

    from data_access.database import Database
    from data_access.meetings import MeetingRecord
    from tests.mail_server import Received

pytestmark = pytest.mark.browser

SV = texts("sv")
AREA, OTHER = "0402", "0501"
DONE, MOVED, LEFT = "Beskär buskagen vid lekplatsen", "Märk cyklarna vid stationen", "Byt lampan i garaget"
NEW, PLAN = "Rondera vid torget två kvällar", "Sätt upp belysning på parkeringen"
SCREENS = {
    "desk": (1920, 1080, ""),
    "phone": (390, 844, ""),
    "shared": (1920, 1080, "&visas=1"),
    "shared_small": (1280, 720, "&visas=1"),
}
SMALLEST_PX = 24
SMALL_WORDS = """smallest => {
  const found = [];
  const read = root => {
    for (const holder of root.querySelectorAll("*")) {
      if (holder.shadowRoot) read(holder.shadowRoot);
      const words = [...holder.childNodes].filter(one => one.nodeType === 3).map(one => one.data.trim()).join("");
      const box = holder.getBoundingClientRect();
      if (!words || box.width < 2 || box.height < 2 || holder.closest("style, script")) continue;
      if (!holder.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const px = parseFloat(getComputedStyle(holder).fontSize) * holder.currentCSSZoom;
      if (px < smallest) found.push(`${words} (${px})`);
    }
  };
  read(document);
  return found;
}"""
"""What a person reads in letters smaller than that, as they seem on the screen."""
IS_WIDE = """() => [document.documentElement, document.querySelector("[data-testid=stMain]")]
  .some(one => one.scrollWidth > one.clientWidth)"""


@dataclass
class Room:
    """Where the meeting is held: the server, the mail server, the cookie of who runs it, and a meeting that was before."""

    house: House
    received: Received
    cookies: list
    before: int

    @property
    def database(self) -> Database:
        return self.house.server.database

    def record(self, number: int) -> MeetingRecord:
        found = read_meeting(self.database, OPERATOR, number)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def room(sample_file: object, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Room]:
    with mail_server() as (mail, received):
        environment = {
            "SAMSYN_SMTP_HOST": mail.host,
            "SAMSYN_SMTP_PORT": str(mail.port),
            "SAMSYN_SMTP_SECURITY": "none",
            "SAMSYN_SMTP_FROM": mail.sender,
        }
        with house(tmp_path_factory.mktemp("meetings"), sample_file, mock, environment) as made:
            cookies = signed_in(chromium, made)
            yield Room(made, received, cookies, meeting_before(made.server.database))


def signed_in(chromium: Browser, made: House) -> list:
    """The cookies of Anna, who coordinates."""
    context = chromium.new_context(locale="sv-SE")
    context.route(lambda url: "//localhost" not in url, lambda route: route.abort())
    page = context.new_page()
    made.sign_in(page)
    expect(page.get_by_text(WAITS)).to_be_visible(timeout=PATIENCE_MS)
    grant_role(made.server.database, OPERATOR, ANNA, role="coordinator", organisation="Lindhamns kommun")
    cookies = context.cookies()
    context.close()
    return cookies


def meeting_before(database: Database) -> int:
    """A meeting that has begun, later than all others, with something of everything; and to whom reports are sent."""
    known = facts(database, OPERATOR)
    assert known.period is not None
    assert known.frame.area_set is not None
    last = known.period.last
    days = [last, *(one.held_on for one in read_meetings(database, OPERATOR))]
    held = max(days) + timedelta(days=2)
    entry = MeetingEntry(held, last - timedelta(days=6), last, participants="Polisen, kommunen och bolaget")
    number = prepare_meeting(database, OPERATOR, entry, area_set_id=known.frame.area_set.id)
    open_meeting(database, OPERATOR, number, revision=1)
    rate_area(database, OPERATOR, number, AREA, level=3, reason="Bråk vid torget på kvällarna", revision=0)
    set_focus(database, OPERATOR, number, [(AREA, "Torget på kvällar"), (OTHER, "Mörkt")], revision=0)
    for days_on, what in enumerate((DONE, MOVED, LEFT), start=3):
        due = held + timedelta(days=days_on)
        decided = DecisionEntry(what, "Polisen", (AREA,), person="Kommunpolis", deadline=due)
        record_decision(database, OPERATOR, number, decided)
    for one in read_organisations(database, OPERATOR):
        if one.name in ("Lindhamns kommun", "Bostads AB Linden"):
            email = f"möte{one.id}@lindhamn.example".replace("ö", "o")
            record_recipient(database, OPERATOR, organisation_id=one.id, email=email)
    return number


@pytest.fixture
def screen(room: Room, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages of Anna's in browsers of some size."""
    contexts = []

    def opened(path: str, width: int = 1920, height: int = 1080) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="sv-SE")
        contexts.append(context)
        context.add_cookies(room.cookies)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{room.house.url}{path}")
        page.locator(".st-key-language-switch").wait_for(state="attached")
        rest(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def rest(page: Page) -> None:
    page.wait_for_timeout(400)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=PATIENCE_MS)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def until(page: Page, is_stored: Callable[[], object]) -> None:
    """Wait for what a press writes: on a busy machine it is heard later than the page seems to rest."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while not is_stored() and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert is_stored()
    rest(page)


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()
    rest(page)


def submit(page: Page, label: str) -> None:
    page.locator("[data-testid=stForm]").get_by_role("button", name=label).last.click()
    rest(page)


def fill(form: Locator, label: str, words: str) -> None:
    box = form.get_by_label(label, exact=True)
    box.fill(words)
    box.press("Tab")


def fill_day(form: Locator, label: str, day: date) -> None:
    """Type a day into its three parts."""
    box = form.locator("[data-testid=stDateInput]").filter(has_text=label)
    box.get_by_role("spinbutton").first.focus()
    form.page.keyboard.type(f"{day:%Y%m%d}")
    form.get_by_role("textbox").first.click()  # shuts the calendar, which lies over the button


def to_step(page: Page, name: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(SV(f"meetings.step_{name}"), exact=True).click()
    page.wait_for_url(f"**steg={name}*")
    rest(page)


def number_of(page: Page) -> int:
    found = re.search(r"mote=(\d+)", page.url)
    assert found
    return int(found.group(1))


def form_of(page: Page) -> Locator:
    """The form of the step, not that of who is present."""
    return page.locator("[data-testid=stForm]:visible").last


def refused(page: Page, sentence: str) -> None:
    expect(page.get_by_test_id("stAlert").get_by_text(sentence, exact=True)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def empty(field: str) -> str:
    return SV("entry.of_field", field=SV(f"meeting_field.{field}"), problem=SV("entry.text_empty"))


def begin(page: Page, room: Room) -> int:
    """Prepare the meeting on the day that is proposed, say who is there, and begin it."""
    press(page, "meeting-prepare")
    page.wait_for_url("**mote=*")
    number = number_of(page)
    record, before = room.record(number), room.record(room.before)
    assert (record.status, record.participants) == ("prepared", before.participants)
    assert record.held_on > before.held_on
    to_step(page, "decide")
    page.get_by_text(SV("meetings.begin_first")).wait_for()
    to_step(page, "follow")
    page.get_by_text(SV("meetings.describe")).click()
    fill(page.locator("[data-testid=stForm]").first, SV("meetings.note"), "Nästa möte hålls hos polisen.")
    page.locator("[data-testid=stForm]").first.get_by_role("button", name=SV("admin.store")).click()
    rest(page)
    expect(page.get_by_label(SV("meetings.note"))).not_to_be_visible()  # stored, it is out of the way
    press(page, "meeting-begin")
    until(page, lambda: room.record(number).status == "open")
    assert room.record(number).note
    return number


def follow_up(page: Page, room: Room, number: int) -> None:
    """One is done, one is moved (not without a reason and a day), one is left as it is."""
    of = {one.what: one for one in read_open_decisions(room.database, OPERATOR)}
    press(page, f"done-{of[DONE].id}")
    page.locator(f".st-key-follow-{of[DONE].id}").get_by_text(SV("decision_status.done")).wait_for()
    card = page.locator(f".st-key-follow-{of[MOVED].id}")
    card.get_by_role("button", name=SV("meetings.otherwise")).click()
    page.locator("[data-testid=stPopoverBody]").get_by_text(SV("decision_status.moved")).click()
    submit(page, SV("admin.store"))
    refused(page, empty("reason"))
    form = page.locator("[data-testid=stPopoverBody]")
    fill(form, SV("meetings.reason"), "Utrustningen kom inte i tid")
    later = room.record(number).held_on + timedelta(days=9)
    fill_day(form, SV("meetings.new_deadline"), later)
    submit(page, SV("admin.store"))
    card.get_by_text(SV("decision_status.moved"), exact=True).wait_for()
    left = {one.what: one for one in read_open_decisions(room.database, OPERATOR)}
    assert DONE not in left
    assert (left[MOVED].deadline, left[MOVED].times_moved) == (later, 1)
    assert left[LEFT].status == "open"


def filter_and_reset(page: Page, room: Room, number: int) -> None:
    """A click on the map and one on a type narrow all views; one key takes both back."""
    views = page.locator(".linked[data-state=ready][data-painted]")
    views.wait_for()
    page.mouse.click(*position_on_map(page, room.house.server, AREA))
    page.wait_for_function(f"() => location.search.includes('areas={AREA}')")
    rest(page)
    page.locator("[data-view=categories] .surface").first.click(position={"x": 200, "y": 14})
    page.wait_for_function("() => location.search.includes('categories=')")
    rest(page)
    record, chosen = room.record(number), asked(page)
    assert chosen.period is not None
    assert (chosen.period.first, chosen.period.last) == (record.first_day, record.last_day)
    found = situation(facts(room.database, Viewer("k", Role.COORDINATOR)), chosen)
    assert found is not None
    total = page.locator("[data-view=figures] .value").first
    expect(total).to_have_text(SV.number(found.now.total))
    page.keyboard.press("Alt+0")
    page.wait_for_function("() => !location.search.includes('categories')")
    rest(page)
    assert asked(page).without("area_set") == chosen.without("areas").without("categories").without(
        "area_set"
    )
    page.mouse.click(*position_on_map(page, room.house.server, AREA))
    page.wait_for_function(f"() => location.search.includes('areas={AREA}')")
    rest(page)


def judge(page: Page, room: Room, number: int) -> None:
    """The district chosen on the map is rated, and comes first among the places in focus."""
    submit(page, SV("admin.store"))
    refused(page, SV("meetings.level_missing"))
    form = form_of(page)
    form.get_by_text(SV("rating_level.2"), exact=True).click()
    submit(page, SV("admin.store"))
    refused(page, empty("reason"))
    assert room.record(number).ratings == ()
    fill(form_of(page), SV("meetings.column_reason"), "Fler störningar, och marknad i helgen")
    submit(page, SV("admin.store"))
    until(page, lambda: room.record(number).ratings)
    (rated,) = room.record(number).ratings
    assert (rated.area, rated.level, rated.reason) == (AREA, 2, "Fler störningar, och marknad i helgen")
    earlier = f"{room.record(room.before).held_on.isoformat()}: {SV('rating_level.3')}"
    page.get_by_text(SV("meetings.rated_before", history=earlier)).wait_for()
    press(page, f"focus-add-{AREA}")
    assert room.record(number).focus[0].area == AREA


def choose(page: Page, form: Locator, label: str, name: str) -> None:
    form.get_by_role("combobox", name=label, exact=True).fill(name)
    page.get_by_role("option", name=name, exact=True).click()


def decide(page: Page, room: Room, number: int) -> None:
    """Nothing is decided without words or on a day that has been; then twice, and the second begins an intervention."""
    held = room.record(number).held_on
    submit(page, SV("meetings.decide"))
    refused(page, empty("what"))
    form = form_of(page)
    fill(form, SV("meetings.column_what"), NEW)
    submit(page, SV("meetings.decide"))
    refused(page, SV("meetings.organisation_missing"))
    choose(page, form, SV("meetings.column_organisation"), "Polisen")
    fill(form, SV("meetings.column_person"), "Kommunpolis")
    past = held - timedelta(days=1)
    fill_day(form, SV("meetings.column_deadline"), past)
    submit(page, SV("meetings.decide"))
    refused(page, SV("entry.deadline_past", day=past.isoformat(), earliest=held.isoformat()))
    assert room.record(number).decisions == ()
    fill_day(form_of(page), SV("meetings.column_deadline"), held + timedelta(days=7))
    submit(page, SV("meetings.decide"))
    until(page, lambda: room.record(number).decisions)
    form = form_of(page)
    fill(form, SV("meetings.column_what"), PLAN)
    choose(page, form, SV("meetings.column_organisation"), "Lindhamns kommun")
    submit(page, SV("meetings.decide"))
    until(page, lambda: len(room.record(number).decisions) > 1)
    first, second = room.record(number).decisions
    assert (first.what, first.areas, first.deadline) == (NEW, (AREA,), held + timedelta(days=7))
    assert (second.what, second.organisation, second.deadline) == (PLAN, "Lindhamns kommun", None)


def begin_intervention(page: Page, room: Room, number: int) -> None:
    """The form of an intervention begins with what was decided; back in the meeting nothing is lost."""
    press(page, "decision-plan")
    page.get_by_role("heading", name="Ny insats").wait_for()
    rest(page)
    expect(
        page.locator("[class*=st-key-plan-new] :is(input, textarea)").filter(visible=True).first
    ).to_be_visible()
    values = page.locator("[class*=st-key-plan-new] :is(input, textarea)").evaluate_all(
        "all => all.map(one => one.value)"
    )
    decided = SV("meetings.decided_in", day=SV.date(room.record(number).held_on))
    assert {PLAN, decided, "Lindhamns kommun"} <= set(values)
    page.get_by_test_id("stTopNavLink").get_by_text(SV("page.meetings")).click()
    page.locator(".st-key-meeting-prepare").wait_for()
    rest(page)
    page.locator(".st-key-meeting-chosen input").click()
    page.get_by_role("option").nth(0).click()
    page.wait_for_url(f"**mote={number}*steg=decide*")
    rest(page)


def taken(page: Page, kind: str) -> bytes:
    page.wait_for_timeout(800)  # the address of a file is there a little after its button
    with page.expect_download() as download:
        page.locator(f".st-key-meeting-{kind} button").click()
    assert download.value.suggested_filename.endswith(f".{kind}")
    return download.value.path().read_bytes()


def close(page: Page, room: Room, number: int) -> MeetingWords:
    """Close, and take along what was frozen."""
    press(page, "meeting-close")
    page.get_by_text(SV("meeting_status.closed"), exact=True).wait_for()
    record = room.record(number)
    assert record.minutes is not None
    words = MeetingWords.from_dict(record.minutes)
    assert [one.what for one in words.decisions] == [NEW, PLAN]
    assert {one.what: one.outcome for one in words.decided_before}[MOVED].startswith(
        SV("decision_status.moved")
    )
    assert {one.what for one in words.decided_before} >= {DONE, MOVED, LEFT}
    report = taken(page, "pdf")
    assert report.startswith(b"%PDF")
    pages = PdfReader(io.BytesIO(report)).pages
    assert len(pages) > 0
    printed = tight("".join(part.extract_text() for part in pages))
    assert all(tight(one) in printed for one in sentences(words))
    table = taken(page, "csv").decode("utf-8-sig")
    assert NEW in table
    assert PLAN in table
    calendar = taken(page, "ics").decode()
    assert calendar.count("BEGIN:VEVENT") == len(set(re.findall(r"UID:decision-\d+@", calendar))) > 1
    assert "STATUS:CANCELLED" in calendar  # of what the meeting found done
    assert NEW in calendar.replace("\r\n ", "")
    return words


def sentences(words: MeetingWords) -> list[str]:
    """What page, PDF and mail all say."""
    said = [one.what for one in (*words.decisions, *words.decided_before)]
    said += [one.reason for one in words.ratings] + [one.words for one in words.reporters]
    return [one for one in (*said, *words.flags, words.quiet, *words.remarks, *words.notes) if one]


def tight(words: str) -> str:
    """Without blanks and hyphens, which are set anew where lines end."""
    return re.sub(r"[\s\u00ad\u2060-]", "", words)


def send(page: Page, room: Room, words: MeetingWords) -> None:
    """The report reaches everybody on the list once, however often it is sent."""
    everybody = [one.email for one in read_recipients(room.database, OPERATOR) if one.is_active]
    assert len(everybody) > 1
    room.received.mails.clear()
    press(page, "meeting-send")
    for email in everybody:
        page.get_by_text(SV("meetings.mail_sent", email=email)).wait_for()
    assert sorted(room.received.recipients) == sorted(everybody)
    again = page.locator(".st-key-meeting-send button")
    if again.count():
        again.click()
    rest(page)
    page.reload()
    page.get_by_text(SV("meetings.send_title"), exact=True).wait_for()
    rest(page)
    expect(again).to_have_count(0)
    assert len(room.received.mails) == len(everybody)
    for _, _, mail in room.received.mails:
        assert words.title in str(mail["subject"])
        kinds = [part.get_content_type() for part in mail.iter_attachments()]
        assert {"application/pdf", "text/csv", "text/calendar"} <= set(kinds)
    whole = next(mail for _, to, mail in room.received.mails if to == [municipality(room.database)])
    assert_says(whole, words)


def municipality(database: Database) -> str:
    return next(
        one.email for one in read_recipients(database, OPERATOR) if one.organisation == "Lindhamns kommun"
    )


def assert_says(mail: EmailMessage, words: MeetingWords) -> None:
    for kind in ("html", "plain"):
        body = mail.get_body((kind,))
        assert body is not None
        told = tight(html.unescape(re.sub(r"<[^>]+>", " ", body.get_content())))
        assert [one for one in sentences(words) if tight(one) not in told] == []
    (report,) = [one for one in mail.iter_attachments() if one.get_content_type() == "application/pdf"]
    assert report.get_content().startswith(b"%PDF")


def test_a_whole_meeting(room: Room, screen: Callable[..., Page]) -> None:
    page = screen("/moten")
    number = begin(page, room)
    follow_up(page, room, number)
    to_step(page, "look")
    page.get_by_role("heading", name=SV("meeting_report.flags")).wait_for()
    to_step(page, "places")
    filter_and_reset(page, room, number)
    to_step(page, "judge")
    judge(page, room, number)
    to_step(page, "decide")
    decide(page, room, number)
    begin_intervention(page, room, number)
    to_step(page, "close")
    words = close(page, room, number)
    send(page, room, words)

    # A week later: what is unfinished comes by itself, and nothing that was done.
    press(page, "meeting-back")
    later = next_week(page, room, number)
    for what in (MOVED, LEFT, NEW, PLAN):
        page.get_by_text(what, exact=True).wait_for()
    expect(page.get_by_text(DONE, exact=True)).to_have_count(0)
    press(page, "meeting-begin")
    press(
        page,
        f"done-{next(one.id for one in read_open_decisions(room.database, OPERATOR) if one.what == NEW)}",
    )
    assert later != number

    as_it_was(page, room, number, words)


def next_week(page: Page, room: Room, number: int) -> int:
    page.get_by_role("heading", name=SV("meetings.tasks")).wait_for()
    press(page, "meeting-prepare")
    page.wait_for_url("**mote=*")
    rest(page)
    later = number_of(page)
    assert room.record(later).held_on == room.record(number).held_on + timedelta(days=7)
    return later


def as_it_was(page: Page, room: Room, number: int, words: MeetingWords) -> None:
    """Reports that come late change what is known now, and nothing of the minutes, nor of those that are mended."""
    day = room.record(number).last_day.isoformat()
    late = [
        incident(f"late{hour}", "vandalism", f"{day}T{hour}:10", area_code=AREA) for hour in range(10, 22)
    ]
    store_incidents(room.database, late, "Polisen", name="sent.csv")
    page.goto(f"{room.house.url}/moten?mote={number}&steg=look")
    page.get_by_role("heading", name=SV("meeting_report.figures")).wait_for()
    rest(page)
    was = next(one for one in words.figures if one.label == SV("weekly.figure_incidents")).value
    now = SV.number(int(re.sub(r"\D", "", was)) + len(late))
    figures = page.locator("[data-testid=stMetricValue]")
    figures.get_by_text(was, exact=True).first.wait_for()
    page.get_by_text(SV("meetings.today", value=now)).first.wait_for()
    page.get_by_role("radio", name=SV("meetings.known_now")).click()
    figures.get_by_text(now, exact=True).first.wait_for()
    to_step(page, "close")
    page.get_by_text(f"{SV('weekly.figure_incidents')}: {was}.").wait_for()
    assert MeetingWords.from_dict(room.record(number).minutes or {}) == words

    page.get_by_role("button", name=SV("meetings.reopen")).click()
    submit(page, SV("meetings.reopen"))
    refused(page, empty("reason"))
    fill(page.locator("[data-testid=stPopoverBody]"), SV("meeting_field.reason"), "Fel dag för ronderingen")
    submit(page, SV("meetings.reopen"))
    page.get_by_test_id("stAlert").get_by_text("Fel dag för ronderingen").wait_for()
    page.get_by_text(f"{SV('weekly.figure_incidents')}: {was}.").filter(visible=True).first.wait_for()
    again = room.record(number)
    assert again.status == "open"
    assert [MeetingWords.from_dict(one.minutes or {}) for one in again.earlier] == [words]


@pytest.mark.parametrize("size", SCREENS)
def test_every_step_fits_its_screen(room: Room, screen: Callable[..., Page], size: str) -> None:
    width, height, shown = SCREENS[size]
    page = screen(f"/moten?mote={room.before}{shown}", width, height)
    page.locator(".st-key-meeting-top").wait_for()
    for name in STEPS:
        to_step(page, name)
        if name == "places":
            page.locator(".linked[data-painted], [data-testid=stVegaLiteChart] svg.marks").first.wait_for()
            rest(page)
        assert not page.evaluate(IS_WIDE), name
        if shown:
            assert page.evaluate(SMALL_WORDS, SMALLEST_PX) == [], name
            for chart in page.locator("[data-testid=stVegaLiteChart] svg.marks").all():
                edge = chart.bounding_box()
                assert edge is not None
                assert edge["x"] + edge["width"] <= width
    if shown:
        for hidden in ("[data-testid=stSidebar]", ".st-key-account", "[data-testid=stTopNavLink]"):
            expect(page.locator(hidden).filter(visible=True)).to_have_count(0)
        expect(page.get_by_text("Kommunpolis")).to_have_count(0)


def narrow_and_widen(page: Page) -> None:
    """A click on a type, and the key that takes it back."""
    page.locator(".linked[data-state=ready][data-painted]").wait_for()
    surface = page.locator("[data-view=categories] .surface").first
    surface.scroll_into_view_if_needed()
    box = surface.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 26)
    page.wait_for_function("() => location.search.includes('categories=')")
    rest(page)
    page.keyboard.press("Alt+0")
    page.wait_for_function("() => !location.search.includes('categories=')")
    rest(page)


def test_the_shared_screen_is_run_by_keys_and_stays_where_it_was(
    room: Room, screen: Callable[..., Page]
) -> None:
    page = screen(f"/moten?mote={room.before}&visas=1", 1280, 720)
    page.locator(".st-key-meeting-walk-right").wait_for()
    top = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    for name in list(STEPS)[1:]:
        if name == "judge":
            narrow_and_widen(page)
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 9999)")
        page.keyboard.press("Alt+ArrowRight")
        page.wait_for_url(f"**steg={name}*")
        rest(page)
        assert page.evaluate(top) == 0
    page.keyboard.press("Alt+ArrowLeft")
    page.wait_for_url("**steg=decide*")
    rest(page)
    page.reload()
    page.get_by_role("heading", name=SV("meetings.decisions")).wait_for()
    rest(page)
    assert "steg=decide" in page.url
    assert "visas=1" in page.url
    page.go_back()
    page.wait_for_url("**steg=close*")
    page.get_by_text(SV("meetings.close_help")).wait_for()
    press(page, "meeting-screen")
    expect(page.locator(".st-key-account")).to_be_visible()
    assert "visas" not in page.url
