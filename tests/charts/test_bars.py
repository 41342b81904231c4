import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.bars import OTHERS, bars
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words

SV, EN = texts("sv"), texts("en")
FACETS = ("categories", "kinds", "areas", "sources", "police_reported")


def columns(counts, **more):
    codes = [f"c{i}" for i in range(len(counts))]
    return {"code": codes, "name": [f"Område {c}" for c in codes], "count": counts, **more}


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_facet_draws_with_its_question(facet, language):
    chart = bars(columns([3, 1, 2]), facet, texts(language))
    assert chart.title.endswith("?")
    assert {"Område c0", "Område c1"} <= set(words(chart))


def test_numbers_are_written_in_the_language():
    assert "12\u00a0345" in words(bars(columns([12345]), "areas", SV))
    assert "12,345" in words(bars(columns([12345]), "areas", EN))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40), st.integers(1, 12), st.data())
def test_bars_add_up_and_selected_rows_stay(counts, top, data):
    given_rows = columns(counts, before=[count / 2 for count in counts])
    selected = data.draw(st.sets(st.sampled_from(given_rows["code"]), max_size=3))
    shown = rows(bars(given_rows, "areas", SV, top=top, selected=selected))
    assert sum(row["count"] for row in shown) == sum(counts)
    assert sum(row["before"] for row in shown) == pytest.approx(sum(counts) / 2)
    assert selected <= {row["code"] for row in shown}
    assert sum(row["code"] == OTHERS for row in shown) <= 1
    own = [row["count"] for row in shown if row["code"] != OTHERS]
    assert own == sorted(own, reverse=True)
    assert len(own) <= top + len(selected) + 1


def test_the_summed_row_is_written_last_without_a_bar():
    chart = bars(columns([90, 1, 1, 1]), "areas", SV, top=1)
    assert chart.columns["code"] == ["c0", OTHERS]
    assert words(chart) == ["Område c0", "Övriga (3)", "90", "3"]
    assert svg(chart).count('fill="#0f5c5c"') == 1


def test_selected_bars_stay_full_while_others_step_back():
    shown = rows(bars(columns([3, 1, 2]), "areas", SV, selected=["c1"]))
    assert {row["code"]: row["is_full"] for row in shown} == {"c0": False, "c2": False, "c1": True}
    assert all(bars(columns([3, 1, 2]), "areas", SV).columns["is_full"])


def test_what_is_not_known_of_before_is_nothing():
    chart = bars(columns([3, 1], before=[2.0, math.nan]), "areas", SV)
    assert chart.columns["before"] == [2, None]
    assert list(chart.table.columns) == ["Område", "Antal", "Jämförbar period"]
    without = bars(columns([3, 1]), "areas", SV)
    assert without.columns["before"] == [None, None]
    assert list(without.table.columns) == ["Område", "Antal"]


def test_equal_names_are_told_apart_by_their_codes():
    twice = columns([3, 1]) | {"name": ["Centrum", "Centrum"]}
    assert {"Centrum (c0)", "Centrum (c1)"} <= set(words(bars(twice, "areas", SV)))


def test_one_specification_serves_every_facet_and_any_number_of_rows():
    first = bars(columns([1, 2]), "areas", SV)
    assert first.spec is bars(columns([5, 9, 3]), "kinds", SV, selected=["c0"]).spec


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_height_follows_the_number_of_rows(count):
    chart = bars(columns([7] * count), "areas", SV)
    assert sum(word == "7" for word in words(chart)) == count


def test_a_count_that_is_too_small_is_written_as_few_and_stands_before_none():
    given_rows = columns([0, math.nan, 30], before=[math.nan, 8, 0])
    chart = bars(given_rows, "areas", SV, few="<5")
    assert words(chart) == ["Område c2", "Område c1", "Område c0", "30", "<5", "0"]
    assert [row["count"] for row in rows(chart)] == [30, None, 0]
    assert chart.table["Antal"].tolist() == [30, "<5", 0]
    assert chart.table["Jämförbar period"].tolist() == [0, 8, "<5"]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([90, math.nan, math.nan, 0], "<5 var"),
        ([90, 12, math.nan, 0], "\u2265 12"),
        ([90, math.nan, 0, 0], "<5"),
        ([90, 6, 7, 8], "21"),
    ],
)
def test_a_summed_row_tells_no_more_than_its_rows(counts, said):
    chart = bars(columns(counts), "areas", SV, top=1, few="<5")
    assert words(chart)[-1] == said
    assert chart.table["Antal"].astype(str).tolist()[-1] == said


def test_what_was_not_compared_is_not_few():
    chart = bars(columns([7, math.nan]), "areas", SV, few="<5")
    assert chart.columns["before_words"] == [None, None]
    assert list(chart.table.columns) == ["Område", "Antal"]


@given(
    st.lists(st.integers(5, 1000) | st.just(math.nan) | st.just(0), min_size=1, max_size=20),
    st.integers(1, 6),
)
def test_every_bar_has_a_number_or_words(counts, top):
    shown = rows(bars(columns(counts), "areas", SV, top=top, few="<5"))
    assert all((row["count"] is None) == bool(row["count_words"]) for row in shown)
    told = [row["count"] for row in shown if row["count"] is not None and row["code"] != OTHERS]
    assert told == sorted(told, reverse=True)
    assert all(value == 0 or value >= 5 for value in told)
