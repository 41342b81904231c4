"""The register of findings on the page of surveys: what is kept from where, who reads it, and which interventions answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.texts import texts
from dashboard.ui import session
from data_access.changes import FindingEntry, record_finding
from data_access.findings import FindingFact, read_findings
from data_access.one_line import one_line
from data_access.permissions import OPERATOR, Role
from data_access.selection import Selection
from tests.pages.test_interventions_page import card
from tests.pages.test_pages import chosen, opened, said, shown
from tests.pages.test_surveys_page import LANGUAGES, OWN, part, viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from data_access.database import Database

SV = texts("sv")


def newest(database: Database) -> FindingFact:
    return max((one.fact for one in read_findings(database, OPERATOR)), key=lambda fact: fact.id)


def count(database: Database) -> int:
    return len(read_findings(database, OPERATOR))


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    """Press one of the buttons with a label, by its place on the page."""
    [one for one in app.button if one.label == label][place].click().run()
    assert list(app.exception) == []
    return app


def ready(app: AppTest) -> list[Any]:
    """The ready sentences on the page."""
    return [box for box in app.text_area if box.label == SV("finding_field.statement")]


@pytest.fixture
def register(own_sample: Database, use: Callable[[Database], None]) -> Database:
    use(own_sample)
    return own_sample


# --- kept from what is shown -------------------------------------------------------------------------------------------------


def test_a_priority_is_kept_as_a_sentence_that_may_be_edited(register: Database) -> None:
    app = part("risks")
    first = next(shown(one.value) for one in app.markdown if str(one.value).startswith("1. "))
    box = ready(app)[0]
    assert box.value == one_line(f"Ungdomsenkät 2026: {first.removeprefix('1. ')}")
    box.set_value("Ofrivillig frånvaro ökar").run()
    press(app, SV("findings.store"))
    found = newest(register)
    assert (found.statement, found.source, found.wave) == (
        "Ofrivillig frånvaro ökar",
        "indicator",
        "Ungdomsenkät 2026",
    )
    assert (found.indicator, found.is_of_all) == ("school.involuntary_absence", True)


@LANGUAGES
def test_a_priority_becomes_an_intervention_that_answers_it(register: Database, language: str) -> None:
    say, before = texts(language), count(register)
    app = opened("surveys", lang=language)
    first = next(shown(one.value) for one in app.markdown if str(one.value).startswith("1. "))
    press(app, say("surveys.plan"))
    found = newest(register)
    assert found.statement == one_line(f"Ungdomsenkät 2026: {first.removeprefix('1. ')}")
    (choice,) = [box for box in app.selectbox if box.label == say("intervention_field.finding_id")]
    assert choice.value == found.id
    goals = {box.label: box.value for box in app.text_area}
    name = first.removeprefix("1. ").partition(":")[0]
    assert goals[say("intervention_field.goal")] == say("surveys.goal", name=name, wave="Ungdomsenkät 2026")
    (aim,) = [box for box in app.selectbox if box.label == say("intervention_field.goal_indicator")]
    assert aim.value == ("youth", found.indicator)
    again = opened("surveys", lang=language)
    assert say("findings.kept_already") in said(again)
    press(again, say("surveys.plan"))
    assert count(register) == before + 1


def test_numbers_of_a_district_or_a_group_do_not_travel_into_a_finding(register: Database) -> None:
    """It is read by roles that are told less of the survey."""
    for asked, held in (
        (Selection(areas=frozenset({"0402"})), {}),
        (Selection(), {"survey-group-youth": ("gender", "female")}),
        (Selection(areas=frozenset({"0301"})), {"survey-group-youth": ("gender", "male")}),
    ):
        app = part("risks", asked, **held)
        assert len(ready(app)) >= 3
        for box in ready(app):
            assert box.value.startswith("Ungdomsenkät 2026, ")
            assert not any(sign.isdigit() for sign in box.value.removeprefix("Ungdomsenkät 2026"))
    app = opened("surveys", areas="0402")
    press(app, SV("surveys.plan"))
    assert chosen(app).areas == {"0402"}
    assert newest(register).areas == ("0402",)


def test_numbers_of_a_sentence_are_those_that_a_presenter_is_told(
    register: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = {name: [box.value for box in ready(part(name))] for name in ("risks", "help", "safety")}
    for role in (Role.POLICE, Role.HOUSING):
        for name in ("viewer", "viewer_now"):
            monkeypatch.setattr(session, name, lambda role=role: viewer(role))
        for name, sentences in mine.items():
            whole = [one for one in sentences if not one.startswith(("Gamla", "Norrby"))]
            theirs = [box.value for box in ready(part(name))]
            assert set(whole) <= set(theirs), (role, name)
    assert register


@pytest.mark.parametrize(
    ("name", "key", "code", "begins"),
    [
        ("risks", "survey-map-risk", "school.truancy", "Ungdomsenkät 2026: Skolk: "),
        ("help", "survey-help-map-map", "family.conflicts", "Ungdomsenkät 2026: Konflikter: "),
        ("safety", "survey-index-map", "problem.dark", "Trygghetsmätning 2026: Mörka områden: "),
    ],
)
def test_any_question_on_a_map_is_kept(
    register: Database, name: str, key: str, code: str, begins: str
) -> None:
    app = part(name)
    app.selectbox(key=key).set_value(code).run()
    place = -2 if name == "safety" else -1
    sentence = ready(app)[place].value
    assert sentence.startswith(begins)
    press(app, SV("findings.store"), place)
    found = newest(register)
    assert (found.statement, found.source, found.indicator) == (sentence, "indicator", code)


def test_a_question_of_a_district_is_told_against_the_municipality(register: Database) -> None:
    app = part("risks", Selection(areas=frozenset({"0401"})))
    app.selectbox(key="survey-map-risk").set_value("community.drug_availability").run()
    press(app, SV("findings.store"), -1)
    found = newest(register)
    assert found.statement == (
        "Ungdomsenkät 2026, Lövbacken: Tillgång till droger i området ligger högre än i kommunen."
    )
    assert found.areas == ("0401",)


def test_a_district_that_stands_out_is_kept_from_the_gap(register: Database) -> None:
    app = part("safety", **{"survey-index-map": "total"})
    app.selectbox(key="survey-index-map").set_value("total").run()
    box = app.selectbox(key="gap-keep-perceived-reported")
    assert box.options == ["Gamla staden", "Norrby gård"]
    assert ready(app)[-1].value == (
        "Gamla staden: upplevs bland de tryggaste, men många händelser rapporteras (Trygghetsmätning 2026)."
    )
    box.set_value("0303").run()
    press(app, SV("findings.store"), -1)
    found = newest(register)
    assert found.statement == (
        "Norrby gård: upplevs otryggare än de rapporterade händelserna talar för (Trygghetsmätning 2026)."
    )
    assert (found.source, found.areas, found.indicator) == ("gap", ("0303",), "total")


# --- the register ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
def test_each_role_reads_the_register_and_who_may_writes(
    register: Database, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    for name in ("viewer", "viewer_now"):
        monkeypatch.setattr(session, name, lambda: viewer(role))
    record_finding(register, OPERATOR, FindingEntry("Sjövik", area_codes=("0304",)), area_set_id=1)
    app = part("findings")
    words = said(app)
    assert "Ungdomsenkät 2026: Ofrivillig frånvaro har ökat" in words
    assert ("Haga och Hagalund: klotter" in words) == (role is not Role.REPORTER)
    assert ("Sjövik" in words) == (role not in (Role.REPORTER, Role.HOUSING))
    assert "0304" not in OWN
    writes = role in (Role.ADMIN, Role.COORDINATOR, Role.POLICE, Role.HOUSING)
    labels = {button.label for button in app.button}
    assert (SV("surveys.plan") in labels) == (SV("findings.store") in labels) == writes
    assert (SV("findings.correct_which") in {box.label for box in app.selectbox}) == (
        role in (Role.ADMIN, Role.COORDINATOR)
    )
    links = [link.proto.label for link in app.get("page_link")]
    answers = {Role.REPORTER: 0, Role.HOUSING: 1}.get(role, 5)
    assert len(links) == answers


def test_without_any_the_page_says_what_to_do(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = part("findings")
    assert SV("findings.empty_title") in said(app)


def test_one_is_written_by_hand_corrected_and_withdrawn(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    app = part("findings")
    ready(app)[0].set_value("Mörkt vid kajen").run()
    next(box for box in app.multiselect if box.label == SV("findings.where")).set_value(["01"]).run()
    press(app, SV("findings.store"))
    found = newest(small)
    assert (found.statement, found.source, found.areas) == ("Mörkt vid kajen", "other", ("01",))
    assert ready(app)[0].value == ""
    app.selectbox(key="finding-correct").set_value(found.id).run()
    ready(app)[1].set_value("Mörkt vid kajen på kvällen").run()
    press(app, SV("findings.store"), 1)
    assert newest(small).statement == "Mörkt vid kajen på kvällen"
    press(app, SV("findings.withdraw"))
    assert SV("entry.text_empty") in said(app)
    app.text_input(key=f"finding-reason-{found.id}").set_value("Nytt ljus").run()
    press(app, SV("findings.withdraw"))
    assert newest(small).withdrawn_reason == "Nytt ljus"
    assert "Nytt ljus" in said(app)
    assert SV("surveys.plan") not in {button.label for button in app.button}


def test_a_refused_sentence_is_told_in_words_and_stays_on_the_form(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    app = part("findings")
    ready(app)[0].set_value("Ring 850101-1234").run()
    press(app, SV("findings.store"))
    (error,) = app.error
    assert "personnummer" in str(error.value)
    assert "850101" not in str(error.value)
    assert ready(app)[0].value == "Ring 850101-1234"
    assert count(small) == 0


def test_an_intervention_begins_from_a_finding(register: Database) -> None:
    app = opened("surveys")
    app.session_state["survey-part"] = "findings"
    app.run()
    goal = SV("surveys.goal", name="Ofrivillig frånvaro", wave="Ungdomsenkät 2026")
    begun = opened("surveys")
    begun.session_state["survey-part"] = "findings"
    press(begun.run(), SV("surveys.plan"))
    assert goal in [box.value for box in begun.text_area]
    press(app, SV("surveys.plan"), 1)
    assert app.session_state["intervention_begun"]["goal"] == ""
    (choice,) = [box for box in app.selectbox if box.label == SV("intervention_field.finding_id")]
    second = [one.fact for one in read_findings(register, OPERATOR)][1]
    assert choice.value == second.id
    assert app.session_state["intervention_begun"]["areas"] == second.areas


# --- the card ----------------------------------------------------------------------------------------------------------------


def test_the_card_tells_the_finding_and_what_it_rests_on(
    sample: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(sample)
    rests_on = "Umgänge med kriminella ligger högre än i kommunen. (Fråga i en enkät: Umgänge med kriminella, Ungdomsenkät 2024)"
    assert rests_on in said(card("5"))
    for name in ("viewer", "viewer_now"):
        monkeypatch.setattr(session, name, lambda: viewer(Role.REPORTER))
    assert "Umgänge med kriminella" not in said(card("5"))
