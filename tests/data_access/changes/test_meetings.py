from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from data_access.changes import (
    EntryError,
    PersonalDataError,
    UnknownCodesError,
    change_decision,
    change_meeting,
    close_meeting,
    follow_up,
    open_meeting,
    prepare_meeting,
    rate_area,
    record_decision,
    remove_meeting,
    remove_rating,
    reopen_meeting,
    set_focus,
)
from data_access.meetings import read_meeting
from data_access.models.meeting import LONGEST_IN_MEETING
from data_access.permissions import OPERATOR, NotPermittedError, Role
from tests.data_access.changes.refusals import refused
from tests.data_access.changes.rows import logged, one, rows
from tests.data_access.held import (
    PRESENT,
    TUESDAY,
    about,
    close,
    closed,
    decide,
    decided,
    member,
    opened,
    prepared,
    read,
)
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database

MINUTES = {"title": "Möte den 20 januari", "ratings": [{"area": "01", "level": 3}], "empty": None}


# --- preparing ---------------------------------------------------------------------------------------------------------------


def test_a_meeting_is_read_back_as_it_was_prepared(either: Database) -> None:
    entry = about(participants=f" {PRESENT}\u200b ", note="Rad ett\r\n  Rad två\n")
    found = read(either, prepare_meeting(either, OPERATOR, entry, area_set_id=1))
    assert (found.held_on, found.first_day, found.last_day) == (TUESDAY, date(2026, 1, 12), date(2026, 1, 18))
    assert (found.participants, found.note) == (PRESENT, "Rad ett\nRad två")
    assert (found.area_set_id, found.area_set, found.status) == (1, "Småstad", "prepared")
    assert (found.minutes, found.closed_at, found.last_incident_id) == (None, None, None)
    assert (found.revision, found.focus_revision, found.edits) == (1, 0, 1)
    assert (found.ratings, found.focus, found.decisions, found.earlier) == ((), (), (), ())


REFUSED: list[tuple[dict[str, Any], str, str, dict[str, Any]]] = [
    *(
        ({name: "x" * (LONGEST_IN_MEETING[name] + 1)}, "text_long", name, {"count": 601, "limit": 600})
        for name in ("participants", "note")
    ),
    ({"note": "Ring 070-123 45 67"}, "personal_data_phone", "note", {"first": 6, "last": 18}),
    ({"participants": "eva@polisen.se"}, "personal_data_email", "participants", {"first": 1, "last": 14}),
    ({"first_day": date(2026, 1, 19)}, "period", "", {"first": "2026-01-19", "last": "2026-01-18"}),
    ({"last_day": date(2026, 1, 21)}, "meeting_before_period", "", {"day": "2026-01-20", "last": "2026-01-21"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "reason", "field", "parameters"), REFUSED)
def test_what_cannot_be_stored_of_a_meeting_is_refused(
    small: Database, given: dict[str, Any], reason: str, field: str, parameters: dict[str, Any]
) -> None:
    number = prepared(small, date(2026, 1, 27))
    for write in (
        lambda: prepare_meeting(small, OPERATOR, about(**given), area_set_id=1),
        lambda: change_meeting(small, OPERATOR, number, about(**given), revision=1),
    ):
        error = refused(small, write)
        assert (error.reason, error.field, error.parameters) == (reason, field, parameters)
        assert isinstance(error, PersonalDataError) == reason.startswith("personal_data")


def test_a_meeting_needs_districts_that_are_there_and_a_day_of_its_own(small: Database) -> None:
    error = refused(small, lambda: prepare_meeting(small, OPERATOR, about(), area_set_id=9))
    assert (error.reason, error.parameters) == ("unknown", {"value": "9"})
    first, second = prepared(small), prepared(small, date(2026, 1, 27))
    error = refused(small, lambda: prepared(small))
    assert (error.reason, error.parameters) == ("meeting_that_day", {"day": "2026-01-20"})
    error = refused(small, lambda: change_meeting(small, OPERATOR, second, about(), revision=1))
    assert error.reason == "meeting_that_day"
    change_meeting(small, OPERATOR, first, about(note="x"), revision=1)


def test_a_change_counts_only_when_something_changed(small: Database) -> None:
    number = prepared(small)
    changed = about(date(2026, 1, 22), participants=PRESENT, note="Ny tid")
    change_meeting(small, OPERATOR, number, changed, revision=1)
    found = read(small, number)
    assert {name: getattr(found, name) for name in vars(changed)} == vars(changed)
    assert (found.revision, found.edits) == (2, 2)
    change_meeting(small, OPERATOR, number, changed, revision=2)
    assert (read(small, number).revision, read(small, number).edits) == (2, 2)


def test_the_days_of_a_meeting_are_fixed_when_it_begins(small: Database) -> None:
    number = opened(small)
    revision = read(small, number).revision
    for other in (
        {"first_day": date(2026, 1, 5)},
        {"last_day": date(2026, 1, 17)},
        {"held_on": date(2026, 1, 22)},
    ):
        entry = replace(about(note="Ny"), **other)
        error = refused(
            small, lambda entry=entry: change_meeting(small, OPERATOR, number, entry, revision=revision)
        )
        assert error.reason == "meeting_days_fixed"
    assert read(small, number).note == ""
    change_meeting(small, OPERATOR, number, about(note="Ny"), revision=revision)
    assert read(small, number).note == "Ny"


def test_meetings_are_told_in_the_log_without_their_texts_and_leave_the_views_alone(small: Database) -> None:
    before = one(small, "select data_version from municipality")
    number = opened(small)
    change_meeting(small, OPERATOR, number, about(note="Hemligt"), revision=2)
    rate_area(small, OPERATOR, number, "01", level=2, reason="Hemligt")
    decide(small, number, "Hemligt")
    close(small, number, {"said": "Hemligt"})
    assert one(small, "select data_version from municipality") == before
    told = rows(small, "select action, subject, details from audit_log where action like 'meetings%'")
    assert {(action, subject) for action, subject, _ in told} == {("meetings.write", "2026-01-20")}
    assert "Hemligt" not in repr(told)
    assert [json.loads(details)["meeting"] for _, _, details in told] == [number] * 6


# --- rating and ranking ------------------------------------------------------------------------------------------------------


def test_districts_are_rated_and_rated_anew(either: Database) -> None:
    number = prepared(either)
    rate_area(either, OPERATOR, number, "02", level=1, reason="Lugnt")
    rate_area(either, OPERATOR, number, "01", level=3, reason=" Bråk vid\nkajen ")
    first, second = read(either, number).ratings
    assert (first.area, first.level, first.reason) == ("01", 3, "Bråk vid kajen")
    assert (second.area, second.level, second.reason) == ("02", 1, "Lugnt")
    rate_area(either, OPERATOR, number, "01", level=2, reason="Lugnare", revision=first.revision)
    again, same = read(either, number).ratings
    assert (again.level, again.reason, same) == (2, "Lugnare", second)
    assert again.revision > first.revision
    assert read(either, number).edits == 4


@pytest.mark.parametrize(
    ("code", "level", "reason", "expected", "field"),
    [
        ("99", 2, "x", "unknown_areas", ""),
        ("S", 2, "x", "unknown_areas", ""),
        ("01", 0, "x", "out_of_range", "level"),
        ("01", 4, "x", "out_of_range", "level"),
        ("01", 2, " \u200b", "text_empty", "reason"),
        ("01", 2, "x" * 301, "text_long", "reason"),
        ("01", 2, "19811218-9876 igen", "personal_data_personal_number", "reason"),
    ],
)
def test_what_cannot_be_stored_of_a_rating_is_refused(
    small: Database, code: str, level: int, reason: str, expected: str, field: str
) -> None:
    number = prepared(small)
    error = refused(small, lambda: rate_area(small, OPERATOR, number, code, level=level, reason=reason))
    assert (error.reason, error.field) == (expected, field)
    assert isinstance(error, UnknownCodesError) == (expected == "unknown_areas")


def test_two_who_rate_the_same_district_do_not_overwrite_each_other(small: Database) -> None:
    number = prepared(small)
    rate_area(small, OPERATOR, number, "01", level=3, reason="Först")
    for seen in (0, 1, 3):
        error = refused(
            small, lambda r=seen: rate_area(small, OPERATOR, number, "01", level=1, reason="Sist", revision=r)
        )
        assert error.reason == "changed_meanwhile"
    rate_area(small, OPERATOR, number, "02", level=1, reason="Annat område", revision=0)


def test_places_are_ranked_and_ranked_anew(either: Database) -> None:
    number = prepared(either)
    set_focus(either, OPERATOR, number, [("04", "Mörkt"), ("01", "")], revision=0)
    assert [(place.rank, place.area, place.why) for place in read(either, number).focus] == [
        (1, "04", "Mörkt"),
        (2, "01", ""),
    ]
    set_focus(either, OPERATOR, number, [("01", "Bråk"), ("04", "Mörkt"), ("02", "x")], revision=1)
    assert [place.area for place in read(either, number).focus] == ["01", "04", "02"]
    set_focus(either, OPERATOR, number, (), revision=2)
    found = read(either, number)
    assert (found.focus, found.focus_revision, found.revision, found.edits) == ((), 3, 1, 4)


@pytest.mark.parametrize(
    ("places", "revision", "reason"),
    [
        ([("01", ""), ("01", "")], 0, "focus_twice"),
        ([(f"0{number}", "") for number in range(1, 7)], 0, "focus_many"),
        ([("01", ""), ("99", "")], 0, "unknown_areas"),
        ([("01", "x" * 301)], 0, "text_long"),
        ([("01", "bilen ABC 123 stod där")], 0, "personal_data_plate"),
        ([("01", "")], 1, "changed_meanwhile"),
    ],
)
def test_what_cannot_be_stored_of_a_ranking_is_refused(
    small: Database, places: list[tuple[str, str]], revision: int, reason: str
) -> None:
    number = prepared(small)
    assert (
        refused(small, lambda: set_focus(small, OPERATOR, number, places, revision=revision)).reason == reason
    )


def test_what_was_said_of_a_district_is_taken_back(either: Database) -> None:
    number = opened(either)
    rate_area(either, OPERATOR, number, "01", level=3, reason="Fel område")
    rate_area(either, OPERATOR, number, "02", level=1, reason="Lugnt")
    rated, kept = read(either, number).ratings
    for revision in (0, rated.revision + 1):
        stale = refused(either, lambda r=revision: remove_rating(either, OPERATOR, number, "01", revision=r))
        assert stale.reason == "changed_meanwhile"
    remove_rating(either, OPERATOR, number, "01", revision=rated.revision)
    assert read(either, number).ratings == (kept,)
    assert (
        refused(either, lambda: remove_rating(either, OPERATOR, number, "01", revision=0)).reason == "unknown"
    )
    assert logged(either)[0] == {"meeting": number, "rated": "01", "level": None}
    late = refused(
        either,
        lambda: rate_area(either, OPERATOR, number, "01", level=1, reason="Sist", revision=rated.revision),
    )
    assert late.reason == "changed_meanwhile"  # somebody who still saw what was taken back
    close(either, number)
    frozen = refused(either, lambda: remove_rating(either, OPERATOR, number, "02", revision=kept.revision))
    assert frozen.reason == "meeting_closed"


# --- removing ----------------------------------------------------------------------------------------------------------------


def test_a_meeting_that_never_began_is_removed_and_what_was_said_at_it_of_others_stays(
    either: Database,
) -> None:
    first = opened(either)
    number = decide(either, first)
    close(either, first)
    second = prepared(either, date(2026, 1, 27))
    rate_area(either, OPERATOR, second, "01", level=3, reason="Bråk")
    set_focus(either, OPERATOR, second, [("01", "")], revision=0)
    follow_up(either, OPERATOR, number, "done", meeting=second, revision=1)
    edits = read(either, second).edits
    stale = refused(either, lambda: remove_meeting(either, OPERATOR, second, edits=edits - 1))
    assert stale.reason == "changed_meanwhile"
    remove_meeting(either, OPERATOR, second, edits=edits)
    assert read_meeting(either, OPERATOR, second) is None
    for table in ("rating", "focus"):
        assert one(either, f"select count(*) from {table}") == 0
    (taken,) = read(either, first).decisions
    assert [(step.status, step.meeting_id) for step in taken.history] == [("open", first), ("done", None)]
    assert one(either, "select subject from audit_log order by id desc limit 1") == "2026-01-27"
    assert logged(either)[0] == {"meeting": second, "removed": True}
    assert prepared(either, date(2026, 1, 27)) != second  # the log tells of meetings by their number


def test_a_meeting_that_began_or_decided_is_not_removed(small: Database) -> None:
    number = prepared(small)
    decide(small, number)
    error = refused(small, lambda: remove_meeting(small, OPERATOR, number, edits=2))
    assert (error.reason, error.parameters) == ("meeting_has_decisions", {"count": 1})
    open_meeting(small, OPERATOR, number, revision=1)
    assert refused(small, lambda: remove_meeting(small, OPERATOR, number, edits=3)).reason == "meeting_begun"
    close(small, number)
    assert refused(small, lambda: remove_meeting(small, OPERATOR, number, edits=4)).reason == "meeting_closed"
    reopen_meeting(small, OPERATOR, number, "Fel dag", revision=read(small, number).revision)
    assert refused(small, lambda: remove_meeting(small, OPERATOR, number, edits=5)).reason == "meeting_begun"


# --- statuses ----------------------------------------------------------------------------------------------------------------


def test_a_meeting_is_opened_closed_and_opened_again_with_its_earlier_minutes_kept(either: Database) -> None:
    number = prepared(either)
    open_meeting(either, OPERATOR, number, revision=1)
    assert read(either, number).status == "open"
    began = datetime.now(UTC)
    close_meeting(either, OPERATOR, number, MINUTES, edits=2)
    found = read(either, number)
    assert (found.status, found.minutes, found.revision) == ("closed", MINUTES, 3)
    assert found.last_incident_id == one(either, "select max(id) from incident") == 13
    assert found.closed_at is not None
    assert began <= found.closed_at.replace(tzinfo=UTC) <= datetime.now(UTC)
    reopen_meeting(either, OPERATOR, number, "Fel datum", revision=3)
    again = read(either, number)
    assert (again.status, again.minutes, again.closed_at, again.last_incident_id) == (
        "open",
        None,
        None,
        None,
    )
    (earlier,) = again.earlier
    assert (earlier.minutes, earlier.reason, earlier.actor) == (MINUTES, "Fel datum", "samsyn")
    assert earlier.closed_at == found.closed_at
    close_meeting(either, OPERATOR, number, {"second": True}, edits=again.edits)
    assert read(either, number).minutes == {"second": True}
    assert read(either, number).earlier == (earlier,)


def test_a_meeting_closed_before_any_incident_knows_that_there_was_none(small: Database) -> None:
    with small.writing() as session:
        for table in ("incident_area", "incident"):
            session.connection().exec_driver_sql(f"delete from {table}")
    assert read(small, closed(small)).last_incident_id == 0


def test_the_newest_incident_of_a_closed_meeting_stays(small: Database) -> None:
    number = closed(small)
    store_incidents(small, [incident("new", "noise", "2026-01-19T10:00")])
    assert read(small, number).last_incident_id == 13


def test_a_status_leads_only_where_it_may(small: Database) -> None:
    number = prepared(small)
    for write, reason in (
        (lambda: close_meeting(small, OPERATOR, number, {}, edits=1), "meeting_not_begun"),
        (lambda: reopen_meeting(small, OPERATOR, number, "x", revision=1), "meeting_not_closed"),
        (lambda: open_meeting(small, OPERATOR, number, revision=2), "changed_meanwhile"),
    ):
        assert refused(small, write).reason == reason
    open_meeting(small, OPERATOR, number, revision=1)
    for write, reason in (
        (lambda: open_meeting(small, OPERATOR, number, revision=2), "meeting_begun"),
        (lambda: reopen_meeting(small, OPERATOR, number, "x", revision=2), "meeting_not_closed"),
        (lambda: close_meeting(small, OPERATOR, number, {"x": "x" * 1_000_000}, edits=2), "minutes_long"),
    ):
        assert refused(small, write).reason == reason
    close(small, number)
    for write, reason in (
        (lambda: reopen_meeting(small, OPERATOR, number, " ", revision=3), "text_empty"),
        (lambda: reopen_meeting(small, OPERATOR, number, "x" * 301, revision=3), "text_long"),
        (lambda: reopen_meeting(small, OPERATOR, number, "070-123 45 67", revision=3), "personal_data_phone"),
        (lambda: reopen_meeting(small, OPERATOR, number, "x", revision=2), "changed_meanwhile"),
    ):
        assert refused(small, write).reason == reason


CLOSED: dict[str, Callable[[Database, int, int], object]] = {
    "change": lambda d, n, _: change_meeting(d, OPERATOR, n, about(), revision=3),
    "open": lambda d, n, _: open_meeting(d, OPERATOR, n, revision=3),
    "close": lambda d, n, _: close_meeting(d, OPERATOR, n, {}, edits=4),
    "rate": lambda d, n, _: rate_area(d, OPERATOR, n, "01", level=1, reason="x"),
    "focus": lambda d, n, _: set_focus(d, OPERATOR, n, (), revision=0),
    "decide": lambda d, n, _: record_decision(d, OPERATOR, n, decided()),
    "change_decision": lambda d, _, one: change_decision(d, OPERATOR, one, decided("Ny"), revision=1),
    "follow_up": lambda d, n, one: follow_up(d, OPERATOR, one, "done", meeting=n, revision=1),
}


@pytest.mark.parametrize("write", CLOSED)
def test_nothing_is_written_to_a_closed_meeting(small: Database, write: str) -> None:
    number = opened(small)
    decision = decide(small, number)
    close(small, number)
    assert refused(small, lambda: CLOSED[write](small, number, decision)).reason == "meeting_closed"


def test_minutes_are_frozen_only_when_nothing_was_written_since_they_were_made(small: Database) -> None:
    for write in (
        lambda n: rate_area(small, OPERATOR, n, "01", level=1, reason="x"),
        lambda n: set_focus(small, OPERATOR, n, [("01", "")], revision=0),
        lambda n: decide(small, n),
        lambda n: change_decision(small, OPERATOR, 1, decided("Ny"), revision=1) or n,
        lambda n: follow_up(small, OPERATOR, 1, "done", revision=2) or n,
        lambda n: change_meeting(small, OPERATOR, n, about(note="x"), revision=2),
    ):
        number = next(iter(rows(small, "select id from meeting")), (None,))[0] or opened(small)
        seen = read(small, number).edits
        write(number)
        error = refused(small, lambda n=number, e=seen: close_meeting(small, OPERATOR, n, {}, edits=e))
        assert error.reason == "changed_meanwhile"


def test_two_who_edit_a_meeting_at_the_same_time_do_not_overwrite_each_other(small: Database) -> None:
    number = prepared(small)
    change_meeting(small, OPERATOR, number, about(note="a"), revision=1)
    error = refused(small, lambda: change_meeting(small, OPERATOR, number, about(note="b"), revision=1))
    assert error.reason == "changed_meanwhile"
    rate_area(small, OPERATOR, number, "01", level=1, reason="Stör inte den som skriver")
    change_meeting(small, OPERATOR, number, about(note="b"), revision=2)


# --- at once -----------------------------------------------------------------------------------------------------------------


def _outcomes(*writes: Callable[[], object]) -> list[str]:
    """What became of writes that began at the same time."""

    def tried(write: Callable[[], object]) -> str:
        try:
            write()
        except EntryError as error:
            return error.reason
        return "written"

    with ThreadPoolExecutor(len(writes)) as pool:
        return sorted(pool.map(tried, writes))


def test_of_two_who_prepare_the_same_meeting_one_does(either: Database) -> None:
    assert _outcomes(*[lambda: prepared(either)] * 4) == ["meeting_that_day"] * 3 + ["written"]


def test_of_two_who_write_the_same_at_the_same_moment_one_does(either: Database) -> None:
    number = opened(either)
    races: dict[str, Callable[[str], object]] = {
        "note": lambda who: change_meeting(either, OPERATOR, number, about(note=who), revision=2),
        "focus": lambda who: set_focus(either, OPERATOR, number, [("01", who)], revision=0),
        "rating": lambda who: rate_area(either, OPERATOR, number, "01", level=1, reason=who),
        "close": lambda who: close_meeting(either, OPERATOR, number, {"by": who}, edits=5),
    }
    for name, write in races.items():
        outcomes = _outcomes(lambda w=write: w("a"), lambda w=write: w("b"))
        assert outcomes == ["meeting_closed" if name == "close" else "changed_meanwhile", "written"], name


def test_those_who_write_different_things_at_the_same_moment_all_do(either: Database) -> None:
    number = opened(either)
    outcomes = _outcomes(
        lambda: change_meeting(either, OPERATOR, number, about(note="x"), revision=2),
        lambda: set_focus(either, OPERATOR, number, [("01", "")], revision=0),
        *(
            lambda c=code: rate_area(either, OPERATOR, number, c, level=1, reason=c)
            for code in ("01", "02", "03", "04")
        ),
        *(lambda w=what: decide(either, number, w) for what in ("a", "b")),
    )
    assert outcomes == ["written"] * 8
    found = read(either, number)
    assert (len(found.ratings), len(found.focus), len(found.decisions), found.note) == (4, 1, 2, "x")
    assert found.edits == 10
    assert len({rating.revision for rating in found.ratings}) == 4


# --- who ---------------------------------------------------------------------------------------------------------------------


def test_who_is_limited_to_some_districts_does_not_hold_the_meeting(small: Database) -> None:
    number = opened(small)
    limited = member(Role.COORDINATOR, 1, "01")
    for write in (
        lambda: prepare_meeting(small, limited, about(date(2026, 2, 3)), area_set_id=1),
        lambda: change_meeting(small, limited, number, about(note="x"), revision=2),
        lambda: rate_area(small, limited, number, "01", level=1, reason="x"),
        lambda: remove_rating(small, limited, number, "01", revision=0),
        lambda: remove_meeting(small, limited, number, edits=2),
        lambda: set_focus(small, limited, number, [("01", "")], revision=0),
        lambda: record_decision(small, limited, number, decided()),
        lambda: close_meeting(small, limited, number, {}, edits=2),
        lambda: reopen_meeting(small, limited, number, "x", revision=2),
    ):
        with pytest.raises(NotPermittedError):
            write()
    rate_area(small, replace(limited, areas=None), number, "01", level=1, reason="x")


@pytest.mark.parametrize("number", [0, -1, 2, 2**70])
def test_a_meeting_that_is_not_there_is_unknown(small: Database, number: int) -> None:
    prepared(small)
    assert read_meeting(small, OPERATOR, number) is None
    for write in (
        lambda: open_meeting(small, OPERATOR, number, revision=1),
        lambda: reopen_meeting(small, OPERATOR, number, "x", revision=1),
        lambda: rate_area(small, OPERATOR, number, "01", level=1, reason="x"),
    ):
        assert refused(small, write).reason == "unknown"
