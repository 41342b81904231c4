import numpy as np
import pytest

from dashboard.charts.running import running
from dashboard.statistics.outcome import Running
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.evaluations import evaluation, without_effect

SV, EN = texts("sv"), texts("en")


def with_running(*difference):
    of = evaluation(weeks=(20, 0, len(difference)))
    values = np.array(difference, float)
    object.__setattr__(of.effect, "running", Running(values, values - 5, values + 5))
    return of


def test_begins_at_no_difference_and_ends_with_the_sum():
    of = evaluation()
    chart = running(of, SV)
    shown = rows(chart)
    assert shown[0]["difference"] == 0
    assert shown[-1]["difference"] == pytest.approx(of.effect.running.difference[-1], abs=0.06)
    assert shown[1]["end_at"] - shown[0]["end_at"] == 7 * 86_400_000
    assert len(chart.table) == of.effect.after_weeks


@pytest.mark.parametrize(
    ("last", "swedish", "english"),
    [
        (-34.2, "34 färre än väntat", "34 fewer than expected"),
        (12.0, "12 fler än väntat", "12 more than expected"),
        (0.2, "som väntat", "as expected"),
    ],
)
def test_says_in_words_where_it_stands(last, swedish, english):
    of = with_running(-2, -3, last)
    assert swedish in words(running(of, SV))
    assert english in words(running(of, EN))


def test_the_axis_speaks_of_fewer_and_more():
    shown = words(running(with_running(-20, 0, 20), SV))
    assert {"20 färre", "0", "20 fler"} <= set(shown)


def test_weeks_that_are_not_known_are_left_out():
    chart = running(with_running(-2, -3, np.nan), SV)
    assert [row["is_last"] for row in rows(chart)] == [False, False, True, False]
    assert "NaN" not in svg(chart)


def test_new_numbers_leave_the_specification_untouched():
    assert running(evaluation(seed=1), SV).spec is running(evaluation(seed=2), SV).spec


def test_without_an_effect_nothing_is_drawn():
    with pytest.raises(ValueError, match="no effect"):
        running(without_effect(), SV)


def test_where_a_week_is_hidden_only_the_last_sum_is_told():
    of = evaluation(fewest=5, per_week=6)
    chart = running(of, SV)
    shown = rows(chart)
    assert len(shown) == 2
    assert shown[1]["difference"] == pytest.approx(of.effect.running.difference[-1], abs=0.06)
    assert "<5" in chart.notes[-1]
    assert len(running(evaluation(fewest=5, per_week=60), SV).notes) == 1


def test_where_all_together_are_too_few_there_is_no_sum():
    of = evaluation(fewest=5, per_week=0.1, seed=2)
    assert 0 < of.effect.target.observed < 5
    chart = running(of, SV)
    assert [row["is_week"] for row in rows(chart)] == [False]
    assert len(chart.table) == 0
    assert "NaN" not in svg(chart)


def test_the_field_decides_no_verdict():
    for say in (SV, EN):
        (note, *_) = running(with_running(-2, -3, -4), say).notes
        assert say("effect_chart.note_zero") == note
        assert not note.startswith(("Så länge", "As long as"))
