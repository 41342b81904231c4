from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_data import Window, incidents, truth, window
from sample_data.districts import DISTRICTS
from sample_data.intensity import SILENT_WEEKS, TOTAL, effects, intensity
from sample_data.interventions import INTERVENTIONS, PEAK_WEEKS, ring_around
from sample_data.kinds import CODES, KINDS, ORGANISATIONS
from sample_data.town import town


@pytest.fixture(scope="module")
def drawn():
    return incidents(7)


def cells(one, areas, weeks):
    """Positions of an intervention's types, the given districts and weeks."""
    types = [CODES.index(code) for code in one.categories]
    return np.ix_(types, [town().index(code) for code in areas], list(weeks))


def treated_weeks(one, period):
    return range(one.start_week, one.end_week or period.weeks)


def test_the_same_seed_draws_the_same_incidents(drawn):
    again = incidents(7)
    for name, column in drawn.columns().items():
        assert np.array_equal(column, again.columns()[name]), name


@given(seed=st.integers(0, 2**31))
@settings(max_examples=4, deadline=None)
def test_another_seed_draws_another_sample_of_the_same_size(drawn, seed):
    other = incidents(seed + 8)
    assert 0.95 * TOTAL < len(other) < 1.05 * TOTAL
    assert not np.array_equal(other.x_m[:1000], drawn.x_m[:1000])


def test_expected_numbers_add_up_to_the_total():
    assert intensity(window()).expected.sum() == pytest.approx(TOTAL)


def test_every_row_is_inside_its_district(drawn):
    codes = [district.code for district in DISTRICTS]
    for code, shape in zip(codes, town().shapes, strict=True):
        own = drawn.area_code == code
        assert shapely.intersects_xy(shape, drawn.x_m[own], drawn.y_m[own]).all(), code


def test_times_are_ordered_and_inside_the_period(drawn):
    period = window()
    assert (drawn.occurred_from <= drawn.occurred_to).all()
    assert (np.diff(drawn.occurred_from.astype(np.int64)) >= 0).all()
    assert drawn.occurred_from.min() >= np.datetime64(period.first_day)
    assert drawn.occurred_to.max() < np.datetime64(period.last_day) + np.timedelta64(1, "D")


def test_no_clock_time_that_does_not_exist(drawn):
    for moments in (drawn.occurred_from, drawn.occurred_to):
        for day in ("2024-03-31", "2025-03-30", "2026-03-29"):
            skipped = (moments >= np.datetime64(f"{day}T02:00")) & (moments < np.datetime64(f"{day}T03:00"))
            assert not skipped.any()


def test_only_unseen_kinds_have_intervals_and_burglaries_mostly_do(drawn):
    with_span = {kind.code for kind in KINDS if kind.span}
    is_interval = drawn.occurred_from != drawn.occurred_to
    assert set(drawn.type_code[is_interval]) <= with_span
    assert is_interval[drawn.type_code == "burglary_home"].mean() > 0.75


def test_all_types_and_organisations_occur(drawn):
    assert set(drawn.organisation) == set(ORGANISATIONS)
    assert len(set(CODES) - set(drawn.type_code)) <= 1
    assert drawn.severity.min() >= 1
    assert drawn.severity.max() <= 5


def test_silent_weeks_have_no_row_of_the_silent_organisation(drawn):
    for organisation, weeks in SILENT_WEEKS.items():
        own_weeks = drawn.week[drawn.organisation == organisation]
        assert not np.isin(own_weeks, weeks).any()
        assert len(np.unique(own_weeks)) == window().weeks - len(weeks)


def test_district_weeks_vary_more_than_poisson(drawn):
    codes = np.array([district.code for district in DISTRICTS])
    counts = np.zeros((len(codes), window().weeks))
    np.add.at(counts, (np.searchsorted(codes, drawn.area_code), drawn.week), 1)
    expected = intensity(window()).expected.sum(axis=0)
    pearson = ((counts - expected) ** 2 / np.maximum(expected, 1e-9))[expected > 5]
    assert 1.4 < pearson.mean() < 4.0


def test_hot_places_are_not_stacked_on_one_coordinate(drawn):
    _, counts = np.unique(np.column_stack([drawn.x_m, drawn.y_m]), axis=0, return_counts=True)
    assert counts.max() < 30


@pytest.mark.parametrize("one", INTERVENTIONS, ids=lambda one: one.title)
def test_the_planted_ratio_is_in_the_expected_numbers(one):
    period = window()
    factor, others = effects(period), np.ones((len(CODES), len(DISTRICTS), period.weeks))
    for other in INTERVENTIONS:
        if other is not one:
            others[cells(other, other.areas, treated_weeks(other, period))] *= other.rate_ratio
            ring = cells(other, ring_around(other.areas), treated_weeks(other, period))
            others[ring] *= other.ring_rate_ratio or 1.0
            peak = range(other.start_week - PEAK_WEEKS, other.start_week)
            others[cells(other, other.areas, peak)] *= other.peak_ratio or 1.0
    treated = cells(one, one.areas, treated_weeks(one, period))
    assert np.allclose(factor[treated], one.rate_ratio * others[treated])
    peak = cells(one, one.areas, range(one.start_week - PEAK_WEEKS, one.start_week))
    assert np.allclose(factor[peak], (one.peak_ratio or 1.0) * others[peak])


def test_nothing_is_planted_far_away_or_before_the_first_start():
    period = window()
    factor = effects(period)
    first = min(one.start_week for one in INTERVENTIONS)
    assert (factor[:, :, : first - PEAK_WEEKS] == 1).all()
    assert (factor[:, town().index("0702")] == 1).all()


def test_displacement_goes_to_the_neighbours_only():
    one = next(one for one in INTERVENTIONS if one.trap == "displacement")
    ring = ring_around(one.areas)
    assert one.ring_rate_ratio is not None
    assert one.ring_rate_ratio > 1
    assert not set(ring) & set(one.areas)
    others = {code for each in INTERVENTIONS if each is not one for code in each.areas}
    factor = effects(window())
    for code in set(ring) - others:
        assert np.allclose(factor[cells(one, (code,), treated_weeks(one, window()))], one.ring_rate_ratio)


def test_the_two_overlapping_interventions_meet_in_place_time_and_types():
    first, second = (one for one in INTERVENTIONS if one.trap == "overlap")
    assert set(first.areas) & set(second.areas)
    assert set(first.categories) & set(second.categories)
    assert set(treated_weeks(first, window())) & set(treated_weeks(second, window()))


def test_most_real_effects_are_large_enough_to_be_seen():
    planted = truth(window())["interventions"]
    real = [one for one in planted if one["rate_ratio"] != 1]
    assert sum(one["expected_without"] >= 60 for one in real) >= len(real) - 1
    assert min(one["expected_without"] for one in planted) < 60


def test_the_mean_of_many_draws_shows_the_planted_ratio():
    one = next(one for one in INTERVENTIONS if one.kind == "clearing")
    weeks = treated_weeks(one, window())
    counted = [
        np.sum(
            np.isin(draw.type_code, one.categories)
            & np.isin(draw.area_code, one.areas)
            & np.isin(draw.week, weeks)
        )
        for draw in map(incidents, range(12))
    ]
    planted = next(row for row in truth(window())["interventions"] if row["title"] == one.title)
    assert np.mean(counted) == pytest.approx(planted["expected_without"] * one.rate_ratio, rel=0.08)


def test_a_later_today_moves_the_window(drawn):
    later = incidents(7, today=date(2027, 2, 3))
    period = Window(date(2024, 2, 5))
    assert window(date(2027, 2, 3)) == period
    assert later.occurred_from.min() >= np.datetime64(period.first_day)
    assert len(later) == pytest.approx(len(drawn), rel=0.05)
