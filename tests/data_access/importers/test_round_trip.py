"""What is written in any dialect is read back equal."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.crs import transform

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.importers.parsed import ParsedFile

ZONE = ZoneInfo("Europe/Stockholm")
NEAR = (17.8, 59.2, 18.3, 59.45)
FIRST, LAST = (dt.datetime.fromisoformat(day) for day in ("2015-01-01", "2025-06-01"))
NOTE = st.text(alphabet='abåÄö ;,|"\t=<\n1', max_size=12)


@st.composite
def incident(draw: st.DrawFn) -> dict[str, object]:
    start = draw(st.datetimes(FIRST, LAST, timezones=st.just(dt.UTC)))
    return {
        "start": start.replace(second=0, microsecond=0),
        "minutes": draw(st.integers(0, 5000)),
        "lon": draw(st.floats(17.9, 18.2)),
        "lat": draw(st.floats(59.25, 59.4)),
        "own": draw(st.sampled_from(["Klotter", "Cykelstöld", "Bråk", "Älg på vägen"])),
        "note": draw(NOTE),
    }


@st.composite
def dialect(draw: st.DrawFn) -> dict[str, object]:
    return {
        "delimiter": draw(st.sampled_from([";", "\t", "|", ","])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        "end": draw(st.sampled_from(["\n", "\r\n"])),
        "decimal": draw(st.sampled_from([",", "."])),
        "crs": draw(st.sampled_from([4326, 3006, 3011, 3021])),
        "form": draw(
            st.sampled_from(["%Y-%m-%d %H:%M", "%Y%m%d %H%M", "%d/%m/%Y %H.%M", "%Y-%m-%dT%H:%M:%S"])
        ),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        "title": draw(st.booleans()),
    }


def written(incidents: list[dict[str, object]], style: dict[str, object]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=style["delimiter"], lineterminator=style["end"], quoting=style["quoting"]
    )
    if style["title"]:
        out.write(f"Utdrag ur registret{style['end']}{style['end']}")
    writer.writerow(["Ärendenr", "Händelsetyp", "Från", "Till", "X-koordinat", "Y-koordinat", "Anteckning"])
    # the first row makes the order of day and month plain
    for number, row in enumerate(incidents):
        start = row["start"].astimezone(ZONE)
        end = (row["start"] + dt.timedelta(minutes=row["minutes"])).astimezone(ZONE)
        x, y = transform([row["lon"]], [row["lat"]], 4326, style["crs"])
        point = [f"{v[0]:.7f}".replace(".", style["decimal"]) for v in (x, y)]
        moments = [start.strftime(style["form"]), end.strftime(style["form"])]
        writer.writerow([f"A{number}", row["own"], *moments, *point, row["note"]])
    return out.getvalue().encode(style["encoding"])


ANCHOR = {
    "start": dt.datetime(2024, 1, 25, 12, tzinfo=dt.UTC),
    "minutes": 0,
    "lon": 18.05,
    "lat": 59.3,
    "own": "Bråk",
    "note": "å",
}


def is_plain(row: dict[str, object]) -> bool:
    """The second of the two equal hours of autumn cannot be written in local time."""
    ends = (row["start"], row["start"] + dt.timedelta(minutes=row["minutes"]))
    return all(end.astimezone(ZONE).fold == 0 for end in ends)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(incident().filter(is_plain), min_size=1, max_size=8), dialect())
def test_an_import_gives_back_what_was_written(
    read: Callable[..., ParsedFile], incidents: list[dict[str, object]], style: dict[str, object]
) -> None:
    rows = [ANCHOR, *incidents]
    parsed = read(written(rows, style), near=NEAR)
    assert not parsed.refused
    assert parsed.rows["source_key"].tolist() == [f"A{i}" for i in range(len(rows))]
    assert parsed.rows["own_code"].tolist() == [row["own"] for row in rows]
    starts = [row["start"].replace(tzinfo=None) for row in rows]
    ends = [start + dt.timedelta(minutes=row["minutes"]) for start, row in zip(starts, rows, strict=True)]
    assert parsed.rows["occurred_from"].tolist() == starts
    assert parsed.rows["occurred_to"].tolist() == ends
    x, y = transform([row["lon"] for row in rows], [row["lat"] for row in rows], 4326, 3006)
    np.testing.assert_allclose(parsed.rows["x"], x, atol=0.05)
    np.testing.assert_allclose(parsed.rows["y"], y, atol=0.05)
    notes = [" ".join(row["note"].split()) or None for row in rows]
    assert parsed.rows["note"].tolist() == notes
