"""What a plan could show, before anything begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf
from typing import TYPE_CHECKING

import pytest
import shapely

from dashboard.effects import evaluation
from dashboard.geometry import ground, neighbours
from dashboard.situation.plan import planned_weeks, rehearse
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER

if TYPE_CHECKING:
    from dashboard.situation.plan import Rehearsal
    from data_access.database import Database
    from data_access.intervention_facts import InterventionFact


@pytest.fixture(scope="module")
def plan(sample: Database) -> InterventionFact:
    one = facts(sample, LOCAL_VIEWER).frame.interventions[0]
    return replace(
        one,
        id=0,
        areas=("0402",),
        categories=("vandalism", "graffiti"),
        starts_on=date(2027, 1, 4),
        status="proposed",
    )


def rehearsed(database: Database, plan: InterventionFact) -> Rehearsal:
    known = facts(database, LOCAL_VIEWER)
    assert known.frame.area_set is not None
    return rehearse(known, neighbours(database, LOCAL_VIEWER, known.frame.area_set), plan)


def test_more_districts_types_and_weeks_show_smaller_changes(
    sample: Database, plan: InterventionFact
) -> None:
    little = rehearsed(sample, plan)
    wide = rehearsed(sample, replace(plan, areas=("0402", "0403", "0405")))
    many = rehearsed(
        sample, replace(plan, categories=(*plan.categories, "littering", "noise", "youth_disorder"))
    )
    long = rehearsed(sample, replace(plan, ends_on=date(2027, 12, 26)))
    assert little.problem is None
    for more in (wide, many, long):
        assert more.expected > little.expected
        assert more.detectable_pct is not None
        assert more.detectable_pct < (little.detectable_pct or inf)  # None: nothing would be seen


def test_a_plan_for_nearly_nothing_is_not_promising(sample: Database, plan: InterventionFact) -> None:
    nothing = rehearsed(sample, replace(plan, categories=("arson",)))
    assert not nothing.is_promising
    assert nothing.detectable_pct is None
    assert nothing.planned_pct is None
    wide = replace(plan, areas=("0101", "0102", "0103"), categories=("bicycle_theft", "noise", "fight"))
    assert rehearsed(sample, wide).is_promising


def test_a_plan_that_cannot_be_computed_says_why(
    sample: Database, empty: Database, plan: InterventionFact
) -> None:
    assert rehearsed(sample, replace(plan, areas=("9999",))).problem.key == "no_target"  # type: ignore[union-attr]
    assert rehearsed(sample, replace(plan, categories=("intimate_violence",))).problem.key == "only_monthly"  # type: ignore[union-attr]
    everything = tuple(area.code for area in facts(sample, LOCAL_VIEWER).areas)
    assert rehearsed(sample, replace(plan, areas=everything)).problem.key == "no_comparison"  # type: ignore[union-attr]
    nothing = facts(empty, LOCAL_VIEWER)
    from geo.neighbours import neighbourhood  # noqa: PLC0415 - only here

    assert rehearse(nothing, neighbourhood([]), plan).problem.key == "no_incidents"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "weeks"),
    [
        (date(2027, 1, 4), None, 26),
        (date(2027, 1, 4), date(2027, 1, 10), 1),
        (date(2027, 1, 6), date(2027, 1, 24), 2),
        (date(2027, 1, 4), date(2027, 1, 5), 1),
        (date(2027, 1, 4), date(2030, 1, 5), 52),
    ],
)
def test_weeks_are_whole_and_at_most_a_year(
    plan: InterventionFact, starts_on: date, ends_on: date | None, weeks: int
) -> None:
    assert planned_weeks(replace(plan, starts_on=starts_on, ends_on=ends_on)) == weeks


def test_an_intervention_on_a_drawn_surface_is_compared_with_districts_far_from_it(sample: Database) -> None:
    known = facts(sample, LOCAL_VIEWER)
    assert known.frame.area_set is not None
    place = [area.code for area in known.areas].index("0103")
    district = ground(sample, LOCAL_VIEWER, known.frame.area_set).districts[place]
    circle = shapely.Point(district.representative_point()).buffer(350)
    categories = (
        "bicycle_theft",
        "fight",
        "noise",
        "littering",
        "vandalism",
        "drug_use",
        "drug_dealing",
        "intoxicated",
    )
    one = replace(
        known.frame.interventions[0], id=0, areas=("0103",), categories=categories, polygon=shapely.to_wkb(circle),
        ring_m=250, starts_on=date(2024, 12, 2), ends_on=date(2025, 3, 16),
    )  # fmt: skip
    found = evaluation(sample, LOCAL_VIEWER, known, one)
    assert found is not None
    assert found.effect is not None
    assert found.target == ("0103",)
    assert "0103" not in found.comparison
    assert found.effect.ring is not None
    whole = evaluation(sample, LOCAL_VIEWER, known, replace(one, polygon=None))
    assert whole is not None
    assert whole.effect is not None
    assert 0 < found.effect.target.observed < whole.effect.target.observed
    assert set(found.comparison) <= set(whole.comparison) | {"0401"}
