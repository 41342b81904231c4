import json

import numpy as np

from dashboard.look import look
from dashboard.maps.classes import quantile_classes
from dashboard.maps.heat import heat_picture
from dashboard.maps.legend import heat_legend, legend
from dashboard.texts import texts
from geo.density import Surface

SV = texts("sv")


def test_every_class_is_named_with_its_colour_and_how_many_have_it():
    said = legend(quantile_classes([0, 1, 1200, float("nan")], SV), SV, title="Händelser", unit="antal")
    assert (said["title"], said["unit"], said["label"]) == (
        "Händelser",
        "antal",
        "Teckenförklaring: Händelser",
    )
    assert [(row["text"], row["count"], row["is_hatched"]) for row in said["rows"]] == [
        ("inga", "1 område", False),
        ("1", "1 område", False),
        ("1\u00a0200", "1 område", False),
        ("uppgift saknas", "1 område", True),
    ]
    assert said["rows"][2]["colour"] == look("light").sequential[-1]
    json.dumps(said, allow_nan=False)


def test_cells_are_counted_as_cells():
    said = legend(quantile_classes([1, 1], SV), SV, title="Rutor", unit="", counted="cells")
    assert said["rows"][0]["count"] == "2 rutor"


def test_heat_legend_names_unit_ends_and_radius():
    surface = Surface(
        np.eye(9, dtype=np.float32) * 1234, (370000.0, 6160000.0, 370900.0, 6160900.0), 100.0, 300.0
    )
    picture = heat_picture(surface, 3006)
    said = heat_legend(picture, SV, title="Täthet")
    assert said["unit"] == "händelser per km²"
    assert said["text"] == "utjämnat med 300 m"
    assert said["high"].startswith("många (1\u00a0")
    assert said["low"].startswith("få (")
    assert said["gradient"] == list(picture.colours)
