from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from data_access.administration import read_categories, read_groups, read_own_codes
from data_access.changes import CategoryEntry, EntryError, map_own_code, record_category
from data_access.counts import read_counts
from data_access.crossfilter import crossfilter
from data_access.facts import facts
from data_access.frame import read_frame
from data_access.imports import import_context
from data_access.permissions import LOCAL_VIEWER, NotPermittedError, Role, Viewer
from data_access.selection import Selection
from tests.data_access.changes.rows import dump
from tests.data_access.changes.test_members import last_change, refused

if TYPE_CHECKING:
    from data_access.database import Database

DRONE = CategoryEntry("Drönare", "Drone", "vandalism", "unsafe_event", 1)


@pytest.fixture
def drone(small: Database) -> CategoryEntry:
    return replace(DRONE, group=read_groups(small, LOCAL_VIEWER)[0].code)


def test_a_new_type_is_there_for_the_next_report(small: Database, drone: CategoryEntry) -> None:
    record_category(small, LOCAL_VIEWER, "drone", drone)
    found = next(row for row in read_frame(small, LOCAL_VIEWER).categories if row.code == "drone")
    assert (found.name_sv, found.name_en, found.sensitivity) == ("Drönare", "Drone", 1)
    assert "drone" in import_context(small, LOCAL_VIEWER).categories
    assert last_change(small)["before"] is None


def test_a_renamed_and_hidden_type_keeps_its_incidents(small: Database) -> None:
    before = crossfilter(facts(small, LOCAL_VIEWER), Selection()).categories.sum()
    row = next(one for one in read_categories(small, LOCAL_VIEWER) if one.code == "graffiti")
    entry = CategoryEntry("Klottrat", "Scribbled", row.group, row.kind, row.sensitivity, is_hidden=True)
    record_category(small, LOCAL_VIEWER, "graffiti", entry)
    assert last_change(small)["before"]["name_sv"] == row.name_sv
    found = facts(small, LOCAL_VIEWER)
    assert crossfilter(found, Selection()).categories.sum() == before
    fact = next(one for one in found.categories if one.code == "graffiti")
    assert (fact.name_sv, fact.is_hidden) == ("Klottrat", True)


@pytest.mark.parametrize("sensitivity", [1, 2])
def test_what_becomes_more_sensitive_is_so_in_what_was_reported_before(
    small: Database, sensitivity: int
) -> None:
    thefts = Selection(categories=frozenset({"bicycle_theft"}))
    assert crossfilter(facts(small, LOCAL_VIEWER), thefts).painted == 2
    row = next(one for one in read_categories(small, LOCAL_VIEWER) if one.code == "bicycle_theft")
    entry = CategoryEntry(row.name_sv, row.name_en, row.group, row.kind, sensitivity)
    record_category(small, LOCAL_VIEWER, "bicycle_theft", entry)
    views = crossfilter(facts(small, LOCAL_VIEWER), thefts)
    assert (views.total, views.painted) == (2, 0)
    assert views.hours.sum() == (2 if sensitivity == 1 else 0)
    days = {row["date"] for row in read_counts(small, LOCAL_VIEWER, thefts, ["date"])}
    assert (None in days) == (sensitivity == 2)


@pytest.mark.parametrize("code", ["", "X", "æ", "a", "1a", "a-b", "a" * 41, "drop table", "__class__"])
def test_a_code_is_plain(small: Database, drone: CategoryEntry, code: str) -> None:
    before = dump(small)
    assert refused(lambda: record_category(small, LOCAL_VIEWER, code, drone))[0] == "code"
    assert dump(small) == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"group": "none"}, "unknown"),
        ({"kind": "none"}, "unknown"),
        ({"sensitivity": 3}, "unknown"),
        ({"sensitivity": -1}, "unknown"),
        ({"name_sv": " "}, "name_empty"),
        ({"name_en": "x" * 121}, "name_long"),
    ],
)
def test_a_type_that_makes_no_sense_is_refused(
    small: Database, drone: CategoryEntry, change: dict[str, object], reason: str
) -> None:
    before = dump(small)
    assert (
        refused(lambda: record_category(small, LOCAL_VIEWER, "drone", replace(drone, **change)))[0] == reason
    )
    assert dump(small) == before


def test_own_words_are_mapped_changed_and_forgotten(small: Database) -> None:
    for code in ("noise", "littering"):
        map_own_code(small, LOCAL_VIEWER, organisation_id=1, own_code=" Hög  musik ", code=code)
        assert [(row.own_code, row.code) for row in read_own_codes(small, LOCAL_VIEWER)] == [
            ("Hög musik", code)
        ]
    context = import_context(small, LOCAL_VIEWER, "Polisen")
    assert context.remembered is not None
    assert context.remembered.categories == {"Hög musik": "littering"}
    map_own_code(small, LOCAL_VIEWER, organisation_id=1, own_code="Hög musik", code=None)
    assert read_own_codes(small, LOCAL_VIEWER) == []
    assert last_change(small) == {"organisation": 1, "before": "littering", "after": None}
    for organisation_id, code in ((9, "noise"), (1, "nothing")):
        with pytest.raises(EntryError, match="unknown"):
            map_own_code(small, LOCAL_VIEWER, organisation_id=organisation_id, own_code="x", code=code)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.OPERATOR)])
def test_only_administrators_change_the_catalogue(small: Database, drone: CategoryEntry, role: Role) -> None:
    viewer, before = Viewer("x", role, 1, 1), dump(small)
    for call in (
        lambda: record_category(small, viewer, "drone", drone),
        lambda: map_own_code(small, viewer, organisation_id=1, own_code="x", code="noise"),
        lambda: read_categories(small, viewer),
        lambda: read_own_codes(small, viewer),
    ):
        with pytest.raises(NotPermittedError):
            call()
    assert dump(small) == before
