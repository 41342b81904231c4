"""Codes and names of areas as organisations write them, matched to the municipality's own codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.by_value import by_value, is_none
from data_access.importers.errors import Remark
from data_access.importers.numbers import is_missing
from data_access.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from data_access.importers.context import ImportContext
    from data_access.importers.mapping import Mapping
    from data_access.importers.table import RawTable

_WHOLE_AS_FLOAT = re.compile(r"^(\d+)[.,]0+$")
_CODE_LENGTH = 40


def read_area_codes(
    table: RawTable, mapping: Mapping, context: ImportContext
) -> tuple[NDArray[np.object_], list[Remark]]:
    """Return the code of an area per row (None where there is none), and which values are no known area.

    A code may have lost its leading zeros or become `1280.0`; a name may stand where a code is expected. Without known
    areas the code (else the name) is kept as it stands.
    """
    codes = np.full(len(table.rows), None, dtype=object)
    unknown: dict[str, int] = {}
    known = _spellings(context)
    for name in ("area_code", "area_name"):
        if name not in mapping.columns:
            continue
        cells = table.column(mapping.columns[name])
        found = by_value(cells, lambda cell: _match(cell, known, context))
        is_open = is_none(codes)
        codes = np.where(is_open, found, codes)
        for cell in (cells[i] for i in np.flatnonzero(is_open & is_none(found))):
            if not is_missing(cell):
                unknown[cell] = unknown.get(cell, 0) + 1
    return codes, _unknown(unknown)


def area_reader(context: ImportContext) -> Callable[[str], str | None]:
    """A function from a cell to the code of an area; None where there is none of that code or name."""
    known = _spellings(context)
    return lambda cell: _match(cell, known, context)


def _unknown(unknown: dict[str, int]) -> list[Remark]:
    if not unknown:
        return []
    most = sorted(unknown.items(), key=lambda item: -item[1])[:5]
    values = ", ".join(f"{value[:40]} ({count})" for value, count in most)
    return [Remark("area_unknown", {"count": sum(unknown.values()), "values": values})]


def _spellings(context: ImportContext) -> dict[str, str]:
    """Ways to write each known code or name; what could mean two codes means neither."""
    spellings: dict[str, str] = {}
    doubtful: set[str] = set()
    for code in sorted(context.area_codes):
        bare = code.casefold().lstrip("0") or "0"
        if spellings.setdefault(bare, code) != code:
            doubtful.add(bare)
    spellings = {bare: code for bare, code in spellings.items() if bare not in doubtful}
    spellings |= {name: code for name, code in context.area_names.items() if name not in spellings}
    return spellings | {code.casefold(): code for code in context.area_codes}


def _match(cell: str, known: dict[str, str], context: ImportContext) -> str | None:
    if is_missing(cell):
        return None
    text = _WHOLE_AS_FLOAT.sub(r"\1", cell)
    if not context.area_codes:
        return text[:_CODE_LENGTH]
    folded = one_line(text.casefold())
    return known.get(folded) or known.get(folded.lstrip("0") or "0")
