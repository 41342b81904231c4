"""How a file of a survey is to be read, as its sender says in JSON; what is left open is guessed from the file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from data_access.importers.errors import ImportRefused
from data_access.importers.table import ReadOptions

if TYPE_CHECKING:
    from collections.abc import Callable

NO_AREAS = "none"
_LONGEST = 1_000_000
MEANINGS = ("yes", "no", "missing")
_SHOWN = 80
_LARGEST = 1e15


@dataclass(frozen=True)
class SurveyMapping:
    """What is given here overrules every guess.

    Attributes:
        columns: what -> heading. What is "area", "gender", "stage" (or "age"), the code of a question ("family.conflicts"), or
            that with a follow-up after a colon ("family.conflicts:distress"); in a file of counts also "question", "measure",
            "n", "share", "suppressed".
        words: "yes", "no" and "missing" -> answers that mean it; or the code of a question -> such a table of its own.
            "" stands for an empty cell.
        cut_points: code of a question -> smallest number that counts as yes.
        index: codes of questions answered with points 0-6, beside those of the catalogue.
        gender, stage: our group -> the file's word or words.
        areas: "none" for a file without districts, which is released for the municipality only.
        frame, purpose, retention: texts of the wave. first_day, last_day: of collection (ISO).
        encoding, delimiter, sheet, header_row: how the table is read; header_row counts from 1 in the file.

    """

    columns: dict[str, str] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    cut_points: dict[str, float] = field(default_factory=dict)
    gender: dict[str, Any] = field(default_factory=dict)
    stage: dict[str, Any] = field(default_factory=dict)
    index: list[str] = field(default_factory=list)
    areas: str = ""
    frame: str = ""
    purpose: str = ""
    retention: str = ""
    first_day: str | None = None
    last_day: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None

    @property
    def has_areas(self) -> bool:
        """Whether the file says in which district people live."""
        return self.areas != NO_AREAS

    @property
    def options(self) -> ReadOptions:
        """The part that concerns reading the table."""
        return ReadOptions(self.encoding, self.delimiter, self.sheet, self.header_row)

    def meanings(self, code: str) -> dict[str, list[str]]:
        """Words that the sender gave for a question: its own before those for all."""
        shared = {name: _listed(self.words[name]) for name in MEANINGS if name in self.words}
        own = self.words.get(code, {})
        return shared | {name: _listed(own[name]) for name in MEANINGS if name in own}


def survey_mapping_from_json(text: str | bytes) -> SurveyMapping:
    """Return the mapping. Raises `ImportRefused` mapping_broken, naming the field."""
    if len(text) > _LONGEST:
        raise _broken("JSON", len(text))
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _broken("JSON", error) from error
    if not isinstance(document, dict):
        raise _broken("JSON", type(document).__name__)
    checks = {one.name: _CHECKS.get(one.name, _is_text) for one in fields(SurveyMapping)}
    for name, value in document.items():
        if name not in checks or not checks[name](value):
            raise _broken(str(name)[:_SHOWN], value)
    return SurveyMapping(**document)


def _broken(name: str, value: object) -> ImportRefused:
    return ImportRefused(reason="mapping_broken", field=name, value=str(value)[:_SHOWN])


def _listed(words: Any) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(word, str) for word in value)
    )


def _is_groups(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_words(words) for words in value.values())


def _is_meanings(value: Any) -> bool:
    if not isinstance(value, dict):
        return False
    own = [part for name, part in value.items() if name not in MEANINGS]
    shared = {name: part for name, part in value.items() if name in MEANINGS}
    return _is_groups(shared) and all(_is_groups(part) and set(part) <= set(MEANINGS) for part in own)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _is_numbers(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_number, value.values()))


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "columns": _is_texts,
    "words": _is_meanings,
    "cut_points": _is_numbers,
    "gender": _is_groups,
    "stage": _is_groups,
    "areas": lambda value: value == NO_AREAS,
    "index": lambda value: isinstance(value, list) and _is_words(value),
    "first_day": _is_day,
    "last_day": _is_day,
    "delimiter": lambda value: isinstance(value, str) and len(value) == 1 and value not in '"\r\n\0',
    "header_row": lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
}
