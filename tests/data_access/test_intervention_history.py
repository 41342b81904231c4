from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from data_access.changes import change_intervention, move_intervention, record_intervention
from data_access.frame import read_frame
from data_access.intervention_history import interventions_at
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from tests.data_access.changes.test_interventions import PLAN, WHOLE, box
from tests.small_town import HOUSING

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.intervention_facts import InterventionFact

EVERYTHING = {
    "title": "Mer ljus",
    "kind": "cameras",
    "organisation": HOUSING,
    "approach": "situational",
    "horizon": "short",
    "starts_on": date(2026, 1, 19),
    "ends_on": None,
    "area_codes": ("02", "03"),
    "category_codes": ("noise",),
    "comparison_codes": (),
    "comparison_reason": "",
    "goal_pct": None,
    "ring_m": None,
    "cost_sek": 7,
}


def then(database: Database, at: datetime, viewer: Viewer = OPERATOR) -> tuple[InterventionFact, ...]:
    area_set = read_frame(database, OPERATOR, 1).area_set
    assert area_set is not None
    return interventions_at(database, viewer, area_set, at)


def test_what_was_changed_since_is_as_it_was(either: Database) -> None:
    number = record_intervention(either, OPERATOR, WHOLE, area_set_id=1)
    planned = read_frame(either, OPERATOR).interventions
    before = datetime.now(UTC)
    change_intervention(either, OPERATOR, number, replace(WHOLE, **EVERYTHING), revision=1)
    change_intervention(either, OPERATOR, number, replace(WHOLE, title="Igen"), revision=2)
    move_intervention(either, OPERATOR, number, "decided", revision=3)
    assert read_frame(either, OPERATOR).interventions != planned
    assert then(either, before) == planned
    assert then(either, datetime.now(UTC)) == read_frame(either, OPERATOR).interventions
    record_intervention(either, OPERATOR, PLAN, area_set_id=1)
    assert then(either, before) == planned


def test_one_of_the_sample_was_always_there(small: Database) -> None:
    record_intervention(small, OPERATOR, PLAN, area_set_id=1, is_sample=True)
    assert [one.title for one in then(small, datetime(2020, 1, 1, tzinfo=UTC))] == [PLAN.title]


@pytest.mark.parametrize(("codes", "areas"), [({"01", "02"}, [("01",)]), ({"01"}, [("01",)]), ({"02"}, [])])
def test_districts_that_are_not_seen_are_not_told_of_then_either(
    small: Database, codes: set[str], areas: list[tuple[str, ...]]
) -> None:
    plan = replace(PLAN, area_codes=("01", "03"))
    number = record_intervention(small, OPERATOR, plan, area_set_id=1)
    before = datetime.now(UTC)
    change_intervention(small, OPERATOR, number, replace(PLAN, area_codes=("02",)), revision=1)
    eva = Viewer("Eva", Role.ANALYST, areas=frozenset(AreaKey("Småstad", code) for code in codes))
    assert [one.areas for one in then(small, before, eva)] == areas


def test_a_surface_is_as_it_is_drawn_now(small: Database) -> None:
    number = record_intervention(
        small, OPERATOR, replace(PLAN, polygon=box(100, 100, 200, 200)), area_set_id=1
    )
    before = datetime.now(UTC)
    change_intervention(small, OPERATOR, number, replace(PLAN, polygon=box(1100, 100, 1200, 200)), revision=1)
    (now,) = read_frame(small, OPERATOR).interventions
    (found,) = then(small, before)
    assert (found.areas, found.polygon) == (("01",), now.polygon)
