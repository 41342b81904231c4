"""Loading the sample municipality through the ordinary importers."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.sample_findings import record_findings
from dashboard.sample_meetings import hold_meetings
from data_access.changes import (
    InterventionEntry,
    describe_municipality,
    record_doses,
    record_intervention,
    refuse_own_data,
    remove_sample,
)
from data_access.frame import read_frame
from data_access.importers.backdrop import read_backdrop
from data_access.imports import import_areas, import_incidents
from data_access.survey_releases import release_survey
from sample_data import write, write_surveys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data_access.database import Database
    from data_access.permissions import Viewer
    from sample_data import SurveyFiles

NAME = "Lindhamn"
SURVEY_SECRET = "no secret: nobody in Lindhamn is real"  # noqa: S105 - so it says
_AS_WRITTEN = (
    "hypothesis",
    "status",
    "approach",
    "horizon",
    "problem",
    "cause",
    "goal",
    "goal_pct",
    "responsible",
    "cost_sek",
    "decided_in",
    "dose_unit",
)
"""What the file of interventions and the form call by the same name."""
_NAMES = {"youth": "Ungdomsenkät", "safety": "Trygghetsmätning"}


def load_sample(
    database: Database, viewer: Viewer, *, seed: int = 7, say: Callable[[str], None] = lambda _step: None
) -> None:
    """Write the sample's files to a temporary folder and import them; harmless when it is there already.

    `say` is told each step: writing, areas, incidents, surveys, interventions, meetings. Raises `DatabaseError` has_own_data,
    before anything is written, when the database holds anything that is not the sample's.
    """
    refuse_own_data(database, viewer)
    frame = read_frame(database, viewer)
    if frame.is_sample:
        return
    if frame.area_sets or frame.sources:
        remove_sample(database, viewer)  # what an interrupted attempt has left
    with tempfile.TemporaryDirectory(prefix="samsyn-sample-") as folder:
        say("writing")
        files = write(Path(folder), seed=seed)
        describe_municipality(database, viewer, name=NAME, timezone="Europe/Stockholm", srid=3006)
        say("areas")
        import_areas(
            database, viewer, files.areas, name=NAME, backdrop=read_backdrop(files.base), is_sample=True
        )
        say("incidents")
        for file in files.incidents:
            import_incidents(
                database,
                viewer,
                file.path,
                organisation=file.organisation,
                mapping=file.mapping,
                is_sample=True,
            )
        say("surveys")
        _surveys(database, viewer, write_surveys(Path(folder), seed=seed))
        say("interventions")
        found = json.loads(files.findings.read_text("utf-8"))
        answered = record_findings(database, viewer, read_frame(database, viewer), found)
        _interventions(database, viewer, json.loads(files.interventions.read_text("utf-8")), answered)
        say("meetings")
        hold_meetings(database, viewer, json.loads(files.meetings.read_text("utf-8")))
        describe_municipality(database, viewer, is_sample=True)


def _surveys(database: Database, viewer: Viewer, files: SurveyFiles) -> None:
    kinds = (("youth", files.youth, files.youth_mapping), ("safety", files.safety, files.safety_mapping))
    for instrument, waves, mapping in kinds:
        for wave in waves:
            release_survey(
                database,
                viewer,
                wave.answers,
                wave=f"{_NAMES[instrument]} {wave.year}",
                instrument=instrument,
                secret=SURVEY_SECRET,
                year=wave.year,
                mapping=mapping,
                turnout=wave.turnout,
            )


def _interventions(
    database: Database, viewer: Viewer, plans: list[dict[str, Any]], answered: Mapping[str, int]
) -> None:
    """`answered`: numbers of the findings that they answer, by their titles."""
    area_set = read_frame(database, viewer).area_set
    if area_set is None:
        return
    for plan in plans:
        entry = _entry(plan, answered.get(plan["title"]))
        number = record_intervention(database, viewer, entry, area_set_id=area_set.id, is_sample=True)
        doses = {date.fromisoformat(week): amount for week, amount in plan["doses"].items()}
        record_doses(database, viewer, number, doses)


def _entry(plan: dict[str, Any], finding: int | None) -> InterventionEntry:
    return InterventionEntry(
        title=plan["title"],
        kind=plan["kind"],
        organisation=plan["organisation"],
        starts_on=date.fromisoformat(plan["starts_on"]),
        ends_on=date.fromisoformat(plan["ends_on"]) if plan["ends_on"] else None,
        area_codes=tuple(plan["area_codes"]),
        category_codes=tuple(plan["categories"]),
        finding_id=finding,
        **{name: plan[name] for name in _AS_WRITTEN},
    )
