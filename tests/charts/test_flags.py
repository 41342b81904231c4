import json

import altair as alt
import pytest

from dashboard.charts.compiled import DATASET, compiled
from dashboard.charts.flags import flags
from dashboard.look import look
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.weeks import flag, week

SV, EN = texts("sv"), texts("en")
HIDDEN = flag(area_name="Haga", observed=None, direction="fewer")


def several():
    return week(
        flag(),
        flag(
            area_name="Norrby",
            kind="all",
            name_sv="",
            name_en="",
            weeks=2,
            observed=62,
            expected=31.4,
            high=44,
        ),
        flag(area_name="Söder", observed=1, direction="fewer"),
        flag(area_name="Sjövik", is_explained_by_effort=True),
        HIDDEN,
        fewest=5,
    )


def test_a_row_per_flag_in_the_order_given():
    chart = flags(several(), SV)
    shown = words(chart)
    assert [row["head"] for row in rows(chart)] == [
        "Gamla staden, skadegörelse och klotter",
        "Norrby, alla händelser (2 veckor)",
        "Söder, skadegörelse och klotter",
        "Sjövik, skadegörelse och klotter",
        "Haga, skadegörelse och klotter",
    ]
    assert "14 mot 6 (2\u201310)" in shown
    assert "14 against 6 (2\u201310)" in words(flags(several(), EN))
    assert chart.title == "Vad sticker ut?"
    assert "0" in shown
    assert not [text for text in shown if text.startswith("\u2212")]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_colour_says_more_fewer_or_maybe_reporting(mode):
    chart = flags(several(), SV, mode=mode)
    assert [row["tone"] for row in rows(chart)] == ["more", "more", "fewer", "grey", "fewer"]
    picture = svg(chart)
    for colour in (look(mode).diverging[6], look(mode).diverging[0], look(mode).muted):
        assert colour in picture


def test_a_hidden_count_is_neither_drawn_nor_in_the_table():
    chart = flags(week(HIDDEN, fewest=5), SV)
    (row,) = rows(chart)
    assert (row["observed"], row["written"]) == (None, None)
    assert row["why"] == "färre rapporterade än väntat, 6 väntade (2\u201310)"
    assert row["why"] in words(chart)
    rare = flag(expected=None, low=None, high=None)
    assert rows(flags(week(rare, fewest=5), SV))[0]["why"] == "14 rapporterade, färre än 5 sammanlagt"


def test_the_table_holds_what_the_picture_does():
    table = flags(several(), EN).table
    assert table["Reported"].tolist()[:4] == [14, 62, 1, 14]
    assert table["May come from reporting"].tolist() == ["No", "No", "No", "Yes", "No"]
    assert table.columns[0] == "District and type"


def test_a_quiet_week_has_no_row():
    chart = flags(week(), SV)
    assert rows(chart) == []
    assert chart.notes == ()
    assert "NaN" not in svg(chart)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_specification_is_valid_made_once_and_carries_no_data(mode):
    chart = flags(several(), SV, mode=mode)
    assert chart.spec is flags(several(), SV, mode=mode).spec
    alt.Chart.from_dict(chart.spec | {"data": {"values": []}}, validate=True)
    spec = compiled(chart.spec)
    assert [data["name"] for data in spec["data"] if "source" not in data] == [DATASET]
    assert len(json.dumps(spec)) < 16_000


def test_on_a_narrow_page_the_name_gives_way_to_the_numbers():
    shown = words(flags(several(), SV), 330)
    assert "14 mot 6 (2\u201310)" in shown
    assert "NaN" not in svg(flags(several(), SV), 330)
