"""Cells of answers to yes, no or a number: what counts as yes is said by the sender, the catalogue, or the words themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.importers.by_value import by_value
from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import plain
from data_access.importers.survey_words import NO, YES, says_nothing
from data_access.surveys.questions import FOLLOW_UPS, HIGHEST_INDEX, PRESENT_INDEX
from data_access.surveys.respondents import NONE, Answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data_access.importers.errors import Reason
    from data_access.importers.survey_mapping import SurveyMapping
    from data_access.importers.table import RawTable
    from data_access.surveys.questions import Question
    from data_access.surveys.told import Measure

_UNREAD, _UNCUT = -2, -3
_MANY = 10


def read_answers(
    raw: RawTable, columns: dict[str, str], mapping: SurveyMapping, questions: tuple[Question, ...]
) -> Iterator[Answers]:
    """Answers to each question that has a column.

    Raises `ImportRefused`: survey_answer_unreadable, survey_needs_cut_point, survey_only_yes.
    """
    for question in questions:
        if question.code in columns:
            yield _answers(raw, columns, mapping, question)


def read_otherwise(mapping: SurveyMapping, questions: tuple[Question, ...]) -> dict[str, dict[str, Any]]:
    """What the sender says that makes answers another thing than without it, by question; those without are not in it.

    "index": answered with points. "cut_point", "words": of each column ("present" or a follow-up), words with what they are read
    as. Words that would be read so anyway are left out, and so are unknown ones that say nothing: other files have none of them.
    """
    found = {question.code: _otherwise(mapping, question) for question in questions}
    return {code: said for code, said in found.items() if said}


def _otherwise(mapping: SurveyMapping, question: Question) -> dict[str, Any]:
    is_index = question.is_index or question.code in mapping.index
    said: dict[str, Any] = {} if question.is_index or not is_index else {"index": True}
    usual = PRESENT_INDEX if is_index and question.at_risk_from is None else question.at_risk_from
    for measure in ("present", *(FOLLOW_UPS if question.has_follow_ups else ())):
        name = question.code if measure == "present" else f"{question.code}:{measure}"
        own = usual if measure == "present" else None
        cut, meanings = mapping.cut_points.get(name, own), mapping.meanings(name)
        if cut != own:
            said.setdefault("cut_point", {})[measure] = cut
        readers = (
            (_index_reader(meanings), _index_reader({}))
            if is_index
            else (_reader(meanings, cut), _reader({}, cut))
        )
        if words := _other_words(meanings, *readers):
            said.setdefault("words", {})[measure] = words
    return said


def _other_words(
    meanings: dict[str, list[str]], read: Callable[[str], int], usual: Callable[[str], int]
) -> dict[str, int]:
    given = {_word(word): read(word) for words in meanings.values() for word in words}
    unread = {_UNREAD, _UNCUT}
    return {
        word: value
        for word, value in given.items()
        if value != usual(word) and not (value == NONE and usual(word) in unread)
    }


def _answers(raw: RawTable, columns: dict[str, str], mapping: SurveyMapping, question: Question) -> Answers:
    heading = columns[question.code]
    cut = mapping.cut_points.get(question.code, question.at_risk_from)
    if question.is_index or question.code in mapping.index:
        question = replace(question, is_index=True)
        index = _column(raw, heading, _index_reader(mapping.meanings(question.code)))
        present = np.where(index == NONE, NONE, index >= (PRESENT_INDEX if cut is None else cut)).astype(
            np.int8
        )
        return Answers(question, present, {}, index)
    present = _yes_or_no(raw, heading, mapping, question.code, cut)
    follow_ups: dict[Measure, np.ndarray] = {}
    for measure in FOLLOW_UPS if question.has_follow_ups else ():
        name = f"{question.code}:{measure}"
        if name in columns:
            said = _yes_or_no(raw, columns[name], mapping, name, mapping.cut_points.get(name))
            follow_ups[measure] = np.where(present == 1, said, NONE).astype(np.int8)
    return Answers(question, present, follow_ups)


def _yes_or_no(
    raw: RawTable, heading: str, mapping: SurveyMapping, name: str, cut: float | None
) -> np.ndarray:
    """Answers of a column of yes and no. Many yes without one no are the ticks of a box that the others left empty: refused."""
    found = _column(raw, heading, _reader(mapping.meanings(name), cut))
    if (found == 0).any() or (found == 1).sum() < _MANY or _says_what_is_no(mapping, name):
        return found
    cells = raw.cells[raw.columns.index(heading)]
    if cut is not None and all(_number(cells[place]) is not None for place in np.flatnonzero(found == 1)):
        return found  # all of them may well have reached the cut point
    raise ImportRefused(reason="survey_only_yes", column=heading[:120], question=name)


def _says_what_is_no(mapping: SurveyMapping, name: str) -> bool:
    """Whether the sender gave words of this very column, or said of every column what an empty cell means."""
    meanings, own = mapping.meanings(name), mapping.words.get(name, {})
    given = [(kind, meanings.get(kind, [])) for kind in ("no", "missing")]
    return any(words and (kind in own or "" in words) for kind, words in given)


def _column(raw: RawTable, heading: str, read: Callable[[str], int]) -> np.ndarray:
    cells = [cell.strip() for cell in raw.cells[raw.columns.index(heading)]]
    found = by_value(cells, read).astype(np.int8)
    reasons: dict[int, Reason] = {_UNREAD: "survey_answer_unreadable", _UNCUT: "survey_needs_cut_point"}
    for mark, reason in reasons.items():
        bad = np.flatnonzero(found == mark)
        if bad.size:
            row = int(raw.rows[bad[0]])
            raise ImportRefused(reason=reason, column=heading[:120], row=row, count=int(bad.size))
    return found


def _reader(meanings: dict[str, list[str]], cut: float | None) -> Callable[[str], int]:
    """Words as the sender says, then as everybody writes them; numbers from the cut-point on, without one only 0 and 1."""
    words = dict.fromkeys(YES, 1) | dict.fromkeys(NO, 0)
    for name, value in (("yes", 1), ("no", 0), ("missing", NONE)):
        words |= {_word(word): value for word in meanings.get(name, ())}

    def read(cell: str) -> int:
        known = words.get(_word(cell))
        if known is not None:
            return known
        if says_nothing(cell):
            return NONE
        number = _number(cell)
        if number is None:
            return _UNREAD
        if cut is not None:
            return int(number >= cut)
        return int(number) if number in (0, 1) else _UNCUT

    return read


def _word(cell: str) -> str:
    """A word to compare by; signs alone stay as they are, so that what is said of an empty cell is not said of a dash."""
    return plain(cell) or cell.strip()


def _index_reader(meanings: dict[str, list[str]]) -> Callable[[str], int]:
    missing = {plain(word) for word in meanings.get("missing", ())}

    def read(cell: str) -> int:
        if says_nothing(cell) or plain(cell) in missing:
            return NONE
        number = _number(cell)
        is_fit = number is not None and number == int(number) and 0 <= number <= HIGHEST_INDEX
        return int(number) if is_fit and number is not None else _UNREAD

    return read


def _number(cell: str) -> float | None:
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return None
    return number if np.isfinite(number) else None
