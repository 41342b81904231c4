from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data_access.importers.context import ImportContext
from data_access.importers.incidents import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.importers.mapping import Mapping
    from data_access.importers.parsed import ParsedFile

CATEGORIES = {
    "assault": ("Misshandel", "Assault"),
    "fight": ("Slagsmål eller bråk", "Fight or brawl"),
    "graffiti": ("Klotter", "Graffiti"),
    "bicycle_theft": ("Cykelstöld", "Bicycle theft"),
    "theft_other": ("Annan stöld", "Other theft"),
    "vandalism": ("Skadegörelse", "Vandalism"),
    "other": ("Annat", "Other"),
}
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
STOCKHOLM = (17.8, 59.2, 18.3, 59.45)


@pytest.fixture
def context() -> Callable[..., ImportContext]:
    def make(**values: object) -> ImportContext:
        defaults = {"srid": 3006, "timezone": "Europe/Stockholm", "categories": CATEGORIES, "now": NOW}
        return ImportContext(**(defaults | values))  # type: ignore[arg-type]

    return make


@pytest.fixture
def read(context: Callable[..., ImportContext]) -> Callable[..., ParsedFile]:
    """Parse text as a file named x.csv."""

    def parsed(text: str | bytes, *, mapping: Mapping | None = None, **values: object) -> ParsedFile:
        content = text.encode() if isinstance(text, str) else text
        return parse((content, "x.csv"), mapping=mapping, context=context(**values))

    return parsed


@pytest.fixture
def keys() -> Callable[..., list[str]]:
    return lambda remarks: [remark.key for remark in remarks]


@pytest.fixture
def polygons() -> Callable[..., bytes]:
    """GeoJSON of (name, code, ring) squares."""

    def collection(*features: tuple[dict[str, object], list[list[float]]], **members: object) -> bytes:
        rows = [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
            for properties, ring in features
        ]
        return json.dumps({"type": "FeatureCollection", "features": rows, **members}).encode()

    return collection


@pytest.fixture
def real_data() -> Path:
    folder = os.environ.get("SAMSYN_REAL_DATA")
    if not folder:
        pytest.skip("SAMSYN_REAL_DATA names no folder of real files")
    return Path(folder)


@pytest.fixture
def local() -> Callable[..., list[str]]:
    """Wall-clock starts in Stockholm, to the minute."""

    def texts(parsed: ParsedFile, column: str = "occurred_from") -> list[str]:
        stamps = pd.DatetimeIndex(parsed.rows[column]).tz_localize("UTC").tz_convert("Europe/Stockholm")
        return [stamp.strftime("%Y-%m-%d %H:%M") for stamp in stamps]

    return texts
