from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.charts.expected import expected
from dashboard.charts.expected_marks import DOSE, LANE, PERIOD, START
from dashboard.look import look
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.evaluations import evaluation, without_effect

SV, EN = texts("sv"), texts("en")


def parts(chart, part):
    return [row for row in rows(chart) if row["part"] == part]


def test_says_what_happened_what_was_expected_and_when_it_started():
    shown = words(expected(evaluation(), SV))
    assert {"Faktiskt antal", "Väntat utan insatsen", "Så mycket varierar det av slump"} <= set(shown)
    assert "Start 18 februari 2026" in shown
    assert "Started 18 February 2026" in words(expected(evaluation(), EN))


def test_every_week_of_the_window_is_there_with_its_part():
    of = evaluation(weeks=(52, 6, 26))
    weeks = parts(expected(of, SV), PERIOD)
    assert [row["role"] for row in weeks] == of.effect.weekly.role.tolist()
    assert [row["observed"] for row in weeks] == of.effect.weekly.observed.tolist()
    assert weeks[0]["words"] == "v. 2 2025 (6/1\u201312/1)"


def test_weeks_that_are_left_out_are_open_points_and_explained():
    chart = expected(evaluation(weeks=(52, 6, 26)), SV)
    assert sum(row["role"] == LEFT_OUT for row in parts(chart, PERIOD)) == 6
    assert svg(chart).count('fill="#ffffff"') >= 6
    assert chart.notes[0].startswith("Ringar:")
    assert expected(evaluation(weeks=(52, 0, 26)), SV).notes == ()


def test_few_events_are_drawn_by_four_weeks_and_the_unit_says_so():
    chart = expected(evaluation(per_week=1.5, weeks=(40, 4, 21)), SV)
    assert chart.unit == "händelser per fyra veckor"
    assert expected(evaluation(), SV).unit == "händelser per vecka"
    assert sum(row["role"] == AFTER for row in parts(chart, PERIOD)) == 5
    assert "Den sista veckan" in " ".join(chart.notes)
    assert chart.table.columns[0] == "Veckor"
    assert chart.table.iloc[0, 0] == "v. 2 2025 \u2013 v. 5 2025"


def test_the_intervention_comes_first_among_all_measures():
    chart = expected(evaluation(others=3), SV)
    lanes = parts(chart, LANE)
    assert [lane["label"] for lane in lanes][:2] == ["Ny belysning i Hamnen", "Klottersanering"]
    assert [lane["lane"] for lane in lanes] == [0, 1, 2, 3]
    assert look("light").sequential[2] in svg(chart)
    assert {"Ny belysning i Hamnen", "Klottersanering"} <= set(words(chart))


@pytest.mark.parametrize("width", [254, 900, 1800])
def test_labels_of_lanes_end_within_the_chart(width):
    shown = words(expected(evaluation(others=3), SV), width)
    assert sum(text.startswith(("Ny bel", "Klotter", "Trygg", "Kameror")) for text in shown) == 4
    assert ("Trygghetsvandring med hyresgästerna" in shown) == (width > 500)


def test_the_dose_stands_under_the_weeks_it_was_delivered_in():
    chart = expected(evaluation(), SV)
    doses = parts(chart, DOSE)
    assert max(row["share"] for row in doses) == 1
    assert datetime.fromtimestamp(doses[0]["from_at"] / 1000, tz=UTC).date() == date(2026, 2, 16)
    assert "Levererat: timmar fotpatrull per vecka (som mest 14)" in words(chart)
    assert "Levererat (timmar fotpatrull)" in chart.table.columns
    without = expected(evaluation(dose=0), SV)
    assert parts(without, DOSE) == []
    assert "Levererat" not in without.table.columns
    assert without.spec["height"] < chart.spec["height"]


def test_a_week_that_is_too_small_leaves_the_curve_open():
    of = evaluation(fewest=5, per_week=6)
    chart = expected(of, SV)
    assert "<5" in [row["observed_words"] for row in parts(chart, PERIOD)]
    assert "<5" in chart.table["Faktiskt antal"].tolist()
    assert chart.notes[-1] == "Luckor i kurvan: <5 händelser."
    assert "NaN" not in svg(chart)


def test_where_nothing_was_expected_the_line_is_open():
    of = evaluation()
    for values in (of.effect.weekly.expected, of.effect.weekly.low, of.effect.weekly.high):
        values[60:70] = float("nan")
    chart = expected(of, SV)
    assert parts(chart, PERIOD)[65]["expected"] is None
    assert "NaN" not in svg(chart)


def test_the_start_is_named_on_the_side_with_room():
    early, late = (expected(evaluation(weeks=weeks), SV) for weeks in ((8, 0, 60), (60, 0, 8)))
    assert [parts(chart, START)[0]["share"] < 0.5 for chart in (early, late)] == [True, False]


def test_new_counts_leave_the_specification_untouched():
    assert expected(evaluation(seed=1), SV).spec is expected(evaluation(seed=2), SV).spec


def test_without_an_effect_nothing_is_drawn():
    with pytest.raises(ValueError, match="Ny belysning i Hamnen"):
        expected(without_effect(), SV)


def with_roles(of, role):
    return replace(of, effect=replace(of.effect, weekly=replace(of.effect.weekly, role=role)))


def test_only_weeks_just_before_the_start_are_called_so():
    of = evaluation(weeks=(52, 6, 26))
    role = of.effect.weekly.role.copy()
    near = expected(of, SV)
    assert near.notes[0] == SV("effect_chart.note_trigger")
    role[70:73] = LEFT_OUT
    both = expected(with_roles(of, role), SV)
    assert both.notes[0] == SV("effect_chart.note_left_out")
    told = [row["role_words"] for row in parts(both, PERIOD) if row["role"] == LEFT_OUT]
    assert told == [SV("effect_chart.role_trigger")] * 6 + [SV("effect_chart.role_left_out")] * 3
    role[52:58] = BASELINE
    late = expected(with_roles(of, role), SV)
    assert late.notes[0] == SV("effect_chart.note_left_out_else")
    assert "före" not in late.notes[0]
