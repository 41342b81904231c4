"""How a file is to be read, as a person confirms it and as it is remembered: a value that survives JSON."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, get_args

from data_access.importers.date_shapes import Order
from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import HEADER_WORDS, plain
from data_access.importers.table import ReadOptions

CANONICAL = tuple(HEADER_WORDS)
"""Names of the columns that an incident can have."""

_TEXTS = ("timezone", "decimal", "date_order", "encoding", "delimiter", "sheet")
_NO_DELIMITERS = '"\r\n\0'
_LONGEST = 1_000_000
_HIGHEST = 10_000_000
_NUMBERS = ("crs", "header_row")


@dataclass(frozen=True)
class Mapping:
    """Every field may be left open; what is open is guessed from the file.

    Attributes:
        columns: canonical name -> heading in the file. A canonical name with the heading "" is deliberately unused.
        categories: the organisation's own code or word -> code of the catalogue.
        crs: EPSG code of the coordinates. timezone: IANA name of the wall-clock times.
        decimal: "," or ".". date_order: "ymd", "dmy" or "mdy", where the writing does not tell.
        encoding, delimiter, sheet, header_row: how the table is read; header_row counts from 1 in the file.

    """

    columns: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    crs: int | None = None
    timezone: str | None = None
    decimal: str | None = None
    date_order: Order | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None

    @property
    def options(self) -> ReadOptions:
        """The part that concerns reading the table."""
        return ReadOptions(self.encoding, self.delimiter, self.sheet, self.header_row)

    def to_json(self) -> dict[str, Any]:
        """Return plain values without what is open."""
        return {name: value for name, value in asdict(self).items() if value not in (None, {})}

    def over(self, other: Mapping | None) -> Mapping:
        """Return this mapping with what it leaves open taken from another."""
        if other is None:
            return self
        mine, theirs = self.to_json(), other.to_json()
        merged = {**theirs, **mine}
        for name in ("columns", "categories"):
            merged[name] = {**theirs.get(name, {}), **mine.get(name, {})}
        return Mapping(**merged)


def mapping_from_json(document: Any) -> Mapping:
    """Return a mapping from JSON (a dictionary or text). Raises `ImportRefused`: mapping_broken, naming the field."""
    if isinstance(document, str | bytes):
        if len(document) > _LONGEST:
            raise ImportRefused(reason="mapping_broken", field="JSON", value=f"{len(document)} > {_LONGEST}")
        try:
            document = json.loads(document)
        except (ValueError, RecursionError) as error:
            raise ImportRefused(reason="mapping_broken", field="JSON", value=str(error)[:100]) from error
    if not isinstance(document, dict):
        raise ImportRefused(reason="mapping_broken", field="JSON", value=type(document).__name__)
    known = {field.name for field in fields(Mapping)}
    for name, value in document.items():
        if name not in known or not _is_fit(name, value):
            raise ImportRefused(reason="mapping_broken", field=str(name)[:80], value=str(value)[:100])
    return Mapping(**{name: value for name, value in document.items() if value is not None})


def header_sha256(columns: tuple[str, ...]) -> str:
    """Fingerprint of a header: the same for the same headings in the same order, whatever their case and marks."""
    return hashlib.sha256("\n".join(map(plain, columns)).encode()).hexdigest()


def _is_fit(name: str, value: Any) -> bool:
    if value is None:
        return True
    if name in ("columns", "categories"):
        is_texts = isinstance(value, dict) and all(
            isinstance(part, str) for pair in value.items() for part in pair
        )
        return is_texts and (name == "categories" or set(value) <= set(CANONICAL))
    if name in _NUMBERS:
        return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _HIGHEST
    if name == "date_order":
        return value in get_args(Order)
    if name == "decimal":
        return value in (",", ".")
    return (
        isinstance(value, str)
        and bool(value)
        and (name != "delimiter" or (len(value) == 1 and value not in _NO_DELIMITERS))
    )
