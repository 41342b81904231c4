"""Which areas are compared with, and what the set is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.statistics.effect import effect
from data_access.facts import facts
from data_access.frame import read_shapes
from data_access.permissions import LOCAL_VIEWER
from geo.neighbours import neighbourhood
from tests.dashboard.situation.made_trials import made_trial

if TYPE_CHECKING:
    from data_access.database import Database


@pytest.mark.parametrize(("late", "name"), [(1.0, "matched"), (3.0, "all")])
def test_when_too_few_went_the_same_way_all_are_compared_with_and_called_so(
    sample: Database, late: float, name: str
) -> None:
    known = facts(sample, LOCAL_VIEWER)
    around = neighbourhood(read_shapes(sample, LOCAL_VIEWER, known.frame.area_set).districts)  # type: ignore[arg-type]
    trial = made_trial(known, around, before=68, per_week=8.0, late=late)
    found = effect(trial.counts, trial.design, draws=40)
    assert found.comparison_name == name
    assert all(other.name != name for other in found.alternatives)
