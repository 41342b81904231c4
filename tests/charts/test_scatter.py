import numpy as np
import pytest

from dashboard.charts.scatter import correlation_in_words, scatter
from dashboard.statistics.rank import RankCorrelation
from dashboard.texts import texts
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
