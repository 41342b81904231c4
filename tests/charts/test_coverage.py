from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.coverage import STATES, coverage
from dashboard.texts import texts
from tests.charts.drawing import rows, words

SV = texts("sv")
MONDAY = date(2024, 1, 1)


def strip(**sources):
    weeks = [
        (name, MONDAY + timedelta(weeks=i), state)
        for name, states in sources.items()
        for i, state in enumerate(states)
    ]
    return dict(zip(("source", "week_start", "state"), map(list, zip(*weeks, strict=True)), strict=True))


def day(ms):
    return datetime.fromtimestamp(ms / 1000, tz=UTC).date()


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
    runs = rows(coverage(weeks, SV))
    back = [
        (run["source"], day(run["from_at"]) + timedelta(weeks=i), run["state"])
        for run in runs
        for i in range((day(run["to_at"]) - day(run["from_at"])).days // 7)
    ]
    assert sorted(back) == sorted(zip(*weeks.values(), strict=True))
    assert not any(a["source"] == b["source"] and a["state"] == b["state"] for a, b in pairwise(runs))


def test_a_gap_between_weeks_is_not_drawn_as_delivered():
    weeks = {name: [*values[:2], *values[3:]] for name, values in strip(Polisen=["delivered"] * 5).items()}
    assert len(rows(coverage(weeks, SV))) == 2


def test_no_source_draws_nothing():
    assert rows(coverage({"source": [], "week_start": [], "state": []}, SV)) == []


def test_unknown_state_names_both():
    with pytest.raises(ValueError, match=r"delivered, silent.*asleep"):
        coverage(strip(Polisen=["asleep"]), SV)


def test_axis_can_be_left_to_the_trend_above():
    assert "2024" in words(coverage(strip(Polisen=["delivered"] * 60), SV))
    assert "2024" not in words(coverage(strip(Polisen=["delivered"] * 60), SV, has_axis=False))
