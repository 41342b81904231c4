"""What: an organisation's own codes and words to the types of the common catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.by_value import by_value, is_none
from data_access.importers.category_words import CATEGORY_WORDS
from data_access.importers.errors import ImportRefused, Remark
from data_access.importers.header_words import plain
from data_access.importers.numbers import is_missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.importers.context import ImportContext
    from data_access.importers.mapping import Mapping
    from data_access.importers.table import RawTable

OTHER = "other"
_OWN_LENGTH = 200
_BETWEEN = "\x1f"


@dataclass(frozen=True)
class Types:
    """`code` of the catalogue and `own` code (None where empty) per row; own codes that went in under "other"."""

    code: NDArray[np.object_]
    own: NDArray[np.object_]
    unknown: dict[str, int] = field(default_factory=dict)
    warnings: list[Remark] = field(default_factory=list)


def read_types(table: RawTable, mapping: Mapping, context: ImportContext) -> Types:
    """Read the type of every row.

    An own code is looked up, in this order, in the mapping, among the catalogue's codes and names, and among usual words;
    then the text beside it likewise; then what stands before a comma in either. Raises `ImportRefused`: mapping_broken.
    """
    headings = [mapping.columns[name] for name in ("category", "category_text") if name in mapping.columns]
    size = len(table.rows)
    if not headings:
        other, none = np.full(size, OTHER, dtype=object), np.full(size, None, dtype=object)
        return Types(other, none, {}, [Remark("no_category_column", {"rows": size})])
    columns = [table.column(heading) for heading in headings]
    cells = columns[0] if len(columns) == 1 else list(map(_BETWEEN.join, zip(*columns, strict=True)))
    words = _Words(mapping, context)
    code = by_value(cells, words.code_of)
    own = by_value(cells, _own)
    is_unknown = is_none(code)
    return Types(np.where(is_unknown, OTHER, code), own, _counts(own[is_unknown]), _warnings(own, is_unknown))


class _Words:
    """Everything that can mean a type, the most explicit first."""

    def __init__(self, mapping: Mapping, context: ImportContext) -> None:
        for own, code in mapping.categories.items():
            if context.categories and code not in context.categories:
                raise ImportRefused(reason="mapping_broken", field=f"categories: {own}"[:80], value=code)
        self._own = mapping.categories
        self._plain = {plain(own): code for own, code in mapping.categories.items()}
        self._codes = set(context.categories) or set(CATEGORY_WORDS.values())
        self._names = {plain(name): code for code, names in context.categories.items() for name in names}

    def code_of(self, cell: str) -> str | None:
        """Return the catalogue code, or None."""
        parts = [part for part in cell.split(_BETWEEN) if not is_missing(part)]
        heads = [part.split(",")[0] for part in parts if "," in part]
        return next((code for part in [*parts, *heads] if (code := self._lookup(part))), None)

    def _lookup(self, text: str) -> str | None:
        if text in self._own:
            return self._own[text]
        if text.casefold() in self._codes:
            return text.casefold()
        words = plain(text)
        found = self._plain.get(words) or self._names.get(words) or CATEGORY_WORDS.get(words)
        return found if found in self._codes else None


def _own(cell: str) -> str | None:
    """The own code; the text where there is no code."""
    return next((part[:_OWN_LENGTH] for part in cell.split(_BETWEEN) if not is_missing(part)), None)


def _counts(own: NDArray[np.object_]) -> dict[str, int]:
    values, counts = np.unique([value for value in own if value is not None], return_counts=True)
    pairs = zip(values.tolist(), counts.tolist(), strict=True)
    return {str(value): int(count) for value, count in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))}


def _warnings(own: NDArray[np.object_], is_unknown: NDArray[np.bool_]) -> list[Remark]:
    empty = int(is_none(own).sum())
    unknown = _counts(own[is_unknown])
    said = [Remark("category_missing", {"count": empty})] if empty else []
    if unknown:
        values = ", ".join(f"{value[:40]} ({count})" for value, count in list(unknown.items())[:5])
        said.append(
            Remark(
                "category_unknown", {"codes": len(unknown), "rows": sum(unknown.values()), "values": values}
            )
        )
    return said
