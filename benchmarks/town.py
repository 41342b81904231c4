"""A database of made-up incidents, written as imports write them: 300 districts in a square and as many incidents as wished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from shapely.geometry import MultiPolygon, box
from sqlmodel import col, select

from benchmarks import made
from data_access.changes import AreaRow, IncidentFile, initialise, record_areas, record_incidents
from data_access.database import Database
from data_access.models import Category
from data_access.models.incident import PLACE_PRECISIONS, POLICE_REPORTED, TIME_PRECISIONS
from data_access.permissions import OPERATOR

if TYPE_CHECKING:
    from pathlib import Path

AREAS, SRID = 300, 3006


def build(path: Path, incidents: int) -> Database:
    """Make the database; five sources, one file each."""
    database = Database(f"sqlite:///{path}")
    initialise(database)
    record_areas(database, OPERATOR, _areas(), name="Rutor", srid=SRID, file_name="rutor.gpkg")
    records = made.records(incidents, AREAS)
    with database.reading() as session:
        codes = session.exec(
            select(Category.code).where(Category.sensitivity == 0).order_by(col(Category.id))
        ).all()
    for source in range(made.SOURCES):
        rows = _rows(records, np.flatnonzero(records.organisation_id == source + 1), list(codes))
        file = IncidentFile(
            name=f"källa{source}.csv", sha256=f"{source:064d}", rows=rows, refused=(), rows_read=len(rows),
            reading={"guesses": []}, mapping={}, header_sha256="0" * 64, srid=SRID, timezone="Europe/Stockholm",
        )  # fmt: skip
        record_incidents(database, OPERATOR, file, organisation=f"Källa {source + 1}")
    return database


def _areas() -> list[AreaRow]:
    side = int(np.ceil(np.sqrt(AREAS)))
    step = made.SIDE_M / side
    corners = [(made.EAST + n % side * step, made.NORTH + n // side * step) for n in range(AREAS)]
    return [
        AreaRow(
            1, f"{n:04d}", f"Område {n}", MultiPolygon([box(x, y, x + step, y + step)]), None, 1000 + 10 * n
        )
        for n, (x, y) in enumerate(corners)
    ]


def _rows(records: made.Records, among: np.ndarray, codes: list[str]) -> pd.DataFrame:
    """Columns of `IncidentFile.rows`."""
    count = len(among)
    words = {"time_precision": TIME_PRECISIONS, "place_precision": PLACE_PRECISIONS}
    named = {name: np.array(of, object)[getattr(records, name)[among]] for name, of in words.items()}
    return pd.DataFrame(
        {
            "row": np.arange(count),
            "source_key": [f"k{number}" for number in among.tolist()],
            "category_code": np.array(codes, object)[(records.category_id[among] - 1) % len(codes)],
            "own_code": None,
            "occurred_from": records.occurred_from[among],
            "occurred_to": records.occurred_to[among],
            "x": records.x[among],
            "y": records.y[among],
            "area_code": None,
            "certainty": "unknown",
            "police_reported": np.array(POLICE_REPORTED, object)[records.reported[among]],
            "severity": np.full(count, np.nan),
            "note": None,
            **named,
        }
    )
