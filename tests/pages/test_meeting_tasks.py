"""What is to be done across meetings: by organisation, from what stood out to what became of it, and who may say so."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from data_access.changes import follow_up
from data_access.frame import read_frame
from data_access.meetings import read_decisions
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from tests.data_access.held import forget_meetings
from tests.pages.test_meetings_page import (
    AREA,
    HELD,
    SV,
    at,
    begun,
    calm,
    decide,
    field,
    labels,
    press,
    record,
    seen_as,
)
from tests.pages.test_pages import opened, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from data_access.database import Database
    from data_access.meetings import DecisionFact

WEEK = timedelta(days=7)
LATER = datetime.now(ZoneInfo("Europe/Stockholm")).date() + WEEK
FLAGGED = date(2026, 11, 10)
"""A meeting about the week in which Haga stands out."""


@pytest.fixture
def town(own_sample: Database, use: Callable[[Database], None]) -> Database:
    use(own_sample)
    return forget_meetings(own_sample)


def organisations(database: Database) -> dict[str, int]:
    return {one.name: one.id for one in read_frame(database, OPERATOR).sources}


def partner(database: Database, role: Role, name: str) -> Viewer:
    areas = frozenset({AreaKey("Lindhamn", AREA)}) if role is Role.HOUSING else None
    return Viewer("Eva", role, organisation_id=organisations(database)[name], areas=areas)


def decision(database: Database, number: int) -> DecisionFact:
    return next(one for one in read_decisions(database, OPERATOR) if one.id == number)


def listed(app: AppTest) -> list[tuple[str, ...]]:
    """The table of tasks: whose, what and how it stands."""
    names = ("organisation", "what", "status")
    tables = [one.value for one in app.dataframe if SV("meetings.column_since") in one.value.columns]
    heads = [SV(f"meetings.column_{name}") for name in names]
    return [row for table in tables for row in zip(*(table[head] for head in heads), strict=True)]


def several(database: Database) -> dict[str, int]:
    """Decisions of two organisations from two meetings, one overdue and one done."""
    first = begun(database, HELD - WEEK)
    numbers = {
        "Klipp häcken": decide(database, first, "Klipp häcken", deadline=HELD),
        "Byt lampan": decide(database, first, "Byt lampan", deadline=LATER),
        "Laga låset": decide(database, first, "Laga låset", owner="Bostads AB Linden", deadline=LATER),
    }
    follow_up(database, OPERATOR, numbers["Byt lampan"], "done", revision=1)
    return numbers


def test_the_list_is_by_organisation_and_marks_what_is_overdue(town: Database) -> None:
    several(town)
    app = calm(opened("meetings"))
    assert listed(app) == [
        ("Bostads AB Linden", "Laga låset", "Öppet"),
        ("Polisen", "Klipp häcken", "Öppet, försenat"),
    ]
    assert app.selectbox(key="meeting-task-owner").options == [
        "Alla organisationer: 2 kvar, 1 försenade",
        "Bostads AB Linden: 1 kvar",
        "Polisen: 1 kvar, 1 försenade",
    ]
    app.selectbox(key="meeting-task-owner").set_value(organisations(town)["Polisen"]).run()
    assert listed(app) == [("Polisen", "Klipp häcken", "Öppet, försenat")]
    app.toggle(key="meeting-tasks-all").set_value(True).run()
    assert listed(app) == [("Polisen", "Klipp häcken", "Öppet, försenat"), ("Polisen", "Byt lampan", "Klart")]


def test_a_decision_is_told_from_what_stood_out_to_what_became_of_it(town: Database) -> None:
    first = begun(town, FLAGGED)
    number = decide(town, first, deadline=FLAGGED + WEEK)
    other = decide(town, first, "Annat", area_codes=("0203",), deadline=FLAGGED + WEEK)
    second = begun(town, FLAGGED + WEEK)
    day = FLAGGED + 2 * WEEK
    follow_up(town, OPERATOR, number, "moved", revision=1, meeting=second, reason="Tjäle", new_deadline=day)
    follow_up(town, OPERATOR, number, "done", revision=2)
    app = calm(opened("meetings"))
    app.toggle(key="meeting-tasks-all").set_value(True).run()
    app.selectbox(key="meeting-task").set_value(number).run()
    words = said(app)
    assert SV("meetings.history_flags") in words
    assert "- Haga, otrygghetsskapande samling av personer" in words
    lines = [line for line in words.split("\n") if line.startswith("- Mötet")]
    assert lines == [
        "- Mötet 10 november 2026: Beslutat, senast 17 november 2026",
        "- Mötet 17 november 2026: Flyttat, senast 24 november 2026. Tjäle",
    ]
    assert ", mellan möten (samsyn): Klart" in words
    app.selectbox(key="meeting-task").set_value(other).run()
    assert SV("meetings.history_quiet") in said(app)


@pytest.mark.parametrize(("role", "name"), [(Role.POLICE, "Polisen"), (Role.HOUSING, "Bostads AB Linden")])
def test_an_organisation_follows_up_its_own_in_the_list(
    town: Database, monkeypatch: pytest.MonkeyPatch, role: Role, name: str
) -> None:
    numbers = several(town)
    own, foreign = numbers["Klipp häcken"], numbers["Laga låset"]
    if role is Role.HOUSING:
        own, foreign = foreign, own
    seen_as(monkeypatch, partner(town, role, name))
    app = calm(opened("meetings"))
    assert {owner for owner, *_ in listed(app)} == {name}  # it begins with its own
    app.selectbox(key="meeting-task-owner").set_value(0).run()
    app.selectbox(key="meeting-task").set_value(foreign).run()
    assert not {SV("decision_status.done"), SV("admin.store")} & labels(app)
    app.selectbox(key="meeting-task").set_value(own).run()
    assert field(app, "radio", "meetings.outcome").options == ["Inte gjort", "Flyttat"]
    field(app, "radio", "meetings.outcome").set_value("moved")
    field(app, "text_input", "meetings.reason").set_value("Tjäle")
    field(app, "date_input", "meetings.new_deadline").set_value(LATER + WEEK)
    press(app, SV("admin.store"))
    assert (decision(town, own).status, decision(town, own).deadline) == ("moved", LATER + WEEK)
    press(app, SV("decision_status.done"))
    done = decision(town, own)
    assert (done.status, done.history[-1].actor, done.history[-1].meeting_id) == ("done", "Eva", None)
    assert f"{SV('decision_status.done')}" in said(app)  # it stays before them when it is done
    assert not {SV("decision_status.done"), SV("admin.store")} & labels(app)
    writes = {SV(f"meetings.{key}") for key in ("prepare", "begin", "add", "remove", "take_back")}
    assert not writes & labels(app)


def test_an_organisation_follows_up_its_own_in_the_meeting_and_writes_nothing_else(
    town: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = several(town)
    number = begun(town)
    seen_as(monkeypatch, partner(town, Role.POLICE, "Polisen"))
    app = at(number)
    assert "Laga låset" in said(app)
    assert [one.key for one in app.button if one.label == SV("decision_status.done")] == [
        f"done-{numbers['Klipp häcken']}"
    ]
    field(app, "text_input", "meetings.reason").set_value("Regn")
    press(app, SV("admin.store"))
    step = decision(town, numbers["Klipp häcken"]).history[-1]
    assert (step.status, step.reason, step.actor, step.meeting_id) == ("not_done", "Regn", "Eva", None)
    written = {SV("admin.store"), SV("decision_status.done"), SV("admin.remove_yes")} | {
        SV(f"meetings.{key}") for key in ("decide", "close", "reopen", "begin", "correct", "remove_meeting")
    }
    for name in ("judge", "decide", "close"):
        assert not written & labels(at(number, name))
    press(app, SV("decision_status.done"))
    assert [one.what for one in record(town, number).decisions] == []
    assert decision(town, numbers["Klipp häcken"]).status == "done"
