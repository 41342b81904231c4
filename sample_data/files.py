"""Writing the sample municipality as the files that its organisations would send."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sample_data.findings import findings
from sample_data.formats import FORMATS, write_incidents
from sample_data.ground_files import write_areas, write_base
from sample_data.incidents import incidents
from sample_data.meetings import meetings
from sample_data.organisations import BY_KEY, category_mapping
from sample_data.reports import reports
from sample_data.truth import plans, truth
from sample_data.weeks import window

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

TIMEZONE = "Europe/Stockholm"


@dataclass(frozen=True)
class IncidentFile:
    """One organisation's incident file and the mapping that explains its columns and codes."""

    organisation: str
    path: Path
    mapping: Path


@dataclass(frozen=True)
class SampleFiles:
    """Paths of everything that was written."""

    areas: Path
    base: Path
    incidents: tuple[IncidentFile, ...]
    interventions: Path
    findings: Path
    meetings: Path
    truth: Path


def write(outdir: Path, *, seed: int = 7, today: date | None = None) -> SampleFiles:
    """Write the fictional municipality of Lindhamn into a folder, which is created when missing.

    The same seed and day give the same files. Raises OSError when the folder cannot be written.
    """
    outdir.mkdir(parents=True, exist_ok=True)
    period = window(today)
    everything = incidents(seed, today=today)
    streams = np.random.default_rng([seed, 1]).spawn(len(BY_KEY))
    sent = []
    for (key, organisation), rng in zip(BY_KEY.items(), streams, strict=True):
        path = write_incidents(key, reports(everything, organisation, rng), outdir)
        mapping = _write_json(outdir / f"koder_{key}.json", _mapping(key))
        sent.append(IncidentFile(organisation.name, path, mapping))
    return SampleFiles(
        write_areas(outdir / "omraden.gpkg"),
        write_base(outdir / "underlag.gpkg"),
        tuple(sent),
        _write_json(outdir / "insatser.json", plans(period)),
        _write_json(outdir / "iakttagelser.json", findings(period)),
        _write_json(outdir / "moten.json", meetings(period)),
        _write_json(outdir / "truth.json", truth(period)),
    )


def _mapping(key: str) -> dict[str, Any]:
    form = FORMATS[key]
    mapping: dict[str, Any] = {
        "columns": form.columns,
        "categories": category_mapping(key),
        "timezone": TIMEZONE,
    }
    return mapping if form.crs is None else mapping | {"crs": form.crs}


def _write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path
