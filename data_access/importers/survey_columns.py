"""Which heading of a file of a survey is which question: by its code or its name in either language, unless it is said."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import folded
from data_access.importers.survey_mapping import MEANINGS
from data_access.importers.survey_words import FOLLOW_UP_WORDS, WHO_WORDS
from data_access.surveys.questions import FOLLOW_UPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data_access.importers.survey_mapping import SurveyMapping
    from data_access.surveys.questions import Question

_NUMBER = re.compile(r"^\w{0,3}\d{1,3}[a-z]?[.:)]?\s+")
_WHO = ("area", "gender", "stage")


def survey_columns(
    headings: tuple[str, ...], mapping: SurveyMapping, questions: Iterable[Question]
) -> dict[str, str]:
    """What -> heading: "area", "gender", "stage", the code of a question, or "code:follow-up".

    A name that several questions share is no guess. Raises `ImportRefused`: mapping_broken for a question that is not in the
    catalogue, survey_question_unknown for a heading that is not in the file.
    """
    known = {question.code: question for question in questions}
    given = {_what(what, known): heading for what, heading in mapping.columns.items()}
    for what, heading in given.items():
        if heading and heading not in headings:
            raise ImportRefused(reason="survey_question_unknown", column=heading[:120], question=what)
    phrases, numbered = _phrases(known), {}
    found: dict[str, str] = {}
    for heading in headings:
        what = None if heading in given.values() else _guess(heading, phrases, numbered)
        if what is not None and what not in given:
            found.setdefault(what, heading)
    return {what: heading for what, heading in (found | given).items() if heading}


def check_codes(mapping: SurveyMapping, questions: Iterable[Question]) -> None:
    """Raise `ImportRefused` mapping_broken for a question of `words`, `cut_points` or `index` that is not in the catalogue.

    It would be read without them, and nobody would know.
    """
    known, columns = set(), set()
    for question in questions:
        known.add(question.code)
        if question.has_follow_ups:
            columns |= {f"{question.code}:{measure}" for measure in FOLLOW_UPS}
    given = {"words": set(mapping.words) - set(MEANINGS), "cut_points": set(mapping.cut_points)}
    unknown = {field: names - known - columns for field, names in given.items()} | {
        "index": set(mapping.index) - known
    }
    for field, names in unknown.items():
        if names:
            raise ImportRefused(reason="mapping_broken", field=field, value=min(names)[:80])


def _what(name: str, known: dict[str, Question]) -> str:
    """A name of the mapping in our writing. Raises `ImportRefused`: mapping_broken."""
    if name in _WHO or name == "age":
        return "stage" if name == "age" else name
    code, _, follow_up = name.partition(":")
    for measure in FOLLOW_UPS:
        if name.endswith(f"_{measure}") and name.removesuffix(f"_{measure}") in known:
            code, follow_up = name.removesuffix(f"_{measure}"), measure
    if code not in known or (follow_up and follow_up not in FOLLOW_UPS):
        raise ImportRefused(reason="mapping_broken", field="columns", value=name[:80])
    return f"{code}:{follow_up}" if follow_up else code


def _phrases(known: dict[str, Question]) -> dict[str, str]:
    """Folded words of a heading -> what they mean, without those that could mean two things."""
    written: list[tuple[str, str]] = []
    for code, question in known.items():
        bare = code.partition(".")[2]
        names = {folded(name) for name in (code, bare, question.name_sv, question.name_en)}
        written += [(name, code) for name in names]
    often = Counter(name for name, _ in written)
    found = {name: code for name, code in written if often[name] == 1}
    return found | {folded(word): what for what, words in WHO_WORDS.items() for word in words}


def _guess(heading: str, phrases: dict[str, str], numbered: dict[str, str]) -> str | None:
    """What a heading means; `numbered`: the number of each question so far ("I3"), under which its follow-ups may stand."""
    number = _NUMBER.match(heading)
    for text in (heading, _NUMBER.sub("", heading)):
        words = folded(text)
        if words in phrases:
            if number is not None:
                numbered[number[0]] = phrases[words]
            return phrases[words]
        for measure, endings in FOLLOW_UP_WORDS.items():
            for ending in map(folded, endings):
                start = phrases.get(words.removesuffix(f" {ending}"))
                if start is not None and start not in _WHO:
                    return f"{start}:{measure}"
                if number is not None and words == ending and number[0] in numbered:
                    return f"{numbered[number[0]]}:{measure}"
    return None
