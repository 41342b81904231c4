import json
import re
from dataclasses import replace

import altair as alt
import pytest
import shapely
import vl_convert

from dashboard.charts.compiled import compiled
from dashboard.look import look
from dashboard.maps.geoshapes import features, near
from dashboard.maps.roles import overview_map, roles_map
from dashboard.reports.export import picture
from dashboard.texts import texts
from tests.charts.drawing import rows, words
from tests.evaluations import districts, evaluation, without_effect

SV, EN = texts("sv"), texts("en")
TOWN = districts()
SRID = 3006


def roles(language="sv", mode="light", **more):
    return roles_map(evaluation(**more), TOWN, texts(language), srid=SRID, mode=mode)


def overview(language="sv", mode="light"):
    many = [
        evaluation(title="Belysning", target=("A01",), ratio=0.6),
        evaluation(title="Kameror", target=("A02", "A03"), ratio=1.6, seed=4),
        evaluation(title="Vandring", target=("A03", "A04"), ratio=1.0, seed=5),
        without_effect(title="Ny", target=("A05",)),
    ]
    return overview_map(many, TOWN, texts(language), mode=mode)


def areas_m2(chart):
    """Sizes of the filled shapes of the picture, in square pixels."""
    spec = chart.spec | {"data": {"values": rows(chart)}, "width": 400}
    spec["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json"
    picture_of = vl_convert.vegalite_to_svg(spec)
    paths = re.findall(r'aria-roledescription="geoshape"[^>]* d="([^"]+)"', picture_of)
    rings = [re.findall(r"(-?[\d.]+),(-?[\d.]+)", path) for path in paths]
    return [shapely.Polygon([(float(x), float(y)) for x, y in ring]).area for ring in rings if len(ring) > 3]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("drawn", [roles, overview])
def test_specification_is_valid_in_every_language_and_mode(drawn, language, mode):
    chart = drawn(language, mode)
    alt.Chart.from_dict(chart.spec | {"data": {"values": []}}, validate=True)
    assert chart.title.endswith("?")
    assert len(chart.description) > 30
    assert look(mode).page in json.dumps(chart.spec)
    assert "data" not in chart.spec


@pytest.mark.parametrize("drawn", [roles, overview])
def test_compiled_it_needs_nothing_that_a_safe_interpreter_lacks(drawn):
    spec = json.dumps({**compiled(drawn().spec), "data": []})
    assert not re.findall(r"\b(warn|info|debug|modify|eval|Function|geo\w+|treeAncestors)\(", spec)


def test_every_district_is_in_the_table_with_its_part():
    table = roles().table
    assert len(table) == 30
    counts = table["Del"].value_counts().to_dict()
    assert counts == {"Övriga": 18, "Jämförs med": 6, "Runt om": 4, "Insatsens områden": 2}


def test_the_legend_counts_what_is_there_and_only_that():
    shown = words(roles("en"))
    assert {"Target districts (2)", "Around them (4)", "Compared with (6)", "Others (18)"} <= set(shown)
    assert not any(text.startswith("Runt om") for text in words(roles(has_ring=False)))


def test_target_districts_are_named_unless_there_are_too_many():
    assert {"Område 1", "Område 2"} <= set(words(roles()))
    many = tuple(f"A{i:02}" for i in range(1, 9))
    assert "Område 1" not in words(roles(target=many))


def test_a_surface_drawn_by_hand_is_outlined_in_place_of_the_names():
    of = evaluation()
    x, y = 363_000.0, 6_197_000.0
    polygon = shapely.to_wkb(shapely.box(x, y, x + 800, y + 600))
    of = replace(of, intervention=replace(of.intervention, polygon=polygon))
    chart = roles_map(of, TOWN, SV, srid=SRID)
    assert chart.notes == ("Streckad linje: ytan där insatsen arbetar.",)
    assert len(chart.spec["layer"]) == 3
    alt.Chart.from_dict(chart.spec | {"data": {"values": []}}, validate=True)
    assert "Område 1" not in words(chart)


def test_no_district_fills_the_globe():
    sizes = areas_m2(roles())
    assert len(sizes) >= 12
    assert max(sizes) < 0.2 * 400 * 360


def test_the_frame_lies_around_what_matters():
    cut = json.loads(near(TOWN, frozenset({"A01"})))
    codes = [one["properties"]["code"] for one in cut["features"]]
    assert "A01" in codes
    assert "A30" not in codes
    assert near(TOWN, frozenset()) == TOWN
    assert near(TOWN, frozenset({"elsewhere"})) == TOWN


def test_rings_are_turned_once_and_what_was_given_stays():
    given = json.loads(TOWN)["features"][0]["geometry"]["coordinates"][0]
    turned = features(TOWN)[0]["geometry"]["coordinates"][0]
    assert turned == given[::-1]
    assert features(TOWN) is features(TOWN)


def test_the_overview_says_the_verdict_and_where_answers_differ():
    shown = {row["code"]: row for row in rows(overview())}
    kinds = {code: shown[code]["kind"] for code in ("A01", "A02", "A03", "A04", "A05", "A06")}
    assert list(kinds.values()) == ["less", "more", "differs", "unclear", "no_effect", "other"]
    assert shown["A03"]["titles"] == "Kameror, Vandring"
    assert shown["A06"]["titles"] == "\u2013"
    assert shown["A05"]["is_edged"]
    assert not shown["A06"]["is_edged"]


def test_an_overview_of_nothing_is_a_map():
    chart = overview_map([], TOWN, SV)
    assert words(chart) == ["Ingen insats (30)"]


def test_it_can_be_taken_as_a_picture():
    assert picture(roles()).startswith(b"\x89PNG")
