import numpy as np
import pytest

from dashboard.charts.hours import hours
from dashboard.texts import texts
from tests.charts.drawing import svg, words

SV, EN = texts("sv"), texts("en")


def test_days_are_written_in_the_readers_language():
    assert {"mån", "tors", "sön", "21"} <= set(words(hours(np.arange(168), SV)))
    assert {"Mon", "Sun"} <= set(words(hours(np.arange(168), EN)))


def test_every_hour_is_a_cell_beside_the_names_of_the_days():
    picture = svg(hours(np.arange(168), SV))
    assert picture.count('stroke="#ffffff"') == 168
    assert [name for name in ("mån", "lör") if f">{name}</text>" in picture] == ["mån", "lör"]


def test_selected_cells_are_framed_and_the_others_step_back():
    chart = hours(np.ones(168), SV, selected=[0, 167])
    assert svg(chart).count("#15191b") == 2
    assert chart.columns["state"] == [1, *[2] * 166, 1]
    assert set(hours(np.ones(168), SV).columns["state"]) == {0}


def test_specification_stays_while_data_change():
    assert hours(np.ones(168), SV).spec is hours(np.arange(168), SV, selected=[4]).spec


def test_unknown_times_are_said():
    assert "1\u00a0203 av 21\u00a0004" in hours(np.ones(168), SV, unknown=1203, total=21004).notes[0]
    assert hours(np.ones(168), SV, total=21004).notes == ()


def test_wrong_shape_names_both():
    with pytest.raises(ValueError, match=r"168 weights.*\(24,\)"):
        hours(np.ones(24), SV)


def test_rows_are_hours_of_the_week_from_monday():
    columns = hours(np.arange(168), SV).columns
    assert [
        24 * day + hour for day, hour in zip(columns["weekday"], columns["hour"], strict=True)
    ] == columns["weight"]


def test_table_sums_to_the_weights():
    weights = np.round(np.random.default_rng(1).random(168) * 100, 1)
    table = hours(weights, SV).table
    assert table.iloc[:, 1:].to_numpy().sum() == pytest.approx(weights.sum())
    assert list(table.columns[:2]) == ["Klockslag", "mån"]
