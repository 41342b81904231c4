from __future__ import annotations

import json
from typing import TYPE_CHECKING

import shapely

from dashboard.geometry import KINDS, document_of
from data_access.permissions import LOCAL_VIEWER
from tests.small_town import build

if TYPE_CHECKING:
    from data_access.database import Database


def test_districts_are_drawn_in_the_order_of_the_frame(small: Database) -> None:
    found = document_of(small, LOCAL_VIEWER, 1, "districts")
    assert found is not None
    features = json.loads(found.body)["features"]
    assert len(features) == 4
    west, south, east, north = shapely.total_bounds(
        [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    )
    assert 16 < west < east < 18
    assert 58 < south < north < 59


def test_what_is_not_there_has_no_document(small: Database, empty: Database) -> None:
    assert document_of(small, LOCAL_VIEWER, 1, "notes") is None
    assert document_of(small, LOCAL_VIEWER, 99, "districts") is None
    assert all(document_of(empty, LOCAL_VIEWER, 1, kind) is None for kind in KINDS)


def test_the_address_names_the_content(small: Database, empty: Database) -> None:
    build(empty)
    paths = {kind: document_of(small, LOCAL_VIEWER, 1, kind) for kind in KINDS}
    again = {kind: document_of(empty, LOCAL_VIEWER, 1, kind) for kind in KINDS}
    assert [found.path for found in paths.values() if found] == [
        found.path for found in again.values() if found
    ]
    assert len({found.path for found in paths.values() if found}) == 3
