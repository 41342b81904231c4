from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.entrance import LOCAL_SESSION
from dashboard.geometry import KINDS, document_of
from dashboard.linked import routes
from dashboard.linked.documents import mount_document
from dashboard.linked.routes import VIEWS_PATH
from dashboard.linked.tickets import tickets
from dashboard.texts import texts
from data_access.changes import describe_municipality
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER, OPERATOR, Role
from data_access.selection import Selection
from tests.linked.asking import ask
from tests.people import person

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

EVERY_ROUTE = (VIEWS_PATH, "/linked/mount", "/shapes/1/districts/0123456789abcdef.json")


@pytest.fixture(autouse=True)
def town(small: Database, use: Callable[[Database], None]) -> Database:
    use(small)
    return small


def views(**query: str) -> str:
    return f"{VIEWS_PATH}?{urlencode(query)}"


def mount_path(database: Database) -> str:
    return mount_document(database, LOCAL_VIEWER, facts(database, LOCAL_VIEWER), "sv", "light").path


@pytest.mark.parametrize("path", EVERY_ROUTE)
@pytest.mark.parametrize("ticket", [None, "guessed", "x" * 5000])
def test_without_a_ticket_nothing_is_told(path: str, ticket: str | None) -> None:
    reply = ask(path, ticket=ticket)
    assert (reply.status, list(reply.json)) == (401, ["reason"])
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", EVERY_ROUTE)
def test_a_ticket_that_was_replaced_opens_nothing(path: str) -> None:
    old = tickets.grant(LOCAL_SESSION)
    tickets.grant(LOCAL_SESSION, instead_of=old)
    assert ask(path, ticket=old).status == 401


def test_views_answer_with_values() -> None:
    reply = ask(views(areas="01", layer="rate", lang="en"))
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.headers["cache-control"] == "private, no-cache"
    assert reply.json["marked"]["areas"] == ["01"]
    assert reply.json["map"]["layer"] == "rate"
    assert reply.json["chips"][0]["label"] == "District: Hamnen"


def test_what_is_held_already_is_not_sent_again() -> None:
    first = ask(views(areas="01~02"))
    again = ask(views(areas="01~02"), If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    among = ask(views(areas="01~02"), If_None_Match=f'"other", {first.headers["etag"]}')
    assert among.status == 304


def test_equal_questions_have_one_tag_however_they_are_written() -> None:
    written = [
        views(areas="02~01", hours="112.113.114", layer="count"),
        views(hours="112-114", areas="01~02", stray="x"),
    ]
    assert len({ask(address).headers["etag"] for address in written}) == 1


def test_whatever_changes_the_answer_changes_the_tag(town: Database) -> None:
    asked = [
        views(),
        views(areas="01"),
        views(layer="rate"),
        views(lang="en"),
        views(mode="dark"),
        views(period="2026-01-05..2026-01-11"),
    ]
    tags = [ask(address).headers["etag"] for address in asked]
    tags.append(ask(views(), ticket=tickets.grant(person(town, Role.PRESENTER))).headers["etag"])
    describe_municipality(town, OPERATOR, name="Nystad")
    tags.append(ask(views()).headers["etag"])
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hours", "400"),
        ("hours", "5-2"),
        ("period", "last week"),
        ("period", "2026-02-01..2026-01-01"),
        ("kinds", "bad"),
        ("areas", "a~~b"),
        ("areas", "x" * 500),
        ("area_set", "-1"),
        ("layer", "nonsense"),
    ],
)
def test_a_malformed_selection_is_refused_in_words(name: str, value: str, language: str) -> None:
    reply = ask(views(lang=language, **{name: value}))
    assert reply.status == 400
    assert reply.json == {"reason": texts(language)("ui.bad_address", parameter=name, value=value[:120])}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from([*Selection().__dataclass_fields__, "layer", "lang", "mode"]), st.text())
)
def test_any_query_is_answered_or_refused_in_words(query: dict[str, str]) -> None:
    reply = ask(views(**query))
    assert reply.status in (200, 400)
    assert reply.json["reason"] if reply.status == 400 else reply.json["figures"]


def test_a_fault_of_ours_is_said_without_its_inside(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        message = "secret inside"
        raise RuntimeError(message)

    monkeypatch.setattr(routes, "answer", broken)
    with caplog.at_level(logging.CRITICAL):
        reply = ask(views())
    assert (reply.status, reply.json) == (503, {"reason": texts("sv")("linked.server_away")})
    assert b"secret" not in reply.body


def test_an_installation_without_incidents_has_no_views(
    empty: Database, use: Callable[[Database], None]
) -> None:
    use(empty)
    assert ask(views()).status == 404


def test_answers_are_compressed_for_whoever_can_read_that() -> None:
    plain, packed = ask(views()), ask(views(), Accept_Encoding="br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.json == plain.json
    assert len(packed.body) < len(plain.body) / 2
    assert "Accept-Encoding" in packed.headers["vary"]


def test_the_mount_document_is_kept_for_good_at_its_own_address_only(town: Database) -> None:
    path = mount_path(town)
    reply = ask(path)
    assert reply.status == 200
    assert "immutable" in reply.headers["cache-control"]
    assert reply.json["language"] == "sv"
    for other in (path.replace("lang=sv", "lang=en"), path.replace("v=", "v=0"), path.split("?")[0]):
        assert ask(other).status == 404


def test_everything_the_mount_names_can_be_fetched(town: Database) -> None:
    for kind, path in ask(mount_path(town)).json["map"]["documents"].items():
        reply, made = ask(path), document_of(town, LOCAL_VIEWER, 1, kind)
        assert made is not None
        assert (reply.status, reply.body) == (200, made.body)
        assert reply.headers["content-type"] == "application/geo+json"
        assert "immutable" in reply.headers["cache-control"]
        assert json.loads(reply.body)["type"] == "FeatureCollection"


def test_a_document_is_served_at_its_own_address_only(town: Database) -> None:
    paths = [found.path for kind in KINDS if (found := document_of(town, LOCAL_VIEWER, 1, kind))]
    for path in paths:
        assert ask(path.replace("/shapes/1/", "/shapes/2/")).status == 404
        assert ask(path[:-9] + "0000.json").status == 404
    assert ask("/shapes/1/notes/0123456789abcdef.json").status == 404


def test_the_program_is_kept_for_good_and_needs_no_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    found = routes.bundle()
    monkeypatch.setattr(routes, "bundle", lambda: found)
    reply = ask(found.path, ticket=None)
    assert (reply.status, reply.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in reply.headers["cache-control"]
    assert ask("/linked/0123456789abcdef/linked.js", ticket=None).status == 404
