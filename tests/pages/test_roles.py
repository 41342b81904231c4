"""Who may do what: every role, every action, every page, every route and every write, written down once more."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.geometry import KINDS, document_of
from dashboard.linked.documents import mount_document
from dashboard.linked.routes import ROUTES, VIEWS_PATH
from dashboard.linked.tickets import tickets
from dashboard.settings import ROOT
from dashboard.situation import explore
from dashboard.texts import texts
from dashboard.ui import contents, session, state
from data_access import changes, imports
from data_access.changes import (
    CategoryEntry,
    FindingEntry,
    InterventionEntry,
    MembershipEntry,
    Rules,
    WaveEntry,
    block_user,
    change_decision,
    change_finding,
    change_intervention,
    change_meeting,
    claim_delivery,
    close_meeting,
    date_sample_findings,
    date_sample_meetings,
    describe_municipality,
    finish_delivery,
    follow_up,
    grant_role,
    link_decision,
    map_own_code,
    move_intervention,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_areas,
    record_category,
    record_decision,
    record_doses,
    record_export,
    record_finding,
    record_incidents,
    record_intervention,
    record_look,
    record_membership,
    record_organisation,
    record_recipient,
    record_release,
    record_rules,
    refuse_own_data,
    remove_decision,
    remove_intervention,
    remove_meeting,
    remove_membership,
    remove_rating,
    remove_recipient,
    remove_sample,
    reopen_meeting,
    set_focus,
    undo_import,
    withdraw_finding,
)
from data_access.changes.entry import monday_of
from data_access.facts import facts
from data_access.meetings import MeetingRecord, read_meeting
from data_access.permissions import (
    OPERATOR,
    Action,
    AreaKey,
    NotPermittedError,
    Role,
    Viewer,
    can,
    check,
)
from data_access.selection import Selection
from data_access.sessions import Identity, end_sessions, sign_in, signed_in
from data_access.surveys.build import build_release
from tests.data_access.changes.rows import dump, one
from tests.data_access.changes.test_interventions import today_there
from tests.data_access.held import RECIPIENT, about, closed, decide, decided, listed, opened, prepared
from tests.data_access.surveys.simulated import SECRET, drawn
from tests.linked.asking import ask
from tests.pages.test_pages import linked, said
from tests.people import person
from tests.small_town import AREAS, POLICE, SRID, file_of, incident

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

SV = texts("sv")
HOME = AreaKey("Småstad", "01")
MEMBERS = [role for role in Role if role is not Role.OPERATOR]
ALLOWED = {
    Role.OPERATOR: set(Action),
    Role.ADMIN: set(Action),
    Role.COORDINATOR: {
        Action.READ_INCIDENTS,
        Action.EXPORT,
        Action.IMPORT_INCIDENTS,
        Action.ACT_FOR_OTHERS,
        Action.IMPORT_AREAS,
        Action.WRITE_INTERVENTIONS,
        Action.READ_SURVEYS,
        Action.WRITE_SURVEYS,
        Action.READ_MEETINGS,
        Action.WRITE_MEETINGS,
        Action.FOLLOW_UP_DECISIONS,
    },
    Role.ANALYST: {
        Action.READ_INCIDENTS,
        Action.EXPORT,
        Action.IMPORT_INCIDENTS,
        Action.ACT_FOR_OTHERS,
        Action.READ_SURVEYS,
        Action.READ_MEETINGS,
    },
    Role.REPORTER: {Action.READ_INCIDENTS, Action.IMPORT_INCIDENTS, Action.READ_SURVEYS},
    Role.POLICE: {
        Action.READ_INCIDENTS,
        Action.EXPORT,
        Action.IMPORT_INCIDENTS,
        Action.WRITE_INTERVENTIONS,
        Action.READ_SURVEYS,
        Action.READ_MEETINGS,
        Action.FOLLOW_UP_DECISIONS,
    },
    Role.HOUSING: {
        Action.READ_INCIDENTS,
        Action.EXPORT,
        Action.IMPORT_INCIDENTS,
        Action.WRITE_INTERVENTIONS,
        Action.READ_SURVEYS,
        Action.READ_MEETINGS,
        Action.FOLLOW_UP_DECISIONS,
    },
    Role.PRESENTER: {Action.READ_INCIDENTS, Action.READ_SURVEYS, Action.READ_MEETINGS},
}
"""What each role may do, in a second hand."""

PAGES = {
    "explore": Action.READ_INCIDENTS,
    "meetings": Action.READ_MEETINGS,
    "interventions": Action.READ_INCIDENTS,
    "about": Action.READ_INCIDENTS,
    "surveys": Action.READ_SURVEYS,
    "import_data": Action.IMPORT_INCIDENTS,
    "admin": Action.WRITE_MEMBERS,
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_every_role_may_what_is_written_here_and_nothing_else(role: Role, action: Action) -> None:
    viewer = Viewer("x", role)
    assert can(viewer, action) == (action in ALLOWED[role])
    if action in ALLOWED[role]:
        check(viewer, action)
    else:
        with pytest.raises(NotPermittedError):
            check(viewer, action)


def _viewer(database: Database, role: Role) -> Viewer:
    """A member of the police organisation with the role; housing with one district."""
    areas = (HOME,) if role is Role.HOUSING else ()
    return signed_in(database, person(database, role, POLICE, areas)).viewer


ENTRY = MembershipEntry(1, 1, "police", date(2020, 1, 1))
PLAN = InterventionEntry(
    "Ljus", "environment", POLICE, today_there(), None, ("01",), ("vandalism",), status="decided"
)
FOUND = FindingEntry("Mörkt", area_codes=("01",))
WAVE = WaveEntry("youth", "Våren", 2026, date(2026, 1, 1), date(2026, 6, 30), area_set_id=1)
TABLES = build_release(
    drawn({(0, 0, 0): 40, (1, 1, 1): 40}, areas=("01", "02"), code="school.truancy"), SECRET
)
HELD, CLOSED, PREPARED = 1, 2, 3
"""Meetings by what they are."""


def _now(database: Database, number: int) -> MeetingRecord:
    record = read_meeting(database, OPERATOR, number)
    assert record is not None
    return record


WRITES: dict[str, tuple[Action, Callable[[Database, Viewer], Any]]] = {
    "record_incidents": (
        Action.IMPORT_INCIDENTS,
        lambda d, v: record_incidents(
            d, v, file_of([incident("q", "noise", "2026-01-05T10:00")]), organisation=POLICE
        ),
    ),
    "undo_import": (Action.IMPORT_INCIDENTS, lambda d, v: undo_import(d, v, 1)),
    "record_areas": (Action.IMPORT_AREAS, lambda d, v: record_areas(d, v, AREAS, name="Ny", srid=SRID)),
    "record_intervention": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: record_intervention(d, v, PLAN, area_set_id=1),
    ),
    "change_intervention": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: change_intervention(d, v, 1, replace(PLAN, problem="Mörkt"), revision=1),
    ),
    "move_intervention": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: move_intervention(d, v, 1, "ongoing", revision=1),
    ),
    "record_finding": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: record_finding(d, v, FOUND, area_set_id=1),
    ),
    "change_finding": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: change_finding(d, v, 1, replace(FOUND, statement="Mörkare"), revision=1),
    ),
    "withdraw_finding": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: withdraw_finding(d, v, 1, "Nytt ljus", revision=1),
    ),
    "record_doses": (
        Action.WRITE_INTERVENTIONS,
        lambda d, v: record_doses(d, v, 1, {monday_of(today_there()): 3.0}),
    ),
    "remove_intervention": (Action.WRITE_INTERVENTIONS, lambda d, v: remove_intervention(d, v, 1)),
    "record_look": (Action.READ_INCIDENTS, lambda d, v: record_look(d, v, 1, date(2026, 1, 12))),
    "record_category": (
        Action.WRITE_CATEGORIES,
        lambda d, v: record_category(d, v, "drone", CategoryEntry("D", "D", "violence", "crime", 0)),
    ),
    "map_own_code": (
        Action.WRITE_CATEGORIES,
        lambda d, v: map_own_code(d, v, organisation_id=1, own_code="x", code="noise"),
    ),
    "record_organisation": (
        Action.WRITE_MEMBERS,
        lambda d, v: record_organisation(d, v, name="Ny", kind="other"),
    ),
    "record_membership": (Action.WRITE_MEMBERS, lambda d, v: record_membership(d, v, ENTRY)),
    "remove_membership": (Action.WRITE_MEMBERS, lambda d, v: remove_membership(d, v, 2)),
    "grant_role": (
        Action.WRITE_MEMBERS,
        lambda d, v: grant_role(d, v, "1", role="police", organisation=POLICE),
    ),
    "block_user": (Action.WRITE_MEMBERS, lambda d, v: block_user(d, v, 2, is_blocked=True)),
    "describe_municipality": (Action.WRITE_MUNICIPALITY, lambda d, v: describe_municipality(d, v, name="Ny")),
    "record_rules": (
        Action.WRITE_MUNICIPALITY,
        lambda d, v: record_rules(d, v, Rules("weekly", "", 6, 12, 60)),
    ),
    "record_release": (Action.WRITE_SURVEYS, lambda d, v: record_release(d, v, WAVE, TABLES)),
    "prepare_meeting": (
        Action.WRITE_MEETINGS,
        lambda d, v: prepare_meeting(d, v, about(date(2026, 3, 3)), area_set_id=1),
    ),
    "change_meeting": (
        Action.WRITE_MEETINGS,
        lambda d, v: change_meeting(d, v, PREPARED, about(date(2026, 3, 3)), revision=1),
    ),
    "open_meeting": (Action.WRITE_MEETINGS, lambda d, v: open_meeting(d, v, PREPARED, revision=1)),
    "close_meeting": (
        Action.WRITE_MEETINGS,
        lambda d, v: close_meeting(d, v, HELD, {}, edits=_now(d, HELD).edits),
    ),
    "remove_meeting": (
        Action.WRITE_MEETINGS,
        lambda d, v: remove_meeting(d, v, PREPARED, edits=_now(d, PREPARED).edits),
    ),
    "reopen_meeting": (Action.WRITE_MEETINGS, lambda d, v: reopen_meeting(d, v, CLOSED, "Fel", revision=3)),
    "rate_area": (
        Action.WRITE_MEETINGS,
        lambda d, v: rate_area(d, v, HELD, "01", level=2, reason="Bråk"),
    ),
    "remove_rating": (
        Action.WRITE_MEETINGS,
        lambda d, v: remove_rating(d, v, HELD, "02", revision=_now(d, HELD).ratings[0].revision),
    ),
    "remove_decision": (Action.WRITE_MEETINGS, lambda d, v: remove_decision(d, v, 1, revision=1)),
    "set_focus": (Action.WRITE_MEETINGS, lambda d, v: set_focus(d, v, HELD, [("01", "")], revision=0)),
    "record_decision": (Action.WRITE_MEETINGS, lambda d, v: record_decision(d, v, HELD, decided())),
    "change_decision": (
        Action.WRITE_MEETINGS,
        lambda d, v: change_decision(d, v, 1, decided("Ny"), revision=1),
    ),
    "link_decision": (Action.WRITE_MEETINGS, lambda d, v: link_decision(d, v, 1, 1, revision=1)),
    "follow_up": (Action.FOLLOW_UP_DECISIONS, lambda d, v: follow_up(d, v, 1, "done", revision=1)),
    "record_recipient": (
        Action.WRITE_MEETINGS,
        lambda d, v: record_recipient(d, v, organisation_id=1, email="ny@polisen.example"),
    ),
    "remove_recipient": (Action.WRITE_MEETINGS, lambda d, v: remove_recipient(d, v, 1)),
    "claim_delivery": (Action.WRITE_MEETINGS, lambda d, v: claim_delivery(d, v, CLOSED, "b@polisen.example")),
    "finish_delivery": (Action.WRITE_MEETINGS, lambda d, v: finish_delivery(d, v, 1, "sent")),
    "record_export": (Action.EXPORT, lambda d, v: record_export(d, v, "csv", Selection(), 1)),
    "date_sample_meetings": (Action.EXCHANGE_SAMPLE, lambda d, v: date_sample_meetings(d, v, {}, {})),
    "date_sample_findings": (Action.EXCHANGE_SAMPLE, lambda d, v: date_sample_findings(d, v, {})),
    "refuse_own_data": (Action.EXCHANGE_SAMPLE, refuse_own_data),
    "remove_sample": (Action.EXCHANGE_SAMPLE, remove_sample),
}
REFUSES_ANYWAY = {"refuse_own_data"}
"""What is refused for another reason when it is allowed: the town's data are its own."""


def _meetings(database: Database) -> None:
    """One of each status, a decision, a rating, and a report on its way to one of two addresses."""
    assert (opened(database), closed(database, date(2026, 1, 27))) == (HELD, CLOSED)
    assert prepared(database, date(2026, 2, 3)) == PREPARED
    decide(database, HELD, area_codes=("01",))
    rate_area(database, OPERATOR, HELD, "02", level=2, reason="Bråk")
    for email in (RECIPIENT, "b@polisen.example"):
        listed(database, email)
    claim_delivery(database, OPERATOR, CLOSED, RECIPIENT)


def test_every_write_there_is_stands_in_the_table() -> None:
    known = {name for name in changes.__all__ if inspect.isfunction(getattr(changes, name))}
    assert known - {"initialise"} == set(WRITES)  # initialise comes before there is anybody
    assert {action for action, _ in WRITES.values()} | {
        Action.ACT_FOR_OTHERS,
        Action.READ_AUDIT,
        Action.READ_SURVEYS,
        Action.READ_MEETINGS,
    } == set(Action)


@pytest.mark.parametrize("role", MEMBERS)
@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_done_or_leaves_no_trace(small: Database, name: str, role: Role) -> None:
    viewer = _viewer(small, role)
    person(small, Role.PRESENTER)
    person(small, Role.ADMIN)
    record_intervention(small, OPERATOR, PLAN, area_set_id=1)
    record_finding(small, Viewer("x", Role.POLICE, None, 1), FOUND, area_set_id=1)
    _meetings(small)
    action, write = WRITES[name]
    before = dump(small)
    if action in ALLOWED[role] and name not in REFUSES_ANYWAY:
        write(small, viewer)
        assert dump(small) != before
    elif action not in ALLOWED[role]:
        with pytest.raises(NotPermittedError):
            write(small, viewer)
        assert dump(small) == before


@pytest.mark.parametrize("role", MEMBERS)
def test_who_may_act_for_others_may_and_nobody_else(small: Database, role: Role) -> None:
    viewer, before = _viewer(small, role), dump(small)
    rows = [incident("q", "noise", "2026-01-05T10:00")]
    for organisation in ("Bostadsbolaget", "Helt ny"):
        if Action.ACT_FOR_OTHERS in ALLOWED[role]:
            assert record_incidents(small, viewer, file_of(rows), organisation=organisation).stored == 1
        else:
            with pytest.raises(NotPermittedError):
                record_incidents(small, viewer, file_of(rows), organisation=organisation)
            with pytest.raises(NotPermittedError):
                undo_import(small, viewer, 2)
            assert dump(small) == before


@pytest.mark.parametrize("role", MEMBERS)
def test_previews_are_for_whom_the_import_is(small: Database, role: Role) -> None:
    viewer, file = _viewer(small, role), (b"datum;typ\n2026-01-05;noise\n", "x.csv")
    for action, look in (
        (
            Action.IMPORT_INCIDENTS,
            lambda: imports.preview_incidents(small, viewer, file, organisation=POLICE),
        ),
        (Action.IMPORT_INCIDENTS, lambda: imports.import_context(small, viewer)),
    ):
        if action in ALLOWED[role]:
            assert look() is not None
        else:
            with pytest.raises(NotPermittedError):
                look()
    if Action.IMPORT_AREAS not in ALLOWED[role]:
        with pytest.raises(NotPermittedError):
            imports.preview_areas(small, viewer, (b"{}", "x.geojson"))


def _views(**asked: str) -> str:
    return f"{VIEWS_PATH}?{urlencode({'lang': 'sv', 'mode': 'light', **asked})}"


def test_every_route_there_is_was_asked() -> None:
    assert {route.path.split("/")[1] for route in ROUTES} == {"linked", "shapes"}
    assert len(ROUTES) == 4


@pytest.mark.parametrize("role", MEMBERS)
def test_every_route_answers_within_what_the_role_sees(
    small: Database, use: Callable[[Database], None], role: Role
) -> None:
    use(small)
    areas = (HOME,) if role is Role.HOUSING else ()
    number = person(small, role, POLICE, areas)
    viewer = signed_in(small, number).viewer
    ticket = tickets.grant(number)
    known = facts(small, viewer)
    answer = ask(_views(period="2026-01-05..2026-02-12"), ticket=ticket)
    assert answer.status == 200
    expected = explore.situation(known, Selection.from_query({"period": "2026-01-05..2026-02-12"}))
    assert expected is not None
    shown = answer.json["map"]["rows"]["count"]
    assert len(shown) == len(known.areas) == (1 if role is Role.HOUSING else 4)
    assert known.size == {Role.REPORTER: 8, Role.HOUSING: 4}.get(role, 13)
    mount = mount_document(small, viewer, known, "sv", "light")
    assert ask(mount.path, ticket=ticket).status == 200
    for kind in KINDS:
        found = document_of(small, viewer, 1, kind)
        assert found is not None
        assert ask(found.path, ticket=ticket).status == 200
    heat = ask(_views(layer="heat"), ticket=ticket)
    assert heat.status == (400 if role is Role.PRESENTER else 200)
    with small.writing() as writing:
        end_sessions(writing, viewer.user_id or 0)
    for path in (_views(), mount.path, "/shapes/1/districts/0123456789abcdef.json"):
        assert ask(path, ticket=ticket).status == 401


def test_a_link_to_what_is_not_ones_own_shows_nothing_of_it(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    housing = tickets.grant(person(small, Role.HOUSING, POLICE, [HOME]))
    whole = mount_document(
        small, _viewer(small, Role.ADMIN), facts(small, _viewer(small, Role.ADMIN)), "sv", "light"
    )
    assert ask(whole.path, ticket=housing).status == 404
    districts = document_of(small, _viewer(small, Role.ADMIN), 1, "districts")
    assert districts is not None
    assert ask(districts.path, ticket=housing).status == 404
    for areas in ("02", "03~04", "02~03~04"):
        answer = ask(_views(areas=areas, period="2026-01-05..2026-02-12"), ticket=housing).json
        assert answer["figures"][0]["value"] == "0"
        assert "Östra" not in str(answer["map"])


FORGED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    FORGED,
    st.dictionaries(
        st.sampled_from(["areas", "hours", "period", "layer", "area_set", "sources"]), st.text(max_size=30)
    ),
)
def test_a_forged_message_of_the_component_changes_the_question_or_nothing(
    monkeypatch: pytest.MonkeyPatch, message: Any, query: dict[str, str]
) -> None:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(state.st, "session_state", kept)
    for forged in (
        message,
        {"query": message},
        {"query": query, "layer": message},
        {"query": query, "layer": "heat"},
    ):
        state.take(forged)
        assert set(kept) <= {"selection", "map_layer"}
        assert isinstance(kept.get("selection", Selection()), Selection)


@pytest.fixture
def visiting(
    small: Database, use: Callable[[Database], None], monkeypatch: pytest.MonkeyPatch
) -> Callable[[Identity | None], None]:
    """Make pages believe that somebody has signed in."""
    for name, value in {
        "PUBLIC_URL": "http://localhost:8501",
        "SIGN_IN_METADATA": "http://localhost:1/x",
        "SIGN_IN_CLIENT": "samsyn",
        "SIGN_IN_SECRET": "x",
        "COOKIE_SECRET": "x" * 40,
    }.items():
        monkeypatch.setenv(f"SAMSYN_{name}", value)
    use(small)

    def as_(identity: Identity | None) -> None:
        monkeypatch.setattr(session, "_identity", lambda: identity)

    return as_


def _identity(number: int) -> Identity:
    return Identity("https://id.example", f"s{number}", f"n{number}", datetime.now(UTC), f"S {number}")


def _member(database: Database, role: Role) -> Identity:
    """An identity that has the role when it signs in."""
    identity = _identity(1)
    sign_in(database, identity)
    user_id = one(database, "select id from user where subject = 's1'")
    areas = frozenset({HOME}) if role is Role.HOUSING else frozenset()
    record_membership(database, OPERATOR, MembershipEntry(user_id, 1, role, date(2020, 1, 1), areas=areas))
    return identity


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", MEMBERS)
def test_a_page_is_there_for_whom_it_is_open(
    small: Database, visiting: Callable[[Identity | None], None], role: Role, page: str
) -> None:
    visiting(_member(small, role))
    assert set(contents.PAGES) == set(PAGES)
    app = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)  # a link straight to it
    app.run()
    assert list(app.exception) == []
    refused = SV("ui.not_permitted") in said(app)
    assert refused == (PAGES[page] not in ALLOWED[role])
    if refused:
        assert len(app.get("bidi_component")) + len(app.button) + len(app.dataframe) == 0
    if page == "explore":
        assert bool(app.get("download_button")) == (Action.EXPORT in ALLOWED[role])


@pytest.mark.parametrize("role", MEMBERS)
def test_the_frame_names_the_person_and_only_open_pages(
    small: Database, visiting: Callable[[Identity | None], None], role: Role
) -> None:
    visiting(_member(small, role))
    app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
    assert list(app.exception) == []
    assert SV(f"role.{role}") in said(app)
    assert linked(app)["lang"] == "sv"


@pytest.mark.parametrize("page", PAGES)
def test_without_a_role_or_a_session_there_is_nothing_but_the_way_in(
    small: Database, visiting: Callable[[Identity | None], None], page: str
) -> None:
    for identity, key in ((None, "sign_in.go"), (_identity(7), "sign_in.ask_anybody")):
        visiting(identity)
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60).run()
        assert list(app.exception) == []
        words = said(app) + "".join(button.label for button in app.button)
        assert SV(key) in words
        direct = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60).run()
        assert list(direct.exception) == []
        assert said(direct) == ""
    assert small
