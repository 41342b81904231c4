"""The smaller columns: reported to the police, certainty, severity, note."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.by_value import by_value
from data_access.importers.errors import Remark
from data_access.importers.header_words import plain
from data_access.importers.numbers import is_missing

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from numpy.typing import NDArray

    from data_access.importers.mapping import Mapping
    from data_access.importers.table import RawTable

NOTE_LENGTH = 280
_LOST = "\x01"  # not NUL: NumPy drops it from the end of a text
_MOST_SEVERE = 5
_SEVERITY = re.compile(r"^([1-5])(?:[.,]0+)?(?: ?\(.*\)| ?[-:=–].*)?$")  # noqa: RUF001 - a dash people type

_YES_NO = {
    "yes": "ja j yes y true sant 1 x anmäld anmält polisanmäld polisanmält",
    "no": "nej n no false falskt 0 ej anmäld inte anmäld oanmäld ej_anmäld ej_anmält",
    "unknown": "okänt okänd vet_ej vet_inte unknown oklart ? 2 osäkert ej_känt",
}
_CERTAINTY = {
    "seen": "seen sett sedd egen_iakttagelse egen_observation observerad observerat iakttagen säker säkert bekräftad "
    "bekräftat 1",
    "told": "told hört berättat berättad uppgift andrahandsuppgift annan_har_sett tips från_annan trolig troligt 2",
    "suspected": "suspected misstänkt misstanke misstänks osäker osäkert rykte 3",
    "unknown": "unknown okänd okänt vet_ej oklart 0",
}
_SEVERITY_WORDS = {
    "låg": 1,
    "lindrig": 1,
    "low": 1,
    "medel": 3,
    "måttlig": 3,
    "medium": 3,
    "hög": 5,
    "allvarlig": 5,
    "high": 5,
}


def _turned(words: dict[str, str]) -> dict[str, str]:
    return {word.replace("_", " "): value for value, line in words.items() for word in line.split()}


_YES_NO_WORDS, _CERTAINTY_WORDS = _turned(_YES_NO), _turned(_CERTAINTY)


def read_attributes(table: RawTable, mapping: Mapping) -> tuple[dict[str, NDArray[np.object_]], list[Remark]]:
    """Return police_reported, certainty ("unknown" where unsaid), severity (1-5 or None), note (or None) per row.

    A word that means nothing here becomes unknown; a note beyond 280 characters is left out. Both are said in the remarks,
    the row itself is kept: what happened and where does not hang on them.
    """
    size, remarks = len(table.rows), []
    readers: dict[str, tuple[Callable[[str], Any], Any]] = {
        "police_reported": (lambda cell: _word(cell, _YES_NO_WORDS), "unknown"),
        "certainty": (lambda cell: _word(cell, _CERTAINTY_WORDS), "unknown"),
        "severity": (_severity, None),
        "note": (_note, None),
    }
    columns = {}
    for name, (read, default) in readers.items():
        if name not in mapping.columns:
            columns[name] = np.full(size, default, dtype=object)
            continue
        cells = table.column(mapping.columns[name])
        values = by_value(cells, _or_default(read, default))
        is_lost = np.equal(values, _LOST)
        remarks += _lost(name, mapping.columns[name], [cells[i] for i in np.flatnonzero(is_lost)])
        values[is_lost] = default
        columns[name] = values
    return columns, remarks


def _or_default(read: Callable[[str], Any], default: object) -> Callable[[str], Any]:
    """What a cell means: the default where nothing is said, a mark where what is said means nothing here."""

    def value(cell: str) -> object:
        found = read(cell)
        return found if found is not None else default if is_missing(cell) else _LOST

    return value


def _word(cell: str, words: dict[str, str]) -> str | None:
    return words.get(cell.casefold()) or words.get(plain(cell))


def _severity(cell: str) -> int | None:
    found = _SEVERITY.match(cell)
    return int(found[1]) if found else _SEVERITY_WORDS.get(cell.casefold())


def _note(cell: str) -> str | None:
    """The note without control characters; None when empty or too long."""
    text = "".join(
        " " if unicodedata.category(letter) == "Cc" else letter for letter in cell[: NOTE_LENGTH * 2]
    )
    text = " ".join(text.split())
    return text if text and len(text) <= NOTE_LENGTH and len(cell) <= NOTE_LENGTH * 2 else None


def _lost(name: str, heading: str, cells: list[str]) -> list[Remark]:
    if not cells:
        return []
    if name == "note":
        return [Remark("note_too_long", {"count": len(cells), "limit": NOTE_LENGTH})]
    values = ", ".join(f"{value[:40]} ({count})" for value, count in Counter(cells).most_common(5))
    if name == "severity":
        return [Remark("severity_unknown", {"count": len(cells), "values": values, "most": _MOST_SEVERE})]
    return [Remark("word_unknown", {"column": heading, "count": len(cells), "values": values})]
