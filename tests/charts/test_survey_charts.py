import json
import re
from dataclasses import replace

import altair as alt
import pytest

from dashboard.charts.compiled import DATASET, compiled
from dashboard.charts.indicator_change import indicator_change
from dashboard.charts.indicators import indicators
from dashboard.charts.safety import safety as safety_chart
from dashboard.charts.scatter import scatter
from dashboard.charts.unmet_help import unmet_help, unmet_help_by_level
from dashboard.look import look
from dashboard.reports.export import picture
from dashboard.situation.survey_rows import Among
from dashboard.texts import texts
from tests.charts.drawing import rows, svg, words
from tests.told_surveys import named, rates, safety, youth

HERE = Among("0301")
REPORTED = {code: rate for code, (rate, _) in rates().items()}
CHARTS = {
    "indicators": lambda say, mode: indicators(youth(), say, among=HERE, mode=mode),
    "change": lambda say, mode: indicator_change(youth(2026), youth(2024), say, mode=mode),
    "unmet": lambda say, mode: unmet_help(youth(), say, among=HERE, top=10, mode=mode),
    "unmet_level": lambda say, mode: unmet_help_by_level(youth(), say, mode=mode),
    "safety": lambda say, mode: safety_chart(safety(), say, among=HERE, earlier=safety(2024), mode=mode),
    "scatter": lambda say, mode: scatter(
        youth(), named(youth(), "community.drug_availability"), REPORTED, say, mode=mode
    ),
}


def chart(name, language="sv", mode="light"):
    return CHARTS[name](texts(language), mode)


def test_a_wave_that_was_read_in_another_way_is_no_comparison():
    first, *others = youth(2024).indicators
    before = replace(youth(2024), indicators=(replace(first, read_as="otherwise"), *others))
    found = {
        row["head"]: row for row in rows(indicators(youth(), texts("sv"), earlier=before, polarity=None))
    }
    assert found[first.name_sv]["compared_pct"] is None
    assert found[first.name_sv]["word"] is None
    assert found[others[0].name_sv]["compared_pct"] is not None


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_specification_is_valid_and_carries_no_data(name, language, mode):
    one = chart(name, language, mode)
    assert not [part for part in (one.spec, *one.spec["layer"]) if {"data", "datasets"} & set(part)]
    alt.Chart.from_dict(one.spec | {"data": {"values": []}}, validate=True)
    assert one.title.endswith("?")
    assert len(one.description) > 30


@pytest.mark.parametrize("name", CHARTS)
def test_compiled_it_has_one_data_set_to_fill_and_is_safe_to_interpret(name):
    spec = compiled(chart(name).spec)
    assert [data["name"] for data in spec["data"] if "source" not in data] == [DATASET]
    assert not re.findall(
        r"\b(warn|info|debug|modify|eval|Function|geo\w+|treeAncestors)\(", json.dumps(spec)
    )
    assert len(json.dumps(spec)) < 30_000


@pytest.mark.parametrize("name", CHARTS)
def test_specification_is_made_once(name):
    assert chart(name).spec is chart(name).spec


@pytest.mark.parametrize("name", CHARTS)
def test_swedish_holds_no_english(name):
    english = {
        text
        for key, text in texts("en").table("survey_chart").items()
        if text != texts("sv")(f"survey_chart.{key}") and "{" not in text
    }
    assert not english & set(words(chart(name)))
    assert not english & set(chart(name).table.columns)


@pytest.mark.parametrize("width", [340, 900])
@pytest.mark.parametrize("name", CHARTS)
def test_it_is_drawn_without_null_or_nan(name, width):
    drawn = svg(chart(name), width)
    assert "NaN" not in drawn
    assert not {"null", "undefined", "NaN"} & set(words(chart(name), width))


@pytest.mark.parametrize("name", CHARTS)
def test_rows_travel_plainly_and_the_table_says_how_many_answered(name):
    one = chart(name)
    assert {type(value) for row in rows(one) for value in row.values()} <= {int, float, str, bool, type(None)}
    assert {field.field for field in one.fields} | set(one.where) <= set(one.columns)
    assert len(one.table) > 3
    assert any("svar" in note for note in one.notes)
    if name != "unmet_level":
        assert "Svar" in one.table.columns


@pytest.mark.parametrize("name", CHARTS)
def test_modes_have_their_own_colours_and_it_can_be_taken_as_a_picture(name):
    assert look("dark").text in json.dumps(chart(name, mode="dark").spec) + svg(chart(name, mode="dark"))
    assert picture(chart(name)).startswith(b"\x89PNG")
