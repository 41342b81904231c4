import re
from datetime import date, timedelta

import pytest

from dashboard.charts.lanes import lanes
from dashboard.charts.trend import LaneClick, trend
from dashboard.charts.trend_marks import LANE, SELECTED, WEEK
from dashboard.look import look
from dashboard.texts import texts
from tests.charts.drawing import Planned, rows, svg, words

MONDAY = date(2024, 1, 1)
SV, EN = texts("sv"), texts("en")


def weeks(count=104, **columns):
    starts = [MONDAY + timedelta(weeks=i) for i in range(count)]
    return {"week_start": starts, "count": [1000 + i for i in range(count)], **columns}


def placed(*interventions):
    return lanes(interventions, MONDAY, MONDAY + timedelta(weeks=104))


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
    chart = trend(weeks(), SV, lanes=placed(Planned("Ny belysning, Åkerby", date(2024, 6, 3))))
    assert "Ny belysning, Åkerby" in words(chart)
    assert chart.spec["height"] > trend(weeks(), SV).spec["height"]
    assert [row["words"] for row in rows(chart) if row["part"] == LANE] == ["sedan 2024-06-03"]


def test_a_lane_of_other_places_steps_back_and_stays_where_it_is():
    lane = placed(Planned("Ny belysning", date(2024, 6, 3)))
    near, behind = trend(weeks(), SV, lanes=lane), trend(weeks(), SV, lanes=lane, behind=lane)
    assert behind.spec is near.spec
    assert svg(near).count('opacity="0.32"') == 0
    assert svg(behind).count('opacity="0.32"') > 0
    assert "Ny belysning" in svg(behind)


def test_a_lane_says_what_a_click_asks_for_and_stands_out_when_it_is_asked_for():
    lane = placed(Planned("Ny belysning", date(2024, 6, 3)), Planned("Vakter", date(2024, 7, 1)))
    clicks = [LaneClick("areas=01", is_chosen=False), LaneClick("areas=02", is_chosen=True)]
    open_, chosen = trend(weeks(), SV, lanes=lane), trend(weeks(), SV, lanes=lane, clicks=clicks)
    assert chosen.spec is open_.spec
    said = [(row["query"], row["is_chosen"]) for row in rows(chosen)]
    assert said == [(None, None)] * 104 + [("areas=01", False), ("areas=02", True)]
    outline = f'stroke="{look("light").selected}" stroke-width="1.75"'
    assert (svg(open_).count(outline), svg(chosen).count(outline)) == (0, 1)


def test_intervention_after_the_last_week_is_left_out():
    assert placed(Planned("Senare", MONDAY + timedelta(weeks=500))) == []


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
        trend(weeks() | {"count": [5] * 104}, SV, selected=(MONDAY, date(2024, 2, 4))),
    )
    assert first.spec is second.spec
    assert rows(first) != rows(second)


def test_selected_days_are_shaded_to_the_end_of_the_last():
    shade = rows(trend(weeks(), SV, selected=(MONDAY, date(2024, 1, 7))))[-1]
    assert (shade["part"], shade["to_at"] - shade["from_at"]) == (SELECTED, 7 * 86_400_000)


def test_days_outside_the_weeks_do_not_stretch_them():
    years_ago = (date(1990, 1, 1), date(1990, 12, 31))
    assert rows(trend(weeks(), SV, selected=years_ago)) == rows(trend(weeks(), SV))


def test_rows_begin_with_the_weeks_in_words_and_in_order():
    shown = [row for row in rows(trend(weeks(), SV)) if row["part"] == WEEK]
    assert [row["count"] for row in shown] == weeks()["count"]
    assert shown[1]["words"] == "v. 2 2024 (8/1\u201314/1)"


def test_table_has_one_row_per_week_under_human_headers():
    table = trend(weeks(before=[900.0] * 104), SV).table
    assert list(table.columns) == ["Vecka", "Antal", "Jämförbar period", "Källor utan uppgifter", "Komplett"]
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


def test_a_week_that_is_too_small_leaves_the_curve_open():
    counts = [20.0] * 10
    counts[3], counts[5] = float("nan"), float("nan")
    before = [float("nan")] * 4 + [9.0, float("nan")] + [9.0] * 4
    compared = [False] * 4 + [True] * 6
    chart = trend(weeks(10, before=before, is_compared=compared) | {"count": counts}, SV, few="<5")
    shown = rows(chart)
    assert [row["count_words"] for row in shown][2:6] == [None, "<5", None, "<5"]
    assert [row["before_words"] for row in shown][2:6] == [None, None, None, "<5"]
    assert [row["is_alone"] for row in shown].index(True) == 4
    assert chart.notes == ("Luckor i kurvan: veckor med <5 händelser.",)
    assert chart.table["Antal"].tolist()[2:5] == [20, "<5", 20]
    assert chart.table["Jämförbar period"].isna().tolist() == [True] * 4 + [False] * 6
    curve = [path for path in re.findall(r'<path[^>]*d="([^"]+)"[^>]*>', svg(chart)) if path.count("M") == 3]
    assert curve
    assert "NaN" not in svg(chart)


def test_where_every_week_is_told_the_curve_is_whole():
    chart = trend(weeks(10), SV, few="<5")
    assert chart.notes == ()
    assert not any(row["is_alone"] for row in rows(chart))
    assert list(chart.table["Antal"]) == [1000 + i for i in range(10)]


def test_the_scale_reaches_every_week_also_where_small_counts_are_not_told():
    told, some = (words(trend(weeks(10), SV, few=few)) for few in ("", "<5"))
    assert "500" in told
    assert some == told
    band = trend(weeks(10, low=[900] * 10, high=[1500] * 10, before=[900] * 10), SV, few="<5")
    assert "1\u00a0500" in words(band)


def test_the_scale_reaches_somewhere_where_no_week_is_told():
    chart = trend(weeks(10) | {"count": [float("nan")] * 10}, SV, few="<5")
    assert {"0", "4"} <= set(words(chart))
