import json
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import altair as alt
import numpy as np
import pytest

from dashboard.charts.bars import bars
from dashboard.charts.compiled import DATASET, compiled
from dashboard.charts.coverage import coverage
from dashboard.charts.expected import expected
from dashboard.charts.flags import flags
from dashboard.charts.hours import hours
from dashboard.charts.intervals import intervals, overview_intervals
from dashboard.charts.lanes import lanes
from dashboard.charts.running import running
from dashboard.charts.trend import trend
from dashboard.look import look
from dashboard.texts import texts
from tests.charts.drawing import Planned, rows, svg, words
from tests.evaluations import evaluation
from tests.weeks import flag, week

MONDAYS = [date(2024, 1, 1) + timedelta(weeks=i) for i in range(60)]
NAMES = ("trend", "hours", "bars", "coverage", "expected", "running", "intervals", "overview", "flags")


def chart(name, language, mode="light"):
    words_of = texts(language)
    weeks = {
        "week_start": MONDAYS,
        "count": [5] * 60,
        "before": [4.0] * 60,
        "low": [1] * 60,
        "high": [9] * 60,
    }
    kinds = {
        "code": ["a", "b", "c"],
        "name": ["Å", "Ä", "Ö"],
        "count": [3, 2, 1],
        "before": [1.0, 2.0, float("nan")],
    }
    placed = lanes([Planned("Ö", MONDAYS[3])], MONDAYS[0], MONDAYS[-1])
    silent = {"source": ["Ö"] * 60, "week_start": MONDAYS, "state": ["silent"] * 60}
    made = {
        "trend": lambda: trend(weeks, words_of, lanes=placed, mode=mode),
        "hours": lambda: hours(np.ones(168), words_of, selected=[3], mode=mode),
        "bars": lambda: bars(kinds, "categories", words_of, top=1, mode=mode),
        "coverage": lambda: coverage(silent, words_of, mode=mode),
        "expected": lambda: expected(evaluation(), words_of, mode=mode),
        "running": lambda: running(evaluation(), words_of, mode=mode),
        "intervals": lambda: intervals(evaluation(), words_of, mode=mode),
        "overview": lambda: overview_intervals([evaluation()], words_of, mode=mode),
        "flags": lambda: flags(week(flag()), words_of, mode=mode),
    }
    return made[name]()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_specification_is_valid_and_carries_no_data(name, mode):
    spec = chart(name, "sv", mode).spec
    assert not [part for part in (spec, *spec.get("layer", ())) if {"data", "datasets"} & set(part)]
    alt.Chart.from_dict(spec | {"data": {"values": []}}, validate=True)


@pytest.mark.parametrize("name", NAMES)
def test_compiled_it_is_vega_with_one_data_set_to_fill(name):
    one = chart(name, "sv")
    spec = compiled(one.spec)
    assert {"mark", "encoding", "layer"} & set(spec) == set()
    assert [data["name"] for data in spec["data"] if "source" not in data] == [DATASET]
    assert not any("values" in data or "url" in data for data in spec["data"])
    assert compiled(one.spec) == spec


@pytest.mark.parametrize("name", NAMES)
def test_compiled_it_needs_nothing_that_a_safe_interpreter_lacks(name):
    spec = json.dumps(compiled(chart(name, "sv").spec))
    assert not re.findall(r"\b(warn|info|debug|modify|eval|Function|geo\w+|treeAncestors)\(", spec)
    assert "params" not in spec
    assert "_store" not in spec


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_dark_and_light_have_their_own_colours(mode):
    assert look(mode).accent in svg(chart("trend", "sv", mode))


@pytest.mark.parametrize("name", NAMES)
def test_swedish_holds_no_english(name):
    english = {
        text
        for table in ("chart", "effect_chart", "weekly_chart")
        for key, text in texts("en").table(table).items()
        if text != texts("sv")(f"{table}.{key}")
    }
    spec = json.dumps(chart(name, "sv").spec, ensure_ascii=False)
    assert not [text for text in english if f'"{text}"' in spec]
    assert not {"Mon", "Monday", "Oct", "May"} & set(words(chart(name, "sv")))


@pytest.mark.parametrize("name", NAMES)
def test_specification_is_small_and_made_once(name):
    assert chart(name, "sv").spec is chart(name, "sv").spec
    most = 22_000 if name == "expected" else 16_000  # of the others some travel with every page
    assert len(json.dumps(compiled(chart(name, "sv").spec))) < most


@pytest.mark.parametrize("name", NAMES)
def test_rows_travel_as_plain_numbers_words_and_nothing(name):
    travelling = rows(chart(name, "sv"))
    assert travelling
    assert {type(value) for row in travelling for value in row.values()} <= {
        int,
        float,
        str,
        bool,
        type(None),
    }


@pytest.mark.parametrize("name", NAMES)
def test_described_and_tabled_in_words(name):
    one = chart(name, "sv")
    assert len(one.description) > 30
    assert len(one.table) > 0
    assert not any("_" in str(header) for header in one.table.columns)
    assert {field.field for field in one.fields} | set(one.where) <= set(one.columns)


def test_colours_are_those_of_the_theme():
    theme = tomllib.loads(Path(".streamlit/config.toml").read_text("utf-8"))["theme"]
    for mode in ("light", "dark"):
        assert theme[mode]["primaryColor"] == look(mode).accent
        assert theme[mode]["backgroundColor"] == look(mode).page
        assert theme[mode]["textColor"] == look(mode).text
        assert tuple(theme[mode]["chartSequentialColors"]) == look(mode).sequential
