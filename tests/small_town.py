"""A drawn municipality: four squares of a kilometre in two parts of town, and thirteen incidents written by hand.

03 Parken | 04 Skogen    Norr
----------+----------
01 Hamnen | 02 Torget    Söder
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from shapely.geometry import MultiPolygon, box

from data_access.changes import (
    AreaRow,
    AreasOutcome,
    ImportOutcome,
    IncidentFile,
    record_areas,
    record_incidents,
)
from data_access.permissions import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_access.database import Database
    from data_access.importers.errors import RowError

SRID = 3006
EAST, NORTH = 600_000.0, 6_500_000.0
SIDE_M = 1000.0
STOCKHOLM = ZoneInfo("Europe/Stockholm")
POLICE, HOUSING = "Polisen", "Bostadsbolaget"


def square(column: int, row: int, *, side_m: float = SIDE_M) -> MultiPolygon:
    x, y = EAST + column * side_m, NORTH + row * side_m
    return MultiPolygon([box(x, y, x + side_m, y + side_m)])


def joined(row: int) -> MultiPolygon:
    return MultiPolygon([box(EAST, NORTH + row * SIDE_M, EAST + 2 * SIDE_M, NORTH + (row + 1) * SIDE_M)])


AREAS = (
    AreaRow(0, "S", "Söder", joined(0)),
    AreaRow(0, "N", "Norr", joined(1)),
    AreaRow(1, "01", "Hamnen", square(0, 0), "S", 1000),
    AreaRow(1, "02", "Torget", square(1, 0), "S", 500),
    AreaRow(1, "03", "Parken", square(0, 1), "N", 2000),
    AreaRow(1, "04", "Skogen", square(1, 1), "N", None),
)


def utc(local: str) -> np.datetime64:
    """Wall-clock time in Stockholm as UTC."""
    at = datetime.fromisoformat(local).replace(tzinfo=STOCKHOLM).astimezone(UTC)
    return np.datetime64(at.replace(tzinfo=None), "s")


def incident(key: str, category: str, start: str, **given: Any) -> dict[str, Any]:
    """A row as the importers hand it over; `start` and `end` are wall-clock times, a date alone has no time of day.

    `at`: metres east and north of the south-western corner.
    """
    is_date = len(start) == len("2026-01-05")
    end = given.get("end", start + "T23:59:59" if is_date else start)
    precision = "date" if is_date else "exact" if end == start else "interval"
    at = given.get("at")
    x, y = (EAST + at[0], NORTH + at[1]) if at else (np.nan, np.nan)
    code = given.get("area_code")
    return {
        "row": given.get("row", 2),
        "source_key": key,
        "category_code": category,
        "own_code": given.get("own_code"),
        "occurred_from": utc(start),
        "occurred_to": utc(end),
        "time_precision": precision,
        "x": x,
        "y": y,
        "place_precision": given.get("place", "point" if at else "area" if code else "none"),
        "area_code": code,
        "certainty": "unknown",
        "police_reported": given.get("reported", "unknown"),
        "severity": given.get("severity"),
        "note": given.get("note"),
    }


POLICE_ROWS = (
    incident("p1", "bicycle_theft", "2026-01-05T10:15", at=(500, 500), reported="yes"),
    incident("p2", "bicycle_theft", "2026-01-05T10:45", at=(510, 480), reported="no"),
    incident("p3", "graffiti", "2026-01-09T22:00", end="2026-01-10T02:00", at=(1500, 500)),
    incident("p4", "assault", "2026-01-10T23:30", at=(1600, 300), reported="yes"),
    incident("p5", "intimate_violence", "2026-01-13T21:00", at=(300, 1700), reported="yes"),
    incident("p6", "bullying", "2026-02-10T12:00", area_code="03", reported="no"),
    incident("p7", "vandalism", "2026-01-14", at=(1000, 500)),
    incident("p8", "vandalism", "2026-01-20T08:00", at=(5000, 5000), reported="yes"),
)
HOUSING_ROWS = (
    incident("b1", "noise", "2026-01-18T23:10", area_code="04"),
    incident("b2", "noise", "2026-02-01T00:30", at=(1500, 1500), reported="no"),
    incident("b3", "littering", "2026-02-03", at=(500, 1500), place="stand_in"),
    incident("b4", "littering", "2026-02-04", at=(1900, 100), place="stand_in"),
    incident("b5", "safe_place", "2026-02-12T15:00", at=(500, 700)),
)
DISTRICT_OF = {
    **dict.fromkeys(("p1", "p2", "p7", "b5"), "01"),
    **dict.fromkeys(("p3", "p4"), "02"),
    **dict.fromkeys(("p5", "p6", "b3"), "03"),
    **dict.fromkeys(("b1", "b2"), "04"),
}
"""Where each incident lies; p8 is outside, and b4 stands for something larger than a district."""


def file_of(
    rows: Sequence[dict[str, Any]], *, name: str = "x.csv", refused: Sequence[RowError] = (), **given: Any
) -> IncidentFile:
    """A file as the importers hand it over; its fingerprint is that of its name and rows."""
    content = repr((name, [sorted(row.items(), key=lambda pair: pair[0]) for row in rows]))
    table = pd.DataFrame(list(rows))
    table["severity"] = table["severity"].astype(float)
    return IncidentFile(
        name=name,
        sha256=given.get("sha256", hashlib.sha256(content.encode()).hexdigest()),
        rows=table,
        refused=refused,
        rows_read=given.get("rows_read", len(rows) + len(refused)),
        reading={"guesses": []},
        mapping=given.get("mapping", {}),
        header_sha256="0" * 64,
        srid=given.get("srid", SRID),
        timezone=given.get("timezone", "Europe/Stockholm"),
    )


def store_areas(database: Database, rows: Sequence[AreaRow] = AREAS, **given: Any) -> AreasOutcome:
    options = {"name": "Småstad", "srid": SRID, "file_name": "areas.gpkg"} | given
    return record_areas(database, OPERATOR, rows, **options)


def store_incidents(
    database: Database, rows: Sequence[dict[str, Any]], organisation: str = POLICE, **given: Any
) -> ImportOutcome:
    return record_incidents(database, OPERATOR, file_of(rows, **given), organisation=organisation)


def build(database: Database) -> None:
    """Areas and all incidents."""
    store_areas(database)
    store_incidents(database, POLICE_ROWS, POLICE, name="polisen.csv")
    store_incidents(database, HOUSING_ROWS, HOUSING, name="bolaget.csv")
