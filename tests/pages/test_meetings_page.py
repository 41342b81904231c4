"""The page of meetings: a meeting from its preparation to its minutes, and what the shared screen and a presenter see of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.linked.tickets import Holder, tickets
from dashboard.settings import ROOT
from dashboard.texts import Texts, texts
from dashboard.ui import session
from dashboard.ui.meeting_page import STEPS
from data_access.changes import (
    DecisionEntry,
    MeetingEntry,
    close_meeting,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_decision,
    record_recipient,
    reopen_meeting,
    set_focus,
)
from data_access.frame import read_frame
from data_access.meetings import read_meeting, read_meetings, read_open_decisions
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from data_access.selection import Period, Selection
from tests.data_access.held import forget_meetings
from tests.mail_server import mail_server
from tests.pages.test_pages import linked, opened, said
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database
    from data_access.meetings import MeetingRecord

SV, EN = texts("sv"), texts("en")
FIRST, LAST = date(2026, 6, 15), date(2026, 6, 21)
HELD = date(2026, 6, 23)
AREA = "0501"
PRESENTER = Viewer("p", Role.PRESENTER)
COORDINATOR = Viewer("k", Role.COORDINATOR)


@pytest.fixture
def own_sample(own_sample: Database) -> Database:
    """The sample municipality before its first meeting."""
    return forget_meetings(own_sample)


def seen_as(monkeypatch: pytest.MonkeyPatch, viewer: Viewer) -> None:
    monkeypatch.setattr(session, "viewer", lambda: viewer)
    monkeypatch.setattr(session, "viewer_now", lambda: viewer)


def begun(database: Database, day: date = HELD, **given: Any) -> int:
    """A meeting that has begun, about the week before its own."""
    back = (HELD - day).days
    entry = MeetingEntry(day, FIRST - timedelta(days=back), LAST - timedelta(days=back), **given)
    number = prepare_meeting(database, OPERATOR, entry, area_set_id=newest(database))
    open_meeting(database, OPERATOR, number, revision=1)
    return number


def newest(database: Database) -> int:
    found = read_frame(database, OPERATOR).area_set
    assert found is not None
    return found.id


def decide(
    database: Database, number: int, what: str = "Byt lampan", owner: str = "Polisen", **given: Any
) -> int:
    given = {"area_codes": (AREA,), "person": "Kommunpolis", "deadline": HELD + timedelta(days=7)} | given
    return record_decision(database, OPERATOR, number, DecisionEntry(what, owner, **given))


def record(database: Database, number: int) -> MeetingRecord:
    found = read_meeting(database, OPERATOR, number)
    assert found is not None
    return found


def at(number: int | str, step: str = "follow", **asked: str) -> AppTest:
    """The page of a meeting at one of its steps."""
    app = AppTest.from_file(str(ROOT / "pages" / "meetings.py"), default_timeout=120)
    app.query_params["mote"] = str(number)
    for name, value in asked.items():
        app.query_params[name] = value
    if step != "follow":
        app.session_state[f"meeting-step-{number}"] = step
    if "lang" in asked:
        app.session_state["language"] = asked["lang"]
    return calm(app.run())


def calm(app: AppTest) -> AppTest:
    assert list(app.exception) == []
    return app


def press(app: AppTest, label: str) -> AppTest:
    found = [one for one in app.button if one.label == label]
    return calm(found[-1].click().run())  # the form of participants and notes comes before that of the step


def field(app: AppTest, kind: str, label: str) -> Any:
    """The last field with a label: the form of participants and notes comes before that of the step."""
    return [one for one in getattr(app, kind) if one.label == SV(label)][-1]


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def columns_of(app: AppTest, head: str) -> list[Any]:
    """The values of a column in the first table that has it, as they are read."""
    wrapped = (one.value.map(lambda words: words.replace("\\", "")) for one in app.table)
    tables = (*(one.value for one in app.dataframe), *wrapped)
    return next(list(one[head]) for one in tables if head in one.columns)


def test_the_sample_shows_a_routine(sample: Database, use: Callable[[Database], None]) -> None:
    use(sample)
    app = calm(opened("meetings"))
    coming, last, *others = read_meetings(sample, OPERATOR)
    assert columns_of(app, SV("meetings.column_status")) == [
        SV("meeting_status.prepared"),
        *[SV("meeting_status.closed")] * (1 + len(others)),
    ]
    left = read_open_decisions(sample, OPERATOR)
    assert sorted(columns_of(app, SV("meetings.column_what"))) == sorted(one.what for one in left)
    carried = said(at(coming.id))
    assert all(one.what in carried for one in left)
    for step in STEPS:
        assert list(at(last.id, step).error) == []


def test_a_meeting_is_prepared_from_the_empty_page(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    app = calm(opened("meetings"))
    assert SV("meetings.none") in said(app)
    app.date_input(key="meeting-day").set_value(HELD)
    press(app, SV("meetings.prepare"))
    (made,) = read_meetings(own_sample, OPERATOR)
    assert (made.held_on, made.last_day, made.status) == (HELD, LAST, "prepared")
    assert made.last_day.isoweekday() == 7
    words = said(app)
    assert SV("meetings.held", day="23 juni 2026") in words
    assert SV("meetings.about", first=made.first_day.isoformat(), last="2026-06-21") in words
    assert SV("meetings.begin") in labels(app)
    press(app, SV("meetings.all"))
    assert columns_of(app, SV("meetings.column_held_on")) == ["2026-06-23"]
    assert columns_of(app, SV("meetings.column_status")) == [SV("meeting_status.prepared")]
    press(app, SV("meetings.prepare"))  # the day that is proposed now is another one
    assert len(read_meetings(own_sample, OPERATOR)) == 2


def test_a_day_that_is_taken_is_refused_in_words(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    begun(own_sample)
    app = opened("meetings")
    app.date_input(key="meeting-day").set_value(HELD)
    press(app, SV("meetings.prepare"))
    assert SV("entry.meeting_that_day", day="2026-06-23") in said(app)
    assert len(read_meetings(own_sample, OPERATOR)) == 1


@pytest.mark.parametrize("asked", ["77", "x", "0", "99999999999999999999"])
def test_a_meeting_that_is_not_there_is_said(
    sample: Database, use: Callable[[Database], None], asked: str
) -> None:
    use(sample)
    assert SV("meetings.not_there") in said(at(asked))


def expected(step: str, say: Texts) -> str:
    """A sentence or heading that only this step has."""
    return {
        "follow": say("meetings.follow_title"),
        "look": say("meeting_report.figures"),
        "places": say("meetings.step_places"),
        "judge": say("meetings.ratings"),
        "decide": say("meetings.decisions"),
        "close": say("meeting_report.figures"),
    }[step]


def filled(database: Database) -> int:
    """A meeting with something of everything, after one that left a decision."""
    before = begun(database, HELD - timedelta(days=7))
    decide(database, before, "Klipp buskarna", deadline=HELD - timedelta(days=1))
    number = begun(database, participants="Polisen och kommunen")
    rate_area(database, OPERATOR, number, AREA, level=3, reason="Bråk vid torget", revision=0)
    set_focus(database, OPERATOR, number, [(AREA, "Torget på kvällar")], revision=0)
    decide(database, number)
    return number


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("shown", ["", "1"])
@pytest.mark.parametrize("viewer", [COORDINATOR, PRESENTER], ids=["coordinator", "presenter"])
def test_every_step_is_drawn(
    own_sample: Database,
    use: Callable[[Database], None],
    monkeypatch: pytest.MonkeyPatch,
    viewer: Viewer,
    shown: str,
    step: str,
    language: str,
) -> None:
    use(own_sample)
    seen_as(monkeypatch, viewer)
    say = texts(language)
    app = at(filled(own_sample), step, lang=language, **({"visas": "1"} if shown else {}))
    words = said(app)
    assert list(app.error) == []
    if step != "places":
        assert expected(step, say) in words
    assert say("meeting_status.open") in words
    is_told = viewer is COORDINATOR and not shown
    tables = " ".join(one.value.to_string() for one in (*app.dataframe, *app.table))
    assert ("Kommunpolis" in words + tables) == (is_told and step in ("follow", "decide", "close"))
    writes = {say(f"meetings.{name}") for name in ("decide", "close", "reopen", "begin")} | {
        say("decision_status.done"),
        say("admin.store"),
    }
    assert bool(writes & labels(app)) == (
        viewer is COORDINATOR and (not shown or step in ("follow", "judge", "decide", "close"))
    )
    assert bool(app.get("download_button")) == (is_told and step == "close")


def test_the_figures_are_those_of_the_week_and_fewer_are_told_on_the_screen(
    own_sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(own_sample)
    number = begun(own_sample)
    told, shown = said(at(number, "look")), said(at(number, "look", visas="1"))
    seen_as(monkeypatch, PRESENTER)
    presented = said(at(number, "look"))
    figures = [line for line in told.split("\n") if line.startswith("**")]
    assert figures
    assert SV("weekly.all_types") in told
    assert [line for line in shown.split("\n") if line.startswith("**") and "Möte" not in line] == [
        line for line in presented.split("\n") if line.startswith("**") and "Möte" not in line
    ]


def test_where_and_when_on_the_shared_screen_asks_as_a_presenter(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    own, shared = (linked(at(number, "places", **more)) for more in ({}, {"visas": "1"}))
    assert [tickets.holder(one["ticket"]) for one in (own, shared)] == [Holder(0), Holder(0, is_shown=True)]
    assert [one["is_shown"] for one in (own, shared)] == [False, True]
    assert [one["can_export"] for one in (own, shared)] == [True, False]
    assert shared["query"]["period"] == f"{FIRST}..{LAST}"
    assert own["mount"] != shared["mount"]


def test_a_closed_meeting_shows_what_was_known_then_beside_what_is_known_now(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    close_meeting(own_sample, OPERATOR, number, {}, edits=record(own_sample, number).edits)
    first = at(number, "look")
    known = [one.value for one in first.metric]
    assert SV("meetings.today", value="").strip() not in said(first)
    late = [
        incident(f"late{hour}", "vandalism", f"{LAST}T{hour}:10", area_code=AREA) for hour in range(10, 22)
    ]
    store_incidents(own_sample, late, "Polisen", name="late.csv")
    app = at(number, "look")
    assert [one.value for one in app.metric] == known
    assert said(app).count(SV("meetings.today", value="").strip()) == 2  # of all, and of crimes
    (asked,) = [one for one in app.button_group if one.label == SV("meetings.known")]
    now = calm(asked.set_value("now").run())
    assert int(now.metric[0].value) == int(known[0]) + len(late)
    assert "rapporterades senare" in said(first)
    assert "rapporterades senare" not in said(now)
    places = at(number, "places")
    assert SV("chart.when_title") in said(places)
    (asked,) = [one for one in places.button_group if one.label == SV("meetings.known")]
    assert linked(calm(asked.set_value("now").run()))["query"]["period"] == f"{FIRST}..{LAST}"
    assert SV("meetings.known_help", day="").split()[0] not in said(
        at(begun(own_sample, HELD - timedelta(7)), "look")
    )


@pytest.mark.parametrize("asked", ["0", "-1", "9" * 25, "9" * 5000, "abc", "\uff11\uff12", "1e3", " 1"])
def test_a_number_that_is_no_meeting_leads_back_to_all(
    own_sample: Database, use: Callable[[Database], None], asked: str
) -> None:
    use(own_sample)
    begun(own_sample)
    assert SV("meetings.not_there") in said(at(asked, "nonsense"))


def test_the_step_stays_and_the_walk_goes_on(own_sample: Database, use: Callable[[Database], None]) -> None:
    use(own_sample)
    app = at(begun(own_sample))
    assert SV("meetings.follow_none") in said(app)
    press(app, SV("meetings.next", step=SV("meetings.step_look")))
    assert SV("meeting_report.figures") in said(app)
    calm(app.run())
    assert SV("meeting_report.figures") in said(app)
    (steps,) = [one for one in app.button_group if one.label == SV("meetings.steps")]
    calm(steps.set_value("decide").run())
    assert SV("meetings.decisions_none") in said(app)
    press(app, SV("meetings.previous", step=SV("meetings.step_judge")))
    assert SV("meetings.ratings_none") in said(app)


def test_the_step_stands_in_the_address_and_is_taken_from_it(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    app = at(number, steg="decide")
    assert SV("meetings.decisions_none") in said(app)
    press(app, SV("meetings.previous", step=SV("meetings.step_judge")))
    assert app.query_params["steg"] == "judge"
    app.query_params["steg"] = "look"  # back in the browser
    assert SV("meeting_report.figures") in said(calm(app.run()))
    press(app, SV("meetings.all"))
    assert "steg" not in app.query_params
    assert SV("meetings.follow_none") in said(at(number, steg="nothing"))


def test_a_meeting_begins_follows_up_and_rates(own_sample: Database, use: Callable[[Database], None]) -> None:
    use(own_sample)
    before = begun(own_sample, HELD - timedelta(days=7))
    decide(own_sample, before, "Klipp buskarna", deadline=HELD - timedelta(days=1))
    number = prepare_meeting(
        own_sample, OPERATOR, MeetingEntry(HELD, FIRST, LAST), area_set_id=newest(own_sample)
    )
    app = at(number)
    assert "Klipp buskarna" in said(app)
    assert SV("meetings.due", day="2026-06-22") in said(app)
    press(app, SV("meetings.begin"))
    assert record(own_sample, number).status == "open"
    press(app, SV("decision_status.done"))
    assert SV("decision_status.done") in said(app)
    assert SV("decision_status.done") not in labels(app)
    assert read_open_decisions(own_sample, OPERATOR) == ()

    app = at(number, "judge")
    app.selectbox(key="rating-area").set_value(AREA).run()
    (level,) = [one for one in app.button_group if one.label == SV("meetings.column_level")]
    level.set_value(3)
    next(one for one in app.text_input if one.label == SV("meetings.column_reason")).set_value("Bråk")
    press(app, SV("admin.store"))
    assert SV("meetings.level_missing") not in said(app)
    (rated,) = record(own_sample, number).ratings
    assert (rated.area, rated.level, rated.reason) == (AREA, 3, "Bråk")
    assert f"{SV('rating_level.3')}] Bråk" in said(app)


def test_a_rating_without_a_level_or_a_reason_is_refused_in_words(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    app = at(number, "judge")
    press(app, SV("admin.store"))
    assert [one.value for one in app.error] == [SV("meetings.level_missing")]
    (level,) = [one for one in app.button_group if one.label == SV("meetings.column_level")]
    level.set_value(2)
    press(app, SV("admin.store"))
    said_of_reason = SV("entry.of_field", field=SV("meeting_field.reason"), problem=SV("entry.text_empty"))
    assert said_of_reason in said(app)
    assert len(app.error) == 1
    assert record(own_sample, number).ratings == ()


def test_what_is_chosen_on_the_map_is_proposed_for_rating_and_focus(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    app = at(number, "judge", areas=AREA)
    assert app.selectbox(key="rating-area").value == AREA
    calm(app.button(key=f"focus-add-{AREA}").click().run())
    assert [(one.area, one.why) for one in record(own_sample, number).focus] == [(AREA, "")]
    assert f"focus-add-{AREA}" not in {button.key for button in app.button}


def test_what_stands_out_or_has_risen_comes_into_focus_with_one_press_and_without_a_number(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    app = at(number, "judge")
    offered = [str(one.key) for one in app.button if str(one.key).startswith("focus-add-")]
    assert offered
    calm(app.button(key=offered[0]).click().run())
    (place,) = record(own_sample, number).focus
    assert offered[0] == f"focus-add-{place.area}"
    assert place.why
    assert not any(letter.isdigit() for letter in place.why)
    assert place.why in said(app)


def test_places_are_ranked_explained_and_at_most_five(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    codes = ["0101", "0201", "0301", "0402"]
    set_focus(own_sample, OPERATOR, number, [(code, "") for code in codes], revision=0)

    def order() -> list[str]:
        return [one.area for one in record(own_sample, number).focus]

    app = at(number, "judge")
    assert app.button(key="focus-up-0101").disabled
    assert app.button(key="focus-down-0402").disabled
    calm(app.button(key="focus-up-0402").click().run())
    calm(app.button(key="focus-down-0101").click().run())
    assert order() == ["0201", "0101", "0402", "0301"]
    why = next(one for one in app.text_input if "focus-why" in str(one.key) and "-0402-" in str(one.key))
    why.set_value("Torget på kvällar")
    submits = [one for one in app.button if one.label == SV("admin.store") and "-0402-" in str(one.key)]
    calm(submits[0].click().run())
    assert record(own_sample, number).focus[2].why == "Torget på kvällar"
    box = next(one for one in app.selectbox if str(one.key).startswith("focus-other-"))
    calm(box.set_value(AREA).run())
    assert order() == ["0201", "0101", "0402", "0301", AREA]
    assert SV("meetings.focus_full", most=5) in said(app)
    assert not [one for one in app.button if str(one.key).startswith("focus-add-")]


def test_filters_are_taken_back_to_the_days_of_the_meeting(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    app = at(begun(own_sample), "places", areas=AREA)
    assert app.query_params["areas"] == AREA
    app.session_state["selection"] = Selection(areas={AREA}, kinds={"crime"})
    press(app, SV("meetings.reset"))
    assert app.session_state["selection"] == Selection(period=Period(FIRST, LAST))


def test_not_done_needs_no_more_than_a_reason_and_moved_a_day(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    decide(own_sample, begun(own_sample, HELD - timedelta(days=7)), "Klipp buskarna")
    app = at(begun(own_sample))
    next(one for one in app.radio if one.label == SV("meetings.outcome")).set_value("moved")
    press(app, SV("admin.store"))
    assert list(app.error) != []
    next(one for one in app.radio if one.label == SV("meetings.outcome")).set_value("moved")
    next(one for one in app.text_input if one.label == SV("meetings.reason")).set_value("Semester")
    day = next(one for one in app.date_input if one.label == SV("meetings.new_deadline"))
    day.set_value(HELD + timedelta(days=14))
    press(app, SV("admin.store"))
    (left,) = read_open_decisions(own_sample, OPERATOR)
    assert (left.deadline, left.times_moved) == (HELD + timedelta(days=14), 1)
    assert "Semester" in said(app)


def test_decide_close_and_open_again(own_sample: Database, use: Callable[[Database], None]) -> None:
    use(own_sample)
    number = begun(own_sample)
    app = at(number, "decide")
    press(app, SV("meetings.decide"))
    assert SV("entry.of_field", field=SV("meeting_field.what"), problem=SV("entry.text_empty")) in said(app)
    next(one for one in app.text_input if one.label == SV("meetings.column_what")).set_value("Byt lampan")
    press(app, SV("meetings.decide"))
    assert SV("meetings.organisation_missing") in said(app)
    assert record(own_sample, number).decisions == ()
    next(one for one in app.selectbox if one.label == SV("meetings.column_organisation")).set_value("Polisen")
    next(one for one in app.multiselect if one.label == SV("meetings.column_where")).set_value([AREA])
    next(one for one in app.date_input if one.label == SV("meetings.column_deadline")).set_value(
        HELD + timedelta(days=7)
    )
    press(app, SV("meetings.decide"))
    assert columns_of(app, SV("meetings.column_what")) == ["Byt lampan"]
    assert columns_of(app, SV("meetings.column_deadline")) == ["2026-06-30"]

    stale = at(number, "decide")  # somebody else's screen
    app = at(number, "close")
    assert SV("meetings.close_help") in said(app)
    press(app, SV("meetings.close"))
    minutes = record(own_sample, number).minutes
    assert minutes is not None
    assert [one["what"] for one in minutes["decisions"]] == ["Byt lampan"]
    assert SV("meeting_status.closed") in said(app)
    assert SV("meetings.send_nobody") in said(app)
    assert {one.proto.label for one in app.get("download_button")} == {
        SV(f"meetings.file_{kind}") for kind in ("pdf", "csv", "ics")
    }

    next(one for one in stale.text_input if one.label == SV("meetings.column_what")).set_value("För sent")
    field(stale, "selectbox", "meetings.column_organisation").set_value("Polisen")
    press(stale, SV("meetings.decide"))
    assert SV("entry.meeting_closed") in said(stale)
    assert len(record(own_sample, number).decisions) == 1
    assert field(stale, "text_input", "meetings.column_what").value == "För sent"  # to be copied
    press(stale, SV("seen.renew"))
    assert SV("meetings.is_closed") in said(stale)
    assert SV("meetings.decide") not in labels(stale)

    press(app, SV("meetings.reopen"))
    assert SV("entry.of_field", field=SV("meeting_field.reason"), problem=SV("entry.text_empty")) in said(app)
    next(one for one in app.text_input if one.label == SV("meeting_field.reason")).set_value("Fel dag")
    press(app, SV("meetings.reopen"))
    again = record(own_sample, number)
    assert (again.status, len(again.earlier)) == ("open", 1)
    assert "öppnat igen" in said(app)
    assert "Fel dag" in said(app)


def test_closing_from_the_shared_screen_freezes_what_the_one_who_closes_may_read(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = filled(own_sample)
    press(at(number, "close", visas="1"), SV("meetings.close"))
    minutes = record(own_sample, number).minutes
    assert minutes is not None
    assert minutes["decisions"][0]["person"] == "Kommunpolis"
    assert minutes["participants"]


def test_a_closed_meeting_shows_its_minutes_and_no_forms(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    said_then = {"language": "sv", "title": "Då", "flags": ["Det som stod då."]}
    close_meeting(own_sample, OPERATOR, number, said_then, edits=record(own_sample, number).edits)
    assert "Det som stod då." in said(at(number, "close"))
    for step in ("follow", "judge", "decide"):
        app = at(number, step)
        assert not {SV("admin.store"), SV("meetings.decide"), SV("decision_status.done")} & labels(app)
    presented = said(at(number, "close", visas="1"))
    assert "Det som stod då." not in presented


def test_a_meeting_that_never_began_is_removed_after_a_question(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = prepare_meeting(
        own_sample, OPERATOR, MeetingEntry(HELD, FIRST, LAST), area_set_id=newest(own_sample)
    )
    app = at(number)
    assert SV("meetings.remove_sure", day="23 juni 2026") in said(app)
    press(app, SV("admin.remove_yes"))
    assert read_meetings(own_sample, OPERATOR) == ()
    assert SV("meetings.none") in said(app)
    assert SV("admin.remove_yes") not in labels(at(begun(own_sample)))


def test_what_was_judged_is_taken_back_while_the_meeting_is_open(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = filled(own_sample)
    set_focus(own_sample, OPERATOR, number, [(AREA, "Torget"), ("0101", "Kajen")], revision=1)
    app = at(number, "judge")
    app.selectbox(key="rating-area").set_value(AREA).run()
    assert field(app, "text_input", "meetings.column_reason").value == "Bråk vid torget"
    press(app, SV("meetings.rating_take_back", name="Haga"))
    assert record(own_sample, number).ratings == ()
    assert SV("meetings.ratings_none") in said(app)
    assert field(app, "text_input", "meetings.column_reason").value == ""
    calm(app.button(key=f"focus-gone-{AREA}").click().run())
    assert [(one.rank, one.area, one.why) for one in record(own_sample, number).focus] == [
        (1, "0101", "Kajen")
    ]
    close_meeting(own_sample, OPERATOR, number, {}, edits=record(own_sample, number).edits)
    app = at(number, "judge")
    assert not [one.key for one in app.button if str(one.key).startswith("focus-")]


def test_a_decision_is_corrected_and_taken_back_while_the_meeting_is_open(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    first = decide(own_sample, number, category_codes=("vandalism",))
    decide(own_sample, number, "Klipp häcken")
    app = at(number, "decide")
    app.selectbox(key=f"correct-{number}").set_value(first).run()
    assert field(app, "text_input", "meetings.column_person").value == "Kommunpolis"
    field(app, "text_input", "meetings.column_what").set_value("Byt lampan i hörnet")
    field(app, "date_input", "meetings.column_deadline").set_value(HELD + timedelta(days=2))
    press(app, SV("admin.store"))
    changed, other = record(own_sample, number).decisions
    assert (changed.what, changed.deadline) == ("Byt lampan i hörnet", HELD + timedelta(days=2))
    assert (changed.areas, changed.categories, changed.person) == ((AREA,), ("vandalism",), "Kommunpolis")
    assert (changed.organisation, other.what) == ("Polisen", "Klipp häcken")
    assert SV("meetings.decision_remove_sure") in said(app)
    press(app, SV("admin.remove_yes"))
    assert [one.what for one in record(own_sample, number).decisions] == ["Klipp häcken"]
    assert f"correct-{number}" not in {one.key for one in at(number, "decide", visas="1").selectbox}
    close_meeting(own_sample, OPERATOR, number, {}, edits=record(own_sample, number).edits)
    assert f"correct-{number}" not in {one.key for one in at(number, "decide").selectbox}


def test_a_correction_is_sent_from_the_page(
    own_sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begun(own_sample)
    record_recipient(own_sample, OPERATOR, organisation_id=1, email="a@polisen.example")
    with mail_server() as (server, received):
        for name in ("host", "port", "security"):
            monkeypatch.setenv(f"SAMSYN_SMTP_{name.upper()}", str(getattr(server, name)))
        monkeypatch.setenv("SAMSYN_SMTP_FROM", server.sender)
        use(own_sample)
        app = at(number, "close")
        press(app, SV("meetings.close"))
        press(app, SV("meetings.send", count=1))
        assert SV("meetings.send", count=1) not in labels(calm(app.run()))
        for minutes in (False, True):
            seen = record(own_sample, number)
            reopen_meeting(own_sample, OPERATOR, number, "Fel", revision=seen.revision)
            if minutes:
                decide(own_sample, number)
            app = at(number, "close")
            press(app, SV("meetings.close"))
            assert (SV("meetings.send_corrected", count=1) in labels(app)) == minutes
        press(app, SV("meetings.send_corrected", count=1))
    assert [mail["Subject"].startswith("Rättad: ") for _, _, mail in received.mails] == [False, True]
    app = at(number, "close")
    assert columns_of(app, SV("meetings.column_edition")) == [1, 2]
    assert columns_of(app, SV("meetings.column_status"))[-2:] == [SV("delivery_status.sent")] * 2


def test_a_housing_company_reads_what_is_of_its_districts(
    own_sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(own_sample)
    number = filled(own_sample)
    decide(own_sample, number, "Något helt annat", area_codes=("0101",))
    seen_as(
        monkeypatch,
        Viewer("h", Role.HOUSING, organisation_id=1, areas=frozenset({AreaKey("Lindhamn", AREA)})),
    )
    for step in STEPS:
        at(number, step)
    assert columns_of(at(number, "decide"), SV("meetings.column_what")) == ["Byt lampan"]


def test_recipients_are_listed_added_and_taken_away(
    own_sample: Database, use: Callable[[Database], None]
) -> None:
    use(own_sample)
    number = begun(own_sample)
    record_recipient(own_sample, OPERATOR, organisation_id=1, email="a@polisen.example")
    app = calm(opened("meetings"))
    assert "a@polisen.example" in said(app).replace("\u2060", "")
    email = next(one for one in app.text_input if one.label == SV("meetings.column_email"))
    email.set_value("inte en adress")
    press(app, SV("meetings.add"))
    assert SV("entry.email_bad") in said(app)
    press(app, SV("meetings.remove"))
    assert "a@polisen.example" not in said(app)
    close_meeting(own_sample, OPERATOR, number, {}, edits=record(own_sample, number).edits)
    record_recipient(own_sample, OPERATOR, organisation_id=1, email="b@polisen.example")
    assert SV("meetings.send_no_server") in said(at(number, "close"))
