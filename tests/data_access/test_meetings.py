from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from data_access.changes import (
    describe_municipality,
    follow_up,
    rate_area,
    record_intervention,
    reopen_meeting,
    set_focus,
    undo_import,
)
from data_access.meetings import (
    read_decisions,
    read_meeting,
    read_meetings,
    read_open_decisions,
    read_rating_history,
)
from data_access.permissions import OPERATOR, AreaKey, NotPermittedError, Role
from tests.data_access.changes.test_interventions import PLAN
from tests.data_access.held import (
    HOUSING_ID,
    POLICE_ID,
    TUESDAY,
    close,
    closed,
    decide,
    decision,
    member,
    opened,
    prepared,
    read,
)
from tests.small_town import HOUSING, STOCKHOLM, incident, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

SECOND, THIRD = TUESDAY + timedelta(days=7), TUESDAY + timedelta(days=14)
LATER = datetime.now(STOCKHOLM).date() + timedelta(days=30)


def carried(database: Database, before: int | None = None) -> list[str]:
    return [one.what for one in read_open_decisions(database, OPERATOR, before=before)]


def follow(database: Database, number: int, status: str, **given: Any) -> None:
    revision = decision(database, number).revision
    follow_up(database, OPERATOR, number, status, revision=revision, reason="Därför", **given)


def date_steps(database: Database, number: int, day: date) -> None:
    """Make what was said of a decision between meetings a thing of another day."""
    with database.writing() as session:
        session.execute(
            text("update decision_event set at = :at where decision_id = :number and meeting_id is null"),
            {"at": f"{day.isoformat()} 12:00:00", "number": number},
        )


def test_meetings_are_listed_newest_first_with_what_is_left_of_them(either: Database) -> None:
    first = opened(either)
    done = decide(either, first)
    decide(either, first)
    close(either, first)
    follow(either, done, "done")
    second = prepared(either, SECOND)
    new, old = read_meetings(either, OPERATOR)
    assert (new.id, new.held_on, new.status, new.decisions, new.unfinished) == (
        second,
        SECOND,
        "prepared",
        0,
        0,
    )
    assert (old.id, old.held_on, old.status, old.decisions, old.unfinished) == (
        first,
        TUESDAY,
        "closed",
        2,
        1,
    )
    assert (old.first_day, old.last_day) == (date(2026, 1, 12), date(2026, 1, 18))
    assert (old.area_set, old.closed_at) == ("Småstad", read(either, first).closed_at)


def test_what_is_not_finished_is_carried_forward_until_it_is(either: Database) -> None:
    first = opened(either)
    numbers = {
        what: decide(either, first, what) for what in ("öppet", "klart", "flyttat", "struket", "ej gjort")
    }
    close(either, first)
    second = opened(either, SECOND)
    assert sorted(carried(either, second)) == sorted(numbers) == sorted(carried(either))
    follow(either, numbers["klart"], "done", meeting=second)
    follow(either, numbers["flyttat"], "moved", meeting=second, new_deadline=LATER)
    follow(either, numbers["struket"], "dropped", meeting=second)
    follow(either, numbers["ej gjort"], "not_done", meeting=second)
    decide(either, second, "nytt")
    assert sorted(carried(either, second)) == sorted(
        numbers
    )  # what the meeting says of them is still its agenda
    close(either, second)
    third = prepared(either, THIRD)
    left = ["ej gjort", "flyttat", "nytt", "öppet"]
    assert sorted(carried(either)) == sorted(carried(either, third)) == left
    assert carried(either, first) == []
    follow(either, numbers["öppet"], "done", meeting=third)
    assert sorted(carried(either, second)) == sorted(numbers)  # an earlier meeting is told again as it was
    assert carried(either, 99) == []


def test_what_was_finished_between_meetings_is_told_once_more(small: Database) -> None:
    first = opened(small)
    number = decide(small, first)
    close(small, first)
    second = closed(small, SECOND)
    follow(small, number, "done")
    third = prepared(small, THIRD)
    for day, told in (
        (THIRD, {third: True, second: True}),
        (SECOND, {third: True, second: True}),
        (TUESDAY, {third: False, second: True}),
    ):
        date_steps(small, number, day)
        assert {meeting: bool(carried(small, meeting)) for meeting in told} == told, day
    assert carried(small) == []


def test_what_was_done_and_is_taken_back_comes_back(small: Database) -> None:
    first = opened(small)
    taken_back, done_again, done = (decide(small, first, what) for what in ("igen", "ändå klart", "klart"))
    close(small, first)
    second = opened(small, SECOND)
    for number in (taken_back, done_again, done):
        follow(small, number, "done", meeting=second)
    close(small, second)
    third = prepared(small, THIRD)
    assert carried(small, third) == []
    for number in (taken_back, done_again):
        follow(small, number, "open")
    follow(small, done_again, "done")
    assert carried(small, third) == ["igen"]
    assert sorted(carried(small, second)) == ["igen", "klart", "ändå klart"]
    assert carried(small, first) == []


def test_the_oldest_deadline_comes_first_and_none_last(small: Database) -> None:
    first = opened(small)
    for what, day in (("utan", None), ("sen", THIRD), ("tidig", SECOND)):
        decide(small, first, what, deadline=day)
    assert carried(small) == ["tidig", "sen", "utan"]


@pytest.mark.parametrize(("zone", "is_overdue"), [("Pacific/Kiritimati", True), ("Pacific/Niue", False)])
def test_the_day_of_a_deadline_is_that_of_the_municipality(
    empty: Database, zone: str, *, is_overdue: bool
) -> None:
    store_areas(empty)
    describe_municipality(empty, OPERATOR, timezone=zone)
    number = decide(empty, opened(empty), deadline=datetime.now(ZoneInfo("Pacific/Niue")).date())
    assert decision(empty, number).is_overdue == is_overdue  # on Kiritimati that day is always over
    follow(empty, number, "done")
    assert not decision(empty, number).is_overdue


def test_decisions_are_read_by_organisation_and_newest_meeting_first(small: Database) -> None:
    first = opened(small)
    numbers = [decide(small, first), decide(small, first, organisation=HOUSING)]
    numbers.append(decide(small, opened(small, SECOND)))
    assert [one.id for one in read_decisions(small, OPERATOR)] == numbers[::-1]
    assert [one.id for one in read_decisions(small, OPERATOR, HOUSING_ID)] == [numbers[1]]


def test_ratings_of_a_district_are_followed_through_versions_of_its_set(either: Database) -> None:
    for level, day in ((3, SECOND), (1, TUESDAY)):
        rate_area(either, OPERATOR, prepared(either, day), "01", level=level, reason=f"Nivå {level}")
    store_areas(either)
    found = read_rating_history(either, OPERATOR, AreaKey("Småstad", "01"))
    assert [(one.held_on, one.level, one.reason) for one in found] == [
        (TUESDAY, 1, "Nivå 1"),
        (SECOND, 3, "Nivå 3"),
    ]
    assert [one.meeting_id for one in found] == [2, 1]
    for area in (AreaKey("Småstad", "02"), AreaKey("Annan", "01")):
        assert read_rating_history(either, OPERATOR, area) == ()


# --- who sees what -----------------------------------------------------------------------------------------------------------


def _full(database: Database) -> int:
    """A meeting about all districts, with decisions of and about everybody."""
    number = opened(database)
    for code in ("01", "02"):
        rate_area(database, OPERATOR, number, code, level=2, reason=code)
    set_focus(database, OPERATOR, number, [("02", "x"), ("01", "y")], revision=0)
    plan = record_intervention(database, OPERATOR, replace(PLAN, area_codes=("02",)), area_set_id=1)
    decide(database, number, "båda", area_codes=("01", "02"), intervention_id=plan, person="Eva Berg")
    decide(database, number, "annat", area_codes=("02",), organisation=HOUSING)
    decide(database, number, "eget", organisation=HOUSING)
    decide(database, number, "andras", person="Eva Berg")
    close(database, number)
    return number


def test_a_housing_company_sees_nothing_of_other_districts(either: Database) -> None:
    number = _full(either)
    viewer = member(Role.HOUSING, HOUSING_ID, "01")
    found = read(either, number, viewer)
    assert [rating.area for rating in found.ratings] == ["01"]
    assert [(place.rank, place.area) for place in found.focus] == [(2, "01")]
    assert [(one.what, one.areas, one.intervention_id) for one in found.decisions] == [
        ("båda", ("01",), None),
        ("eget", (), None),
    ]
    assert found.minutes is None
    assert found.decisions == read_open_decisions(either, viewer)
    assert {one.what for one in read_decisions(either, viewer)} == {"båda", "eget"}
    assert [(one.decisions, one.unfinished) for one in read_meetings(either, viewer)] == [(2, 2)]
    assert len(read_rating_history(either, viewer, AreaKey("Småstad", "01"))) == 1
    assert read_rating_history(either, viewer, AreaKey("Småstad", "02")) == ()
    blind = read(either, number, member(Role.HOUSING, HOUSING_ID))
    assert ([one.what for one in blind.decisions], blind.ratings, blind.focus) == (["eget"], (), ())


@pytest.mark.parametrize("role", [Role.ADMIN, Role.COORDINATOR, Role.ANALYST, Role.POLICE])
def test_the_working_group_sees_all_of_a_meeting(small: Database, role: Role) -> None:
    number = _full(small)
    assert read(small, number, member(role)) == read(small, number)
    assert read(small, number).minutes == {"held": number}


def test_a_presenter_is_told_no_names_and_no_minutes(small: Database) -> None:
    number = _full(small)
    reopen_meeting(small, OPERATOR, number, "Fel", revision=3)
    close(small, number)
    whole, found = read(small, number), read(small, number, member(Role.PRESENTER))
    assert [one.what for one in found.decisions] == [one.what for one in whole.decisions]
    assert {one.person for one in found.decisions} == {""} != {one.person for one in whole.decisions}
    assert {step.actor for one in found.decisions for step in one.history} == {""}
    assert (found.participants, found.minutes) == ("", None)
    assert [(one.actor, one.minutes, one.reason) for one in found.earlier] == [("", None, "Fel")]
    assert (found.ratings, found.focus) == (whole.ratings, whole.focus)
    assert "Eva" not in repr(found)


def test_what_a_closed_meeting_knew_and_is_taken_out_since_is_told(small: Database) -> None:
    known = store_incidents(small, [incident("k", "noise", "2026-01-14T10:00", area_code="01")], name="k.csv")
    number = closed(small)
    later = store_incidents(small, [incident("s", "noise", "2026-01-15T10:00", area_code="01")], name="s.csv")
    undo_import(small, OPERATOR, later.batch_id)
    assert read(small, number).withdrawn_at is None
    undo_import(small, OPERATOR, known.batch_id)
    told = read(small, number, member(Role.PRESENTER)).withdrawn_at
    assert told is not None
    assert told == read(small, number).withdrawn_at
    reopen_meeting(small, OPERATOR, number, "Fel", revision=3)
    assert read(small, number).withdrawn_at == told
    assert read(small, prepared(small, TUESDAY + timedelta(days=7))).withdrawn_at is None
    assert read(small, closed(small, TUESDAY + timedelta(days=14))).withdrawn_at is None


def test_a_reporter_reads_no_meeting(small: Database) -> None:
    number = prepared(small)
    viewer = member(Role.REPORTER, POLICE_ID)
    for look in (
        lambda: read_meetings(small, viewer),
        lambda: read_meeting(small, viewer, number),
        lambda: read_decisions(small, viewer),
        lambda: read_open_decisions(small, viewer),
        lambda: read_rating_history(small, viewer, AreaKey("Småstad", "01")),
    ):
        with pytest.raises(NotPermittedError):
            look()
