import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.maps import backdrop
from dashboard.maps.choropleth import choropleth, picked_areas
from dashboard.maps.classes import quantile_classes
from dashboard.maps.deck import deck, fit, tooltip
from dashboard.maps.labels import Label, area_labels
from dashboard.maps.layers import Shapes
from dashboard.maps.outlines import Place, interventions, selected_outline
from dashboard.texts import texts

SV = texts("sv")
AREAS = Shapes("/assets/areas.geojson", 4)
CLASSES = quantile_classes([0, 3, 9, float("nan")], SV)
MALMO = (12.9, 55.5, 13.2, 55.7)


def whole(mode="light", selected=(1,)):
    layers = [
        [backdrop.sheet(13, 55.6, has_sea=True, mode=mode), backdrop.ground("/assets/town.geojson", mode)],
        *choropleth(AREAS, CLASSES, selected=selected, mode=mode),
        [
            backdrop.ways("/assets/town.geojson", mode),
            *interventions(AREAS, [Place("Ny belysning", (2,), 13.0, 55.6)], mode),
            *selected_outline(AREAS, selected, mode),
            *area_labels([Label("Ängsgärdet", 13.0, 55.6)], mode),
            backdrop.places("/assets/town.geojson", mode),
        ],
    ]
    return deck(layers, fit(MALMO, 900, 560), tooltip=tooltip([["3 händelser"]] * 4, mode))


def flat(layers):
    return [one for layer in layers for one in (layer if isinstance(layer, list) else [layer])]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_address_outside_the_site(mode):
    spec = json.loads(whole(mode).to_json())
    assert spec["mapProvider"] is None
    assert spec["mapStyle"] == "__MAP_STYLE__"
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)[^\"']+", json.dumps(spec))


def test_every_layer_has_its_own_id_and_only_areas_are_clickable():
    layers = flat(json.loads(whole().to_json())["layers"])
    names = [layer["id"] for layer in layers]
    assert len(set(names)) == len(names)
    assert [layer["id"] for layer in layers if layer.get("pickable")] == ["areas"]


def test_only_the_clickable_layer_stands_where_the_page_restyles_it():
    outside = [layer for layer in json.loads(whole().to_json())["layers"] if isinstance(layer, dict)]
    assert [layer["id"] for layer in outside] == ["areas"]
    assert not {"getFillColor", "getLineColor", "getColor"} & set(outside[0])


def test_a_click_sends_digits_and_no_geometry():
    many = Shapes("/assets/areas.geojson", 300)
    classes = quantile_classes(range(300), SV)
    spec = deck(choropleth(many, classes), fit(MALMO, 900, 560)).to_json()
    assert classes.digits in spec
    assert len(spec) < 3000


def test_new_classes_repaint():
    fills = [
        choropleth(AREAS, quantile_classes(values, SV))[0]["_subLayerProps"]["polygons-fill"]
        for values in ([1, 2, 3, 4], [4, 3, 2, 1])
    ]
    assert fills[0]["updateTriggers"] != fills[1]["updateTriggers"]
    assert fills[0]["getFillColor"] != fills[1]["getFillColor"]


def test_areas_without_value_are_hatched_and_only_then():
    names = [layer["id"] for layer in flat(choropleth(AREAS, CLASSES))]
    assert names == ["areas", "areas-hatched"]
    assert len(flat(choropleth(AREAS, quantile_classes([1, 2, 3, 4], SV)))) == 1


def test_unfilled_areas_can_still_be_picked():
    (layer,) = choropleth(AREAS, None)
    assert layer["pickable"]
    assert "[0,0,0,0]" in layer["_subLayerProps"]["polygons-fill"]["getFillColor"]


def test_nothing_selected_draws_no_outline():
    assert selected_outline(AREAS, ()) == []
    assert interventions(AREAS, []) == []
    assert area_labels([]) == []


def test_an_intervention_without_a_place_for_its_title_is_an_outline_only():
    assert [layer["id"] for layer in interventions(AREAS, [Place("Ny belysning", (2,))])] == ["interventions"]


def test_picked_areas_reads_the_codes():
    feature = {"type": "Feature", "properties": {"code": "0114", "name": "Å", "i": 0}}
    assert picked_areas({"areas": [feature], "cells": [{}]}) == ("0114",)
    assert picked_areas({}) == ()


@given(
    st.floats(-170, 170),
    st.floats(-70, 70),
    st.floats(0.001, 5),
    st.floats(0.001, 5),
    st.integers(300, 2000),
    st.integers(300, 1200),
)
def test_fit_holds_the_bounds(west, south, wide, high, width, height):
    view = fit((west, south, west + wide, south + high), width, height)

    def px(lon, lat):
        world = 512 * 2**view.zoom
        return (lon / 360 * world, math.asinh(math.tan(math.radians(lat))) / (2 * math.pi) * world)

    middle = px(view.longitude, view.latitude)
    for lon, lat in ((west, south), (west + wide, south + high)):
        x, y = px(lon, lat)
        assert abs(x - middle[0]) <= width / 2 + 3
        assert abs(y - middle[1]) <= height / 2 + 3


def test_tooltip_moves_to_the_feature_and_escapes_text():
    html = tooltip([["12 <b>", "a {name}"], ["7"]])["html"]
    window = int(re.search(r"height:(\d+)px", html).group(1))
    assert f"calc({{i}} * -{window}px)" in html
    assert "12 &lt;b&gt;\na &#123;name&#125;\n7\n " in html
    assert re.findall(r"\{(.*?)\}", html) == ["name", "i"]


def test_tooltip_without_facts_is_the_name():
    assert tooltip([])["html"] == "<b>{name}</b>"
