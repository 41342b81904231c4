"""Every part of the administration: what is written there is stored, what is refused is said in words and stored nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.settings import ROOT
from dashboard.texts import texts
from dashboard.ui.plain import plain
from data_access.administration import (
    read_categories,
    read_organisations,
    read_own_codes,
    read_settings,
    read_users,
)
from data_access.audit import AuditQuestion, check_log, read_log
from data_access.permissions import OPERATOR, AreaKey, Role
from data_access.sessions import Identity, SignInError, sign_in, signed_in
from tests.data_access.changes.rows import dump, one
from tests.pages.test_pages import LANGUAGES, said
from tests.people import person
from tests.small_town import HOUSING, POLICE

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.administration import UserRow
    from data_access.database import Database

EN = texts("en")
PARTS = ("people", "organisations", "categories", "settings", "log")


def admin(part: str, language: str = "en") -> AppTest:
    """A part of the page as a person opens it."""
    app = AppTest.from_file(str(ROOT / "pages" / "admin.py"), default_timeout=60)
    app.query_params["lang"] = language
    app.session_state["admin-part"] = part
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert list(app.exception) == []
    return app


def field(app: AppTest, kind: str, key: str, number: int = 0) -> Any:
    """The field of a kind with a label; `number` where the page has several."""
    return [one for one in getattr(app, kind) if one.label == EN(f"admin.{key}")][number]


def press(app: AppTest, key: str, number: int = 0) -> AppTest:
    return checked(field(app, "button", key, number).click().run())


def refused(app: AppTest, database: Database, before: dict[str, Any], reason: str, **values: Any) -> None:
    """The reason stands on the page in words, and nothing was stored."""
    assert [error.value for error in app.error] == [plain(EN(reason, **values))]
    assert dump(database) == before


@pytest.fixture
def town(small: Database, use: Callable[[Database], None]) -> Database:
    """The drawn municipality with somebody who waits for a role."""
    use(small)
    sign_in(small, identity("eva"))
    return small


def identity(name: str) -> Identity:
    return Identity(
        "https://id.example", name, f"n-{name}", datetime.now(UTC), name.title(), f"{name}@x.example"
    )


def user(database: Database, name: str = "Eva") -> UserRow:
    return next(row for row in read_users(database, OPERATOR) if row.name == name)


@LANGUAGES
@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_shown_in_every_language(town: Database, part: str, language: str) -> None:
    app = admin(part, language)
    assert list(app.error) == []
    assert texts(language)("admin.title") in said(app)
    shown = {
        "people": "admin.people_help",
        "organisations": "admin.change_organisation",
        "categories": "admin.own_codes",
        "settings": "admin.rules",
        "log": "admin.log_check",
    }
    labels = [one.label for kind in ("selectbox", "button") for one in getattr(app, kind)]
    assert any(texts(language)(shown[part]) in words for words in (said(app), *labels))
    assert one(town, "select count(*) from audit_log") == len(read_log(town, OPERATOR, AuditQuestion())[0])


@LANGUAGES
def test_every_part_is_shown_while_nothing_is_there(
    empty: Database, use: Callable[[Database], None], language: str
) -> None:
    use(empty)
    for part in PARTS:
        app = admin(part, language)
        assert list(app.error) == []
    assert texts(language)("admin.nobody_yet") in said(admin("people", language))


def test_a_role_is_granted_and_taken_away(town: Database) -> None:
    app = admin("people")
    assert app.dataframe[0].value[EN("admin.state")].tolist() == [EN("admin.state_waiting")]
    field(app, "selectbox", "role").set_value("housing")
    field(app, "selectbox", "organisation").set_value(
        next(row.id for row in read_organisations(town, OPERATOR) if row.name == HOUSING)
    )
    field(app, "date_input", "valid_from").set_value(date(2026, 1, 1))
    field(app, "multiselect", "areas").set_value([AreaKey("Småstad", "02")])
    app = press(app, "grant_do")
    assert list(app.error) == []
    (given,) = user(town).memberships
    assert (given.role, given.organisation, given.valid_from, given.valid_to, given.areas) == (
        Role.HOUSING,
        HOUSING,
        date(2026, 1, 1),
        None,
        {AreaKey("Småstad", "02")},
    )
    assert f"{EN('role.housing')}, {HOUSING} (02)" in said(app)
    assert signed_in(town, sign_in(town, identity("eva"))).viewer.areas == {AreaKey("Småstad", "02")}
    app = press(app, "take_away")
    assert user(town).memberships == ()
    assert app.dataframe[0].value[EN("admin.roles")].tolist() == [""]


def test_a_role_that_makes_no_sense_is_refused_in_words(town: Database) -> None:
    before = dump(town)
    app = admin("people")
    field(app, "selectbox", "role").set_value("housing")
    refused(press(app, "grant_do"), town, before, "entry.no_areas")
    field(app, "selectbox", "role").set_value("police")
    field(app, "date_input", "valid_from").set_value(date(2026, 2, 1))
    field(app, "date_input", "valid_to").set_value(date(2026, 1, 31))
    refused(press(app, "grant_do"), town, before, "entry.period", first="2026-02-01", last="2026-01-31")


def test_a_person_is_shut_out_and_let_in_again(town: Database) -> None:
    number = person(town, Role.POLICE)
    name = signed_in(town, number).viewer.name
    app = admin("people")
    app.selectbox(key="person").set_value(user(town, name).id).run()
    app = press(app, "block")
    assert user(town, name).is_blocked
    assert EN("admin.state_blocked") in app.dataframe[0].value[EN("admin.state")].tolist()
    with pytest.raises(SignInError) as caught:
        signed_in(town, number)
    assert caught.value.reason == "ended"
    press(app, "unblock")
    assert not user(town, name).is_blocked


def test_an_organisation_is_added_and_renamed(town: Database) -> None:
    app = admin("organisations")
    field(app, "text_input", "name").set_value("  Fält\tgruppen ")
    field(app, "selectbox", "kind").set_value("municipality")
    app = press(app, "store")
    assert list(app.error) == []
    added = next(row for row in read_organisations(town, OPERATOR) if row.name == "Fält gruppen")
    assert added.kind == "municipality"
    app.selectbox(key="organisation").set_value(added.id).run()
    field(app, "text_input", "name").set_value("Fältarna")
    app = press(app, "store")
    assert {row.name for row in read_organisations(town, OPERATOR)} == {POLICE, HOUSING, "Fältarna"}
    assert "Fältarna" in app.dataframe[0].value[EN("admin.organisation")].tolist()


@pytest.mark.parametrize(
    ("name", "reason", "values"),
    [
        ("", "entry.name_empty", {}),
        ("\u200b \u202e", "entry.name_empty", {}),
        (POLICE, "entry.name_taken", {"name": POLICE}),
    ],
)
def test_an_organisation_without_a_name_of_its_own_is_refused(
    town: Database, name: str, reason: str, values: dict[str, str]
) -> None:
    before = dump(town)
    app = admin("organisations")
    field(app, "text_input", "name").set_value(name)
    refused(press(app, "store"), town, before, reason, **values)


def test_a_type_is_renamed_hidden_and_added(town: Database) -> None:
    app = admin("categories")
    app.selectbox(key="category").set_value("noise").run()
    field(app, "text_input", "name_sv").set_value("Oväsen")
    field(app, "text_input", "name_en").set_value("Racket")
    field(app, "checkbox", "hide").check()
    press(app, "store")
    changed = next(row for row in read_categories(town, OPERATOR) if row.code == "noise")
    assert (changed.name_sv, changed.name_en, changed.is_hidden) == ("Oväsen", "Racket", True)
    app = admin("categories")
    field(app, "text_input", "code").set_value("drone")
    field(app, "text_input", "name_sv").set_value("Drönare")
    field(app, "text_input", "name_en").set_value("Drone")
    field(app, "selectbox", "category_kind").set_value("unsafe_event")
    app = press(app, "store")
    added = next(row for row in read_categories(town, OPERATOR) if row.code == "drone")
    assert (added.name_sv, added.kind, added.sensitivity) == ("Drönare", "unsafe_event", 2)
    assert "drone" in app.dataframe[0].value[EN("admin.code")].tolist()


@pytest.mark.parametrize(
    ("code", "name", "reason"),
    [
        ("Drönare", "Drönare", "entry.code"),
        ("", "Drönare", "entry.code"),
        ("drone", "", "entry.name_empty"),
    ],
)
def test_a_type_that_cannot_be_is_refused(town: Database, code: str, name: str, reason: str) -> None:
    before = dump(town)
    app = admin("categories")
    field(app, "text_input", "code").set_value(code)
    field(app, "text_input", "name_sv").set_value(name)
    field(app, "text_input", "name_en").set_value("Drone")
    refused(press(app, "store"), town, before, reason, **({"code": code} if reason == "entry.code" else {}))


def test_own_words_are_mapped_and_forgotten(town: Database) -> None:
    police = next(row.id for row in read_organisations(town, OPERATOR) if row.name == POLICE)
    for code, expected in (("noise", [(POLICE, "4711 OLJUD", "noise")]), ("", [])):
        app = admin("categories")
        field(app, "selectbox", "organisation").set_value(police)
        field(app, "text_input", "own_code").set_value("4711 OLJUD")
        field(app, "selectbox", "means").set_value(code)
        press(app, "store", 1)
        found = [(row.organisation, row.own_code, row.code) for row in read_own_codes(town, OPERATOR)]
        assert found == expected
    before = dump(town)
    refused(press(admin("categories"), "store", 1), town, before, "entry.name_empty")


def test_settings_are_stored(town: Database) -> None:
    app = admin("settings")
    field(app, "text_input", "municipality").set_value("Lilla staden")
    press(app, "store", 0)
    app = admin("settings")
    field(app, "selectbox", "cadence").set_value("twice_a_month")
    field(app, "text_input", "contact").set_value("Eva, 010-1")
    for name, value in (("smallest_count", 8), ("session_hours", 6), ("idle_minutes", 15)):
        field(app, "number_input", name).set_value(value)
    press(app, "store", 1)
    row = read_settings(town, OPERATOR)
    assert (row.name, row.srid, row.timezone) == ("Lilla staden", 3006, "Europe/Stockholm")
    assert (row.meeting_cadence, row.contact) == ("twice_a_month", "Eva, 010-1")
    assert (row.smallest_count, row.session_hours, row.idle_minutes) == (8, 6, 15)


@pytest.mark.parametrize(
    ("kind", "key", "value", "reason", "values"),
    [
        ("text_input", "municipality", " ", "entry.name_empty", {}),
        ("text_input", "timezone", "Mars/Phobos", "reason.timezone_unknown", {"timezone": "Mars/Phobos"}),
        (
            "text_input",
            "timezone",
            "Europe/London",
            "database.timezone_in_use",
            {"timezone": "Europe/London", "current": "Europe/Stockholm"},
        ),
        ("number_input", "crs", 4326, "database.not_projected", {"crs": "4326"}),
        ("number_input", "crs", 3007, "database.crs_in_use", {"crs": "3007", "current": "3006"}),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    town: Database, kind: str, key: str, value: Any, reason: str, values: dict[str, str]
) -> None:
    with town.writing() as session:
        session.execute(text("update municipality set name = 'Småstad'"))
    before = dump(town)
    app = admin("settings")
    field(app, kind, key).set_value(value)
    refused(press(app, "store", 0), town, before, reason, **values)


def test_a_number_outside_of_its_range_is_not_taken(town: Database) -> None:
    app = admin("settings")
    box = field(app, "number_input", "smallest_count")
    assert (box.min, box.max) == (5, 20)
    before = read_settings(town, OPERATOR)
    box.set_value(4)
    app = press(app, "store", 1)
    assert read_settings(town, OPERATOR) == before
    assert field(app, "number_input", "smallest_count").value == before.smallest_count


def test_the_log_shows_filters_and_checks(town: Database) -> None:
    person(town, Role.POLICE, "Skolan")
    total = one(town, "select count(*) from audit_log")
    app = admin("log")
    table = app.dataframe[0].value
    assert len(table) == total
    assert EN("admin.log_shown", shown=total, total=total) in said(app)
    assert table[EN("admin.log_action")].tolist()[0] == EN("action.members_write")
    app.text_input(key="log-text").set_value("skolan").run()
    about = app.dataframe[0].value[EN("admin.log_subject")].tolist()
    assert len(about) == 2
    assert all("Skolan" in words for words in about)
    app.text_input(key="log-text").set_value("").run()
    app.selectbox(key="log-action").set_value("session.begin").run()
    assert set(app.dataframe[0].value[EN("admin.log_action")]) == {EN("action.session_begin")}
    app.date_input(key="log-last").set_value(date(2020, 1, 1)).run()
    assert len(app.dataframe[0].value) == 0
    newest = check_log(town, OPERATOR)
    app = press(app, "log_check")
    assert [one.value for one in app.success] == [
        EN("doctor.audit", count=total, hash=newest.newest_sha256[:12])
    ]


def test_a_log_that_was_changed_is_said(town: Database) -> None:
    with town.writing() as session:
        session.execute(text("update municipality set audit_sha256 = 'x'"))
    app = press(admin("log"), "log_check")
    broken = one(town, "select max(id) + 1 from audit_log")
    assert [error.value for error in app.error] == [EN("doctor.audit_broken", row=str(broken))]
