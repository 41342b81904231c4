import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.statistics.two_way import fitted_weeks


def expected_by_model(counts, is_known):
    """Levels of the weeks by the general model: one column per area and per week, the last week at 1."""
    areas, weeks = counts.shape
    area, week = np.nonzero(is_known)
    matrix = np.zeros((len(area), areas + weeks))
    matrix[np.arange(len(area)), area] = matrix[np.arange(len(area)), areas + week] = 1
    fitted = sm.GLM(counts[is_known], matrix[:, :-1], family=sm.families.Poisson()).fit()
    levels = np.exp(np.append(fitted.params[areas:], 0))
    return levels / levels.mean()


@pytest.mark.parametrize("seed", range(6))
def test_weeks_are_those_of_the_poisson_model(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(np.outer(rng.uniform(2, 30, 5), rng.uniform(0.5, 2, 9))).astype(float) + 1
    is_known = np.ones(counts.shape, bool)
    is_known[0, 5:] = is_known[1, 7:] = False
    assert fitted_weeks(counts, is_known) == pytest.approx(expected_by_model(counts, is_known), rel=1e-5)


@settings(max_examples=50)
@given(st.integers(0, 2**32 - 1))
def test_rows_known_in_the_same_weeks_may_be_summed(seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(4, (6, 8)).astype(float)
    is_known = np.ones((6, 8), bool)
    is_known[4:, 5:] = False
    summed = np.stack([counts[:4].sum(axis=0), counts[4:].sum(axis=0)])
    assert fitted_weeks(summed, is_known[[0, 4]]) == pytest.approx(fitted_weeks(counts, is_known), abs=1e-6)


def test_tables_are_fitted_each_by_itself():
    rng = np.random.default_rng(1)
    tables, is_known = rng.poisson(5, (3, 4, 7)).astype(float), np.ones((4, 7), bool)
    together = fitted_weeks(tables, is_known)
    for one, found in zip(tables, together, strict=True):
        assert found == pytest.approx(fitted_weeks(one, is_known))


def test_a_week_nobody_knows_has_no_level_and_one_without_events_has_none():
    counts = np.array([[2.0, 0.0, 4.0], [3.0, 0.0, 9.0]])
    is_known = np.array([[True, True, False], [True, True, False]])
    found = fitted_weeks(counts, is_known)
    assert np.isnan(found[2])
    assert found[1] == 0


@given(st.floats(0.1, 50))
def test_more_of_everything_changes_no_level(times):
    counts = np.array([[2.0, 6.0, 4.0], [1.0, 3.0, 2.5]])
    is_known = np.ones((2, 3), bool)
    assert fitted_weeks(counts * times, is_known) == pytest.approx(fitted_weeks(counts, is_known))
