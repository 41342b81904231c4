"""Recording the sample municipality's findings, each dated as if it had been written down then."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from data_access.changes import FindingEntry, date_sample_findings, record_finding
from data_access.surveys.door import read_waves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data_access.database import Database
    from data_access.frame import Frame
    from data_access.permissions import Viewer

_NOTED = time(15)
"""On the municipality's clock."""


def record_findings(
    database: Database, viewer: Viewer, frame: Frame, found: Iterable[Mapping[str, Any]]
) -> dict[str, int]:
    """Record findings (as `sample_data.findings` gives them); their numbers by the titles of interventions that answer them."""
    if frame.area_set is None:
        return {}
    waves = {(wave.instrument, wave.year): wave.id for wave in read_waves(database, viewer)}
    numbers: dict[str, int] = {}
    noted: dict[int, datetime] = {}
    for one in found:
        entry = FindingEntry(
            one["statement"],
            one["source"],
            tuple(one["area_codes"]),
            waves.get((one["instrument"], one["year"])),
            one["indicator"],
        )
        number = record_finding(database, viewer, entry, area_set_id=frame.area_set.id)
        numbers |= dict.fromkeys(one["answers"], number)
        day = date.fromisoformat(one["noted_on"])
        noted[number] = datetime.combine(day, _NOTED, ZoneInfo(frame.timezone)).astimezone(UTC)
    date_sample_findings(database, viewer, noted)
    return numbers
