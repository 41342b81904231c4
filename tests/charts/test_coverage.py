from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.coverage import STATES, coverage
from dashboard.texts import texts
from tests.charts.drawing import words

SV = texts("sv")
MONDAY = date(2024, 1, 1)


def strip(**sources):
    return pd.DataFrame(
        [
            (name, MONDAY + timedelta(weeks=i), state)
            for name, states in sources.items()
            for i, state in enumerate(states)
        ],
        columns=["source", "week_start", "state"],
    )


def test_says_who_was_silent_and_when():
    chart = coverage(
        strip(Polisen=["delivered"] * 6, Skolor=["delivered", "silent", "silent", "delivered"]), SV
    )
    assert {"Polisen", "Skolor", "Tyst"} <= set(words(chart))
    silent = chart.table[chart.table["Läge"] == "Tyst"]
    assert silent["Period"].tolist() == ["v. 2 2024 \u2013 v. 3 2024"]


@given(st.lists(st.lists(st.sampled_from(STATES), min_size=1, max_size=30), min_size=1, max_size=5))
def test_runs_hold_every_week_once_and_never_touch_their_like(sources):
    weeks = strip(**{f"Källa {i}": states for i, states in enumerate(sources)})
    runs = coverage(weeks, SV).data
    back = [
        (run.source, (run.from_at + pd.Timedelta(weeks=i)).date(), run.state)
        for run in runs.itertuples()
        for i in range((run.to_at - run.from_at).days // 7)
    ]
    assert sorted(back) == sorted(weeks.itertuples(index=False, name=None))
    before = runs.shift()
    assert not ((runs["source"] == before["source"]) & (runs["state"] == before["state"])).any()


def test_a_gap_between_weeks_is_not_drawn_as_delivered():
    weeks = strip(Polisen=["delivered"] * 5).drop(index=2)
    assert len(coverage(weeks, SV).data) == 2


def test_unknown_state_names_both():
    with pytest.raises(ValueError, match=r"delivered, silent.*asleep"):
        coverage(strip(Polisen=["asleep"]), SV)


def test_axis_can_be_left_to_the_trend_above():
    assert "2024" in words(coverage(strip(Polisen=["delivered"] * 60), SV))
    assert "2024" not in words(coverage(strip(Polisen=["delivered"] * 60), SV, has_axis=False))
