"""That no answer of a published survey is ever sent to a browser or kept on the server, whoever looks at whatever there is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as PlaywrightError

from dashboard.ui.contents import PAGES
from data_access.administration import read_users
from data_access.changes import grant_role, remove_membership
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_waves
from tests.browser.conftest import PATIENCE_MS
from tests.browser.providers import mock
from tests.browser.test_sign_in import ANNA, House, house
from tests.browser.test_surveys import rest, to_part
from tests.data_access.surveys.simulated import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, Page, Request, WebSocket

    from data_access.database import Database

pytestmark = pytest.mark.browser

SCREEN = {"width": 1920, "height": 1080}
WAVE = "Vårens omgång"
NO_BODY = (204, 302, 303, 304)
CANARIES = ("kanariefågel", "91827364", "81726354")
"""In every row, in a column that is not used, among the genders and as the number that was answered."""


def answers() -> FilePayload:
    """A row per pupil of five districts, with canaries; one gender in twenty is none of the two."""
    lines = ["Område;Kön;Stadium;family.conflicts;Mobbar andra;Svarsid"]
    for number in range(400):
        gender = ("Flicka", "Pojke")[number % 2] if number % 20 else f"{CANARIES[0]}-kön-{number}"
        start = CANARIES[1] if number % 3 == 0 else CANARIES[2]
        lines.append(
            f"{('0101', '0201', '0301', '0402', '0501')[number % 5]};{gender};{('Högstadiet', 'Gymnasiet')[number // 7 % 2]};"
            f"{start}{number:04};{('Ja', 'Nej')[number % 4 > 0]};{CANARIES[0]}-{number:05}"
        )
    return {"name": "enkät.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def mapping() -> FilePayload:
    content = {
        "cut_points": {"family.conflicts": 900_000_000_000},
        "first_day": "2020-03-01",
        "last_day": "2020-04-01",
    }
    return {"name": "m.json", "mimeType": "application/json", "buffer": json.dumps(content).encode()}


@dataclass
class Wire:
    """Everything that a page is sent but the program that it runs."""

    page: Page
    frames: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("websocket", self._socket)
        self.page.on("requestfinished", self._answer)

    def _socket(self, socket: WebSocket) -> None:
        socket.on(
            "framereceived",
            lambda frame: self.frames.append(frame if isinstance(frame, bytes) else frame.encode()),
        )

    def _answer(self, request: Request) -> None:
        response = request.response()
        if "/static/" in request.url or response is None or response.status in NO_BODY:
            return
        try:
            self.bodies.append(response.body())
        except PlaywrightError:
            self._again(request)

    def _again(self, request: Request) -> None:
        """Ask as the page asked: a browser that has gone on to another page has thrown the answer away."""
        try:
            self.bodies.append(self.page.context.request.fetch(request).body())
        except PlaywrightError:
            self.lost.append(request.url)

    def told(self) -> list[bytes]:
        return [*self.frames, *self.bodies]


def holds(content: bytes, words: str) -> bool:
    """Whether words are in bytes, in any usual writing."""
    return any(words.encode(code) in content for code in ("utf-8", "utf-16-le", "latin-1"))


def traces(folder: Path) -> list[str]:
    """Files below a folder with a canary in them."""
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(holds(path.read_bytes(), one) for one in CANARIES)
    ]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the server has all of its files."""
    return tmp_path_factory.mktemp("surveys")


@pytest.fixture(scope="module")
def lindhamn(kept: Path, sample_file: Path) -> Iterator[House]:
    """The sample with sign-in and the secret of surveys; its temporary files lie in the folder, too."""
    scratch = kept / "scratch"
    scratch.mkdir()
    environment = {"SAMSYN_SURVEY_SECRET": SECRET, "TMPDIR": str(scratch), "XDG_CACHE_HOME": str(scratch)}
    with house(kept, sample_file, mock, environment) as made:
        yield made


def become(database: Database, role: str, areas: list[str] | None = None) -> None:
    """Anna is this and nothing else."""
    for user in read_users(database, OPERATOR):
        for membership in user.memberships:
            remove_membership(database, OPERATOR, membership.id)
    grant_role(database, OPERATOR, ANNA, role=role, organisation="Lindhamns kommun", areas=areas or ())


def publish(page: Page) -> None:
    """Publish the file as a person does it: first one that is refused, then a look, then for good."""
    to_part(page, "publish")
    broken = answers()
    broken["buffer"] = broken["buffer"].replace(b";Nej;", f";{CANARIES[0]};".encode(), 1)
    page.locator(".st-key-survey-mapping-0 input[type=file]").set_input_files(mapping())
    rest(page)
    page.locator(".st-key-survey-answers-0 input[type=file]").set_input_files(broken)
    rest(page)
    page.locator(".st-key-survey-name-0 input").fill(WAVE)
    page.keyboard.press("Enter")
    rest(page)
    press(page, "survey-publish")
    refusal = page.get_by_text("Kolumnen Mobbar andra, rad 3")
    refusal.wait_for()
    page.locator(".st-key-survey-answers-0 input[type=file]").set_input_files(answers())
    refusal.wait_for(state="hidden")
    rest(page)
    press(page, "survey-preview")
    page.get_by_text("Provkörning: ingenting är publicerat").wait_for()
    press(page, "survey-publish")
    page.get_by_text(f"{WAVE} är publicerad för 33 områden").wait_for()


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()
    rest(page)


def choose(page: Page, key: str, name: str) -> None:
    box = page.locator(f".st-key-{key} input")
    if box.count():
        box.first.click()
        page.get_by_role("option", name=name, exact=True).click()
        rest(page)


def look_at_everything(wire: Wire, url: str) -> None:
    """Every page, and all of the survey."""
    page = wire.page
    for path, _ in PAGES.values():
        page.goto(f"{url}/{path}")
        if not path:
            page.locator(".linked[data-state=ready][data-painted]").wait_for()
        rest(page)
    look_at_the_survey(wire, url)


def look_at_the_survey(wire: Wire, url: str, group: str = "") -> None:
    """Every part of the wave that was published, of a group, and of a district where there is a choice."""
    page = wire.page
    page.goto(f"{url}/enkater?areas=0101")
    rest(page)
    for name in ("risks", "help", "together"):
        to_part(page, name)
        choose(page, "wave-youth", WAVE)
        rest(page)
    to_part(page, "risks")
    if group:
        choose(page, "survey-group-youth", group)
    page.locator(".st-key-table-survey-indicators button").first.click()
    page.locator("[data-testid=stPopoverBody] [data-testid=stDataFrame]").wait_for()
    rest(page)
    file = page.locator(".st-key-csv-survey-indicators button")
    if file.count():
        with page.expect_download() as download:
            file.click()
        wire.bodies.append(download.value.path().read_bytes())
    page.keyboard.press("Escape")


ROLES: dict[str, list[str]] = {"admin": [], "housing": ["0101", "0402"], "presenter": [], "reporter": []}
LIKE_THEM = ("coordinator", "analyst", "police")
"""Roles that are told of surveys what the administrator or the presenter is: they look at nothing else."""


def test_no_answer_of_a_published_file_is_sent_or_kept(
    chromium: Browser, lindhamn: House, kept: Path
) -> None:
    context = chromium.new_context(viewport=SCREEN, locale="sv-SE")
    context.route(lambda url: "//localhost" not in url, lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    database = lindhamn.server.database
    lindhamn.sign_in(page)
    page.get_by_text("ingen har gett dig någon roll").wait_for()
    become(database, "admin")
    wire = Wire(page)
    wire.listen()
    page.goto(f"{lindhamn.url}/enkater")
    rest(page)
    publish(page)
    assert WAVE in [wave.name for wave in read_waves(database, OPERATOR)]
    for role, areas in ROLES.items():
        become(database, role, areas)
        look_at_everything(wire, lindhamn.url)
        assert page.locator("[data-testid=stException]").count() == 0
    for role in LIKE_THEM:
        become(database, role)
        look_at_the_survey(wire, lindhamn.url, "Flickor och kvinnor")
        assert page.locator("[data-testid=stException]").count() == 0
    context.close()

    assert any(holds(frame, WAVE) for frame in wire.frames)  # it hears what is said
    assert any(b"FeatureCollection" in body for body in wire.bodies)
    assert wire.lost == []
    for canary in CANARIES:
        assert not any(holds(content, canary) for content in wire.told())
    database.engine.dispose()
    assert (kept / "sample.db").stat().st_size > 1_000_000
    assert list(kept.rglob("*.parquet"))
    assert lindhamn.server.log.stat().st_size > 0
    assert traces(kept) == []
