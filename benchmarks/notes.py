"""Personal data in notes: what a look at one note costs, and at a million of them; against the plain patterns alone."""

from __future__ import annotations

import re
import statistics
import timeit
from pathlib import Path

from benchmarks.harness import Row, against, ceiling, p90
from data_access.importers.personal import personal_rows
from data_access.personal_data import found_in
from sample_data.notes import NOTES

CLEAN = Path(__file__).parents[1] / "tests" / "data_access" / "clean_notes.txt"
BAR_US = 20
BAR_MILLION_S = 10
MILLION = 1_000_000
REPEATS = 200
ROUNDS = 3
SHARE_WITH_DIGITS = 3  # of ten notes at import

PLAIN = (
    re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)(?:\+46|0)[ -]?\d{1,3}(?:[ -]?\d{2,3}){2,4}(?!\d)"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"\b[A-Za-z]{3} ?\d\d[A-Za-z\d]\b"),
)
"""What one would write first: fewer spellings, no folding, no calendar, no check digit, no position."""


def run() -> list[Row]:
    notes = CLEAN.read_text("utf-8").splitlines()
    numbered = [note for note in notes if any(letter.isdigit() for letter in note)]
    wordy = [note for group in NOTES.values() for note in group]
    return [
        _per_note("a note with digits", numbered),
        _per_note("a note without digits", wordy),
        _million(wordy, numbered),
        _in_turns(wordy, numbered),
    ]


def _per_note(what: str, notes: list[str]) -> Row:
    """The median over the notes of the time of each."""
    times = [
        1e6 * min(timeit.repeat(lambda note=note: found_in(note), number=REPEATS, repeat=3)) / REPEATS
        for note in notes
    ]
    middle = statistics.median(times)
    note = f"{len(notes)} different clean notes; nine of ten at most {p90(times):.1f} us"
    return ceiling(f"look for personal data in {what}", middle, bar=BAR_US, unit="us", note=note)


def _column(wordy: list[str], numbered: list[str], count: int) -> list[str]:
    """Notes that all differ, by a last word of letters: what is equal would be looked at once."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    column = []
    for place in range(count):
        notes = numbered if place % 10 < SHARE_WITH_DIGITS else wordy
        word = "".join(letters[place // 26**k % 26] for k in range(5))
        column.append(f"{notes[place % len(notes)]} {word}")
    return column


def _million(wordy: list[str], numbered: list[str]) -> Row:
    column, numbers = _column(wordy, numbered, MILLION), range(2, MILLION + 2)
    taken = [timeit.timeit(lambda: personal_rows({"note": column}, numbers), number=1) for _ in range(ROUNDS)]
    note = "three of ten notes have digits; one look, of which an import takes two (preview or reading, and the door)"
    return ceiling(
        "a million clean notes at import", statistics.median(taken), bar=BAR_MILLION_S, unit="s", note=note
    )


def _in_turns(wordy: list[str], numbered: list[str]) -> Row:
    column = _column(wordy, numbered, MILLION // 10)
    return against(
        "100,000 clean notes / four plain patterns on each",
        lambda: [found_in(note) for note in column],
        lambda: [any(pattern.search(note) for pattern in PLAIN) for note in column],
        bar=1,
        note="the peer knows one spelling of each kind and refuses more clean notes",
    )
