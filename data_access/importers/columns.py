"""Which heading of a file is which column of an incident: by its words, checked against what stands below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from data_access.importers.errors import ImportRefused, Remark
from data_access.importers.header_words import HEADER_WORDS, folded
from data_access.importers.mapping import Mapping
from data_access.importers.numbers import is_missing, parse_numbers
from data_access.importers.pairs import looks_like_pairs
from data_access.importers.times import is_clock, is_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from data_access.importers.table import RawTable

_SAMPLE = 200
_FEW = 20
_SMALLEST_SERIAL = 10_000
_MOST = 0.5
_SURE = 0.8
_EXACT, _WITHIN, _EXTRA_WORD = 100.0, 60.0, 8.0
_SHORTEST_WITHIN = 3
_UNIQUE = 0.99
_IN_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_TEXTUAL = re.compile(r"[^\W\d_]{2}")

_PHRASES = {name: tuple(map(folded, words)) for name, words in HEADER_WORDS.items()}

Why = Literal["heading", "part_of_heading", "content", "given", "remembered"]


@dataclass(frozen=True)
class GuessedMapping:
    """A complete mapping, why each column was chosen, and what is to be said aloud."""

    mapping: Mapping
    why: dict[str, Why]
    remarks: list[Remark]


@dataclass(frozen=True)
class _Candidate:
    score: float
    name: str
    heading: str
    why: Why


def complete_mapping(table: RawTable, given: Mapping | None, remembered: Mapping | None) -> GuessedMapping:
    """Return the mapping for a table: what was given, then what is remembered, then what is guessed.

    Remembered columns count only when all their headings are in the table. Raises `ImportRefused`: column_missing.
    """
    given = given or Mapping()
    for heading in given.columns.values():
        if heading and heading not in table.columns:
            raise ImportRefused(
                reason="column_missing", column=heading, columns=", ".join(table.columns)[:300]
            )
    known = remembered or Mapping()
    if not {heading for heading in known.columns.values() if heading} <= set(table.columns):
        known = replace(known, columns={})
    base = given.over(known)
    candidates = _candidates(table)
    guessed, remarks = _guess(table, candidates, base.columns)
    columns = {name: heading for name, heading in {**guessed, **base.columns}.items() if heading}
    why: dict[str, Why] = {name: guess.why for name, guess in _named(candidates, columns).items()}
    why.update(dict.fromkeys(known.columns, "remembered"))
    why.update(dict.fromkeys(given.columns, "given"))
    return GuessedMapping(replace(base, columns=columns), {name: why[name] for name in columns}, remarks)


def _guess(
    table: RawTable, candidates: list[_Candidate], taken: dict[str, str]
) -> tuple[dict[str, str], list[Remark]]:
    """Best candidates first, each canonical name and each heading once."""
    found: dict[str, str] = {}
    used = {heading for heading in taken.values() if heading}
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        if candidate.name in taken or candidate.name in found or candidate.heading in used:
            continue
        found[candidate.name] = candidate.heading
        used.add(candidate.heading)
    return _sensible(table, found, taken)


def _sensible(
    table: RawTable, found: dict[str, str], taken: dict[str, str]
) -> tuple[dict[str, str], list[Remark]]:
    """Drop guesses that others make needless or that the column itself contradicts."""
    remarks: list[Remark] = []
    both = {**found, **taken}
    if both.get("occurred_from"):
        found.pop("date", None)
    if both.get("x") and both.get("y"):
        found.pop("gps", None)
    for one, other in (("x", "y"), ("y", "x")):
        if one in found and not both.get(other):
            found.pop(one)
    if not (both.get("date") or both.get("occurred_from")):
        found |= _date_by_content(table, set(both.values()))
    if "source_key" in found and not _is_key(table, found["source_key"]):
        remarks.append(Remark("key_not_unique", {"column": found.pop("source_key")}))
    return found, remarks


def _is_key(table: RawTable, heading: str) -> bool:
    """A guessed key must tell the rows apart; case numbers with several offences each do not."""
    filled = [cell for cell in table.column(heading) if cell]
    return len(filled) >= _UNIQUE * len(table.rows) and len(set(filled)) >= _UNIQUE * len(filled)


def _date_by_content(table: RawTable, used: set[str]) -> dict[str, str]:
    for heading in table.columns:
        if heading not in used and is_moment(_sample(table, heading)) >= _SURE:
            return {"date": heading}
    return {}


def _named(candidates: list[_Candidate], columns: dict[str, str]) -> dict[str, _Candidate]:
    """For each chosen column the best reason for it."""
    best: dict[str, _Candidate] = {}
    for name, heading in columns.items():
        fitting = [each for each in candidates if (each.name, each.heading) == (name, heading)]
        best[name] = max(
            fitting, key=lambda each: each.score, default=_Candidate(0, name, heading, "content")
        )
    return best


def _candidates(table: RawTable) -> list[_Candidate]:
    candidates = []
    for heading in table.columns:
        words = folded(_IN_BRACKETS.sub("", heading)) or folded(heading)
        sample = _sample(table, heading)
        for name, phrases in _PHRASES.items():
            score, why = _word_score(words, phrases)
            if score > 0 and (fit := _fit(name, sample)) > 0:
                candidates.append(_Candidate(score * fit, name, heading, why))
    return candidates


def _sample(table: RawTable, heading: str) -> list[str]:
    """Filled cells spread over the whole column; all of it is searched only where it is nearly empty."""
    cells = table.cells[table.columns.index(heading)]
    for step in (max(1, len(cells) // (4 * _SAMPLE)), 1):
        filled = [cell for cell in map(str.strip, cells[::step]) if not is_missing(cell)]
        if len(filled) >= _FEW:
            break
    return filled[:: max(1, len(filled) // _SAMPLE)][:_SAMPLE]


def _word_score(words: str, phrases: tuple[str, ...]) -> tuple[float, Why]:
    """How telling a heading is: the same words as a phrase, or a phrase among its words; early phrases count more."""
    best: tuple[float, Why] = (0.0, "heading")
    for rank, phrase in enumerate(phrases):
        if words == phrase:
            return _EXACT - rank, "heading"
        if len(phrase) >= _SHORTEST_WITHIN and f" {phrase} " in f" {words} ":
            extra = len(words.split()) - len(phrase.split())
            best = max(best, (_WITHIN - rank - _EXTRA_WORD * extra, "part_of_heading"))
    return best


def _fit(name: str, sample: list[str]) -> float:
    """How well the cells fit the meaning: 0 rules the column out, an empty column stays possible."""
    if not sample:
        return 0.5
    check = _CHECKS.get(name)
    return 1.0 if check is None else check(sample)


def _moments(sample: list[str]) -> float:
    """Dates; day numbers of a spreadsheet and unreadable words are possible, times of day alone are not."""
    if is_moment(sample) >= _MOST:
        return 1.0
    numbers, is_bad, _ = parse_numbers(sample)
    if not is_bad.any() and numbers.min() > _SMALLEST_SERIAL:
        return 0.4
    return 0.1 if is_clock(sample) < _MOST else 0.0


def _clocks(sample: list[str]) -> float:
    return 1.0 if is_clock(sample) >= _MOST and is_moment(sample) < _MOST else 0.0


def _numbers(sample: list[str]) -> float:
    return 1.0 if np.isfinite(parse_numbers(sample)[0]).mean() >= _MOST else 0.0


def _pairs(sample: list[str]) -> float:
    return 1.0 if looks_like_pairs(sample) >= _MOST else 0.0


def _names(sample: list[str]) -> float:
    return (
        1.0
        if np.mean([bool(_TEXTUAL.search(cell)) for cell in sample]) >= _MOST and _pairs(sample) == 0
        else 0.0
    )


def _codes(sample: list[str]) -> float:
    """Codes of areas are short and come again; a name may stand for a code, but less likely."""
    has_digit = np.mean([any(letter.isdigit() for letter in cell) for cell in sample])
    return 1.0 if has_digit >= _MOST else 0.3


def _types(sample: list[str]) -> float:
    return 0.0 if is_moment(sample) >= _MOST or _pairs(sample) else 1.0


_CHECKS: dict[str, Callable[[list[str]], float]] = {
    "category": _types,
    "category_text": _names,
    "occurred_from": _moments,
    "occurred_to": _moments,
    "date": _moments,
    "time": _clocks,
    "time_to": _clocks,
    "x": _numbers,
    "y": _numbers,
    "gps": _pairs,
    "area_code": _codes,
    "area_name": _names,
}
