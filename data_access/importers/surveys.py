"""A file of what people answered, one row each, to a table in memory. Nothing of a row is kept, logged or told.

Errors name the column and the row, never what stood there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.area_codes import area_reader
from data_access.importers.by_value import by_value
from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import plain
from data_access.importers.limits import LOCAL, UPLOADED, open_file
from data_access.importers.survey_answers import read_answers
from data_access.importers.survey_columns import survey_columns
from data_access.importers.survey_words import GENDER_NAMES, GENDER_WORDS, is_of_ages, says_nothing, stage_of
from data_access.importers.table import read_table
from data_access.surveys.editions import keys_of
from data_access.surveys.groups import GENDERS, in_order, is_stage
from data_access.surveys.respondents import NONE, Respondents

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from data_access.importers.context import ImportContext
    from data_access.importers.errors import Reason
    from data_access.importers.limits import FileLike
    from data_access.importers.survey_mapping import SurveyMapping
    from data_access.importers.table import RawTable
    from data_access.surveys.questions import Question

_COLUMNS = 600
_FEWEST = 10
_MOST_UNKNOWN = 0.2


@dataclass(frozen=True)
class Survey:
    """What the reader needs to know: the instrument, its questions, the areas (codes and names), the secret.

    `has_areas` False: the file is read without districts, and `context` has none.
    """

    instrument: str
    questions: tuple[Question, ...]
    context: ImportContext
    secret: str
    has_areas: bool = True


@dataclass(frozen=True, eq=False, repr=False)
class ParsedSurvey:
    """The people of a file, and how its columns were read (what -> heading); `unused`: headings that were not."""

    file_name: str
    table: Respondents
    columns: dict[str, str]
    unused: tuple[str, ...]


def survey_table(file: FileLike, mapping: SurveyMapping) -> RawTable:
    """Read a file as a table. Raises `ImportRefused`, for a row that is broken survey_row_broken."""
    limits = UPLOADED if isinstance(file, tuple) else LOCAL
    table = read_table(open_file(file, replace(limits, columns=_COLUMNS)), overrides=mapping.options)
    if table.refused:
        raise ImportRefused(reason="survey_row_broken", file=table.source.name, row=table.refused[0].row)
    return table


def parse_survey(raw: RawTable, mapping: SurveyMapping, survey: Survey) -> ParsedSurvey:
    """Read the people of a table. Raises `ImportRefused`."""
    columns = survey_columns(raw.columns, mapping, survey.questions)
    answers = tuple(read_answers(raw, columns, mapping, survey.questions))
    if not answers:
        raise ImportRefused(reason="survey_no_questions", file=raw.source.name)
    if not survey.has_areas:
        columns.pop("area", None)
    elif "area" not in columns:
        raise ImportRefused(reason="survey_no_area", file=raw.source.name)
    if len(raw.rows) < _FEWEST:
        raise ImportRefused(reason="survey_too_few", file=raw.source.name, limit=_FEWEST)
    areas = tuple(sorted(survey.context.area_codes))
    nowhere = np.full(len(raw.rows), NONE, np.int64)
    stages, stage = _stage(raw, columns, mapping, survey.instrument)
    table = Respondents(
        areas=areas,
        area=_area(raw, columns["area"], survey.context, areas) if survey.has_areas else nowhere,
        stages=stages,
        gender=_gender(raw, columns, mapping),
        stage=stage,
        answers=answers,
        row_keys=np.zeros(0, np.uint64),
    )
    table = replace(table, row_keys=keys_of(table, survey.secret))
    unused = tuple(heading for heading in raw.columns if heading not in columns.values())
    return ParsedSurvey(raw.source.name, table, columns, unused)


def column_of(raw: RawTable, heading: str) -> list[str]:
    """The cells of a column that is there, stripped."""
    return [cell.strip() for cell in raw.cells[raw.columns.index(heading)]]


def _area(raw: RawTable, heading: str, context: ImportContext, areas: tuple[str, ...]) -> np.ndarray:
    if not areas:
        raise ImportRefused(reason="survey_no_areas")
    read, places = area_reader(context), {code: place for place, code in enumerate(areas)}
    cells = column_of(raw, heading)
    found = by_value(
        cells, lambda cell: NONE if says_nothing(cell) else places.get(read(cell) or "", _UNREAD)
    )
    _refuse_unread(raw, heading, found, "survey_area_unknown")
    return found.astype(np.int64)


_UNREAD = -2


def _refuse_unread(raw: RawTable, heading: str, found: np.ndarray, reason: Reason) -> None:
    """Raise `ImportRefused` with the first row that could not be read."""
    bad = np.flatnonzero(found == _UNREAD)
    if bad.size:
        raise ImportRefused(
            reason=reason, column=heading[:120], row=int(raw.rows[bad[0]]), count=int(bad.size)
        )


def _gender(raw: RawTable, columns: dict[str, str], mapping: SurveyMapping) -> np.ndarray | None:
    """Whoever answered something else than the two groups is in none; that is no fault."""
    if "gender" not in columns:
        return None
    words = {word: GENDERS.index(name) for name, known in GENDER_WORDS.items() for word in known}
    words |= _given(mapping.gender, GENDER_NAMES | {name: name for name in GENDERS}, GENDERS, "gender")
    return _groups(raw, columns, "gender", lambda cell: words.get(plain(cell), NONE))


def _stage(
    raw: RawTable, columns: dict[str, str], mapping: SurveyMapping, instrument: str
) -> tuple[tuple[str, ...], np.ndarray | None]:
    if "stage" not in columns:
        return (), None
    for name in mapping.stage:
        if not is_stage(name):
            raise ImportRefused(reason="mapping_broken", field="stage", value=name[:80])
    given = {plain(word): name for name, words in mapping.stage.items() for word in _listed(words)}
    is_school, is_age = instrument == "youth", "age" in mapping.columns or is_of_ages(columns["stage"])

    def read(cell: str) -> str | None:
        return given.get(plain(cell)) or stage_of(cell, is_school=is_school, is_age=is_age)

    cells = by_value(column_of(raw, columns["stage"]), read)
    stages = in_order({name for name in cells.tolist() if name is not None})
    places = {name: place for place, name in enumerate(stages)}
    unknown = "survey_ages" if is_school and is_age else "survey_groups_unknown"
    found = _groups(raw, columns, "stage", lambda cell: places.get(read(cell) or "", NONE), unknown)
    return (stages, found) if found is not None else ((), None)


def _groups(
    raw: RawTable,
    columns: dict[str, str],
    what: str,
    read: Callable[[str], int],
    unknown: Reason = "survey_groups_unknown",
) -> np.ndarray | None:
    """Positions of groups. Whoever is in none is dealt out by chance, so a column where many are makes no breakdown.

    Words that nobody knows are refused: the mapping can say what they mean. For empty cells it cannot: that column is
    left out, and told among those that are not used.
    """
    heading = columns[what]
    cells = column_of(raw, heading)
    found = by_value(cells, read).astype(np.int64)
    is_said = ~by_value(cells, says_nothing).astype(bool)
    if (is_said & (found == NONE)).sum() > _MOST_UNKNOWN * max(is_said.sum(), 1):
        raise ImportRefused(reason=unknown, column=heading[:120])
    if (found == NONE).sum() > _MOST_UNKNOWN * len(found):
        del columns[what]
        return None
    return found.astype(np.int8)


def _given(
    given: dict[str, Any], names: dict[str, str], order: tuple[str, ...], field: str
) -> dict[str, int]:
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise ImportRefused(reason="mapping_broken", field=field, value=unknown[0][:80])
    return {plain(word): order.index(names[name]) for name, words in given.items() for word in _listed(words)}


def _listed(words: Any) -> list[str]:
    return [words] if isinstance(words, str) else list(words)
