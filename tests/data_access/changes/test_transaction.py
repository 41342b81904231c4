from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError as SqlError

from data_access.changes import (
    InterventionEntry,
    UnknownCodesError,
    describe_municipality,
    initialise,
    record_intervention,
    remove_sample,
)
from data_access.changes.transaction import changing
from data_access.frame import read_frame
from data_access.permissions import LOCAL_VIEWER, OPERATOR, NotPermittedError, Role, Viewer, can, check
from tests.data_access.changes.rows import dump, one, rows
from tests.small_town import incident, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

PLAN = InterventionEntry(
    title="Belysning vid hamnen",
    kind="environment",
    organisation="Kommunen",
    starts_on=date(2026, 1, 12),
    ends_on=None,
    area_codes=("01", "02"),
    category_codes=("vandalism",),
)


def version(database: Database) -> int:
    return one(database, "select data_version from municipality")


def test_every_write_leaves_an_audit_row_and_a_new_version(small: Database) -> None:
    audit = rows(small, "select actor, action, subject, details from audit_log order by id")
    assert [row[:3] for row in audit] == [
        ("samsyn", "areas.import", "Småstad"),
        ("samsyn", "incidents.import", "Polisen: polisen.csv"),
        ("samsyn", "incidents.import", "Bostadsbolaget: bolaget.csv"),
    ]
    assert json.loads(audit[1][3]) == {
        "batch": 1,
        "read": 8,
        "stored": 8,
        "known": 0,
        "refused": 0,
        "without_area": 1,
    }
    assert version(small) == 3


def test_notes_never_reach_the_audit_log(empty: Database) -> None:
    store_incidents(empty, [incident("k", "noise", "2026-01-05T10:00", note="vid den röda porten")])
    assert "porten" not in repr(dump(empty)["audit_log"])
    assert "porten" in repr(dump(empty)["incident"])


@pytest.mark.parametrize(
    "statement",
    ["update audit_log set actor = 'x'", "delete from audit_log", "delete from audit_log where id = 1"],
)
def test_the_audit_log_cannot_be_changed(small: Database, statement: str) -> None:
    before = dump(small)["audit_log"]
    with pytest.raises(SqlError, match="append-only"), small.writing() as session:
        session.execute(text(statement))
    assert dump(small)["audit_log"] == before


def _fail_half_way(database: Database) -> None:
    with changing(database, OPERATOR, "municipality.write") as change:
        change.municipality.name = "Annan"
        change.session.flush()
        raise RuntimeError("half-way")


def test_a_change_that_fails_leaves_no_trace(small: Database) -> None:
    before = dump(small)
    with pytest.raises(RuntimeError, match="half-way"):
        _fail_half_way(small)
    assert dump(small) == before


def test_what_is_not_named_is_not_permitted(small: Database) -> None:
    before = dump(small)
    for viewer in (OPERATOR, LOCAL_VIEWER):
        assert not can(viewer, "incidents.delete")
        with pytest.raises(NotPermittedError) as caught, changing(small, viewer, "incidents.delete"):
            pytest.fail("the change was opened")
        assert (caught.value.action, caught.value.role) == ("incidents.delete", viewer.role)
    assert dump(small) == before


def test_can_and_check_say_the_same() -> None:
    for role in Role:
        for action in ("incidents.read", "areas.import", "sample.remove", "nonsense"):
            viewer = Viewer("x", role)
            try:
                check(viewer, action)
            except NotPermittedError:
                assert not can(viewer, action)
            else:
                assert can(viewer, action)


def test_only_the_operator_sees_exact_records() -> None:
    assert [role for role in Role if Viewer("x", role).sees_exact_records] == [Role.OPERATOR]


def test_initialising_again_keeps_everything(small: Database) -> None:
    before = dump(small)
    initialise(small)
    assert dump(small) == before


def test_the_catalogue_is_whole(empty: Database) -> None:
    frame = read_frame(empty, OPERATOR)
    assert len(frame.categories) == 60
    assert len({category.group for category in frame.categories}) == 14
    assert {category.sensitivity for category in frame.categories} == {0, 1, 2}
    assert "other" in {category.code for category in frame.categories}


def test_describing_writes_only_what_is_given(empty: Database) -> None:
    describe_municipality(empty, OPERATOR, name="Småstad", timezone="Europe/Stockholm")
    describe_municipality(empty, OPERATOR, srid=3006)
    assert rows(empty, "select name, srid, timezone from municipality") == [
        ("Småstad", 3006, "Europe/Stockholm")
    ]


def test_an_intervention_is_read_back_as_written(small: Database) -> None:
    number = record_intervention(small, OPERATOR, PLAN, area_set_id=1)
    (found,) = read_frame(small, OPERATOR).interventions
    assert (found.id, found.title, found.organisation) == (number, PLAN.title, "Kommunen")
    assert (found.areas, found.categories) == (("01", "02"), ("vandalism",))
    assert (found.starts_on, found.ends_on, found.status) == (date(2026, 1, 12), None, "ongoing")


@pytest.mark.parametrize(
    ("codes", "kind", "missing"),
    [
        ({"area_codes": ("01", "99", "S")}, "areas", "99, S"),
        ({"category_codes": ("nope",)}, "categories", "nope"),
    ],
)
def test_an_intervention_names_what_it_does_not_find(
    small: Database, codes: dict, kind: str, missing: str
) -> None:
    before = dump(small)
    with pytest.raises(UnknownCodesError) as caught:
        record_intervention(small, OPERATOR, InterventionEntry(**(vars(PLAN) | codes)), area_set_id=1)
    assert (caught.value.reason, caught.value.parameters) == (f"unknown_{kind}", {"codes": missing})
    assert dump(small) == before


def test_removing_the_sample_leaves_ones_own(own_sample: Database) -> None:
    store_incidents(
        own_sample, [incident("own", "noise", "2026-01-05T10:00", at=(500, 500))], "Vår organisation"
    )
    remove_sample(own_sample, LOCAL_VIEWER)
    assert rows(own_sample, "select source_key from incident") == [("own",)]
    assert rows(own_sample, "select name from organisation") == [("Vår organisation",)]
    for table in (
        "area_set",
        "area",
        "incident_area",
        "intervention",
        "intervention_area",
        "intervention_category",
        "dose",
        "backdrop",
    ):
        assert one(own_sample, f"select count(*) from {table}") == 0, table
    assert one(own_sample, "select count(*) from import_batch") == 1
    assert rows(own_sample, "select name, is_sample, srid, timezone from municipality") == [
        ("", 0, 3006, "Europe/Stockholm")
    ]
    assert one(own_sample, "select count(*) from pragma_foreign_key_check") == 0


def test_removing_the_sample_leaves_what_was_imported_under_one_of_its_names(own_sample: Database) -> None:
    store_incidents(own_sample, [incident("own", "noise", "2026-01-05T10:00", at=(500, 500))], "Polisen")
    remove_sample(own_sample, LOCAL_VIEWER)
    assert rows(own_sample, "select source_key from incident") == [("own",)]
    assert rows(own_sample, "select name, is_sample from organisation") == [("Polisen", 0)]
    assert one(own_sample, "select count(*) from pragma_foreign_key_check") == 0


def test_removing_the_sample_alone_leaves_an_empty_installation(
    own_sample: Database, empty: Database
) -> None:
    remove_sample(own_sample, OPERATOR)
    left, fresh = dump(own_sample), dump(empty)
    for table in set(fresh) - {"audit_log", "municipality", "sqlite_sequence"}:
        assert left[table] == fresh[table], table
    assert rows(own_sample, "select name, is_sample, srid, timezone from municipality") == [
        ("", 0, None, None)
    ]
    assert one(own_sample, "select count(*) from audit_log") > 0


def test_own_areas_outlive_the_sample(own_sample: Database) -> None:
    mine = store_areas(own_sample, name="Våra")
    remove_sample(own_sample, OPERATOR)
    frame = read_frame(own_sample, OPERATOR)
    assert [(s.id, s.name) for s in frame.area_sets] == [(mine.area_set_id, "Våra")]
    assert len(frame.areas) == 4
