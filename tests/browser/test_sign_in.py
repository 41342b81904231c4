"""Signing in through a real OpenID Connect provider, and what it opens."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from benchmarks.browsing import free_port
from data_access.administration import read_users
from data_access.audit import AuditQuestion, check_log, read_log
from data_access.changes import grant_role, remove_membership
from data_access.permissions import LOCAL_VIEWER, OPERATOR
from tests.browser.conftest import PATIENCE_MS, Server, Visit, serving
from tests.browser.providers import Provider, mock, node_provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Page

ANNA = "anna@kommun.example"
WAITS = "ingen har gett dig någon roll"


@dataclass
class House:
    """A server that people sign in to, and the provider that knows them."""

    server: Server
    provider: Provider

    @property
    def url(self) -> str:
        return self.server.url

    def sign_in(self, page: Page, subject: str = ANNA) -> None:
        """As a person does it."""
        page.goto(self.url)
        page.get_by_role("button", name="Logga in").click()
        self.provider.identify(page, subject)
        page.wait_for_url(f"{self.url}/**")


@contextmanager
def house(
    folder: Path,
    sample_file: Path,
    provider: Callable[[Path, str], AbstractContextManager[Provider]],
    environment: dict[str, str] | None = None,
) -> Iterator[House]:
    port = free_port()
    url = f"http://localhost:{port}"
    shutil.copy(sample_file, folder / "sample.db")
    with provider(folder, f"{url}/oauth2callback") as known:
        settings = {
            "SAMSYN_PUBLIC_URL": url,
            "SAMSYN_SIGN_IN_METADATA": f"{known.issuer}/.well-known/openid-configuration",
            "SAMSYN_SIGN_IN_CLIENT": "samsyn",
            "SAMSYN_SIGN_IN_SECRET": "not-a-secret",
            "SAMSYN_COOKIE_SECRET": "0123456789abcdef" * 4,
        }
        with serving(
            folder / "sample.db", folder / "log.txt", port, settings | (environment or {})
        ) as server:
            yield House(Server(url, server.database, server.log), known)


@pytest.fixture(scope="module")
def lindhamn(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("house"), sample_file, mock) as made:
        yield made


@pytest.fixture
def screen(chromium: Browser) -> Iterator[Page]:
    """A fresh browser profile. The mock's own pages want a style sheet from elsewhere, which nobody needs."""
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="sv-SE")
    context.route(lambda url: "//localhost" not in url, lambda route: route.abort())
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


@pytest.fixture
def person(lindhamn: House, screen: Page) -> Iterator[Page]:
    """Anna, signed in for the first time and without a role; at the end she has none again."""
    lindhamn.sign_in(screen)
    expect(screen.get_by_text(WAITS)).to_be_visible(timeout=PATIENCE_MS)
    yield screen
    for user in read_users(lindhamn.server.database, OPERATOR):
        for membership in user.memberships:
            remove_membership(lindhamn.server.database, OPERATOR, membership.id)


def status_of(url: str, ticket: str = "") -> int:
    """What a route answers outside of the browser."""
    request = urllib.request.Request(url, headers={"X-Samsyn-Ticket": ticket} if ticket else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def total(page: Page) -> str:
    page.locator(".linked[data-state=ready][data-painted]").wait_for(timeout=PATIENCE_MS)
    return page.locator("[data-view=figures] .value").first.inner_text().replace("\u00a0", " ")


def test_nobody_sees_anything_before_signing_in(lindhamn: House, visit: Visit) -> None:
    for path in ("/", "/importera", "/om-siffrorna", "/administration?areas=0101"):
        visit.page.goto(f"{lindhamn.url}{path}")
        expect(visit.page.get_by_role("button", name="Logga in")).to_be_visible(timeout=PATIENCE_MS)
        assert visit.page.locator(".linked").count() == 0
        assert visit.page.get_by_test_id("stTopNavLink").count() == 0
    for route in ("/linked/views", "/linked/mount", "/shapes/1/districts/0123456789abcdef.json"):
        assert status_of(f"{lindhamn.url}{route}") == 401


def test_a_role_is_given_changed_and_taken_while_the_person_looks(lindhamn: House, person: Page) -> None:
    database = lindhamn.server.database
    expect(person.get_by_text(WAITS)).to_be_visible(timeout=PATIENCE_MS)
    grant_role(database, OPERATOR, ANNA, role="coordinator", organisation="Lindhamns kommun")
    person.reload()
    whole = total(person)
    links = person.get_by_test_id("stTopNavLink")
    expect(links).to_have_count(6)
    (user,) = [one for one in read_users(database, OPERATOR) if one.email == ANNA]
    remove_membership(database, OPERATOR, user.memberships[0].id)
    grant_role(database, OPERATOR, ANNA, role="housing", organisation="Bostads AB Linden", areas=["0101"])
    person.locator("[data-preset=all]").click()
    person.get_by_text("Om siffrorna").first.click()
    person.get_by_text("Utforska").first.click()
    own = total(person)
    assert int(own.replace(" ", "")) < int(whole.replace(" ", "")) / 2
    assert person.get_by_text("Ser bara områdena").count() == 0  # in a closed chip
    remove_membership(database, OPERATOR, read_users(database, OPERATOR)[-1].memberships[0].id)
    person.get_by_text("Om siffrorna").first.click()
    expect(person.get_by_text(WAITS)).to_be_visible(timeout=PATIENCE_MS)


def test_a_link_opens_what_it_asks_after_signing_in(lindhamn: House, person: Page, chromium: Browser) -> None:
    grant_role(lindhamn.server.database, OPERATOR, ANNA, role="police", organisation="Polisen")
    person.reload()
    assert total(person)
    context = chromium.new_context(locale="sv-SE")
    context.route(lambda url: "//localhost" not in url, lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{lindhamn.url}/?areas=0101&layer=rate")
    page.get_by_role("button", name="Logga in").click()
    lindhamn.provider.identify(page, ANNA)
    page.locator(".linked[data-state=ready][data-painted]").wait_for(timeout=PATIENCE_MS)
    expect(page.locator("[data-view=chips] [data-facet=areas]")).to_have_count(1)
    page.wait_for_url("**areas=0101**")
    context.close()


def test_a_click_with_a_role_that_is_gone_shows_nothing_new(lindhamn: House, person: Page) -> None:
    database = lindhamn.server.database
    grant_role(database, OPERATOR, ANNA, role="analyst", organisation="Lindhamns kommun")
    person.reload()
    total(person)
    (user,) = [one for one in read_users(database, OPERATOR) if one.email == ANNA]
    remove_membership(database, OPERATOR, user.memberships[0].id)
    with person.expect_response(lambda answer: "/linked/views" in answer.url) as refused:
        person.locator("[data-preset=all]").click()
    assert refused.value.status == 401
    expect(person.get_by_text(WAITS)).to_be_visible(timeout=PATIENCE_MS)
    assert person.locator(".linked").count() == 0


def test_a_cookie_captured_before_logout_is_refused_after_it(
    lindhamn: House, person: Page, chromium: Browser
) -> None:
    database = lindhamn.server.database
    grant_role(database, OPERATOR, ANNA, role="admin", organisation="Lindhamns kommun")
    person.reload()
    total(person)
    tickets: list[str] = []
    person.on("request", lambda request: tickets.append(request.headers.get("x-samsyn-ticket", "")))
    person.locator("[data-preset=all]").click()
    person.wait_for_timeout(1500)
    ticket = next(one for one in tickets if one)
    assert status_of(f"{lindhamn.url}/linked/views", ticket) == 200
    captured = person.context.cookies()
    thief = chromium.new_context(locale="sv-SE")
    thief.add_cookies(captured)
    page = thief.new_page()
    page.goto(lindhamn.url)
    total(page)  # a cookie is as good as its owner while the session lasts
    person.locator(".st-key-account button").click()
    person.get_by_role("button", name="Logga ut").click()
    lindhamn.provider.leave(person)
    expect(person.get_by_role("button", name="Logga in")).to_be_visible(timeout=PATIENCE_MS)
    fresh = chromium.new_context(locale="sv-SE")
    fresh.add_cookies(captured)
    replayed = fresh.new_page()
    replayed.goto(lindhamn.url)
    expect(replayed.get_by_role("button", name="Logga in")).to_be_visible(timeout=PATIENCE_MS)
    assert replayed.locator(".linked").count() == 0
    page.get_by_text("Om siffrorna").first.click()  # the page that was open before is out, too
    expect(page.get_by_role("button", name="Logga in")).to_be_visible(timeout=PATIENCE_MS)
    assert status_of(f"{lindhamn.url}/linked/views", ticket) == 401
    for context in (thief, fresh):
        context.close()
    actions = [entry.action for entry in read_log(database, LOCAL_VIEWER, AuditQuestion(ANNA))[0]]
    assert "session.end" in actions
    assert "session.begin" in actions
    assert check_log(database, LOCAL_VIEWER).is_whole


def test_what_is_taken_along_is_written_for_and_logged_of_whoever_signed_in(
    lindhamn: House, person: Page
) -> None:
    database = lindhamn.server.database
    grant_role(database, OPERATOR, ANNA, role="police", organisation="Polisen")
    person.reload()
    total(person)
    buttons = {"/": ".st-key-download-csv button", "/insatser?insats=5": ".st-key-pdf-5 button"}
    for path, button in buttons.items():
        person.goto(f"{lindhamn.url}{path}")
        person.locator(button).wait_for()
        person.wait_for_timeout(1500)
        with person.expect_download() as download:
            person.locator(button).click()
        assert download.value.path().stat().st_size > 100
    taken, _ = read_log(database, LOCAL_VIEWER, AuditQuestion(ANNA, "incidents.export"))
    assert len(taken) == 2


def test_a_page_that_is_not_open_to_the_role_is_not_there(lindhamn: House, person: Page) -> None:
    grant_role(lindhamn.server.database, OPERATOR, ANNA, role="presenter", organisation="Lindhamns kommun")
    person.reload()
    total(person)
    expect(person.get_by_test_id("stTopNavLink")).to_have_count(5)
    expect(person.get_by_role("button", name="Täthet")).to_have_count(0)
    assert person.get_by_text("Ladda ner som Excel").count() == 0
    person.locator("[data-view=map] .tools button").last.click()
    expect(person.locator("[data-view=map] dialog table")).to_be_visible()
    expect(person.locator("[data-view=map] dialog").get_by_role("button", name="CSV")).to_have_count(0)
    for path in ("administration", "importera"):
        person.goto(f"{lindhamn.url}/{path}")
        person.locator(".linked[data-state=ready]").wait_for(timeout=PATIENCE_MS)
        assert person.get_by_role("heading", name="Administration").count() == 0
        assert person.get_by_text("Välj fil").count() == 0


def test_the_same_through_a_second_provider(tmp_path: Path, sample_file: Path, screen: Page) -> None:
    with house(tmp_path, sample_file, node_provider) as found:
        found.sign_in(screen, "bo")
        expect(screen.get_by_text(WAITS)).to_be_visible(timeout=PATIENCE_MS)
        grant_role(found.server.database, OPERATOR, "bo", role="police", organisation="Polisen")
        screen.reload()
        assert total(screen)
        screen.locator(".st-key-account button").click()
        expect(screen.get_by_text("Polis, Polisen")).to_be_visible(timeout=PATIENCE_MS)
        screen.get_by_role("button", name="Logga ut").click()
        found.provider.leave(screen)
        expect(screen.get_by_role("button", name="Logga in")).to_be_visible(timeout=PATIENCE_MS)
