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


def test_hours_that_are_too_small_have_a_colour_of_their_own():
    weights = np.where(np.arange(168) % 2, np.nan, 0.0)
    weights[:2] = 12, 7.5
    chart = hours(weights, SV, few="<5")
    picture = svg(chart)
    assert picture.count('fill="#e1e5e6"') == 83
    assert picture.count('fill="#f7f9f8"') >= 83
    assert svg(hours(np.nan_to_num(weights), SV)).count('fill="#e1e5e6"') == 0
    assert chart.columns["weight_words"][:4] == [None, None, None, "<5"]
    assert chart.table.iloc[:4, 1].tolist() == [12.0, 7.5, 0.0, "<5"]
    assert chart.notes[0].startswith("Grå rutor: <5.")
    assert hours(np.ones(168), SV, few="<5").notes == ()


def test_where_no_hour_is_told_the_grid_is_still_there():
    picture = svg(hours(np.full(168, np.nan), SV, few="<5"))
    assert picture.count('fill="#e1e5e6"') == 168
    assert "NaN" not in picture
