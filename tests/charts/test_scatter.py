from dataclasses import replace

import numpy as np
import pytest

from dashboard.charts.scatter import correlation_in_words, scatter
from dashboard.situation.survey_told import ranked_values
from dashboard.statistics.rank import RankCorrelation
from dashboard.texts import texts
from data_access.surveys.told import Cell
from tests.charts.drawing import rows, words
from tests.told_surveys import named, rates, youth

SV, EN = texts("sv"), texts("en")
REPORTED = {code: rate for code, (rate, _) in rates().items()}
DRUGS = named(youth(), "community.drug_availability")


def test_a_dot_per_district_that_has_both_and_the_others_are_named():
    chart = scatter(youth(), DRUGS, REPORTED, SV)
    names = {row["name"] for row in rows(chart)}
    assert len(names) == 30
    left_out = chart.notes[-1]
    assert left_out.startswith("Inte med: ")
    assert {"Backa handelsområde", "Granö och skärgården"} <= set(left_out[10:-1].split(", "))
    assert not names & set(left_out[10:-1].split(", "))


def test_areas_are_not_persons_and_the_ranks_have_an_interval():
    chart = scatter(youth(), DRUGS, REPORTED, SV)
    assert any(note.startswith("Områden, inte personer") for note in chart.notes)
    assert "rangkorrelation" in chart.notes[0]
    assert "30 områden" in chart.notes[0]


def test_too_few_districts_tell_no_correlation():
    few = dict(list(REPORTED.items())[:12])
    note = scatter(youth(), DRUGS, few, SV).notes[0]
    assert note.startswith("Samband räknas först med 15 områden; här är de")
    assert "rangkorrelation" not in note
    assert scatter(youth(), DRUGS, {}, SV).columns["name"] == []


@pytest.mark.parametrize(
    ("low", "high", "start"),
    [(0.1, 0.7, "Områden med mer"), (-0.7, -0.1, "Områden med mer"), (-0.2, 0.4, "Inget")],
)
def test_only_a_clear_correlation_is_named(low, high, start):
    found = RankCorrelation((low + high) / 2, low, high, 30)
    assert correlation_in_words(found, 30, SV).startswith(start)
    assert ("oftare mindre" in correlation_in_words(found, 30, SV)) == (high < 0)


def test_names_do_not_lie_over_each_other_and_the_outermost_have_theirs():
    chart = scatter(youth(), DRUGS, REPORTED, EN)
    named_wide = [row["name"] for row in rows(chart) if row["side"]]
    named_narrow = [row["name"] for row in rows(chart) if row["side_narrow"]]
    assert len(named_narrow) < len(named_wide)
    furthest = max(rows(chart), key=lambda row: row["x"])
    assert furthest["name"] in named_wide
    assert set(named_wide) <= set(words(chart, 900))


def test_rounded_shares_are_open_dots():
    is_open = {row["name"]: row["is_rounded"] for row in rows(scatter(youth(), DRUGS, REPORTED, SV))}
    assert not is_open["Norrby centrum"]
    assert is_open["Södra hamnen"]
    assert np.mean(list(is_open.values())) < 1


def bounded(*, below=(), above=()):
    """The release with the shares of some districts only known to be less, or more, than what is told."""
    ends = dict.fromkeys(below, ("below", 0.05)) | dict.fromkeys(above, ("above", 0.95))
    cells = tuple(
        replace(one, precision="fives", bound=ends[one.area][0], share=ends[one.area][1])
        if (one.indicator, one.measure) == (DRUGS.code, "present") and one.area in ends
        else one
        for one in youth().cells
    )
    return replace(youth(), cells=cells)


def test_less_than_a_share_is_ranked_lowest_and_drawn_as_an_open_triangle():
    lowest = [
        row["name"] for row in sorted(rows(scatter(youth(), DRUGS, REPORTED, SV)), key=lambda row: row["x"])
    ]
    code = {area.name: area.code for area in youth().areas}
    below, above = [code[name] for name in lowest[:9]], [code[lowest[-1]]]
    chart = scatter(bounded(below=below, above=above), DRUGS, REPORTED, SV)
    of = {code[row["name"]]: row for row in rows(chart)}
    assert len(of) == 30
    assert {(of[one]["shape"], of[one]["x"], of[one]["x_words"]) for one in below} == {
        ("triangle-left", 5, "< 5\u00a0%")
    }
    assert {(of[one]["shape"], of[one]["x_words"]) for one in above} == {("triangle-right", "> 95\u00a0%")}
    assert any(note.startswith("Öppna trianglar") for note in chart.notes)
    assert chart.notes[0].endswith("30 områden.")


def test_all_that_is_only_known_to_be_less_is_tied():
    cells = {
        "a": Cell("x", "present", "a", "all", "", "shown", "fives", 60, share=0.05, bound="below"),
        "b": Cell("x", "present", "b", "all", "", "shown", "percent", 200, share=0.03),
        "c": Cell("x", "present", "c", "all", "", "shown", "percent", 200, share=0.05),
        "d": Cell("x", "present", "d", "all", "", "shown", "fives", 60, share=0.95, bound="above"),
        "e": Cell("x", "present", "e", "all", "", "shown", "percent", 200, share=0.97),
        "f": Cell("x", "present", "f", "all", "", "shown", "words", 20, word="lower"),
        "g": None,
    }
    of = ranked_values(cells)
    assert of["a"] == of["b"] < of["c"] < of["d"] == of["e"]
    assert not {"f", "g"} & set(of)


def test_chosen_districts_always_have_their_name_and_change_no_number():
    codes = frozenset(area.code for area in youth().areas if area.code.startswith("03"))
    chosen, none = (scatter(youth(), DRUGS, REPORTED, SV, chosen=of) for of in (codes, frozenset()))
    found = [row for row in rows(chosen) if row["is_chosen"]]
    assert {row["code"] for row in found} == codes
    assert all(row["side"] and row["side_narrow"] for row in found)
    assert chosen.table.equals(none.table)
    assert chosen.notes == none.notes
