from datetime import date, timedelta

import pandas as pd
import pytest

from dashboard.charts.lanes import lanes
from dashboard.charts.trend import trend
from dashboard.texts import texts
from tests.charts.drawing import Planned, svg, words

MONDAY = date(2024, 1, 1)
SV, EN = texts("sv"), texts("en")


def weeks(count=104, **columns):
    starts = [MONDAY + timedelta(weeks=i) for i in range(count)]
    return pd.DataFrame({"week_start": starts, "count": [1000 + i for i in range(count)], **columns})


def test_speaks_swedish_with_swedish_numbers():
    shown = words(trend(weeks(), SV))
    assert "Händelser" in shown
    assert "1\u00a0000" in shown
    assert {"2025", "apr", "okt"} <= set(shown)


def test_speaks_english_with_english_numbers():
    shown = words(trend(weeks(), EN))
    assert "Incidents" in shown
    assert "1,000" in shown
    assert "Oct" in shown or "Oct." in shown


def test_comparable_period_is_named_only_when_there_is_one():
    assert "Jämförbar period" not in words(trend(weeks(), SV))
    assert "Jämförbar period" in words(trend(weeks(before=[900.0] * 104), SV))


def test_interventions_are_written_under_the_weeks_they_run():
    chart = trend(weeks(), SV, interventions=[Planned("Ny belysning, Åkerby", date(2024, 6, 3))])
    assert "Ny belysning, Åkerby" in words(chart)
    assert chart.spec["height"] > trend(weeks(), SV).spec["height"]


def test_intervention_after_the_last_week_is_left_out():
    late = Planned("Senare", MONDAY + timedelta(weeks=500))
    assert trend(weeks(), SV, interventions=[late]).spec == trend(weeks(), SV).spec


def test_incomplete_and_silent_weeks_are_marked_and_explained():
    complete, silent = [True] * 103 + [False], [""] * 100 + ["Skolorna"] * 4
    chart = trend(weeks(is_complete=complete, silent=silent), SV)
    assert len(chart.notes) == 2
    assert "4 veckor" in chart.notes[1]
    assert svg(chart).count("#c2701e") == 4
    assert svg(trend(weeks(), SV)).count("#c2701e") == 0


def test_a_new_count_leaves_the_specification_untouched():
    first, second = (
        trend(weeks(), SV),
        trend(weeks().assign(count=5), SV, selected=(MONDAY, date(2024, 2, 4))),
    )
    assert first.spec is second.spec
    assert not first.data.equals(second.data)


def test_the_brush_is_called_weeks():
    assert [p["name"] for p in trend(weeks(), SV).spec["params"]] == ["weeks"]


def test_table_has_one_row_per_week_under_human_headers():
    table = trend(weeks(before=[900.0] * 104), SV).table
    assert list(table.columns) == ["Vecka", "Antal", "Jämförbar period"]
    assert table.iloc[0, 0] == "v. 1 2024 (1/1\u20137/1)"
    assert len(table) == 104


def test_no_week_says_what_to_do():
    with pytest.raises(ValueError, match="widen the period"):
        trend(weeks(0), SV)


def test_lanes_never_overlap_within_a_row():
    ones = [
        Planned(f"Insats nummer {i}", MONDAY + timedelta(days=11 * i), MONDAY + timedelta(days=11 * i + 40))
        for i in range(20)
    ]
    placed = lanes(ones, MONDAY, MONDAY + timedelta(days=365))
    for a in placed:
        for b in placed:
            assert a is b or a.row != b.row or a.ends_on < b.starts_on or b.ends_on < a.starts_on


def test_lanes_are_cut_to_what_is_shown():
    (lane,) = lanes([Planned("Alltid", date(2000, 1, 1))], MONDAY, date(2024, 12, 31))
    assert (lane.starts_on, lane.ends_on) == (MONDAY, date(2024, 12, 31))
