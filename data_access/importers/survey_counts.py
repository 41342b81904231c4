"""A file of a survey that is counted already: a row per area, group and question with people, share, and what its source hid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.area_codes import area_reader
from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import folded, plain
from data_access.importers.numbers import is_missing
from data_access.importers.survey_cells import CountRow, counted
from data_access.importers.survey_words import (
    GENDER_WORDS,
    MOST_PEOPLE,
    TOTAL_WORDS,
    WHO_WORDS,
    is_of_ages,
    stage_of,
)
from data_access.surveys.questions import HIGHEST_INDEX, MEASURES, Question

if TYPE_CHECKING:
    from data_access.importers.errors import Reason
    from data_access.importers.survey_mapping import SurveyMapping
    from data_access.importers.surveys import Survey
    from data_access.importers.table import RawTable
    from data_access.surveys.tallies import Group, Tallies

_HEADINGS = {
    "question": "fråga, frågekod, indikator, indicator, question, kod, code",
    "measure": "mått, measure",
    "n": "n, antal svar, antal svarande, antal, respondents, base",
    "share": "andel, andel pct, andel procent, share, share pct, procent, percent, value, värde",
    "suppressed": "dold, dolt, maskad, undertryckt, suppressed, suppressed at source",
}
_WORDS = {what: {folded(word) for word in line.split(",")} for what, line in _HEADINGS.items()} | {
    what: {folded(word) for word in words} for what, words in WHO_WORDS.items()
}
_NEEDED = ("area", "question", "n", "share")
_ALL = TOTAL_WORDS | {""}
_YES = frozenset({"ja", "yes", "x", "1", "true", "sant"})
_HIDDEN = frozenset({"..", ".", "-", "x", "*", "dold", "maskad", "suppressed"})


def counts_columns(headings: tuple[str, ...], mapping: SurveyMapping) -> dict[str, str] | None:
    """What -> heading of a file of counts; None when it is no such file. Without districts it needs no column of them."""
    found = {what: mapping.columns[what] for what in _WORDS if mapping.columns.get(what) in headings}
    for heading in headings:
        for what, words in _WORDS.items():
            if what not in found and folded(heading) in words:
                found[what] = heading
    needed = _NEEDED if mapping.has_areas else _NEEDED[1:]
    return found if all(what in found for what in needed) else None


def parse_counts(raw: RawTable, columns: dict[str, str], survey: Survey) -> Tallies:
    """Read the counts of a table. Raises `ImportRefused`, naming column and row."""
    if survey.has_areas and not survey.context.area_codes:
        raise ImportRefused(reason="survey_no_areas")
    if not len(raw.rows):
        raise ImportRefused(reason="survey_no_questions", file=raw.source.name)
    return counted(raw, _Reader(raw, columns, survey).rows(), survey)


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, raw: RawTable, columns: dict[str, str], survey: Survey) -> None:
        self._numbers, self._columns, self._instrument = raw.rows.tolist(), columns, survey.instrument
        self._cells = {
            what: [cell.strip() for cell in raw.cells[raw.columns.index(heading)]]
            for what, heading in columns.items()
        }
        self._area = area_reader(survey.context) if survey.has_areas else _nowhere
        self._questions = _names(survey.questions)
        self._is_index = {question.code: question.is_index for question in survey.questions}
        shares = [self._number(cell) for cell in self._cells["share"]]
        largest = max((share for share in shares if share is not None), default=0.0)
        self._is_percent = largest > 1 and "index" not in map(plain, self._cells.get("measure", ()))

    def rows(self) -> list[CountRow]:
        """All rows in their order."""
        return [self._row(place) for place in range(len(self._numbers))]

    def _row(self, place: int) -> CountRow:
        code = self._questions.get(folded(self._cell("question", place)))
        measure = plain(self._cell("measure", place)) or "present"
        if code is None or measure not in MEASURES or (measure == "index" and not self._is_index[code]):
            raise self._refusal("survey_question_unknown", "question", place)
        if self._is_hidden(place):
            return CountRow((code, measure), self._place(place), self._group(place), None, None)
        n, share = self._number(self._cell("n", place)), self._share(place, measure)
        if n is None or not 0 <= n <= MOST_PEOPLE or n != int(n):
            raise self._refusal("survey_count_unreadable", "n", place)
        return CountRow((code, measure), self._place(place), self._group(place), int(n), share)

    def _share(self, place: int, measure: str) -> float:
        cell = self._cell("share", place)
        share = self._number(cell)
        if share is not None and measure != "index" and (self._is_percent or cell.endswith("%")):
            share /= 100
        if share is None or not 0 <= share <= (HIGHEST_INDEX if measure == "index" else 1):
            raise self._refusal("survey_count_unreadable", "share", place)
        return share

    def _is_hidden(self, place: int) -> bool:
        is_marked = plain(self._cell("suppressed", place)) in _YES
        numbers = (self._cell("n", place), self._cell("share", place))
        return is_marked or any(
            is_missing(cell) or cell.casefold() in _HIDDEN or cell[:1] == "<" for cell in numbers
        )

    def _place(self, place: int) -> str:
        cell = self._cell("area", place)
        if plain(cell) in _ALL:
            return ""
        code = self._area(cell)
        if code is None:
            raise self._refusal("survey_area_unknown", "area", place)
        return code

    def _group(self, place: int) -> Group:
        gender, stage = plain(self._cell("gender", place)), self._cell("stage", place)
        is_all = gender in _ALL, plain(stage) in _ALL
        if all(is_all):
            return ("all", "")
        name = next((name for name, words in GENDER_WORDS.items() if gender in words), None)
        if is_all == (False, True) and name is not None:
            return ("gender", name)
        is_age = is_of_ages(self._columns.get("stage", ""))
        code = stage_of(stage, is_school=self._instrument == "youth", is_age=is_age)
        if is_all == (True, False) and code is not None:
            return ("stage", code)
        raise self._refusal("survey_count_unreadable", "stage" if is_all[0] else "gender", place)

    def _cell(self, what: str, place: int) -> str:
        return self._cells[what][place] if what in self._cells else ""

    def _number(self, cell: str) -> float | None:
        try:
            number = float(cell.rstrip("%").replace("\u00a0", "").replace(" ", "").replace(",", "."))
        except ValueError:
            return None
        return number if np.isfinite(number) else None

    def _refusal(self, reason: Reason, what: str, place: int) -> ImportRefused:
        heading = self._columns.get(what, what)
        return ImportRefused(
            reason=reason,
            column=heading[:120],
            question=heading[:120],
            row=int(self._numbers[place]),
            count=1,
        )


def _nowhere(_cell: str) -> None:
    """Without districts no cell is one: only rows of the municipality are read."""


def _names(questions: tuple[Question, ...]) -> dict[str, str]:
    """Folded code or name -> code; names of several questions mean none."""
    found: dict[str, set[str]] = {}
    for question in questions:
        for name in (question.code, question.name_sv, question.name_en):
            found.setdefault(folded(name), set()).add(question.code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}
