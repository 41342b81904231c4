import pytest

from dashboard.charts.indicator_change import indicator_change
from dashboard.charts.survey_rows import ROW
from dashboard.look import look
from dashboard.situation.survey_rows import Among
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.told_surveys import SILENT, with_cell, youth

SV = texts("sv")


def by_name(chart):
    return {row["head"]: row for row in rows(chart) if row["part"] == ROW}


def test_what_rose_is_orange_bold_and_said():
    chart = indicator_change(youth(2026), youth(2024), SV)
    row = by_name(chart)["Ofrivillig frånvaro"]
    assert row["tone"] == "more"
    assert row["told"] == "tydligt ökat"
    assert 3 < row["low"] < row["value"] < row["high"] < 10
    assert look().diverging[6] in svg(chart)
    assert sum(row["is_clear"] for row in by_name(chart).values()) < 6


def test_turned_round_it_is_the_same_with_the_other_sign():
    there = by_name(indicator_change(youth(2026), youth(2024), SV))
    back = by_name(indicator_change(youth(2024), youth(2026), SV))
    row, turned = there["Ofrivillig frånvaro"], back["Ofrivillig frånvaro"]
    assert (turned["value"], turned["low"], turned["high"]) == pytest.approx(
        (-row["value"], -row["high"], -row["low"]), abs=0.11
    )
    assert turned["tone"] == "less"
    assert turned["written"].startswith("\u2212")


def test_both_numbers_and_both_counts_stand_beside():
    row = by_name(indicator_change(youth(2026), youth(2024), SV))["Ofrivillig frånvaro"]
    assert (row["before_words"], row["now_words"]) == ("11\u00a0%", "17\u00a0%")
    assert (row["n_before"], row["n"]) == (2959, 2899)
    chart = indicator_change(youth(2026), youth(2024), SV)
    assert "2\u00a0959/2\u00a0899" in words(chart)
    assert "2\u00a0959/2\u00a0899" not in {row["head"] for row in rows(chart)}
    assert [note.split(":")[0] for note in chart.notes[:2]] == [
        "Kommunen, Ungdomsenkäten 2024",
        "Kommunen, Ungdomsenkäten 2026",
    ]


def test_without_two_numbers_there_is_no_difference():
    release = with_cell(youth(2024), "school.truancy", state="hidden", precision="hidden")
    row = by_name(indicator_change(youth(2026), release, SV))["Skolk"]
    assert row["value"] is None
    assert row["why"] == "går inte att jämföra"
    assert row["before_words"] == "dolt"
    hidden = indicator_change(youth(2026), youth(2024), SV, among=Among(SILENT))
    assert {row["value"] for row in by_name(hidden).values()} == {None}
    assert any("färre än 10 svar" in note for note in hidden.notes)


def test_a_clear_change_never_seems_to_reach_none():
    now = with_cell(youth(2026), "school.truancy", share=0.16, low=0.144, high=0.176)
    before = with_cell(youth(2024), "school.truancy", share=0.14, low=0.131, high=0.151)
    row = by_name(indicator_change(now, before, SV))["Skolk"]
    assert row["is_clear"]
    assert row["range"] == "+0,1 till +3,8"
    unclear = with_cell(youth(2024), "school.truancy", share=0.14, low=0.118, high=0.162)
    assert by_name(indicator_change(now, unclear, SV))["Skolk"]["range"] == "\u22121 till +5"
    assert "+0" not in {
        row["range"] for row in by_name(indicator_change(youth(2026), youth(2024), SV)).values()
    }
