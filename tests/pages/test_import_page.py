from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dashboard.texts import texts
from data_access.frame import read_frame
from data_access.permissions import OPERATOR
from geo.crs import transform
from tests.data_access.changes.rows import one, rows
from tests.linked.asking import ask
from tests.pages.test_pages import linked, opened, said, shown
from tests.small_town import EAST, NORTH, POLICE_ROWS, store_incidents

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

    from data_access.database import Database

EN = texts("en")
HEADER = "arendenr;brottstyp;datum;tid;x;y"
GOOD = f"1;Cykelstöld;2025-01-06;10:15;{EAST + 500};{NORTH + 500}\n2;Klotter;2025-01-07;;{EAST + 1500};{NORTH + 500}"
BAD = f"3;Klotter;2025-02-30;10:00;{EAST + 500};{NORTH + 500}"


def csv(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode("cp1252")


def send(app: AppTest, content: bytes, name: str = "polisen.csv") -> AppTest:
    app.selectbox(key="incidents-organisation").set_value("Polisen").run()
    return app.file_uploader(key="incidents-file").set_value((name, content, "text/csv")).run()


def press(app: AppTest, words: str) -> AppTest:
    return next(button for button in app.button if button.label == words).click().run()


def districts() -> bytes:
    """Two squares of the drawn municipality in degrees."""
    features = []
    for number in range(2):
        x = [EAST + 1000 * (number + step) for step in (0, 1, 1, 0, 0)]
        y = [NORTH + 1000 * step for step in (0, 0, 1, 1, 0)]
        ring = [list(pair) for pair in zip(*transform(x, y, 3006, 4326), strict=True)]
        properties = {"kod": f"0{number + 1}", "namn": ("Östra", "Västra")[number], "befolkning": 100}
        features.append(
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_file_is_previewed_and_then_stored(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = send(opened("import_data", lang="en"), csv(GOOD))
    assert list(app.exception) == []
    assert list(app.error) == []
    assert one(small, "select count(*) from incident") == 13
    press(app, EN("import.store_incidents", count=2))
    assert list(app.exception) == []
    assert "2 rows read, 2 stored, 0 known already, 0 refused" in said(app)
    assert one(small, "select count(*) from incident") == 15
    press(app, EN("import.store_incidents", count=2))
    assert "2 rows read, 0 stored, 2 known already" in said(app)
    assert one(small, "select count(*) from incident") == 15


def test_bad_rows_are_shown_before_anything_is_stored(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    app = send(opened("import_data", lang="en"), csv(GOOD, BAD))
    assert EN("import.refused_rows", count=1) in said(app)
    shown = next(
        frame.value for frame in app.dataframe if list(frame.value.columns)[:1] == [EN("import.row")]
    )
    assert shown.to_numpy().tolist()[0][0] == 4
    assert "2025-02-30" in shown.to_numpy().tolist()[0]
    press(app, EN("import.store_incidents", count=2))
    assert "3 rows read, 2 stored, 0 known already, 1 refused" in said(app)
    assert rows(small, "select row, value from import_error") == [(4, "2025-02-30")]


def test_a_file_that_is_no_table_is_refused_in_words(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    app = send(opened("import_data", lang="en"), b"<html><body>login</body></html>", "export.xls")
    assert list(app.exception) == []
    assert [shown(error.value) for error in app.error] == [EN("reason.html_not_excel", file="export.xls")]
    assert one(small, "select count(*) from incident") == 13


def test_a_column_is_named_by_hand_where_none_is_recognised(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    content = b"qqq;zzz\n2025-03-01;Klotter\n2025-03-02;Klotter\n"
    app = send(opened("import_data", lang="en"), content)
    assert list(app.exception) == []
    box = next(box for box in app.selectbox if box.label == EN("reading.column_date"))
    box.set_value("qqq").run()
    assert list(app.exception) == []
    assert list(app.error) == []
    press(app, EN("import.store_incidents", count=2))
    assert "2 rows read, 2 stored" in said(app)


def test_areas_are_stored_as_the_next_set(small: Database, use: Callable[[Database], None]) -> None:
    use(small)
    app = opened("import_data", lang="en")
    app.file_uploader(key="areas-file").set_value(("nya.geojson", districts(), "application/geo+json")).run()
    assert list(app.exception) == []
    press(app, EN("import.store_areas", count=2))
    assert list(app.exception) == []
    assert "2 districts in nya, version 1 (EPSG:3006)" in said(app)
    frame = read_frame(small, OPERATOR)
    assert [area.name for area in frame.areas] == ["Östra", "Västra"]
    assert one(small, "select count(*) from incident_area where area_set_id = 2") == 6
    press(app, EN("import.store_areas", count=2))
    assert EN("import.areas_known", file="nya.geojson", name="nya") in said(app)


def test_incidents_without_areas_are_explored_without_a_map(
    empty: Database, use: Callable[[Database], None]
) -> None:
    store_incidents(empty, POLICE_ROWS)
    use(empty)
    app = opened(lang="en")
    assert list(app.exception) == []
    assert ask(linked(app)["mount"], ticket=linked(app)["ticket"]).json["map"] is None
