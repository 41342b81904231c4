import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from dashboard.maps.choropleth import fills
from dashboard.maps.classes import quantile_classes
from dashboard.maps.deck import fit
from dashboard.maps.explore import explore_deck
from dashboard.maps.labels import area_labels
from dashboard.maps.shapes import Ground
from dashboard.texts import texts
from data_access.frame import AreaFact

SV = texts("sv")
MALMO = (12.9, 55.5, 13.2, 55.7)
GROUND = Ground(MALMO, (0, 0, 1, 1), box(0, 0, 1, 1), [(13.0, 55.6)], has_backdrop=True, districts=[])
ORDER = ("sheet", "ground", "areas", "areas-hatched", "cells", "heat", "ways", "interventions", "selected")


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_layers_lie_in_their_order_each_with_a_name(mode):
    assert tuple(layer["id"] for layer in explore_deck(GROUND, mode)["layers"]) == ORDER


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_address_outside_the_site(mode):
    written = json.dumps(explore_deck(GROUND, mode))
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)[^\"']+", written)
    assert "map" + "Style" not in written


def test_geometry_is_named_and_never_sent():
    data = {layer["id"]: layer.get("data") for layer in explore_deck(GROUND, "light")["layers"]}
    sheet = data.pop("sheet")
    assert len(sheet[0]["p"]) == 4
    assert set(data.values()) == {"districts", "backdrop", "cells", None}


def test_only_districts_are_clickable():
    layers = explore_deck(GROUND, "light")["layers"]
    assert [layer["id"] for layer in layers if layer.get("pickable")] == ["areas"]


def test_words_are_words_and_expressions_are_marked():
    layers = {layer["id"]: layer for layer in explore_deck(GROUND, "light")["layers"]}
    assert layers["areas"]["lineWidthUnits"] == "pixels"
    assert layers["areas-hatched"]["fillPatternAtlas"].startswith("data:image/svg+xml;utf8,<svg xmlns='http")
    assert layers["ground"]["getFillColor"].startswith("@@=properties.kind === 'land' ? [")


def test_dark_and_light_differ_in_colour_only():
    def without_colours(mode):
        return re.sub(r"\d+, \d+, \d+, \d+|\d+,\d+,\d+,\d+", "C", json.dumps(explore_deck(GROUND, mode)))

    assert without_colours("dark") == without_colours("light")
    assert explore_deck(GROUND, "dark") != explore_deck(GROUND, "light")


def test_areas_without_value_are_hatched_and_only_then():
    some = fills(quantile_classes([0, 3, 9, float("nan")], SV), 4)
    assert [int(some.digits[3])] == some.hatched
    assert fills(quantile_classes([1, 2, 3, 4], SV), 4).hatched == []


def test_every_area_has_a_fill_and_steps_back_while_others_are_selected():
    some = fills(quantile_classes([0, 3, 9, float("nan")], SV), 4)
    assert len(some.digits) == 4
    for digit in map(int, some.digits):
        assert some.full[digit][:3] == some.back[digit][:3]
        assert some.full[digit][3] > some.back[digit][3]


def test_without_classes_areas_are_clear_but_have_a_border():
    clear = fills(None, 3)
    assert [clear.full[int(digit)][3] for digit in clear.digits] == [0, 0, 0]
    assert clear.border != fills(quantile_classes([1, 2, 3], SV), 3).border


def test_districts_with_most_residents_are_named_first():
    names = {"Liten": 10, "Stor": 900, "Okänd": None}
    areas = [AreaFact(i, str(i), name, None, people) for i, (name, people) in enumerate(names.items())]
    labels = area_labels(areas, [(13.0, 55.6), (13.1, 55.6), (13.2, 55.6)])
    assert [(label.text, label.rank) for label in labels] == [("Liten", 2), ("Stor", 1), ("Okänd", 3)]


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
