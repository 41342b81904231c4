"""A file of incidents into the database: ours against adding SQLModel objects one by one."""

from __future__ import annotations

import csv
import gc
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session, col, func, select

from benchmarks.harness import Row, p90, seconds
from data_access.changes import IncidentFile, initialise, record_incidents
from data_access.database import Database
from data_access.importers.context import ImportContext
from data_access.importers.incidents import parse
from data_access.models import Category, ImportBatch, Incident, Organisation
from data_access.permissions import OPERATOR

ROWS = 100_000
ROUNDS = 3
BAR = 10
ZONE = "Europe/Stockholm"
HEADER = (
    "Ärendenr",
    "Typ av händelse",
    "Datum",
    "E",
    "N",
    "Områdeskod",
    "Polisanmält",
    "Allvarlighet",
    "Anteckning",
)
TYPES = {
    "Klotter": "graffiti",
    "Cykelstöld": "bicycle_theft",
    "Skadegörelse": "vandalism",
    "Misshandel": "assault",
}


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="samsyn-bench-") as folder:
        path = _write(Path(folder) / "incidents.csv")
        times = [(_seconds(_ours, folder, path, k), _seconds(_peer, folder, path, k)) for k in range(ROUNDS)]
    ours, peer = ([1e3 * value for value in column] for column in zip(*times, strict=True))
    mine, theirs = float(np.median(ours)), float(np.median(peer))
    ratio = theirs / mine
    note = (
        f"{ROWS:,} CSV rows into a new SQLite file each (WAL, synchronous=FULL); ours detects, validates, converts, places and"
        " audits; the peer only makes the objects from csv.DictReader, session.add for each and one commit"
    )
    what = "import of CSV rows / SQLModel objects one by one"
    return [
        Row(what, mine, theirs, ratio, BAR, ratio >= BAR, ours_p90=p90(ours), peer_p90=p90(peer), note=note)
    ]


def _seconds(work, folder: str, path: Path, number: int) -> float:  # noqa: ANN001 - _ours or _peer
    database = Database(f"sqlite:///{folder}/{work.__name__}{number}.db")
    initialise(database)
    gc.collect()
    taken = seconds(lambda: work(database, path))
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(Incident)).one() == ROWS
    database.engine.dispose()
    return taken


def _ours(database: Database, path: Path) -> None:
    with database.reading() as session:
        names = {row.code: (row.name_sv, row.name_en) for row in session.exec(select(Category)).all()}
    parsed = parse(path, context=ImportContext(srid=3006, timezone=ZONE, categories=names))
    file = IncidentFile(
        name=parsed.file_name,
        sha256=parsed.sha256,
        rows=parsed.rows,
        refused=parsed.refused,
        rows_read=parsed.rows_read,
        reading={},
        mapping=parsed.mapping.to_json(),
        header_sha256=parsed.header_sha256,
        srid=parsed.srid,
        timezone=parsed.timezone,
    )
    outcome = record_incidents(database, OPERATOR, file, organisation="Kommunen")
    assert outcome.stored == ROWS


def _peer(database: Database, path: Path) -> None:
    zone = ZoneInfo(ZONE)
    with Session(database.engine) as session, path.open(encoding="cp1252", newline="") as file:
        organisation = Organisation(name="Kommunen")
        session.add(organisation)
        session.flush()
        batch = ImportBatch(
            organisation_id=organisation.id or 0, file_name=path.name, file_sha256="", reading={}
        )
        session.add(batch)
        session.flush()
        codes = dict(session.exec(select(col(Category.code), col(Category.id))).all())
        for row in csv.DictReader(file, delimiter=";"):
            session.add(_incident(row, zone, codes, organisation.id or 0, batch.id))
        session.commit()


def _incident(
    row: dict[str, str], zone: ZoneInfo, codes: dict[str, int | None], owner: int, batch: int | None
) -> Incident:
    local = datetime.strptime(row["Datum"], "%Y-%m-%d %H:%M").replace(tzinfo=zone)
    moment = local.astimezone(UTC)
    return Incident(
        organisation_id=owner,
        category_id=codes[TYPES[row["Typ av händelse"]]] or 0,
        own_code=row["Typ av händelse"],
        occurred_from=moment,
        occurred_to=moment,
        time_precision="exact",
        local_date=local.date(),
        local_week=local.date() - timedelta(days=local.weekday()),
        local_weekday=local.weekday(),
        local_hour=local.hour,
        x=float(row["E"].replace(",", ".")),
        y=float(row["N"].replace(",", ".")),
        place_precision="point",
        area_code=row["Områdeskod"],
        police_reported="yes" if row["Polisanmält"] == "Ja" else "no",
        severity=int(row["Allvarlighet"]),
        source="file",
        source_key=row["Ärendenr"],
        batch_id=batch,
    )


def _write(path: Path) -> Path:
    rng = np.random.default_rng(7)
    moments = np.datetime64("2023-01-01T00:00", "m") + rng.integers(0, 3 * 365 * 1440, ROWS)
    x, y = rng.uniform(590_000, 602_000, ROWS), rng.uniform(6_382_000, 6_394_000, ROWS)
    types = rng.choice(list(TYPES), ROWS)
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for k in range(ROWS):
            point = [f"{value:.1f}".replace(".", ",") for value in (x[k], y[k])]
            moment = str(moments[k]).replace("T", " ")
            reported = "Ja" if k % 3 else "Nej"
            writer.writerow(
                [f"FG-{k:06d}", types[k], moment, *point, f"{100 + k % 30:04d}", reported, 1 + k % 5, ""]
            )
    return path
