from dataclasses import replace

import pytest

from dashboard.charts.interval_marks import HIGHEST, LOWEST, ROW, TICK
from dashboard.charts.intervals import change_in_words, intervals, overview_intervals
from dashboard.look import look
from dashboard.situation.evaluation import Said
from dashboard.statistics.outcome import Interval, Outcome
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.evaluations import evaluation, without_effect

SV, EN = texts("sv"), texts("en")
SPACE = "\u00a0"


def parts(chart, part):
    return [row for row in rows(chart) if row["part"] == part]


def test_target_ring_and_both_stand_under_each_other_with_words_and_numbers():
    chart = intervals(evaluation(), SV)
    shown = words(chart)
    assert [row["head"] for row in parts(chart, ROW)] == [
        "Insatsens områden",
        "Områdena runt om",
        "Tillsammans",
    ]
    assert "Insatsens områden: färre än väntat" in shown
    assert "Områdena runt om: ingen tydlig skillnad" in shown
    assert {f"\u221250{SPACE}%", "0", f"+100{SPACE}%"} <= set(shown)
    assert {"\u221250%", "+100%"} <= set(words(intervals(evaluation(), EN)))


def test_on_a_narrow_page_the_words_give_way_to_the_numbers():
    shown = words(intervals(evaluation(), SV), 330)
    assert "Insatsens områden" in shown
    assert parts(intervals(evaluation(), SV), ROW)[0]["written"] in shown


def test_without_a_ring_there_is_one_row():
    chart = intervals(evaluation(has_ring=False), SV)
    assert [row["head"] for row in parts(chart, ROW)] == ["Insatsens områden"]
    assert chart.spec["height"] < intervals(evaluation(), SV).spec["height"]


def test_other_comparisons_are_ticks_on_the_target():
    of = evaluation()
    chart = intervals(of, SV)
    assert [row["value"] for row in parts(chart, TICK)] == pytest.approx(
        [one.ratio for one in of.effect.alternatives], abs=1e-4
    )
    assert {row["row"] for row in parts(chart, TICK)} == {0}
    assert len(chart.notes) == 2
    assert len(chart.table) == 3
    object.__setattr__(of.effect, "alternatives", ())
    assert len(intervals(of, SV).notes) == 1


def test_numbers_of_the_picture_are_those_of_the_table():
    chart = intervals(evaluation(), SV)
    ratio = evaluation().effect.target.ratio
    row = chart.table.iloc[0]
    assert row["Skillnad, procent"] == round(100 * (ratio.value - 1))
    assert row["Lägst, procent"] == round(100 * (ratio.low - 1))
    assert list(chart.table.columns) == [
        "Plats eller insats",
        "Bedömning",
        "Faktiskt antal",
        "Väntat utan insatsen",
        "Skillnad, procent",
        "Lägst, procent",
        "Högst, procent",
        "Varför inte",
    ]


def test_an_interval_without_end_is_cut_and_says_so():
    of = evaluation(has_ring=False)
    object.__setattr__(of, "effect", replace(of.effect, target=Outcome(9, Interval(1.0, 0.01, 400.0))))
    (row,) = parts(intervals(of, SV), ROW)
    assert (row["low"], row["high"]) == (LOWEST, HIGHEST)
    assert row["written"] == f"+800{SPACE}% (< \u221290{SPACE}% till > +900{SPACE}%)"
    assert "NaN" not in svg(intervals(of, SV))


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.66, "\u221234{}%"),
        (1.0, "0{}%"),
        (0.999, "0{}%"),
        (1.005, "0{}%"),
        (2.5, "+150{}%"),
        (0.05, "< \u221290{}%"),
        (float("inf"), "> +900{}%"),
    ],
)
def test_a_ratio_is_said_as_a_change(ratio, said):
    assert change_in_words(ratio, SV) == said.format(SPACE)
    assert change_in_words(ratio, EN) == said.format("")


def many():
    return [
        evaluation(title="Belysning", ratio=0.6),
        evaluation(title="Kameror", ratio=1.6, seed=4),
        evaluation(title="Vandring", ratio=1.0, seed=5),
        without_effect(title="Ny", problem=Said("no_baseline", {"weeks": 4, "fewest": 8})),
    ]


def test_the_overview_has_a_row_per_intervention_in_the_order_given():
    chart = overview_intervals(many(), SV)
    assert [row["head"] for row in rows(chart)] == ["Belysning", "Kameror", "Vandring", "Ny"]
    assert [row["tone"] for row in rows(chart)] == ["less", "more", "grey", "grey"]
    assert "Belysning: färre än väntat" in words(chart)
    picture = svg(chart)
    assert {look("light").diverging[1], look("light").diverging[5]} <= set(picture.replace('"', " ").split())
    assert look("light").accent not in picture


def test_an_intervention_without_an_effect_says_why():
    chart = overview_intervals(many(), SV)
    why = "Före starten finns 4 veckor med uppgifter, och det behövs minst 8."
    assert why in words(chart)
    assert rows(chart)[-1]["value"] is None
    assert chart.table["Varför inte"].tolist()[-1] == why
    assert "null" not in words(chart)


def test_an_overview_of_nothing_is_empty():
    assert rows(overview_intervals([], SV)) == []
    assert words(overview_intervals([without_effect()], SV))


def hidden(target, ring):
    """An evaluation for a viewer who is not told counts under five."""
    of = evaluation(fewest=5)
    found = {"target": target, "ring": ring, "net": target + ring}
    outcomes = {name: Outcome(count, Interval(20.0, 10.0, 40.0)) for name, count in found.items()}
    object.__setattr__(of, "effect", replace(of.effect, **outcomes))
    return of


@pytest.mark.parametrize(
    ("target", "ring", "told"),
    [
        (9, 9, [True, True, True]),
        (0, 9, [True, True, True]),
        (3, 9, [False, True, False]),
        (9, 3, [True, False, False]),
        (2, 2, [False, False, False]),
    ],
)
def test_a_count_that_is_too_small_can_neither_be_read_nor_worked_out(target, ring, told):
    chart = intervals(hidden(target, ring), SV)
    shown = parts(chart, ROW)
    assert [row["observed"] is not None for row in shown] == told
    assert [row["value"] is not None for row in shown] == told
    assert [row["why"] == "<5 händelser" for row in shown] == [not one for one in told]
    assert bool(parts(chart, TICK)) == told[0]
    (row,) = rows(overview_intervals([hidden(target, ring)], SV))
    assert (row["observed"] is not None, row["value"] is not None) == (told[0], told[0])


def test_too_few_events_give_words_in_place_of_an_estimate():
    of = evaluation(per_week=0.3, seed=3)
    assert of.effect.verdict == "too_few"
    chart = intervals(of, SV)
    why = "För få händelser att bedöma"
    assert [row["why"] for row in rows(chart)] == [why]
    assert why in words(chart)
    assert rows(overview_intervals([of], SV))[0]["why"] == why
    assert not any("%" in text for text in words(chart) if "\u221250" not in text and "+100" not in text)
