"""Two people on one meeting at once: nothing of either is lost, and whoever comes second is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    change_decision,
    change_meeting,
    close_meeting,
    follow_up,
    open_meeting,
    prepare_meeting,
    rate_area,
    remove_decision,
    reopen_meeting,
    set_focus,
)
from data_access.meetings import read_meetings, read_open_decisions
from data_access.permissions import OPERATOR
from tests.data_access.held import forget_meetings
from tests.pages.test_meetings_page import (
    AREA,
    FIRST,
    HELD,
    LAST,
    SV,
    at,
    begun,
    calm,
    decide,
    field,
    filled,
    newest,
    press,
    record,
)
from tests.pages.test_pages import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from data_access.database import Database

TOLD = SV("entry.changed_meanwhile")


@pytest.fixture
def town(own_sample: Database, use: Callable[[Database], None]) -> Database:
    use(own_sample)
    return forget_meetings(own_sample)


def prepared(database: Database) -> int:
    return prepare_meeting(database, OPERATOR, MeetingEntry(HELD, FIRST, LAST), area_set_id=newest(database))


def entry(**given: str) -> MeetingEntry:
    return MeetingEntry(HELD, FIRST, LAST, **given)


def renewed(app: AppTest) -> AppTest:
    assert SV("seen.changed") in said(app)
    press(app, SV("seen.renew"))
    assert SV("seen.changed") not in said(app)
    return app


def test_notes_of_two(town: Database) -> None:
    number = begun(town)
    app = at(number)
    change_meeting(town, OPERATOR, number, entry(note="Från den ena"), revision=2)
    field(app, "text_area", "meetings.note").set_value("Från den andra")
    press(app, SV("admin.store"))
    assert TOLD in said(app)
    assert record(town, number).note == "Från den ena"
    assert field(app, "text_area", "meetings.note").value == "Från den andra"
    renewed(app)
    assert field(app, "text_area", "meetings.note").value == "Från den ena"
    field(app, "text_area", "meetings.note").set_value("Från båda")
    press(app, SV("admin.store"))
    assert record(town, number).note == "Från båda"
    assert SV("seen.changed") not in said(app)


def test_a_rating_of_two(town: Database) -> None:
    number = begun(town)
    app = at(number, "judge")
    app.selectbox(key="rating-area").set_value(AREA).run()
    rate_area(town, OPERATOR, number, "0101", level=1, reason="Ett annat område")
    next(one for one in app.button_group if one.label == SV("meetings.column_level")).set_value(1)
    field(app, "text_input", "meetings.column_reason").set_value("Lugnt")
    press(app, SV("admin.store"))
    assert len(record(town, number).ratings) == 2  # others rate other districts meanwhile
    (rated,) = [one for one in record(town, number).ratings if one.area == AREA]
    rate_area(town, OPERATOR, number, AREA, level=3, reason="Bråk", revision=rated.revision)
    field(app, "text_input", "meetings.column_reason").set_value("Mycket lugnt")
    press(app, SV("admin.store"))
    assert TOLD in said(app)
    assert field(app, "text_input", "meetings.column_reason").value == "Mycket lugnt"
    press(app, SV("meetings.rating_take_back", name="Haga"))
    assert TOLD in said(app)
    assert {one.reason for one in record(town, number).ratings} == {"Ett annat område", "Bråk"}
    assert field(renewed(app), "text_input", "meetings.column_reason").value == "Bråk"


def added_first(app: AppTest) -> str:
    """The first place that is offered."""
    return next(str(one.key) for one in app.button if str(one.key).startswith("focus-add-"))


def test_places_in_focus_of_two(town: Database) -> None:
    number = begun(town)
    app = at(number, "judge")
    set_focus(town, OPERATOR, number, [("0101", "Kajen"), (AREA, "Torget")], revision=0)
    calm(app.button(key=added_first(app)).click().run())
    assert TOLD in said(app)
    assert [one.area for one in record(town, number).focus] == ["0101", AREA]
    assert "Kajen" in said(app)
    set_focus(town, OPERATOR, number, [("0101", "Kajen"), (AREA, "Torget"), ("0301", "Kiosken")], revision=1)
    calm(app.button(key="focus-gone-0101").click().run())
    assert TOLD in said(app)
    assert [one.area for one in record(town, number).focus] == ["0101", AREA, "0301"]
    calm(app.button(key="focus-gone-0101").click().run())  # now with all three before them
    assert [one.area for one in record(town, number).focus] == [AREA, "0301"]


def test_decisions_of_two_are_both_kept(town: Database) -> None:
    number = begun(town)
    app = at(number, "decide")
    decide(town, number, "Från den ena")
    set_focus(town, OPERATOR, number, [(AREA, "")], revision=0)
    field(app, "text_input", "meetings.column_what").set_value("Från den andra")
    field(app, "selectbox", "meetings.column_organisation").set_value("Polisen")
    press(app, SV("meetings.decide"))
    assert [one.what for one in record(town, number).decisions] == ["Från den ena", "Från den andra"]


def test_a_correction_of_two(town: Database) -> None:
    number = begun(town)
    decided = decide(town, number)
    app = at(number, "decide")
    app.selectbox(key=f"correct-{number}").set_value(decided).run()
    change_decision(town, OPERATOR, decided, DecisionEntry("Byt stolpen", "Polisen"), revision=1)
    field(app, "text_input", "meetings.column_what").set_value("Byt glaset")
    press(app, SV("admin.store"))
    assert TOLD in said(app)
    press(app, SV("admin.remove_yes"))
    assert TOLD in said(app)
    assert [one.what for one in record(town, number).decisions] == ["Byt stolpen"]
    remove_decision(town, OPERATOR, decided, revision=2)
    calm(app.run())
    assert record(town, number).decisions == ()


def test_what_became_of_a_decision_as_two_say_it(town: Database) -> None:
    decided = decide(town, begun(town, HELD - timedelta(days=7)))
    number = begun(town)
    app = at(number)
    follow_up(town, OPERATOR, decided, "not_done", revision=1, reason="Regn")
    press(app, SV("decision_status.done"))
    assert TOLD in said(app)
    (left,) = read_open_decisions(town, OPERATOR)
    assert left.status == "not_done"
    follow_up(town, OPERATOR, decided, "done", revision=2, meeting=number)
    field(app, "text_input", "meetings.reason").set_value("Snö")
    press(app, SV("admin.store"))
    assert TOLD in said(app)
    assert field(app, "text_input", "meetings.reason").value == "Snö"
    renewed(app)
    assert SV("decision_status.done") not in {one.label for one in app.button}


def test_closing_takes_nothing_along_that_was_not_on_the_screen(town: Database) -> None:
    number = filled(town)
    app = at(number, "close")
    decide(town, number, "I sista stund")
    press(app, SV("meetings.close"))
    assert TOLD in said(app)
    assert record(town, number).status == "open"
    press(app, SV("meetings.close"))  # with it on the screen
    minutes = record(town, number).minutes
    assert minutes is not None
    assert [one["what"] for one in minutes["decisions"]][-1] == "I sista stund"


def test_closing_waits_for_what_an_organisation_says_between_meetings(town: Database) -> None:
    decided = decide(town, begun(town, HELD - timedelta(days=7)))
    number = begun(town)
    app = at(number, "close")
    follow_up(town, OPERATOR, decided, "done", revision=1)
    press(app, SV("meetings.close"))
    assert TOLD in said(app)
    press(app, SV("meetings.close"))
    minutes = record(town, number).minutes
    assert minutes is not None
    assert minutes["decided_before"][0]["outcome"] == SV("decision_status.done")


def test_opening_again_of_two(town: Database) -> None:
    number = begun(town)
    close_meeting(town, OPERATOR, number, {"title": "Ett"}, edits=record(town, number).edits)
    app = at(number, "close")
    reopen_meeting(town, OPERATOR, number, "Fel", revision=record(town, number).revision)
    close_meeting(town, OPERATOR, number, {"title": "Två"}, edits=record(town, number).edits)
    field(app, "text_input", "meeting_field.reason").set_value("Också fel")
    press(app, SV("meetings.reopen"))
    assert TOLD in said(app)
    assert record(town, number).minutes == {"title": "Två"}
    assert field(app, "text_input", "meeting_field.reason").value == "Också fel"


def test_beginning_and_removing_of_two(town: Database) -> None:
    number = prepared(town)
    app = at(number)
    change_meeting(town, OPERATOR, number, entry(note="Ny"), revision=1)
    press(app, SV("meetings.begin"))
    assert TOLD in said(app)
    rate_area(town, OPERATOR, number, AREA, level=1, reason="Lugnt")
    press(app, SV("admin.remove_yes"))
    assert TOLD in said(app)
    assert len(read_meetings(town, OPERATOR)) == 1
    other = at(number)
    open_meeting(town, OPERATOR, number, revision=2)
    press(other, SV("admin.remove_yes"))
    assert len(read_meetings(town, OPERATOR)) == 1


def test_ones_own_press_elsewhere_leaves_the_field_that_is_typed_into(town: Database) -> None:
    """What is typed into a form is in the browser alone until it is sent: it stays as long as the field is the same."""
    number = begun(town)
    app = at(number, "judge")
    typed = field(app, "text_input", "meetings.column_reason").key
    for _ in range(2):
        calm(app.button(key=added_first(app)).click().run())
        assert field(app, "text_input", "meetings.column_reason").key == typed
    assert len(record(town, number).focus) == 2
    assert SV("seen.changed") not in said(app)


def test_a_decision_that_is_stored_leaves_an_empty_form(town: Database) -> None:
    app = at(begun(town), "decide")
    for what in ("Byt lampan", "Klipp häcken"):
        assert field(app, "text_input", "meetings.column_what").value == ""
        field(app, "text_input", "meetings.column_what").set_value(what)
        field(app, "selectbox", "meetings.column_organisation").set_value("Polisen")
        press(app, SV("meetings.decide"))
    assert field(app, "text_input", "meetings.column_what").value == ""
