"""Rows whose texts hold personal data. The one check: the preview tells of them, and the door to the database refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from data_access.importers.errors import LEFT_OUT, Reason, Remark, RowError, tellable
from data_access.personal_data import first_in_each, likely_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data_access.personal_data import Finding

FREE_TEXTS = ("note", "own_code")
"""Columns of incidents in which a source may write what it likes."""

_FIELDS = {"own_code": "category"}  # as the person who maps the columns knows it
_SHOWN_ROWS = 5


def personal_rows(texts: Mapping[str, Iterable[Any]], numbers: Sequence[int]) -> dict[int, RowError]:
    """Return an error by the position of each row that holds personal data in one of its `FREE_TEXTS`.

    Args:
        texts: columns of text; what is no text (None, NaN) is passed over, other columns are not looked at.
        numbers: the rows as a person counts them.

    The errors name the kind and the place in the text, never the text.
    """
    errors: dict[int, RowError] = {}
    for name in FREE_TEXTS:
        if name in texts:
            cells = [cell if isinstance(cell, str) else None for cell in texts[name]]
            for position, finding in first_in_each(cells).items():
                errors.setdefault(position, _error(int(numbers[position]), name, finding))
    return errors


def without_personal_entries(entries: dict[str, Any]) -> dict[str, Any]:
    """Return a table of what is known or remembered of a source without the entries that hold personal data."""
    return {key: value for key, value in entries.items() if tellable((key, value)) == (key, value)}


def names_remark(notes: Sequence[Any], numbers: Sequence[int]) -> list[Remark]:
    """Return how many notes likely name a person and the first rows that do, never the names."""
    rows = [
        int(number)
        for note, number in zip(notes, numbers, strict=True)
        if isinstance(note, str) and likely_names(note)
    ]
    shown = ", ".join(map(str, rows[:_SHOWN_ROWS])) + (", …" if len(rows) > _SHOWN_ROWS else "")
    return [Remark("likely_names", {"count": len(rows), "rows": shown})] if rows else []


def personal_reason(finding: Finding) -> tuple[Reason, dict[str, int]]:
    """Return the key of the sentence for a finding, and its values."""
    return cast("Reason", f"personal_data_{finding.kind}"), {"first": finding.first, "last": finding.last}


def _error(row: int, name: str, finding: Finding) -> RowError:
    return RowError(row, _FIELDS.get(name, name), LEFT_OUT, *personal_reason(finding))
