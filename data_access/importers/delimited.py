"""Text with delimiters to rows of cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Literal

import numpy as np

from data_access.importers.errors import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data_access.importers.limits import SourceFile

DELIMITERS = (";", "\t", ",", "|")
_PROBED = 60
_SEP_LINE = re.compile(r'^\s*"?sep=([^"\r\n\s]|\t)"?[;,\t ]*\r?\n', re.IGNORECASE)
_PROBED_CHARACTERS = 10_000
_SWALLOWED = 25
_ABOVE = 41  # rows of titles and the header, which are no rows of data
_LINES_PER_ROW = 5
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

csv.field_size_limit(
    1 << 30
)  # the standard 131 072 stops the whole file at one long cell; rows are measured later


def sep_line(text: str) -> str | None:
    """Return the delimiter that a first line `sep=;` names, as Excel writes it."""
    found = _SEP_LINE.match(text)
    return found.group(1) if found else None


def guess_delimiter(text: str) -> str:
    """Return the delimiter that gives the most lines the same number of cells; a comma when none does."""
    lines = [line[:_PROBED_CHARACTERS] for line in islice(_lines(text), _PROBED)]
    scores = {delimiter: _regularity(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ","


def check_extent(text: str, delimiter: str, source: SourceFile) -> None:
    """Count ends of lines and delimiters before any row is made of them: an empty row takes 64 bytes for its one.

    Raises `ImportRefused`: too_many_rows, too_many_columns.
    """
    limits = source.limits
    lines = text.count("\n") or text.count("\r")
    if lines > _LINES_PER_ROW * limits.rows:
        raise ImportRefused(reason="too_many_rows", file=source.name, limit=limits.rows)
    cells = text.count(delimiter)
    if cells > (lines + 1) * limits.columns:
        raise ImportRefused(reason="too_many_columns", file=source.name, limit=limits.columns)
    if cells > limits.cells:
        raise ImportRefused(reason="too_many_rows", file=source.name, limit=limits.rows)


def read_rows(
    text: str, delimiter: str, source: SourceFile | None = None
) -> tuple[list[list[str]], np.ndarray]:
    """Return the rows and the line number (from 1) on which each begins, as an editor counts lines.

    A quotation mark that is never closed swallows the lines after it; the file is then read without quoting. Raises
    `ImportRefused`: too_many_rows, as soon as `source` has more than its limits allow.
    """
    rows, lines = _read(text, delimiter, csv.QUOTE_MINIMAL, source)
    if len(lines) and np.diff(lines, append=text.count("\n") + 2).max() > _SWALLOWED:
        plain_rows, plain_lines = _read(text, delimiter, csv.QUOTE_NONE, source)
        if _share_of_usual_width(plain_rows) > _share_of_usual_width(rows):
            return [[cell.strip('"') for cell in row] for row in plain_rows], plain_lines
    return rows, lines


def _lines(text: str) -> Iterator[str]:
    """One line at a time, as the standard's text buffer cuts them, which keeps four bytes for every character."""
    return (found.group() for found in _LINE.finditer(text))


def _read(
    text: str, delimiter: str, quoting: Literal[0, 3], source: SourceFile | None
) -> tuple[list[list[str]], np.ndarray]:
    most = source.limits.rows + _ABOVE if source else len(text) + 1
    reader = csv.reader(_lines(text), delimiter=delimiter, quoting=quoting, skipinitialspace=True)
    rows = list(islice(reader, most))
    if source and next(reader, None) is not None:
        raise ImportRefused(reason="too_many_rows", file=source.name, limit=source.limits.rows)
    if reader.line_num == len(rows):
        return rows, np.arange(1, len(rows) + 1)
    reader = csv.reader(_lines(text), delimiter=delimiter, quoting=quoting, skipinitialspace=True)
    ends = [reader.line_num for _ in reader]
    return rows, np.array([0, *ends[:-1]]) + 1


def _regularity(lines: list[str], delimiter: str) -> float:
    """Share of rows with the usual number of cells, times how many cells that is (slowly); 0 for a single column."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if row)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    return count / widths.total() * width**0.25


def _share_of_usual_width(rows: list[list[str]]) -> float:
    usual = Counter(map(len, rows)).most_common(1)
    return usual[0][1] / len(rows) if usual and usual[0][0] > 1 else 0.0
