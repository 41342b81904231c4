"""From a file of a survey to a published wave: read, build, write the cells, forget the people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from data_access.changes import Correction, WaveEntry, record_release
from data_access.changes.entry import EntryError, clean_name
from data_access.changes.surveys import check_release
from data_access.importers.errors import ImportRefused
from data_access.importers.limits import safe_name
from data_access.importers.survey_answers import read_otherwise
from data_access.importers.survey_columns import check_codes
from data_access.importers.survey_counts import counts_columns, parse_counts
from data_access.importers.survey_mapping import SurveyMapping, survey_mapping_from_json
from data_access.importers.survey_turnout import check_turnout, read_turnout
from data_access.importers.surveys import Survey, parse_survey, survey_table
from data_access.models.survey import INSTRUMENTS
from data_access.permissions import Action, check
from data_access.survey_frame import area_set_of, context_of, newest, questions_of
from data_access.surveys.build import build_release
from data_access.surveys.editions import changed, fingerprint_of, people_of
from data_access.surveys.hiding import Why
from data_access.surveys.secret_keys import check_secret

if TYPE_CHECKING:
    from pathlib import Path

    from data_access.database import Database
    from data_access.frame import AreaSetFact
    from data_access.importers.limits import FileLike
    from data_access.importers.table import RawTable
    from data_access.permissions import Viewer
    from data_access.surveys.build import Built, SelfAudit
    from data_access.surveys.editions import Read

_EARLIEST = 1990


@dataclass(frozen=True)
class SurveyReport:
    """What became of a file of a survey.

    `rows`: read; `questions`: how many of the catalogue are in it. `columns`: what -> heading; `unused`: headings that were not
    read. `shown`: cells that municipal roles are told, `shown_to_partners` of them; `hidden`: cells by reason (`Why`, small
    letters). `wave_id` None: a dry run. `is_counts`: the file came as counts.
    """

    file_name: str
    wave: str
    instrument: str
    rows: int
    questions: int
    columns: dict[str, str]
    unused: tuple[str, ...]
    areas: int
    cells: int
    shown: int
    shown_to_partners: int
    hidden: dict[str, int]
    audit: SelfAudit
    edition: int
    wave_id: int | None
    is_known: bool
    is_counts: bool


def release_survey(  # noqa: PLR0913 - each may be said on its own
    database: Database,
    viewer: Viewer,
    file: FileLike,
    *,
    wave: str,
    instrument: str,
    secret: str,
    year: int | None = None,
    mapping: SurveyMapping | Path | None = None,
    areas: str | None = None,
    turnout: FileLike | None = None,
    previous: FileLike | None = None,
    is_dry: bool = False,
) -> SurveyReport:
    """Read a file, build its tables and publish them as a wave; `is_dry` checks, builds and tells, and writes nothing.

    `year`: of collection, this one when not given. `areas`: name of the set of districts, the newest set when not given, of a
    correction the set that the wave was published for; when the mapping says that the file has no districts, the wave is released
    for the municipality only, and for no set. `turnout`: a file of how many were asked. `previous`: the file that this one
    corrects. Raises `ImportRefused` for a file that cannot be read, `EntryError` for a wave that cannot be published,
    `SecretError`.
    """
    check(viewer, Action.WRITE_SURVEYS)
    check_secret(secret)
    if instrument not in INSTRUMENTS:
        raise EntryError("unknown", value=instrument)
    given = _mapping(mapping)
    area_set = area_set_of(database, areas, newest(database, instrument, wave)) if given.has_areas else None
    questions = questions_of(database, instrument)
    check_codes(given, questions)
    survey = Survey(
        instrument,
        questions,
        context_of(database, area_set),
        secret,
        has_areas=given.has_areas,
    )
    raw = survey_table(file, given)
    read, columns, unused = _read(raw, given, survey)
    built = build_release(read, secret)
    entry = _entry(given, clean_name(wave), survey, _year(year), area_set)
    if turnout is not None:
        entry = replace(entry, invited=read_turnout(turnout, survey.context))
        check_turnout(turnout, entry.invited, people_of(read))
    correction = _correction(previous, read, given, survey)
    outcome = (check_release if is_dry else record_release)(
        database, viewer, entry, built, correction=correction
    )
    return SurveyReport(
        file_name=raw.source.name,
        wave=entry.name,
        instrument=instrument,
        rows=len(raw.rows),
        questions=len({one.question.code for one in built.tracks if one.question is not None}),
        columns=columns,
        unused=unused,
        areas=len(built.areas),
        cells=int(built.n[..., 1:].size),
        shown=int(built.is_shown[..., 1:].sum()),
        shown_to_partners=int(built.is_partner[..., 1:].sum()),
        hidden=_hidden(built),
        audit=built.audit,
        edition=outcome.edition if outcome else 0,
        wave_id=outcome.wave_id if outcome else None,
        is_known=outcome.is_known if outcome else False,
        is_counts="question" in columns,
    )


def _read(
    raw: RawTable, mapping: SurveyMapping, survey: Survey
) -> tuple[Read, dict[str, str], tuple[str, ...]]:
    """The people of a file, or its counts, and which columns they are from."""
    columns = counts_columns(raw.columns, mapping)
    if columns is not None:
        unused = tuple(heading for heading in raw.columns if heading not in columns.values())
        return parse_counts(raw, columns, survey), columns, unused
    parsed = parse_survey(raw, mapping, survey)
    return parsed.table, parsed.columns, parsed.unused


def _hidden(built: Built) -> dict[str, int]:
    counts = {why.name.lower(): int((built.why[..., 1:] == why).sum()) for why in Why if why is not Why.SHOWN}
    return {name: count for name, count in counts.items() if count}


def _mapping(given: SurveyMapping | Path | None) -> SurveyMapping:
    if given is None or isinstance(given, SurveyMapping):
        return given or SurveyMapping()
    try:
        text = given.read_bytes()
    except OSError:
        raise ImportRefused(reason="file_missing", file=safe_name(given.name)) from None
    return survey_mapping_from_json(text)


def _entry(
    mapping: SurveyMapping, wave: str, survey: Survey, year: int, area_set: AreaSetFact | None
) -> WaveEntry:
    first = date.fromisoformat(mapping.first_day) if mapping.first_day else date(year, 1, 1)
    last = date.fromisoformat(mapping.last_day) if mapping.last_day else date(year, 12, 31)
    return WaveEntry(
        instrument=survey.instrument,
        name=wave,
        year=last.year if mapping.last_day else year,
        first_day=first,
        last_day=last,
        area_set_id=area_set.id if area_set else None,
        frame=mapping.frame,
        purpose=mapping.purpose,
        retention=mapping.retention,
        reading={
            "columns": mapping.columns,
            "cut_points": mapping.cut_points,
            "words": mapping.words,
            "index": mapping.index,
            "read_otherwise": read_otherwise(mapping, survey.questions),
        },
    )


def _year(given: int | None) -> int:
    this = datetime.now(UTC).year
    if given is not None and not _EARLIEST <= given <= this + 1:
        raise EntryError("out_of_range", value=str(given), low=str(_EARLIEST), high=str(this + 1))
    return given or this


def _correction(
    previous: FileLike | None, new: Read, mapping: SurveyMapping, survey: Survey
) -> Correction | None:
    """How the file differs from the one that it corrects, both read in the same way."""
    if previous is None:
        return None
    old, _, _ = _read(survey_table(previous, mapping), mapping, survey)
    return Correction(fingerprint_of(old, survey.secret), changed(old, new, survey.secret))
