from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from data_access.changes.placement import SLIVER_M
from data_access.facts import facts
from data_access.frame import read_frame, read_shapes
from data_access.permissions import OPERATOR
from data_access.selection import Selection
from tests.data_access.changes.rows import dump, one, rows
from tests.small_town import AREAS, DISTRICT_OF, EAST, NORTH, incident, square, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

BY_KEY = (
    "select source_key, area.code from incident_area "
    "join incident on incident.id = incident_id join area on area.id = area_id"
)
TWO = (replace(AREAS[2], geometry=square(0, 0, side_m=2000), code="A"),)


def placed(database: Database, area_set_id: int) -> dict[str, str]:
    return dict(rows(database, f"{BY_KEY} where incident_area.area_set_id = {area_set_id}"))


def test_a_set_of_areas_is_stored_with_its_hierarchy(empty: Database) -> None:
    outcome = store_areas(empty)
    assert (outcome.version, outcome.districts, outcome.parts_of_town, outcome.is_known) == (1, 4, 2, False)
    frame = read_frame(empty, OPERATOR)
    assert [(a.code, a.name, a.parent, a.population) for a in frame.areas] == [
        ("01", "Hamnen", "Söder", 1000),
        ("02", "Torget", "Söder", 500),
        ("03", "Parken", "Norr", 2000),
        ("04", "Skogen", "Norr", None),
    ]
    assert frame.srid == 3006
    assert frame.area_set is not None
    shapes = read_shapes(empty, OPERATOR, frame.area_set)
    assert [shape.bounds for shape in shapes.districts] == [area.geometry.bounds for area in AREAS[2:]]


def test_each_file_of_a_name_is_the_next_version(empty: Database) -> None:
    versions = [store_areas(empty, file_sha256=mark * 64).version for mark in "abc"]
    assert versions == [1, 2, 3]
    assert store_areas(empty, name="Annan").version == 1
    assert [(s.name, s.version) for s in read_frame(empty, OPERATOR).area_sets] == [
        ("Småstad", 1),
        ("Småstad", 2),
        ("Småstad", 3),
        ("Annan", 1),
    ]


def test_the_same_file_twice_changes_nothing(small: Database) -> None:
    first = store_areas(small, file_sha256="a" * 64)
    again = store_areas(small, file_sha256="a" * 64)
    assert again.is_known
    assert (again.area_set_id, again.version, again.districts) == (first.area_set_id, first.version, 4)
    assert (again.incidents_placed, again.incidents_without_area) == (11, 2)
    assert one(small, "select count(*) from area_set") == 2


def test_the_same_file_under_another_name_is_another_set(empty: Database) -> None:
    store_areas(empty, file_sha256="a" * 64)
    assert not store_areas(empty, file_sha256="a" * 64, name="Annan").is_known


def test_areas_in_another_crs_are_refused_with_both(empty: Database) -> None:
    store_areas(empty)
    before = dump(empty)
    with pytest.raises(ValueError, match=r"EPSG:3007.*EPSG:3006"):
        store_areas(empty, srid=3007, file_sha256="b" * 64)
    assert dump(empty) == before


def test_a_set_that_breaks_a_rule_leaves_no_trace(small: Database) -> None:
    before = dump(small)
    wrong = [*AREAS[:4], replace(AREAS[4], population=-1)]
    with pytest.raises(IntegrityError):
        store_areas(small, wrong)
    with pytest.raises(IntegrityError):
        store_areas(small, [*AREAS, AREAS[2]])
    assert dump(small) == before


def test_incidents_are_placed_by_point_border_code_and_stand_in_rule(small: Database) -> None:
    assert placed(small, 1) == DISTRICT_OF


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ((0, 0), "01"),
        ((1000, 1000), "01"),
        ((1000, 0), "01"),
        ((2000, 1000), "02"),
        ((1000, 1500), "03"),
        ((1000.001, 1500), "04"),
        ((2000, 2000), "04"),
        ((2000 + SLIVER_M - 0.01, 2000), "04"),  # a gap between outlines of different detail
        ((1000, -SLIVER_M + 0.01), "01"),
        ((2000 + SLIVER_M + 0.01, 2000), None),
        ((-SLIVER_M - 0.01, 5), None),
    ],
)
def test_a_point_on_a_border_belongs_to_the_lowest_code(
    empty: Database, at: tuple[float, float], code: str | None
) -> None:
    store_areas(empty)
    outcome = store_incidents(empty, [incident("k", "noise", "2026-01-05T10:00", at=at)])
    assert outcome.without_area == (code is None)
    assert placed(empty, 1) == ({"k": code} if code else {})


@pytest.mark.parametrize(
    ("at", "given", "code"),
    [
        ((500, 799), None, "01"),  # within 300 m of the centre of its district
        ((500, 801), None, None),  # stands for something larger than a district
        ((500, 801), "03", "03"),  # the code is believed
        ((500, 500), "02", "02"),  # before the centre
        ((500, 500), "99", "01"),  # unless it is unknown
        ((9000, 9000), None, None),
    ],
)
def test_a_stand_in_is_believed_near_a_centre_only(
    empty: Database, at: tuple[float, float], given: str | None, code: str | None
) -> None:
    store_areas(empty)
    store_incidents(empty, [incident("k", "noise", "2026-01-05", at=at, place="stand_in", area_code=given)])
    assert placed(empty, 1) == ({"k": code} if code else {})


def test_a_point_is_believed_before_a_code(empty: Database) -> None:
    store_areas(empty)
    both = {"at": (500, 500), "area_code": "02"}
    store_incidents(empty, [incident("k", "noise", "2026-01-05", **both)])
    assert placed(empty, 1) == {"k": "01"}


def test_a_new_set_places_all_incidents_anew_and_keeps_the_old_places(small: Database) -> None:
    outcome = store_areas(small, TWO, name="Två", file_sha256="c" * 64)
    assert (outcome.incidents_placed, outcome.incidents_without_area) == (8, 5)
    inside = {"p1", "p2", "p3", "p4", "p5", "p7", "b2", "b5"}
    assert set(placed(small, outcome.area_set_id)) == inside
    assert placed(small, 1) == DISTRICT_OF
    newest, oldest = facts(small, OPERATOR), facts(small, OPERATOR, 1)
    assert [area.code for area in newest.areas] == ["A"]
    assert [area.code for area in oldest.areas] == ["01", "02", "03", "04"]
    assert facts(small, OPERATOR, 99).areas == newest.areas
    assert Selection(area_set=1).area_set == oldest.frame.area_set.id  # type: ignore[union-attr]


def test_incidents_that_come_later_are_placed_in_every_set(small: Database) -> None:
    two = store_areas(small, TWO, name="Två", file_sha256="c" * 64)
    store_incidents(small, [incident("late", "noise", "2026-03-01T10:00", at=(1500, 1500))])
    assert placed(small, 1)["late"] == "04"
    assert placed(small, two.area_set_id)["late"] == "A"


def test_incidents_before_any_areas_are_placed_when_areas_come(empty: Database) -> None:
    outcome = store_incidents(empty, [incident("k", "noise", "2026-01-05T10:00", at=(500, 500))])
    assert outcome.without_area == 1
    assert store_areas(empty).incidents_placed == 1
    assert placed(empty, 1) == {"k": "01"}
    assert one(empty, "select x from incident") == EAST + 500
    assert one(empty, "select y from incident") == NORTH + 500
