import numpy as np
import pytest

from dashboard.charts.survey_rows import HEADING, ROW
from dashboard.charts.unmet_help import STEPS, unmet_help, unmet_help_by_level
from dashboard.situation.survey_rows import Among
from dashboard.texts import texts
from tests.charts.drawing import rows, words
from tests.told_surveys import SILENT, with_cell, youth

SV = texts("sv")


def parts(chart, part=ROW):
    return [row for row in rows(chart) if row["part"] == part]


def test_steps_are_nested_and_in_per_cent_of_all():
    chart = unmet_help(youth(), SV)
    assert len(parts(chart)) == 42
    for row in parts(chart):
        assert row["risk"] >= row["distress"] >= row["unmet"]
    release = youth()
    row = next(row for row in parts(chart) if row["head"] == "Blir mobbad")
    present, distress = (release.cell("school.bullied", one).share for one in ("present", "distress"))
    assert row["distress"] == pytest.approx(100 * present * distress, abs=0.1)
    assert row["distress_words"].endswith("av dem")


def test_most_unmet_help_stands_first_and_the_rest_can_be_left_out():
    chart = unmet_help(youth(), SV, top=8)
    assert len(parts(chart)) == 8
    assert (
        min(row["unmet"] for row in parts(chart))
        >= sorted((row["unmet"] for row in parts(unmet_help(youth(), SV))), reverse=True)[8]
    )
    assert any(note.startswith("De 8 frågor av 42") for note in chart.notes)


def test_planted_unmet_help_is_seen_per_level():
    here = parts(unmet_help_by_level(youth(), SV, among=Among("0501")))
    town = parts(unmet_help_by_level(youth(), SV))
    assert [row["head"] for row in town] == sorted(
        (row["head"] for row in town), key=lambda name: -next(r["unmet"] for r in town if r["head"] == name)
    )
    assert sum(row["unmet"] for row in here) > 1.5 * sum(row["unmet"] for row in town)


def test_levels_are_means_of_their_questions_under_no_heading():
    of_questions = parts(unmet_help(youth(), SV, levels=("school",)))
    level = next(row for row in parts(unmet_help_by_level(youth(), SV)) if row["head"] == "Skola")
    for step in STEPS:
        assert level[step] == pytest.approx(np.mean([row[step] for row in of_questions]), abs=0.06)
    assert parts(unmet_help_by_level(youth(), SV), HEADING) == []


def test_what_is_only_known_to_be_less_than_a_share_makes_a_range_that_begins_at_nothing():
    bounded = {"precision": "fives", "share": 0.05, "bound": "below", "n": 60, "low": 0.0, "high": 0.15}
    release = youth()
    for one in release.indicators:
        if one.level == "individual" and "unmet" in one.measures:
            release = with_cell(release, one.code, "unmet", **bounded)
    chart = unmet_help_by_level(release, SV)
    level = next(row for row in parts(chart) if row["head"] == "Individ")
    assert (level["unmet"], level["unmet_high"], level["unmet_words"]) == (0, 5, "0,0\u20135,0")
    count = sum(one.level == "individual" and "unmet" in one.measures for one in release.indicators)
    assert any(
        note.startswith(f"{count} av 42 fr\u00e5gor \u00e4r bara k\u00e4nda som mindre")
        for note in chart.notes
    )
    for row in parts(unmet_help(release, SV, levels=("individual",))):
        assert (row["unmet"], row["unmet_high"], row["written"]) == (0, 5, "< 5\u00a0%")


def test_told_numbers_are_no_ranges():
    chart = unmet_help_by_level(youth(), SV)
    assert {row["unmet_high"] for row in parts(chart)} == {None}
    assert not any("ram" in note for note in chart.notes)


def test_distress_of_too_few_leaves_its_bar_out_and_says_so():
    release = with_cell(youth(), "school.bullied", "distress", state="hidden", precision="hidden")
    chart = unmet_help(release, SV, levels=("school",))
    row = next(row for row in parts(chart) if row["head"] == "Blir mobbad")
    assert row["distress"] is None
    assert row["unmet"] is not None
    assert not row["is_hidden"]
    assert any("tillräckligt många" in note for note in chart.notes)
    level = next(row for row in parts(unmet_help_by_level(release, SV)) if row["head"] == "Skola")
    assert level["distress"] is None
    assert level["distress_words"] == "\u2013"


def test_hidden_everything_is_said_in_place_of_bars():
    chart = unmet_help(youth(), SV, among=Among(SILENT), top=5)
    assert words(chart).count("dolt") == 5
    level = unmet_help_by_level(youth(), SV, among=Among(SILENT))
    assert {row["why"] for row in parts(level)} == {"dolt"}
    assert any(note.startswith("42 av 42") for note in level.notes)
