from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import shapely

from data_access.changes import (
    EntryError,
    InterventionEntry,
    UnknownCodesError,
    change_intervention,
    describe_municipality,
    move_intervention,
    record_doses,
    record_intervention,
    record_look,
    remove_intervention,
)
from data_access.changes.entry import monday_of
from data_access.frame import read_frame
from data_access.interventions import read_intervention
from data_access.models.intervention import (
    CARRIED_OUT,
    INTERVENTION_RANGES,
    LONGEST,
    STATUSES,
    TRANSITIONS,
)
from data_access.permissions import OPERATOR, AreaKey, NotPermittedError, Role, Viewer
from data_access.survey_goals import read_survey_goals
from tests.data_access.changes.rows import dump, one, rows
from tests.small_town import EAST, HOUSING, NORTH, POLICE, STOCKHOLM, store_areas

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database
    from data_access.interventions import InterventionRecord

PLAN = InterventionEntry(
    title="Ljus vid hamnen",
    kind="lighting",
    organisation=POLICE,
    starts_on=date(2026, 1, 12),
    ends_on=date(2026, 3, 1),
    area_codes=("01",),
    category_codes=("vandalism", "noise"),
)
WHOLE = replace(
    PLAN,
    hypothesis="Fler vågar gå där.",
    status="proposed",
    approach="social",
    horizon="long",
    problem="Mörkt längs kajen.\nIngen går där.",
    cause="Få stolpar",
    goal="Färre krossade rutor",
    goal_pct=30,
    goal_instrument="safety",
    goal_indicator="total",
    responsible="Trygghetssamordnaren",
    cost_sek=0,
    dose_unit="lampor",
    decided_in="Nämnden, maj, § 61",
    plan="Åtgärdsplan 2026",
    comparison_codes=("04", "03"),
    comparison_reason="Samma slags kaj",
    ring_m=150,
    detectable_pct=39.5,
)
POLICE_ID, HOUSING_ID = 1, 2


def today_there() -> date:
    """The day on the wall clock of the small town."""
    return datetime.now(STOCKHOLM).date()


def box(left: float, low: float, right: float, high: float) -> shapely.Polygon:
    """Metres east and north of the south-western corner."""
    return shapely.box(EAST + left, NORTH + low, EAST + right, NORTH + high)


def store(database: Database, entry: InterventionEntry = PLAN, viewer: Viewer = OPERATOR) -> int:
    return record_intervention(database, viewer, entry, area_set_id=1)


def read(database: Database, number: int, viewer: Viewer = OPERATOR) -> InterventionRecord:
    found = read_intervention(database, viewer, number)
    assert found is not None
    return found


def refused(database: Database, write: Any) -> EntryError:
    """Why; nothing is written."""
    before = dump(database)
    with pytest.raises(EntryError) as caught:
        write()
    assert dump(database) == before
    return caught.value


def member(role: Role, organisation: int, *codes: str) -> Viewer:
    areas = frozenset(AreaKey("Småstad", code) for code in codes) if codes else None
    return Viewer("Eva", role, None, organisation, areas)


# --- entering ----------------------------------------------------------------------------------------------------------------


def test_everything_that_was_entered_is_read_back(small: Database) -> None:
    found = read(small, store(small, WHOLE))
    for name in (
        *LONGEST,
        *INTERVENTION_RANGES,
        "kind",
        "approach",
        "horizon",
        "starts_on",
        "ends_on",
        "status",
    ):
        assert getattr(found if hasattr(found, name) else found.fact, name) == getattr(WHOLE, name), name
    assert (found.organisation, found.organisation_id, found.area_set_id) == (POLICE, POLICE_ID, 1)
    assert (found.fact.areas, found.fact.comparison) == (("01",), ("03", "04"))
    assert (found.fact.categories, found.fact.polygon) == (("noise", "vandalism"), None)
    assert (found.revision, found.doses, found.changes, found.looks) == (1, (), (), 0)
    assert read_frame(small, OPERATOR).interventions == (found.fact,)


def test_texts_are_stored_without_what_nobody_sees(small: Database) -> None:
    found = read(
        small,
        store(small, replace(PLAN, title=" Ljus\n vid\u200b  kajen ", problem="\n Mörkt \r\n tyst\x00 ")),
    )
    assert (found.fact.title, found.problem) == ("Ljus vid kajen", "Mörkt\ntyst")


def test_a_code_that_is_named_twice_counts_once(small: Database) -> None:
    entry = replace(PLAN, area_codes=("01", "01"), category_codes=("noise", "noise"))
    assert read(small, store(small, entry)).fact.areas == ("01",)


BOW_TIE = shapely.Polygon([(EAST, NORTH), (EAST + 90, NORTH + 90), (EAST + 90, NORTH), (EAST, NORTH + 90)])
REFUSED: list[tuple[dict[str, Any], str, str, dict[str, Any]]] = [
    ({"title": " \u200b"}, "text_empty", "title", {}),
    *(
        ({name: "x" * (limit + 1)}, "text_long", name, {"count": limit + 1, "limit": limit})
        for name, limit in LONGEST.items()
    ),
    *(
        ({name: value}, "out_of_range", name, {"value": value, "low": low, "high": high})
        for name, (low, high) in INTERVENTION_RANGES.items()
        for value in (low - 1, high + 1)
    ),
    ({"detectable_pct": float("inf")}, "out_of_range", "detectable_pct", {"value": float("inf"), "low": 0, "high": 1000}),
    *(({name: "magic"}, "unknown", name, {"value": "magic"}) for name in ("kind", "approach", "horizon", "status")),
    *(
        ({"goal_instrument": instrument, "goal_indicator": code}, "unknown", "goal_indicator", {"value": said})
        for instrument, code, said in (
            ("youth", "total", "youth total"),
            ("safety", "school.bullied", "safety school.bullied"),
            ("youth", "", "youth"),
            ("", "school.bullied", "school.bullied"),
        )
    ),
    ({"ends_on": date(2026, 1, 11)}, "period", "", {"first": "2026-01-12", "last": "2026-01-11"}),
    ({"area_codes": ()}, "no_districts", "", {}),
    ({"category_codes": ()}, "no_categories", "", {}),
    ({"area_codes": ("01", "S")}, "unknown_areas", "", {"codes": "S"}),
    ({"comparison_codes": ("99",), "comparison_reason": "x"}, "unknown_areas", "", {"codes": "99"}),
    ({"category_codes": ("nope",)}, "unknown_categories", "", {"codes": "nope"}),
    ({"comparison_codes": ("02", "01"), "comparison_reason": "x"}, "comparison_is_target", "", {"codes": "01"}),
    ({"comparison_codes": ("02",)}, "reason_missing", "comparison_reason", {}),
    ({"polygon": BOW_TIE}, "polygon_broken", "", {}),
    ({"polygon": shapely.Polygon()}, "polygon_broken", "", {}),
    ({"polygon": box(0, 0, 19, 21)}, "polygon_small", "", {"area": 399, "limit": 400.0}),
    ({"polygon": box(5000, 5000, 5100, 5100)}, "polygon_outside", "", {}),
    ({"polygon": box(-999, 0, 9, 100)}, "polygon_outside", "", {}),
    ({"polygon": box(900, 0, 1100, 50), "comparison_codes": ("02",), "comparison_reason": "x"},
     "comparison_is_target", "", {"codes": "02"}),
    ({"organisation": " "}, "name_empty", "", {}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "reason", "field", "parameters"), REFUSED)
def test_what_cannot_be_stored_is_refused_with_its_reason(
    small: Database, given: dict[str, Any], reason: str, field: str, parameters: dict[str, Any]
) -> None:
    number = store(small)
    entry = replace(PLAN, **given)
    for write in (
        lambda: store(small, entry),
        lambda: change_intervention(small, OPERATOR, number, entry, revision=1),
    ):
        error = refused(small, write)
        assert (error.reason, error.field, error.parameters) == (reason, field, parameters)
        assert isinstance(error, UnknownCodesError) == reason.startswith("unknown_")


@pytest.mark.parametrize(("instrument", "code"), [("safety", "total"), ("youth", "school.bullied"), ("", "")])
def test_a_goal_in_a_survey_is_one_of_the_catalogue_and_a_change_of_it_is_kept(
    small: Database, instrument: str, code: str
) -> None:
    number = store(small)
    aimed = replace(PLAN, goal_instrument=instrument, goal_indicator=code)
    change_intervention(small, OPERATOR, number, aimed, revision=1)
    found = read(small, number)
    assert (found.fact.goal_instrument, found.fact.goal_indicator) == (instrument, code)
    assert {one.field: one.after for one in found.changes} == (
        {"goal_instrument": instrument, "goal_indicator": code} if code else {}
    )
    goals = {(one.instrument, one.code) for one in read_survey_goals(small, OPERATOR)}
    assert not code or (instrument, code) in goals


@pytest.mark.parametrize("name", INTERVENTION_RANGES)
def test_the_ends_of_a_range_can_be_stored_and_the_database_holds_it_too(small: Database, name: str) -> None:
    for value in INTERVENTION_RANGES[name]:
        found = read(small, store(small, replace(PLAN, **{name: value})))
        assert getattr(found if hasattr(found, name) else found.fact, name) == value
    with pytest.raises(Exception, match=f"ck_intervention_{name}"), small.writing() as session:
        session.connection().exec_driver_sql(f"update intervention set {name} = -1")


# --- where -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("polygon", "codes"),
    [
        (box(100, 100, 200, 200), ("01",)),
        (box(900, 100, 1100, 200), ("01", "02")),
        (box(500, 500, 1500, 1500), ("01", "02", "03", "04")),
        (box(0, 0, 1010, 100), ("01",)),  # less than a hundredth of it lies in 02
        (box(0, 0, 1011, 100), ("01", "02")),
        (box(-1000, 0, 500, 100), ("01",)),  # most of it in no district
        (box(-100, -100, 2100, 2100) - box(900, 900, 1100, 1100), ("01", "02", "03", "04")),
        (shapely.force_3d(box(100, 100, 200, 200), 7.0), ("01",)),
    ],
)
def test_a_drawn_area_works_in_the_districts_that_it_overlaps(
    small: Database, polygon: shapely.Polygon, codes: tuple[str, ...]
) -> None:
    fact = read(small, store(small, replace(PLAN, polygon=polygon, area_codes=()))).fact
    assert fact.areas == codes
    assert fact.polygon is not None
    stored = shapely.from_wkb(fact.polygon)
    assert not stored.has_z
    assert stored.equals(shapely.force_2d(polygon))
    same = read(small, store(small, replace(PLAN, polygon=polygon, area_codes=("04",)))).fact
    assert same.areas == codes  # a choice that was made before the drawing does not matter


# --- editing -----------------------------------------------------------------------------------------------------------------

EDITS: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({"title": "Mer ljus"}, [("title", "Ljus vid hamnen", "Mer ljus")]),
    ({"goal_pct": 40, "cost_sek": None}, [("cost_sek", "0", ""), ("goal_pct", "30", "40")]),
    ({"organisation": HOUSING}, [("organisation", POLICE, HOUSING)]),
    ({"ends_on": None}, [("ends_on", "2026-03-01", "")]),
    ({"starts_on": date(2026, 1, 19)}, [("starts_on", "2026-01-12", "2026-01-19")]),
    ({"area_codes": ("02", "01")}, [("areas", "01", "01,02")]),
    ({"category_codes": ("noise",)}, [("categories", "noise,vandalism", "noise")]),
    ({"comparison_codes": (), "comparison_reason": ""},
     [("comparison", "03,04", ""), ("comparison_reason", "Samma slags kaj", "")]),
    ({"polygon": box(100, 100, 200, 300)}, [("polygon", "", "20000 m2 (600150, 6500200)")]),
    ({"status": "ended"}, []),
    ({}, []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "logged"), EDITS)
def test_an_edit_is_stored_and_each_changed_field_is_kept(
    small: Database, given: dict[str, Any], logged: list[tuple[str, str, str]]
) -> None:
    number = store(small, WHOLE)
    entry = replace(WHOLE, **given)
    change_intervention(small, member(Role.COORDINATOR, POLICE_ID), number, entry, revision=1)
    found = read(small, number)
    assert sorted((row.field, row.before, row.after) for row in found.changes) == logged
    assert {row.actor for row in found.changes} <= {"Eva"}
    assert found.revision == (2 if logged else 1)
    assert found.fact.status == "proposed"
    told = json.loads(rows(small, "select details from audit_log order by id desc limit 1")[0][0])
    assert told == {"intervention": number, "revision": found.revision, "changed": told["changed"]}
    assert sorted(told["changed"]) == [field for field, _, _ in logged]
    afresh = read(small, store(small, replace(entry, status="proposed")))
    unlike = ("fact", "revision", "changes", "created_at")
    for name in set(vars(found)) - set(unlike):
        assert getattr(found, name) == getattr(afresh, name), name
    assert replace(found.fact, id=afresh.fact.id) == afresh.fact


def test_a_drawn_area_that_was_moved_is_kept_as_a_change(small: Database) -> None:
    number = store(small, replace(PLAN, polygon=box(100, 100, 200, 200)))
    moved = replace(PLAN, polygon=box(1100, 100, 1200, 200))
    change_intervention(small, OPERATOR, number, moved, revision=1)
    told = [(row.field, row.before, row.after) for row in read(small, number).changes]
    assert sorted(told) == [
        ("areas", "01", "02"),
        ("polygon", "10000 m2 (600150, 6500150)", "10000 m2 (601150, 6500150)"),
    ]


@pytest.mark.parametrize(
    ("starts_in_days", "new_start_in_days", "is_after"),
    [(-1, -1, True), (0, 0, True), (1, 1, False), (2, 0, True), (0, 2, True), (9, 3, False)],
)
def test_a_change_after_the_start_stays_known_as_one(
    small: Database,
    starts_in_days: int,
    new_start_in_days: int,
    *,
    is_after: bool,
) -> None:
    today = datetime.now(STOCKHOLM).date()
    first, second = (today + timedelta(days=days) for days in (starts_in_days, new_start_in_days))
    number = store(small, replace(PLAN, starts_on=first, ends_on=None, status="decided"))
    changed = replace(PLAN, starts_on=second, ends_on=None, goal="Mindre bråk")
    change_intervention(small, OPERATOR, number, changed, revision=1)
    assert {row.is_after_start for row in read(small, number).changes} == {is_after}


@pytest.mark.parametrize(("zone", "is_after"), [("Pacific/Kiritimati", True), ("Pacific/Niue", False)])
def test_the_day_of_the_start_is_that_of_the_municipality(
    empty: Database, zone: str, *, is_after: bool
) -> None:
    store_areas(empty)
    describe_municipality(empty, OPERATOR, timezone=zone)
    first = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()  # which is never the day on Niue
    late = replace(PLAN, starts_on=first, ends_on=None, status="decided")
    number = store(empty, late)
    change_intervention(empty, OPERATOR, number, replace(late, goal="x"), revision=1)
    assert [row.is_after_start for row in read(empty, number).changes] == [is_after]


def test_changes_are_told_newest_first(small: Database) -> None:
    number = store(small)
    for revision, goal in enumerate(("a", "b", "c"), start=1):
        change_intervention(small, OPERATOR, number, replace(PLAN, goal=goal), revision=revision)
    assert [(row.before, row.after) for row in read(small, number).changes] == [
        ("b", "c"),
        ("a", "b"),
        ("", "a"),
    ]


def test_two_who_edit_at_the_same_time_do_not_overwrite_each_other(small: Database) -> None:
    number = store(small, replace(PLAN, status="decided"))
    change_intervention(small, OPERATOR, number, replace(PLAN, goal="a"), revision=1)
    for write in (
        lambda: change_intervention(small, OPERATOR, number, replace(PLAN, goal="b"), revision=1),
        lambda: move_intervention(small, OPERATOR, number, "ongoing", revision=1),
    ):
        assert refused(small, write).reason == "changed_meanwhile"
    assert read(small, number).goal == "a"


def test_a_period_does_not_leave_out_weeks_that_were_delivered(small: Database) -> None:
    number = store(small)
    record_doses(small, OPERATOR, number, {date(2026, 1, 12): 1, date(2026, 2, 23): 2})
    for given in ({"starts_on": date(2026, 1, 19)}, {"ends_on": date(2026, 2, 22)}):
        entry = replace(PLAN, **given)
        error = refused(small, lambda e=entry: change_intervention(small, OPERATOR, number, e, revision=1))
        assert (error.reason, error.parameters) == ("doses_outside", {"count": 1})
    for given in ({"starts_on": date(2026, 1, 18)}, {"ends_on": date(2026, 2, 23)}, {"ends_on": None}):
        revision = read(small, number).revision
        change_intervention(small, OPERATOR, number, replace(PLAN, **given), revision=revision)


# --- statuses ----------------------------------------------------------------------------------------------------------------


def test_every_status_is_reachable_and_only_what_is_finished_leads_nowhere() -> None:
    assert set(TRANSITIONS) == set(STATUSES)
    reached = {"proposed"}
    while new := {after for before in reached for after in TRANSITIONS[before]} - reached:
        reached |= new
    assert reached == set(STATUSES)
    assert [status for status, after in TRANSITIONS.items() if not after] == ["followed_up", "cancelled"]


MOVES = {
    ("proposed", "decided"),
    ("decided", "proposed"),
    ("decided", "ongoing"),
    ("ongoing", "ended"),
    ("ended", "ongoing"),
    ("ended", "followed_up"),
    ("proposed", "cancelled"),
    ("decided", "cancelled"),
}


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
def test_its_own_organisation_moves_an_intervention_as_it_may_be_moved_and_no_other_does(
    small: Database, before: str, after: str
) -> None:
    today = today_there()
    number = store(small, replace(PLAN, status=before, starts_on=today, ends_on=today))
    why = "Inga pengar" if after == "cancelled" else ""
    other = member(Role.HOUSING, HOUSING_ID, "01")
    with pytest.raises(NotPermittedError):
        move_intervention(small, other, number, after, revision=1, reason=why)
    owner = member(Role.POLICE, POLICE_ID)
    if (before, after) in MOVES:
        move_intervention(small, owner, number, after, revision=1, reason=why)
        found = read(small, number)
        assert (found.fact.status, found.revision, found.cancelled_because) == (after, 2, why)
        told = {row.field: (row.before, row.after) for row in found.changes}
        resumed = {"ends_on": (today.isoformat(), "")} if (before, after) == ("ended", "ongoing") else {}
        cancelled = {"cancelled_because": ("", why)} if why else {}
        assert told == {"status": (before, after), **resumed, **cancelled}
    else:
        error = refused(small, lambda: move_intervention(small, owner, number, after, revision=1, reason=why))
        assert error.reason == "bad_transition"
        assert {**error.parameters} == {
            "before": f"intervention_status.{before}",
            "after": f"intervention_status.{after}",
        }


def test_a_status_that_is_none_is_refused(small: Database) -> None:
    number = store(small)
    error = refused(small, lambda: move_intervention(small, OPERATOR, number, "lost", revision=1))
    assert (error.reason, error.field, error.parameters) == ("unknown", "status", {"value": "lost"})


def test_nothing_is_ongoing_before_its_start(small: Database) -> None:
    day = today_there() + timedelta(days=1)
    later = replace(PLAN, starts_on=day, ends_on=None)
    number = store(small, replace(later, status="decided"))
    error = refused(small, lambda: move_intervention(small, OPERATOR, number, "ongoing", revision=1))
    assert (error.reason, error.parameters) == ("starts_later", {"day": day.isoformat()})
    begun = store(small, replace(PLAN, status="ongoing"))
    error = refused(small, lambda: change_intervention(small, OPERATOR, begun, later, revision=1))
    assert (error.reason, error.field) == ("starts_later", "starts_on")


@pytest.mark.parametrize(("days", "ends_in_days"), [(None, 0), (5, 0), (0, 0), (-3, -3)])
def test_what_ends_does_so_today_at_the_latest(small: Database, days: int | None, ends_in_days: int) -> None:
    today = today_there()
    planned = None if days is None else today + timedelta(days=days)
    plan = replace(PLAN, status="ongoing", starts_on=today - timedelta(days=30), ends_on=planned)
    number = store(small, plan)
    move_intervention(small, OPERATOR, number, "ended", revision=1)
    found = read(small, number)
    assert found.fact.ends_on == today + timedelta(days=ends_in_days)
    assert ("ends_on" in {row.field for row in found.changes}) == (planned != found.fact.ends_on)


@pytest.mark.parametrize("status", ["ended", "followed_up"])
def test_what_is_over_has_a_last_day_that_has_been(small: Database, status: str) -> None:
    open_end, tomorrow = replace(PLAN, status=status, ends_on=None), today_there() + timedelta(days=1)
    error = refused(small, lambda: store(small, open_end))
    assert (error.reason, error.field) == ("end_missing", "ends_on")
    number = store(small, replace(PLAN, status=status))
    for ends_on, reason in ((None, "end_missing"), (tomorrow, "ends_later")):
        entry = replace(PLAN, ends_on=ends_on)
        error = refused(small, lambda e=entry: change_intervention(small, OPERATOR, number, e, revision=1))
        assert (error.reason, error.field) == (reason, "ends_on")


def test_an_end_does_not_leave_out_weeks_that_were_delivered(small: Database) -> None:
    number = store(small, replace(PLAN, status="ongoing", ends_on=None))
    week = monday_of(today_there()) + timedelta(days=7)
    record_doses(small, OPERATOR, number, {week: 1})
    error = refused(small, lambda: move_intervention(small, OPERATOR, number, "ended", revision=1))
    assert (error.reason, error.parameters) == ("doses_outside", {"count": 1})


@pytest.mark.parametrize(
    ("why", "reason"),
    [(" \u200b", "text_empty"), ("x" * 301, "text_long"), ("Ring 070-123 45 67", "personal_data_phone")],
)
def test_what_is_cancelled_has_a_reason_without_personal_data(small: Database, why: str, reason: str) -> None:
    number = store(small, replace(PLAN, status="decided"))
    cancel = partial(move_intervention, small, OPERATOR, number, "cancelled", revision=1)
    error = refused(small, lambda: cancel(reason=why))
    assert (error.reason, error.field) == (reason, "cancelled_because")
    cancel(reason=" Inga\n pengar ")
    assert read(small, number).cancelled_because == "Inga pengar"


# --- removing ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_has_not_begun_is_removed_and_all_of_it(small: Database, status: str) -> None:
    before = {name: found for name, found in dump(small).items() if name.startswith(("intervention", "dose"))}
    is_begun = status in CARRIED_OUT
    starts_on = today_there() + timedelta(days=-9 if is_begun else 9)
    planned = replace(WHOLE, starts_on=starts_on, ends_on=today_there() if is_begun else None)
    number = store(small, replace(planned, status=status))
    record_doses(small, OPERATOR, number, {monday_of(starts_on): 1})
    change_intervention(small, OPERATOR, number, replace(planned, goal="x"), revision=1)
    if status in ("proposed", "decided"):
        assert not read(small, number).is_on_record(today_there())
        remove_intervention(small, OPERATOR, number)
        after = dump(small)
        assert {name: after[name] for name in before} == before
        assert store(small) == number + 1  # the log tells of the one that is gone by its number
    else:
        error = refused(small, lambda: remove_intervention(small, OPERATOR, number))
        assert error.reason == "has_begun"
        assert error.parameters == {"status": f"intervention_status.{status}"}


def began_yesterday(small: Database, plan: InterventionEntry) -> int:
    return store(small, replace(plan, starts_on=today_there() - timedelta(days=1)))


def was_looked_at(small: Database, plan: InterventionEntry) -> int:
    number = store(small, plan)
    record_look(small, OPERATOR, number, date(2026, 1, 12))
    return number


def was_changed_late(small: Database, plan: InterventionEntry) -> int:
    number = store(small, replace(plan, starts_on=today_there()))
    change_intervention(small, OPERATOR, number, plan, revision=1)
    return number


@pytest.mark.parametrize("status", ["proposed", "decided"])
@pytest.mark.parametrize("make", [began_yesterday, was_looked_at, was_changed_late])
def test_what_is_on_record_is_cancelled_and_neither_removed_nor_taken_back(
    small: Database, make: Callable[[Database, InterventionEntry], int], status: str
) -> None:
    plan = replace(PLAN, status=status, starts_on=today_there() + timedelta(days=9), ends_on=None)
    number = make(small, plan)
    found = read(small, number)
    assert found.is_on_record(today_there())
    assert refused(small, lambda: remove_intervention(small, OPERATOR, number)).reason == "on_record"
    move = partial(move_intervention, small, OPERATOR, number, revision=found.revision)
    if status == "decided":
        assert refused(small, lambda: move("proposed")).reason == "on_record"
    move("cancelled", reason="Inga pengar")
    assert read(small, number).fact.is_cancelled


def test_a_plan_that_was_entered_today_for_today_can_be_removed(small: Database) -> None:
    number = store(small, replace(PLAN, status="proposed", starts_on=today_there(), ends_on=None))
    remove_intervention(small, OPERATOR, number)
    assert read_intervention(small, OPERATOR, number) is None


# --- who ---------------------------------------------------------------------------------------------------------------------

WRITES = {
    "change": lambda d, v, n: change_intervention(d, v, n, replace(PLAN, goal="x"), revision=1),
    "move": lambda d, v, n: move_intervention(d, v, n, "ongoing", revision=1),
    "cancel": lambda d, v, n: move_intervention(d, v, n, "cancelled", revision=1, reason="x"),
    "remove": remove_intervention,
    "doses": lambda d, v, n: record_doses(d, v, n, {monday_of(today_there()): 1}),
}


@pytest.mark.parametrize("write", WRITES)
def test_an_intervention_of_others_or_out_of_sight_is_left_alone(small: Database, write: str) -> None:
    number = store(small, replace(PLAN, status="decided", starts_on=today_there(), ends_on=None))
    with pytest.raises(NotPermittedError):
        WRITES[write](small, member(Role.POLICE, HOUSING_ID), number)
    for viewer in (member(Role.POLICE, POLICE_ID, "02"), member(Role.HOUSING, POLICE_ID)):
        error = refused(small, lambda v=viewer: WRITES[write](small, v, number))
        assert (error.reason, error.parameters) == ("unknown", {"value": str(number)})
    for gone in (0, -1, number + 1, 2**70):
        assert refused(small, lambda n=gone: WRITES[write](small, OPERATOR, n)).reason == "unknown"
    WRITES[write](small, member(Role.POLICE, POLICE_ID, "01"), number)


def test_an_intervention_is_not_handed_to_an_organisation_that_is_not_ones_own(small: Database) -> None:
    number = store(small)
    for name in (HOUSING, "Helt ny"):
        with pytest.raises(NotPermittedError):
            change_intervention(
                small, member(Role.POLICE, POLICE_ID), number, replace(PLAN, organisation=name), revision=1
            )
    assert one(small, "select count(*) from organisation") == 2


def test_what_lies_out_of_sight_stays_when_somebody_edits(small: Database) -> None:
    number = store(
        small, replace(PLAN, area_codes=("01", "02"), comparison_codes=("03", "04"), comparison_reason="x")
    )
    eva = member(Role.POLICE, POLICE_ID, "01", "03")
    seen = read(small, number, eva).fact
    assert (seen.areas, seen.comparison) == (("01",), ("03",))
    edited = replace(PLAN, area_codes=seen.areas, comparison_codes=(), goal="x")
    change_intervention(small, eva, number, edited, revision=1)
    whole = read(small, number).fact
    assert (whole.areas, whole.comparison) == (("01", "02"), ("04",))
    for given in ({"area_codes": ("02",)}, {"comparison_codes": ("04",), "comparison_reason": "x"}):
        entry = replace(PLAN, **given)
        error = refused(small, lambda e=entry: change_intervention(small, eva, number, e, revision=2))
        assert error.reason == "unknown_areas"


def test_a_drawn_area_reaches_into_no_district_out_of_sight(small: Database) -> None:
    eva = member(Role.POLICE, POLICE_ID, "01")
    across = replace(PLAN, polygon=box(900, 100, 1100, 200))
    assert refused(small, lambda: store(small, across, eva)).reason == "polygon_outside"
    number = store(small, across)
    change_intervention(small, eva, number, replace(across, goal="x"), revision=1)  # as it was drawn
    assert read(small, number).fact.areas == ("01", "02")
    inside = replace(PLAN, polygon=box(100, 100, 200, 200))
    error = refused(small, lambda: change_intervention(small, eva, number, inside, revision=2))
    assert error.reason == "polygon_outside"  # it would take the other district away
    assert read(small, store(small, inside, eva)).fact.areas == ("01",)
