from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data_access.changes import (
    EntryError,
    PersonalDataError,
    UnknownCodesError,
    change_decision,
    follow_up,
    record_decision,
    record_intervention,
    remove_decision,
    remove_intervention,
    remove_sample,
    reopen_meeting,
)
from data_access.follow_ups import follow_ups
from data_access.frame import read_frame
from data_access.meetings import read_decisions, read_meetings
from data_access.models.meeting import DECISION_STATUSES, FOLLOW_UPS, NEED_REASON, UNFINISHED
from data_access.permissions import OPERATOR, NotPermittedError, Role
from tests.data_access.changes.refusals import everything, refused
from tests.data_access.changes.rows import logged, one, rows
from tests.data_access.changes.test_interventions import PLAN
from tests.data_access.held import (
    HOUSING_ID,
    POLICE_ID,
    TUESDAY,
    close,
    closed,
    decide,
    decided,
    decision,
    listed,
    member,
    opened,
    prepared,
    read,
)
from tests.small_town import HOUSING, POLICE, STOCKHOLM

if TYPE_CHECKING:
    from data_access.database import Database

TODAY = datetime.now(STOCKHOLM).date()
LATER = TODAY + timedelta(days=14)
WHOLE: dict[str, Any] = {
    "what": " Byt lampan\nvid kajen ",
    "area_codes": ("02", "01", "02"),
    "place": "Kajen, bryggan",
    "category_codes": ("vandalism", "noise"),
    "person": "Parkchefen",
    "deadline": date(2026, 2, 3),
}


def test_a_decision_is_read_back_as_it_was_recorded(either: Database) -> None:
    plan = record_intervention(either, OPERATOR, PLAN, area_set_id=1)
    number = decide(either, opened(either), **WHOLE, intervention_id=plan)
    (found,) = read_decisions(either, OPERATOR)
    assert (found.id, found.meeting_id, found.held_on) == (number, 1, TUESDAY)
    assert (found.what, found.place, found.person) == ("Byt lampan vid kajen", "Kajen, bryggan", "Parkchefen")
    assert (found.areas, found.categories) == (("01", "02"), ("noise", "vandalism"))
    assert (found.organisation, found.organisation_id, found.intervention_id) == (POLICE, POLICE_ID, plan)
    assert (found.area_set_id, found.area_set) == (1, "Småstad")
    assert (found.status, found.deadline, found.revision) == ("open", date(2026, 2, 3), 1)
    (step,) = found.history
    assert (step.actor, step.meeting_id, step.status, step.reason) == ("samsyn", 1, "open", "")
    assert step.deadline == date(2026, 2, 3)
    assert read(either, 1).decisions == (found,)


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"what": " "}, "text_empty", "what"),
    ({"what": "x" * 301}, "text_long", "what"),
    ({"place": "x" * 161}, "text_long", "place"),
    ({"person": "x" * 121}, "text_long", "person"),
    ({"person": "eva@polisen.se"}, "personal_data_email", "person"),
    ({"what": "Ring 070-123 45 67"}, "personal_data_phone", "what"),
    ({"place": "vid bilen ABC 123"}, "personal_data_plate", "place"),
    ({"area_codes": ("01", "99")}, "unknown_areas", ""),
    ({"area_codes": ("S",)}, "unknown_areas", ""),
    ({"category_codes": ("nope",)}, "unknown_categories", ""),
    ({"organisation": " "}, "name_empty", ""),
    ({"organisation": "x" * 121}, "name_long", ""),
    ({"deadline": date(2026, 1, 19)}, "deadline_past", ""),
    ({"intervention_id": 9}, "unknown", ""),
]


@pytest.mark.parametrize(("given", "reason", "field"), REFUSED)
def test_what_cannot_be_stored_of_a_decision_is_refused(
    small: Database, given: dict[str, Any], reason: str, field: str
) -> None:
    number = decide(small, opened(small))
    for write in (
        lambda: decide(small, 1, **given),
        lambda: change_decision(small, OPERATOR, number, decided(**given), revision=1),
    ):
        error = refused(small, write)
        assert (error.reason, error.field) == (reason, field)
        assert isinstance(error, UnknownCodesError) == reason.startswith("unknown_")
        assert isinstance(error, PersonalDataError) == reason.startswith("personal_data")


def test_a_decision_is_changed_until_its_meeting_is_closed(either: Database) -> None:
    number = decide(either, prepared(either), **WHOLE)
    new = decided("Ny text", organisation=HOUSING, area_codes=("03",), deadline=TUESDAY)
    change_decision(either, OPERATOR, number, new, revision=1)
    found = decision(either, number)
    assert (found.what, found.organisation, found.areas, found.categories) == (
        "Ny text",
        HOUSING,
        ("03",),
        (),
    )
    assert (found.place, found.person, found.revision) == ("", "", 2)
    assert [step.deadline for step in found.history] == [date(2026, 2, 3), TUESDAY]
    assert refused(either, lambda: change_decision(either, OPERATOR, number, new, revision=1)).reason == (
        "changed_meanwhile"
    )


def test_a_party_that_is_new_is_there_for_everybody_at_once(small: Database) -> None:
    version = one(small, "select data_version from municipality")
    decide(small, opened(small), organisation="Trafikkontoret")
    assert one(small, "select data_version from municipality") == version + 1
    assert "Trafikkontoret" in {source.name for source in read_frame(small, OPERATOR).sources}


def test_a_decision_is_taken_back_until_its_meeting_is_closed(either: Database) -> None:
    meeting = opened(either)
    number, other = decide(either, meeting, **WHOLE), decide(either, meeting, "Kvar")
    stale = refused(either, lambda: remove_decision(either, OPERATOR, number, revision=2))
    assert stale.reason == "changed_meanwhile"
    remove_decision(either, OPERATOR, number, revision=1)
    assert [one.id for one in read(either, meeting).decisions] == [other]
    for table in ("decision_area", "decision_category"):
        assert one(either, f"select count(*) from {table}") == 0
    assert one(either, "select count(*) from decision_event") == 1
    assert read(either, meeting).edits == 5
    assert logged(either)[0] == {"meeting": meeting, "decision": number, "removed": True}
    again = refused(either, lambda: remove_decision(either, OPERATOR, number, revision=1))
    assert again.reason == "unknown"
    close(either, meeting)
    kept = refused(either, lambda: remove_decision(either, OPERATOR, other, revision=1))
    assert kept.reason == "meeting_closed"


def test_a_decision_of_which_it_is_known_what_became_is_not_taken_back(small: Database) -> None:
    number = decide(small, opened(small))
    follow(small, number, "not_done")
    error = refused(small, lambda: remove_decision(small, OPERATOR, number, revision=2))
    assert error.reason == "decision_followed_up"


# --- following up ------------------------------------------------------------------------------------------------------------


def follow(database: Database, number: int, status: str, **given: Any) -> None:
    options = {"revision": decision(database, number).revision} | given
    if status in NEED_REASON:
        options.setdefault("reason", "Därför")
    if status == "moved":
        options.setdefault("new_deadline", LATER)
    follow_up(database, options.pop("viewer", OPERATOR), number, status, **options)


def test_statuses_lead_where_they_may() -> None:
    assert set(FOLLOW_UPS) == set(DECISION_STATUSES)
    assert {status for after in FOLLOW_UPS.values() for status in after} == set(DECISION_STATUSES)
    assert set(UNFINISHED) == set(DECISION_STATUSES) - {"done", "dropped"}
    assert set(NEED_REASON) == set(DECISION_STATUSES) - {"done"}


@pytest.mark.parametrize("before", DECISION_STATUSES)
@pytest.mark.parametrize("after", DECISION_STATUSES)
def test_every_status_leads_where_it_may_and_nowhere_else(small: Database, before: str, after: str) -> None:
    number = decide(small, opened(small))
    if before != "open":
        follow(small, number, before)
    is_finished = before in ("done", "dropped")
    if (after == "open") == is_finished and (not is_finished or after not in ("done", "dropped")):
        follow(small, number, after)
        assert decision(small, number).status == after
    else:
        error = refused(small, lambda: follow(small, number, after))
        assert error.reason == "bad_follow_up"
        assert {**error.parameters} == {
            "before": f"decision_status.{before}",
            "after": f"decision_status.{after}",
        }


def test_the_whole_history_of_a_decision_is_kept(either: Database) -> None:
    first = opened(either)
    number = decide(either, first, deadline=date(2026, 2, 1))
    close(either, first)
    second = opened(either, date(2026, 1, 27))
    follow(either, number, "moved", meeting=second, reason="Väntar på delar", new_deadline=LATER)
    close(either, second)
    follow(either, number, "not_done", reason="Regn", viewer=member(Role.POLICE))
    follow(either, number, "done")
    found = decision(either, number)
    assert (found.status, found.deadline, found.revision, found.times_moved) == ("done", LATER, 4, 1)
    assert [(step.status, step.meeting_id, step.reason, step.deadline) for step in found.history] == [
        ("open", first, "", date(2026, 2, 1)),
        ("moved", second, "Väntar på delar", LATER),
        ("not_done", None, "Regn", LATER),
        ("done", None, "", LATER),
    ]
    assert [step.actor for step in found.history] == ["samsyn", "samsyn", "Eva", "samsyn"]
    assert read(either, first).edits == 4  # what is closed is not edited by what becomes of it


@pytest.mark.parametrize(
    ("status", "given", "reason"),
    [
        ("moved", {"new_deadline": None}, "deadline_missing"),
        ("moved", {"new_deadline": TODAY - timedelta(days=1)}, "deadline_past"),
        ("moved", {"reason": " "}, "text_empty"),
        ("not_done", {"reason": ""}, "text_empty"),
        ("dropped", {"reason": ""}, "text_empty"),
        ("not_done", {"reason": "x" * 301}, "text_long"),
        ("done", {"reason": "Ring 070-123 45 67"}, "personal_data_phone"),
        ("done", {"new_deadline": LATER}, "deadline_unasked"),
        ("lost", {}, "unknown"),
        ("done", {"revision": 2}, "changed_meanwhile"),
        ("done", {"meeting": 9}, "unknown"),
    ],
)
def test_what_cannot_be_said_of_a_decision_is_refused(
    small: Database, status: str, given: dict[str, Any], reason: str
) -> None:
    number = decide(small, opened(small))
    assert refused(small, lambda: follow(small, number, status, **given)).reason == reason


def test_a_meeting_moves_a_decision_to_its_own_day_or_later(small: Database) -> None:
    number = decide(small, opened(small))
    meeting = opened(small, date(2026, 1, 27))
    late = {"meeting": meeting, "new_deadline": date(2026, 1, 26)}
    assert refused(small, lambda: follow(small, number, "moved", **late)).reason == "deadline_past"
    follow(small, number, "moved", meeting=meeting, new_deadline=date(2026, 1, 27))


@pytest.mark.parametrize("number", [0, -1, 9, 2**70])
def test_a_decision_that_is_not_there_is_unknown(small: Database, number: int) -> None:
    opened(small)
    for write in (
        lambda: follow_up(small, OPERATOR, number, "done", revision=1),
        lambda: change_decision(small, OPERATOR, number, decided(), revision=1),
    ):
        assert refused(small, write).reason == "unknown"


def test_of_two_who_follow_up_at_the_same_moment_one_does(either: Database) -> None:
    number = decide(either, opened(either))

    def tried(status: str) -> str:
        try:
            follow_up(either, OPERATOR, number, status, revision=1, reason="x")
        except EntryError as error:
            return error.reason
        return status

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(tried, ("done", "dropped")))
    assert "changed_meanwhile" in outcomes
    found = decision(either, number)
    assert found.status in outcomes
    assert len(found.history) == 2


# --- who ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("viewer", "outcome"),
    [
        (member(Role.COORDINATOR), "done"),
        (member(Role.ADMIN, None), "done"),
        (member(Role.POLICE, POLICE_ID), "not permitted"),
        (member(Role.HOUSING, HOUSING_ID, "01"), "done"),
        (member(Role.HOUSING, HOUSING_ID, "02"), "unknown"),
        (member(Role.HOUSING, HOUSING_ID), "unknown"),
        (member(Role.HOUSING, POLICE_ID, "01"), "not permitted"),
        (member(Role.ANALYST, HOUSING_ID), "not permitted"),
        (member(Role.PRESENTER, HOUSING_ID), "not permitted"),
        (member(Role.REPORTER, HOUSING_ID), "not permitted"),
    ],
)
def test_a_decision_is_followed_up_by_whose_it_is_and_who_holds_the_meeting(
    small: Database, viewer: Any, outcome: str
) -> None:
    number = decide(small, opened(small), organisation=HOUSING, area_codes=("01",))
    before = everything(small)
    try:
        follow_up(small, viewer, number, "done", revision=1)
    except NotPermittedError:
        found = "not permitted"
    except EntryError as error:
        found = error.reason
    else:
        found = decision(small, number).status
    assert found == outcome
    assert (everything(small) == before) == (outcome != "done")


@pytest.mark.parametrize(
    ("role", "codes"), [(Role.POLICE, ()), (Role.HOUSING, ("01",)), (Role.HOUSING, ("01", "02"))]
)
def test_an_organisation_says_whether_its_own_is_done_and_no_more(
    small: Database, role: Role, codes: tuple[str, ...]
) -> None:
    viewer = member(role, POLICE_ID, *codes)
    number = decide(small, opened(small), area_codes=("01",))
    with pytest.raises(NotPermittedError):
        follow(small, number, "dropped", viewer=viewer)
    follow(small, number, "not_done", viewer=viewer)
    follow(small, number, "moved", viewer=viewer)
    follow(small, number, "done", viewer=viewer)
    with pytest.raises(NotPermittedError):
        follow(small, number, "open", viewer=viewer)
    assert [step.status for step in decision(small, number).history] == ["open", "not_done", "moved", "done"]
    for after in DECISION_STATUSES:
        assert follow_ups(viewer, after, POLICE_ID) == tuple(
            one for one in FOLLOW_UPS[after] if one in ("done", "not_done", "moved")
        )
        assert follow_ups(viewer, after, HOUSING_ID) == ()
        assert follow_ups(member(Role.COORDINATOR), after, HOUSING_ID) == FOLLOW_UPS[after]
        assert follow_ups(member(Role.ANALYST), after, POLICE_ID) == ()


def test_whoever_closes_a_meeting_sees_first_what_was_said_of_its_agenda_meanwhile(small: Database) -> None:
    first = opened(small)
    number = decide(small, first)
    close(small, first)
    second, third = opened(small, date(2026, 1, 27)), prepared(small, date(2026, 2, 3))
    seen = {meeting: read(small, meeting).edits for meeting in (first, second, third)}
    follow(small, number, "done", viewer=member(Role.POLICE))
    assert {meeting: read(small, meeting).edits - seen[meeting] for meeting in seen} == {
        first: 0,
        second: 1,
        third: 1,
    }


def test_later_meetings_are_told_of_what_is_decided_anew_at_one_that_was_opened_again(
    small: Database,
) -> None:
    first = opened(small)
    number = decide(small, first)
    close(small, first)
    later = opened(small, date(2026, 1, 27))
    reopen_meeting(small, OPERATOR, first, "Fel", revision=read(small, first).revision)
    seen = read(small, later).edits
    change_decision(small, OPERATOR, number, decided("Något annat"), revision=1)
    remove_decision(small, OPERATOR, number, revision=2)
    decide(small, first, "Ett till")
    assert read(small, later).edits == seen + 3
    mine = read(small, first).edits
    decide(small, first, "Ännu ett")
    assert read(small, first).edits == mine + 1


@pytest.mark.parametrize("role", [Role.POLICE, Role.HOUSING, Role.ANALYST])
def test_only_who_holds_the_meeting_decides_and_follows_up_there(small: Database, role: Role) -> None:
    number = decide(small, opened(small))
    viewer = member(role, POLICE_ID, "01")
    for write in (
        lambda: record_decision(small, viewer, 1, decided()),
        lambda: change_decision(small, viewer, number, decided(), revision=1),
        lambda: remove_decision(small, viewer, number, revision=1),
        lambda: follow_up(small, viewer, number, "done", meeting=1, revision=1),
    ):
        with pytest.raises(NotPermittedError):
            write()


# --- what goes with what -----------------------------------------------------------------------------------------------------


def test_a_decision_outlives_the_intervention_that_it_named(small: Database) -> None:
    later = replace(PLAN, status="proposed", starts_on=date(2100, 1, 4), ends_on=None)
    plan = record_intervention(small, OPERATOR, later, area_set_id=1)
    number = decide(small, opened(small), intervention_id=plan)
    remove_intervention(small, OPERATOR, plan)
    assert decision(small, number).intervention_id is None


def test_meetings_go_with_the_sample_and_own_ones_stay(own_sample: Database) -> None:
    held = closed(own_sample)
    later = opened(own_sample, date(2026, 1, 27))
    decide(own_sample, later, organisation="Ny part")
    listed(own_sample)
    remove_sample(own_sample, OPERATOR)
    assert held
    assert read_meetings(own_sample, OPERATOR) == ()
    for table in ("decision", "decision_event", "rating", "focus", "earlier_minutes", "report_delivery"):
        assert one(own_sample, f"select count(*) from {table}") == 0, table
    assert rows(own_sample, "select id from organisation") == [
        (POLICE_ID,)
    ]  # somebody wrote an address of it down
    assert one(own_sample, "select count(*) from pragma_foreign_key_check") == 0
