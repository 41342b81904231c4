"""What is said of the time before a start, also when little is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.situation.caveats_before import peak
from dashboard.statistics.effect import effect
from data_access.facts import facts
from data_access.frame import read_shapes
from data_access.permissions import LOCAL_VIEWER
from geo.neighbours import neighbourhood
from tests.dashboard.situation.made_trials import made_trial

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.facts import Facts
    from geo.neighbours import Neighbourhood


@pytest.fixture(scope="module")
def known(sample: Database) -> Facts:
    return facts(sample, LOCAL_VIEWER)


@pytest.fixture(scope="module")
def around(sample: Database, known: Facts) -> Neighbourhood:
    return neighbourhood(read_shapes(sample, LOCAL_VIEWER, known.frame.area_set).districts)  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "weekday"), [(16, 0), (20, 2), (30, 0), (33, 2)])
def test_a_peak_that_stays_in_a_short_baseline_is_told(
    known: Facts, around: Neighbourhood, before: int, weekday: int
) -> None:
    trial = made_trial(known, around, before=before, weekday=weekday, led=3.0)
    (said,) = peak(trial, effect(trial.counts, trial.design, draws=40))
    assert said.key == "peak_in_baseline"
    assert said.values["weeks"] == 8
    assert 1.5 < said.values["ratio"] < 4.5


def test_with_a_long_history_the_peak_is_cut_and_told(known: Facts, around: Neighbourhood) -> None:
    trial = made_trial(known, around, before=60, led=3.0)
    (said,) = peak(trial, effect(trial.counts, trial.design, draws=40))
    assert said.key == "baseline_peak"


@pytest.mark.parametrize("before", [9, 20, 60])
def test_even_weeks_are_seldom_called_a_peak(known: Facts, around: Neighbourhood, before: int) -> None:
    trials = [made_trial(known, around, before=before, seed=seed) for seed in range(12)]
    told = [bool(list(peak(trial, effect(trial.counts, trial.design, draws=40)))) for trial in trials]
    assert sum(told) <= 2
