"""Which row is the header: below titles and empty rows, above the data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from data_access.importers.header_words import ALL_WORDS, folded

_SEARCHED = 40
_ENOUGH = 2
_LONGEST = 60
_NUMBERLIKE = re.compile(r"^[\s\d.,:;/+\-TZ%()°]+$")


@dataclass(frozen=True)
class Header:
    """`position` in the list of rows (None when no row can be a header), `known`: headings that we know."""

    position: int | None
    known: int = 0


def find_header(rows: list[list[str]]) -> Header:
    """Return the row among the first 40 with most known headings; without any, the first full row of plain words."""
    head = rows[:_SEARCHED]
    known = [_known(row) for row in head]
    most = max(known, default=0)
    if most >= _ENOUGH:
        return Header(known.index(most), most)
    usual = Counter(_filled(row) for row in rows[: 4 * _SEARCHED] if any(row)).most_common(1)
    width = usual[0][0] if usual else 0
    for position, row in enumerate(head):
        if _filled(row) >= max(width - 1, 1) and _is_words(row) and position + 1 < len(rows):
            return Header(position, known[position])
    return Header(None)


def _known(row: list[str]) -> int:
    """Different known headings; the same word in many cells is data, not a header."""
    return len(
        {
            name
            for cell in row
            if len(cell) < _LONGEST and (name := folded(cell.partition("(")[0])) in ALL_WORDS
        }
    )


def _filled(row: list[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _is_words(row: list[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(set(cells)) == len(cells) and not any(_NUMBERLIKE.match(cell) for cell in cells)
