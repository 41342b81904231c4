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


def test_levels_are_sums_of_their_questions_under_no_heading():
    of_questions = parts(unmet_help(youth(), SV, levels=("school",)))
    level = next(row for row in parts(unmet_help_by_level(youth(), SV)) if row["head"] == "Skola")
    for step in STEPS:
        assert level[step] == pytest.approx(sum(row[step] for row in of_questions), abs=0.6)
    assert parts(unmet_help_by_level(youth(), SV), HEADING) == []


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
