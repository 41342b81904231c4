from dataclasses import replace

import pytest

from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, told_value, word_of
from dashboard.statistics.proportions import newcombe, wilson
from data_access.surveys.told import Cell
from tests.told_surveys import WORDY, safety, youth


def cell(count, of, **more):
    low, high = wilson(count, of)
    known = {"n": of, "share": count / of, "low": low, "high": high} | more
    return Cell(
        "school.truancy", "present", None, "all", "", "shown", known.pop("precision", "percent"), **known
    )


def test_from_score_intervals_the_difference_is_newcombes():
    found, expected = change_of(cell(56, 70), cell(48, 80)), newcombe(56, 70, 48, 80)
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected.value, expected.low, expected.high)
    )
    assert word_of(found) == "higher"
    assert word_of(change_of(cell(48, 80), cell(56, 70))) == "lower"
    assert word_of(change_of(cell(56, 70), cell(55, 70))) == "about_the_same"


@pytest.mark.parametrize(
    "other",
    [
        None,
        replace(cell(3, 60), bound="below"),
        replace(cell(3, 60), precision="words", word="lower"),
        replace(cell(3, 60), precision="hidden", state="hidden", share=None),
    ],
)
def test_without_two_numbers_there_is_no_difference_and_no_word(other):
    assert change_of(cell(9, 60), other) is None
    assert change_of(other, cell(9, 60)) is None
    assert word_of(change_of(cell(9, 60), other)) is None
    assert told_value(other) is None


def test_a_rounded_share_outside_its_limits_is_taken_as_it_is_told():
    found = change_of(cell(9, 60, share=0.3), cell(9, 60))
    assert found.low <= found.value <= found.high


def test_an_index_is_compared_in_its_own_points():
    now = safety().cell("problem.dark", "index")
    before = safety(2024).cell("problem.dark", "index")
    assert change_of(now, before).value == pytest.approx(now.index - before.index)


def test_among_finds_its_cells_and_those_of_the_municipality():
    among = Among(WORDY)
    assert among.cell(youth(), "school.truancy").area == WORDY
    assert among.in_municipality == EVERYBODY
    assert EVERYBODY.cell(youth(), "school.truancy", "unmet").measure == "unmet"
    assert among.cell(youth(), "nothing.known") is None
