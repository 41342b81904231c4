import json
import tomllib
from datetime import date, timedelta
from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
import pytest

from dashboard.charts.bars import bars
from dashboard.charts.coverage import coverage
from dashboard.charts.hours import hours
from dashboard.charts.trend import trend
from dashboard.look import look
from dashboard.texts import texts
from tests.charts.drawing import Planned, svg, words

MONDAYS = [date(2024, 1, 1) + timedelta(weeks=i) for i in range(60)]
NAMES = ("trend", "hours", "bars", "coverage")


def chart(name, language, mode="light"):
    words_of = texts(language)
    weeks = pd.DataFrame({"week_start": MONDAYS, "count": 5, "before": 4.0, "low": 1.0, "high": 9.0})
    rows = pd.DataFrame(
        {"code": ["a", "b", "c"], "name": ["Å", "Ä", "Ö"], "count": [3, 2, 1], "before": [1.0, 2.0, 3.0]}
    )
    made = {
        "trend": lambda: trend(weeks, words_of, interventions=[Planned("Ö", MONDAYS[3])], mode=mode),
        "hours": lambda: hours(np.ones(168), words_of, selected=[3], mode=mode),
        "bars": lambda: bars(rows, "categories", words_of, top=1, mode=mode),
        "coverage": lambda: coverage(
            pd.DataFrame({"source": "Ö", "week_start": MONDAYS, "state": "silent"}), words_of, mode=mode
        ),
    }
    return made[name]()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_specification_is_valid_and_carries_no_data(name, mode):
    spec = chart(name, "sv", mode).spec
    assert not [part for part in (spec, *spec.get("layer", ())) if {"data", "datasets"} & set(part)]
    alt.Chart.from_dict(spec | {"data": {"values": []}}, validate=True)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_dark_and_light_have_their_own_colours(mode):
    assert look(mode).accent in svg(chart("trend", "sv", mode))


@pytest.mark.parametrize("name", NAMES)
def test_swedish_holds_no_english(name):
    english = {
        text for key, text in texts("en").table("chart").items() if text != texts("sv")(f"chart.{key}")
    }
    spec = json.dumps(chart(name, "sv").spec, ensure_ascii=False)
    assert not [text for text in english if f'"{text}"' in spec]
    assert not {"Mon", "Monday", "Oct", "May"} & set(words(chart(name, "sv")))


@pytest.mark.parametrize("name", NAMES)
def test_specification_is_small_and_made_once(name):
    assert chart(name, "sv").spec is chart(name, "sv").spec
    assert len(json.dumps(chart(name, "sv").spec)) < 9000


@pytest.mark.parametrize("name", NAMES)
def test_described_and_tabled_in_words(name):
    one = chart(name, "sv")
    assert len(one.description) > 30
    assert len(one.table) > 0
    assert not any("_" in str(header) for header in one.table.columns)


def test_colours_are_those_of_the_theme():
    theme = tomllib.loads(Path(".streamlit/config.toml").read_text("utf-8"))["theme"]
    for mode in ("light", "dark"):
        assert theme[mode]["primaryColor"] == look(mode).accent
        assert theme[mode]["backgroundColor"] == look(mode).page
        assert theme[mode]["textColor"] == look(mode).text
        assert tuple(theme[mode]["chartSequentialColors"]) == look(mode).sequential
