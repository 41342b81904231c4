"""What a meeting is about, what of it stands as it did when it was closed, and what it leads to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from dashboard.meetings import minutes_of, report_of_meeting
from dashboard.settings import ROOT
from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    change_meeting,
    claim_delivery,
    follow_up,
    prepare_meeting,
    record_decision,
    record_recipient,
    reopen_meeting,
    undo_import,
)
from data_access.frame import read_frame
from data_access.meetings import read_deliveries, read_meetings, read_waiting
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from tests.data_access.held import close, forget_meetings
from tests.pages.test_meetings_page import (
    FIRST,
    HELD,
    LAST,
    SV,
    at,
    begun,
    calm,
    columns_of,
    decide,
    field,
    labels,
    newest,
    press,
    record,
)
from tests.pages.test_pages import opened, said
from tests.people import person
from tests.small_town import STOCKHOLM, incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

WEEK = timedelta(days=7)


@pytest.fixture
def town(own_sample: Database, use: Callable[[Database], None]) -> Database:
    use(own_sample)
    return forget_meetings(own_sample)


def at_card(number: int) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "interventions.py"), default_timeout=120)
    app.query_params["insats"] = str(number)
    return calm(app.run())


def test_a_meeting_looks_at_the_weeks_since_the_one_before_and_its_days_can_be_changed(
    town: Database,
) -> None:
    begun(town, HELD - 3 * WEEK)
    app = calm(opened("meetings"))
    app.date_input(key="meeting-day").set_value(HELD).run()
    first = FIRST - 2 * WEEK
    assert SV("meetings.will_look_at", first=SV.date(first), last=SV.date(LAST)) in said(app)
    app.date_input(key="meeting-day").set_value(HELD + 8 * WEEK).run()
    assert SV("meetings.left_out", first=SV.date(first), last=SV.date(LAST + 7 * WEEK)) in said(app)
    app.date_input(key="meeting-day").set_value(HELD)
    press(app, SV("meetings.prepare"))
    made = read_meetings(town, OPERATOR)[0]
    assert (made.first_day, made.last_day) == (first, LAST)
    field(app, "date_input", "meetings.first_day").set_value(FIRST)
    press(app, SV("admin.store"))
    assert record(town, made.id).first_day == FIRST
    press(app, SV("meetings.begin"))
    assert [one for one in app.date_input if one.label == SV("meetings.first_day")] == []


def test_what_a_closed_meeting_followed_up_and_decided_stands_as_it_did_then(town: Database) -> None:
    before = begun(town, HELD - WEEK)
    old = decide(town, before, "Klipp buskarna")
    close(town, before)
    number = begun(town)
    new = decide(town, number, "Byt lampan")
    close(town, number)
    for one in (old, new):
        follow_up(town, OPERATOR, one, "done", revision=1)
    done, then = SV("decision_status.done"), SV("meetings.overdue", status=SV("decision_status.open"))
    app = at(number)
    assert f"**Klipp buskarna** :orange-badge[{then}]" in said(app)
    assert SV("meetings.today", value=done) in said(app)
    app.button_group(key=f"meeting-known-{number}").set_value("now").run()
    assert f"**Klipp buskarna** :gray-badge[{done}]" in said(app)
    assert SV("meetings.today", value=done) not in said(app)
    app = at(number, "decide")
    assert columns_of(app, SV("meetings.column_status")) == [then]
    assert columns_of(app, SV("meetings.known_now")) == [done]


def minuted(town: Database, number: int) -> None:
    """Close a meeting with what its report says."""
    minutes = minutes_of(town, OPERATOR, record(town, number), SV)
    close(town, number, minutes.to_dict())


def test_minutes_stand_though_a_file_is_taken_back_and_it_is_said_where_they_are_not_read(
    town: Database,
) -> None:
    rows = [incident(f"k{n}", "noise", f"{LAST.isoformat()}T10:{n}", area_code="0501") for n in range(10, 40)]
    stored = store_incidents(town, rows, "Polisen", name="k.csv")
    number = begun(town)
    minuted(town, number)
    first = metrics(at(number, "look"))
    undo_import(town, OPERATOR, stored.batch_id)
    app = at(number, "look")
    assert metrics(app) == first
    told = SV("meetings.withdrawn", day=SV.date(datetime.now(STOCKHOLM).date()))
    assert told in said(app)
    assert metrics(at(number, "look", visas="1")) != first
    assert told in said(at(number, "look", visas="1"))
    app.button_group(key=f"meeting-known-{number}").set_value("now").run()
    assert told not in said(app)
    words = report_of_meeting(town, Viewer("p", Role.PRESENTER), number, SV).words
    said_in_report = SV("meeting_report.withdrawn", day=SV.date(datetime.now(STOCKHOLM).date()))
    assert words.remarks[-1] == said_in_report


def metrics(app: AppTest) -> list[str]:
    return [one.value for one in app.metric]


def test_earlier_minutes_can_be_read_and_not_on_the_shared_screen(town: Database) -> None:
    number = begun(town, note="Nästa gång klockan nio")
    minuted(town, number)
    reopen_meeting(town, OPERATOR, number, "Fel tid", revision=record(town, number).revision)
    entry = MeetingEntry(HELD, FIRST, LAST, note="Nästa gång klockan tio")
    change_meeting(town, OPERATOR, number, entry, revision=record(town, number).revision)
    minuted(town, number)
    app = at(number, "close")
    assert "klockan nio" in said(app)
    assert "klockan tio" in said(app)
    assert "klockan nio" not in said(at(number, "close", visas="1"))


def test_the_report_is_seen_first_as_an_organisation_is_sent_it(town: Database) -> None:
    frame = read_frame(town, OPERATOR)
    assert frame.area_set is not None
    own, beside = frame.areas[:2]
    owner = next(one for one in frame.sources if one.name == "Bostads AB Linden")
    person(town, Role.HOUSING, owner.name, [AreaKey(frame.area_set.name, own.code)])
    number = begun(town)
    for area, what in ((own, "Byt lampan"), (beside, "Laga staketet")):
        record_decision(town, OPERATOR, number, DecisionEntry(what, "Polisen", (area.code,)))
    minuted(town, number)
    assert SV("meetings.preview") not in [one.label for one in at(number, "close").selectbox]
    record_recipient(town, OPERATOR, organisation_id=owner.id, email="karin@linden.example")
    app = at(number, "close")
    assert "Laga staketet" in decided_in(app)
    field(app, "selectbox", "meetings.preview").set_value(owner.id).run()
    assert "Byt lampan" in decided_in(app)
    assert "Laga staketet" not in decided_in(app)
    assert SV("meetings.preview") not in [one.label for one in at(number, "close", visas="1").selectbox]


def decided_in(app: AppTest) -> list[str]:
    return columns_of(app, SV("meetings.column_what"))


def test_who_takes_it_on_is_not_asked_on_the_shared_screen(town: Database) -> None:
    number = begun(town)
    assert [one.label for one in at(number, "decide").text_input].count(SV("meetings.column_person")) == 1
    app = at(number, "decide", visas="1")
    assert SV("meetings.column_person") not in [one.label for one in app.text_input]
    field(app, "text_input", "meetings.column_what").set_value("Byt lampan")
    field(app, "selectbox", "meetings.column_organisation").set_value("Polisen")
    press(app, SV("meetings.decide"))
    assert [(one.what, one.person) for one in record(town, number).decisions] == [("Byt lampan", "")]


def test_the_shared_screen_names_all_days_that_are_looked_at(town: Database) -> None:
    entry = MeetingEntry(HELD, FIRST - WEEK, LAST)
    number = prepare_meeting(town, OPERATOR, entry, area_set_id=newest(town))
    assert "8 juni 2026" in said(at(number, visas="1"))


def test_a_decision_names_its_intervention_and_its_card_the_decision(town: Database) -> None:
    known = next(one for one in read_frame(town, OPERATOR).interventions if one.status == "ongoing")
    number = begun(town)
    app = at(number, "decide")
    field(app, "text_input", "meetings.column_what").set_value("Fler rundor")
    field(app, "selectbox", "meetings.column_organisation").set_value("Polisen")
    field(app, "selectbox", "meetings.intervention").set_value(known.id)
    press(app, SV("meetings.decide"))
    assert [one.intervention_id for one in record(town, number).decisions] == [known.id]
    assert "decision-plan" not in {button.key for button in app.button}  # it has one
    words = said(at_card(known.id))
    assert SV("interventions.decisions") in words
    assert "Fler rundor (Polisen). Öppet." in words


def test_an_intervention_that_was_begun_from_a_decision_belongs_to_it(town: Database) -> None:
    def script(intervention: int) -> None:
        from dashboard.ui import intervention_decisions  # noqa: PLC0415 - a script of its own

        intervention_decisions.link(intervention)

    number, known = begun(town), read_frame(town, OPERATOR).interventions[0]
    one, other = decide(town, number, "Ljus i parken"), decide(town, number, "Annat")
    app = AppTest.from_function(script, args=(known.id,))
    app.session_state["intervention_begun"] = {"areas": (), "decision": one}
    calm(app.run())
    linked = {decision.id: decision.intervention_id for decision in record(town, number).decisions}
    assert linked == {one: known.id, other: None}


def test_a_sending_that_was_broken_off_is_told_of_by_whoever_knows(town: Database) -> None:
    number = begun(town)
    record_recipient(town, OPERATOR, organisation_id=1, email="a@polisen.example")
    close(town, number)
    assert claim_delivery(town, OPERATOR, number, "a@polisen.example")
    assert SV("meetings.stuck_failed") not in labels(at(number, "close"))
    with town.writing() as session:
        session.execute(text("update report_delivery set claimed_at = '2026-01-01 12:00:00'"))
    app = at(number, "close")
    assert SV("meetings.stuck", email="a@polisen.example") in said(app)
    press(app, SV("meetings.stuck_failed"))
    assert [one.status for one in read_deliveries(town, OPERATOR, number)] == ["failed"]
    assert len(read_waiting(town, OPERATOR, number)) == 1
    assert SV("meetings.stuck_failed") not in labels(app)
