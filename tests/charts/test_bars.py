import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.bars import OTHERS, bars, picked_codes
from dashboard.texts import texts
from tests.charts.drawing import words

SV, EN = texts("sv"), texts("en")
FACETS = ("categories", "kinds", "areas", "sources", "police_reported")


def rows(counts, **columns):
    codes = [f"c{i}" for i in range(len(counts))]
    return pd.DataFrame({"code": codes, "name": [f"Område {c}" for c in codes], "count": counts, **columns})


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_facet_draws_with_its_question(facet, language):
    chart = bars(rows([3, 1, 2]), facet, texts(language))
    assert chart.title.endswith("?")
    assert chart.spec["params"][0]["name"] == facet
    assert chart.spec["params"][0]["select"]["fields"] == ["code"]
    assert {"Område c0", "Område c1"} <= set(words(chart))


def test_numbers_are_written_in_the_language():
    assert "12\u00a0345" in words(bars(rows([12345]), "areas", SV))
    assert "12,345" in words(bars(rows([12345]), "areas", EN))
    assert "3,4" in words(bars(rows([3.4]), "areas", SV, decimals=1))


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40), st.integers(1, 12), st.data())
def test_bars_add_up_and_selected_rows_stay(counts, top, data):
    given_rows = rows(counts)
    selected = data.draw(st.sets(st.sampled_from(given_rows["code"].tolist()), max_size=3))
    shown = bars(given_rows, "areas", SV, top=top, selected=selected).data
    assert shown["count"].sum() == sum(counts)
    assert selected <= set(shown["code"])
    assert (shown["code"] == OTHERS).sum() <= 1
    own = shown[shown["code"] != OTHERS]["count"]
    assert own.is_monotonic_decreasing
    assert len(own) <= top + len(selected) + 1


def test_selected_bars_stay_full_while_others_step_back():
    shown = bars(rows([3, 1, 2]), "areas", SV, selected=["c1"]).data
    assert shown.set_index("code")["is_full"].to_dict() == {"c0": False, "c2": False, "c1": True}
    assert bars(rows([3, 1, 2]), "areas", SV).data["is_full"].all()


def test_given_order_can_be_kept():
    assert bars(rows([1, 3, 2]), "police_reported", SV, is_ordered=True).data["code"].tolist() == [
        "c0",
        "c1",
        "c2",
    ]


def test_comparable_period_is_explained_and_in_the_table():
    chart = bars(rows([3, 1], before=[2.0, float("nan")]), "areas", SV)
    assert list(chart.table.columns) == ["Område", "Antal", "Jämförbar period"]
    assert bars(rows([3, 1]), "areas", SV).notes == ()


def test_equal_names_are_told_apart_by_their_codes():
    twice = rows([3, 1]).assign(name="Centrum")
    assert {"Centrum (c0)", "Centrum (c1)"} <= set(words(bars(twice, "areas", SV)))


def test_specification_depends_on_the_number_of_rows_only():
    assert bars(rows([1, 2]), "areas", SV).spec is bars(rows([5, 9]), "areas", SV, selected=["c0"]).spec


def test_the_summed_row_is_never_picked():
    assert picked_codes([{"code": "a"}, {"code": OTHERS}, {"code": "a"}, {"code": "b"}]) == ("a", "b")
