from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import shapely
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from dashboard.asgi import health, shapes
from dashboard.geometry import KINDS, document_of
from data_access.permissions import DEMO_VIEWER
from tests.small_town import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.database import Database


def test_districts_are_drawn_in_the_order_of_the_frame(small: Database) -> None:
    found = document_of(small, DEMO_VIEWER, 1, "districts")
    assert found is not None
    features = json.loads(found.body)["features"]
    assert len(features) == 4
    west, south, east, north = shapely.total_bounds(
        [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    )
    assert 16 < west < east < 18
    assert 58 < south < north < 59


def test_what_is_not_there_has_no_document(small: Database, empty: Database) -> None:
    assert document_of(small, DEMO_VIEWER, 1, "notes") is None
    assert document_of(small, DEMO_VIEWER, 99, "districts") is None
    assert all(document_of(empty, DEMO_VIEWER, 1, kind) is None for kind in KINDS)


def test_the_address_names_the_content(small: Database, empty: Database) -> None:
    build(empty)
    paths = {kind: document_of(small, DEMO_VIEWER, 1, kind) for kind in KINDS}
    again = {kind: document_of(empty, DEMO_VIEWER, 1, kind) for kind in KINDS}
    assert [found.path for found in paths.values() if found] == [
        found.path for found in again.values() if found
    ]
    assert len({found.path for found in paths.values() if found}) == 3


def _request(path: str, **parameters: object) -> Request:
    app = Starlette(routes=[Route("/{rest:path}", health)])
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "app": app}
    return Request(scope | {"path_params": parameters})


@pytest.mark.anyio
async def test_a_document_is_served_at_its_own_address_only(
    small: Database, use: Callable[[Database], None]
) -> None:
    use(small)
    found = document_of(small, DEMO_VIEWER, 1, "districts")
    assert found is not None
    good = await shapes(_request(found.path, area_set=1, kind="districts"))
    assert (good.status_code, good.body) == (200, found.body)
    assert "immutable" in good.headers["cache-control"]
    other = found.path[:-9] + "0000.json"
    for path, area_set, kind in ((other, 1, "districts"), (found.path, 2, "districts"), (found.path, 1, "x")):
        assert (await shapes(_request(path, area_set=area_set, kind=kind))).status_code == 404


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
