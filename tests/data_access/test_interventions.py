from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from data_access.changes import (
    EntryError,
    change_intervention,
    move_intervention,
    record_areas,
    record_doses,
    record_intervention,
    record_look,
    remove_intervention,
)
from data_access.changes.entry import monday_of
from data_access.frame import read_frame
from data_access.interventions import read_doses, read_intervention
from data_access.permissions import LOCAL_VIEWER, OPERATOR, AreaKey, Role, Viewer
from tests.data_access.changes.test_interventions import PLAN, WHOLE, box, read, today_there
from tests.small_town import AREAS, SRID

if TYPE_CHECKING:
    from data_access.database import Database


def test_the_register_reads_and_writes_on_each_kind_of_database(either: Database) -> None:
    number = record_intervention(either, OPERATOR, WHOLE, area_set_id=1)
    record_doses(either, OPERATOR, number, {WHOLE.starts_on: 2.5})
    record_look(either, OPERATOR, number, WHOLE.starts_on)
    drawn = replace(WHOLE, polygon=box(100, 100, 200, 200))
    change_intervention(either, OPERATOR, number, drawn, revision=1)
    eva = Viewer("Eva", Role.POLICE, areas=frozenset({AreaKey("Småstad", "01"), AreaKey("Småstad", "04")}))
    found = read(either, number, eva)
    assert (found.fact.areas, found.fact.comparison) == (("01",), ("04",))
    assert (found.doses, found.looks, found.revision) == (((WHOLE.starts_on, 2.5),), 1, 2)
    assert [row.field for row in found.changes] == ["polygon"]
    assert timedelta() <= datetime.now(UTC) - found.created_at < timedelta(minutes=5)
    assert read_frame(either, eva).interventions == (found.fact,)
    with pytest.raises(EntryError, match="on_record"):
        remove_intervention(either, OPERATOR, number)
    move_intervention(either, OPERATOR, number, "cancelled", revision=2, reason="Inga pengar")
    assert read(either, number).cancelled_because == "Inga pengar"


def test_a_plan_that_is_not_on_record_is_removed_on_each_kind_of_database(either: Database) -> None:
    plan = replace(WHOLE, starts_on=today_there(), ends_on=None)
    number = record_intervention(either, OPERATOR, plan, area_set_id=1)
    record_doses(either, OPERATOR, number, {monday_of(plan.starts_on): 2.5})
    remove_intervention(either, OPERATOR, number)
    assert read_intervention(either, OPERATOR, number) is None
    assert read_doses(either, OPERATOR) == {}


@pytest.mark.parametrize("number", [0, -1, 2, 2**63, 10**30])
def test_a_number_that_is_none_of_an_intervention_gives_nothing(small: Database, number: int) -> None:
    record_intervention(small, OPERATOR, PLAN, area_set_id=1)
    assert read_intervention(small, OPERATOR, number) is None


@pytest.mark.parametrize(
    ("areas", "is_seen"),
    [
        (None, True),
        ({AreaKey("Småstad", "02")}, True),
        ({AreaKey("Småstad", "03")}, False),  # to be compared with it is not to be where it works
        ({AreaKey("Annan", "01")}, False),
        (set(), False),
    ],
)
def test_an_intervention_is_there_for_whom_one_of_its_districts_is(
    small: Database, areas: set[AreaKey] | None, *, is_seen: bool
) -> None:
    plan = replace(WHOLE, area_codes=("01", "02"))
    number = record_intervention(small, OPERATOR, plan, area_set_id=1)
    viewer = Viewer("Eva", Role.ANALYST, areas=None if areas is None else frozenset(areas))
    found = read_intervention(small, viewer, number)
    assert (found is not None) == is_seen
    assert [one.id for one in read_frame(small, viewer, 1).interventions] == ([number] if is_seen else [])
    if found is not None and areas is not None:
        assert (found.fact.areas, found.fact.comparison) == (("02",), ())


def test_the_log_of_changes_names_no_district_out_of_sight(small: Database) -> None:
    number = record_intervention(small, OPERATOR, replace(PLAN, area_codes=("01", "02")), area_set_id=1)
    edited = replace(
        PLAN, area_codes=("01", "03"), comparison_codes=("02", "04"), comparison_reason="Lik", goal="01,02"
    )
    change_intervention(small, OPERATOR, number, edited, revision=1)
    eva = Viewer("Eva", Role.ANALYST, areas=frozenset({AreaKey("Småstad", "01"), AreaKey("Småstad", "02")}))
    told = {row.field: (row.before, row.after) for row in read(small, number, eva).changes}
    assert told["areas"] == ("01,02", "01")
    assert told["comparison"] == ("", "02")
    assert told["goal"] == ("", "01,02")


def test_an_intervention_belongs_to_its_own_set_of_districts(small: Database) -> None:
    number = record_intervention(small, OPERATOR, PLAN, area_set_id=1)
    other = record_areas(small, OPERATOR, AREAS, name="Småstad", srid=SRID, file_sha256="next").area_set_id
    assert read(small, number).area_set_id == 1
    assert read_frame(small, LOCAL_VIEWER, other).interventions == ()
    change_intervention(small, OPERATOR, number, replace(PLAN, area_codes=("02",)), revision=1)
    assert read(small, number).fact.areas == ("02",)


def test_interventions_of_the_sample_tell_what_was_planned_and_delivered(sample: Database) -> None:
    doses = read_doses(sample, OPERATOR)
    for fact in read_frame(sample, OPERATOR).interventions:
        found = read(sample, fact.id)
        assert all(
            (found.problem, found.cause, found.hypothesis, found.goal, found.responsible, found.decided_in)
        )
        assert found.cost_sek
        assert found.fact.goal_pct
        assert found.dose_unit
        assert found.doses == doses[fact.id]
        weeks = [week for week, _ in found.doses]
        assert weeks[0] == fact.starts_on
        assert {later - week for week, later in pairwise(weeks)} == {timedelta(weeks=1)}
        assert fact.ends_on is None or fact.ends_on - weeks[-1] == timedelta(days=6)
