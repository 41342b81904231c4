"""A finding as a person describes it, and what of it cannot be stored whatever the database holds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from data_access.changes.entry import EntryError
from data_access.changes.intervention_entry import PersonalDataError
from data_access.models.finding import FINDING_SOURCES, LONGEST_IN_FINDING, OF_A_SURVEY
from data_access.one_line import one_line
from data_access.personal_data import found_in


@dataclass(frozen=True)
class FindingEntry:
    """A finding: one sentence, of `FINDING_SOURCES`; in districts by their codes (none: the whole municipality).

    `wave_id`, `indicator_code`: the wave of a survey, and the question, that it rests on; a question wants its wave.
    """

    statement: str
    source: str = "other"
    area_codes: tuple[str, ...] = ()
    wave_id: int | None = None
    indicator_code: str = ""


def checked_finding(entry: FindingEntry) -> FindingEntry:
    """The entry with its sentence cleaned.

    Raises `PersonalDataError`, `EntryError`: text_empty, text_long, unknown (source), finding_rests_on (a question without a
    wave, or a wave where the source is none of a survey).
    """
    statement = clean_in_finding("statement", entry.statement)
    if entry.source not in FINDING_SOURCES:
        raise EntryError("unknown", field="source", value=entry.source)
    has_wave = entry.wave_id is not None
    if (has_wave and entry.source not in OF_A_SURVEY) or (entry.indicator_code and not has_wave):
        raise EntryError("finding_rests_on")
    return replace(entry, statement=statement)


def clean_in_finding(field: str, text: str) -> str:
    """A text on one line, which may not be empty. Raises `PersonalDataError`, `EntryError`: text_empty, text_long."""
    for found in found_in(text):
        raise PersonalDataError(field, found)
    clean, limit = one_line(text), LONGEST_IN_FINDING[field]
    if not clean:
        raise EntryError("text_empty", field=field)
    if len(clean) > limit:
        raise EntryError("text_long", field=field, count=len(clean), limit=limit)
    return clean
