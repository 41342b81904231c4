from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_data.rhythms import HOURS, MONTHS, rhythm, week_profile
from sample_data.weeks import LAST_DAY, clock_gaps, is_dark, is_school_day, window

FRIDAY_23, SATURDAY_23, TUESDAY_23 = 4 * 24 + 23, 5 * 24 + 23, 1 * 24 + 23


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_the_window_is_whole_weeks_that_end_on_the_sunday_before(today):
    period = window(today)
    assert period.first_day.weekday() == 0
    assert period.last_day.weekday() == 6
    assert timedelta(days=1) <= today - period.last_day <= timedelta(days=7)


def test_the_default_window_is_three_fixed_years():
    assert window().last_day == LAST_DAY
    assert window(LAST_DAY + timedelta(days=1)) == window()


def test_schools_are_closed_on_weekends_and_in_july():
    period = window()
    is_open = is_school_day(period)
    july = (period.month_day >= 701) & (period.month_day <= 731)
    assert not is_open[:, 5:].any()
    assert not is_open[july].any()
    assert 500 < is_open.sum() < 560


def test_winter_afternoons_are_dark_and_summer_evenings_light():
    period = window()
    dark = is_dark(period)
    december, midsummer = period.month_day == 1215, period.month_day == 620
    assert dark[december][:, 17].all()
    assert not dark[midsummer][:, 20].any()
    assert dark[midsummer][:, 0].all()


def test_the_skipped_hour_is_the_second_of_the_last_sunday_in_march():
    period = window()
    week, weekday, hour = np.nonzero(clock_gaps(period))
    days = [period.day(int(w), int(d)) for w, d in zip(week, weekday, strict=True)]
    assert days == [date(2024, 3, 31), date(2025, 3, 30), date(2026, 3, 29)]
    assert set(hour) == {2}


@pytest.mark.parametrize("hours", HOURS)
def test_week_profiles_are_distributions(hours):
    profile = week_profile(hours)
    assert profile.shape == (168,)
    assert profile.min() >= 0
    assert profile.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("months", MONTHS)
def test_rhythms_have_a_mean_week_of_one_and_skip_the_missing_hour(months):
    period = window()
    share = rhythm(months, "night_out", period)
    assert share.sum() == pytest.approx(period.weeks)
    assert (share.reshape(period.weeks, 7, 24)[clock_gaps(period)] == 0).all()


def test_nights_out_peak_on_friday_and_saturday():
    profile = week_profile("night_out")
    assert min(profile[FRIDAY_23], profile[SATURDAY_23]) > 4 * profile[TUESDAY_23]


def test_school_rhythms_rest_in_summer():
    period = window()
    share = rhythm("terms", "school_day", period).sum(axis=1)
    july = (period.month_day[:, 0] >= 701) & (period.month_day[:, 6] <= 731)
    assert share[july].max() < 0.1 < share.max()


def test_dark_hours_follow_the_sun():
    period = window()
    share = rhythm("flat", "dark_hours", period)
    eighteen = share[:, 18]
    december = period.month_day[:, 0] // 100 == 12
    june = period.month_day[:, 0] // 100 == 6
    assert eighteen[december].min() > 5 * eighteen[june].max()


def test_burglaries_gather_around_the_turn_of_the_year():
    period = window()
    share = rhythm("home_winter", "away", period).sum(axis=1)
    month = period.month_day[:, 3] // 100
    assert share[np.isin(month, (11, 12, 1))].mean() > 1.4 * share[np.isin(month, (4, 5, 6))].mean()


def test_fireworks_belong_to_new_year():
    period = window()
    share = rhythm("fireworks", "evening", period).sum(axis=1)
    new_year = (period.month_day == 1231).any(axis=1)
    assert share[new_year].min() > 8
