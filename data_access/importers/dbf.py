"""The table of a shapefile (dBASE): columns of text."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_access.importers.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable

_HEADER, _FIELD = 32, 32
_END = 0x0D
_NUMBERS, _LOGICAL, _DATE, _TEXT = "NF", "L", "D", "C"
_DATE_LENGTH = 8
_WHOLE_DIGITS = 15


@dataclass(frozen=True)
class Field:
    """A column: where in a record it stands."""

    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Dbf:
    """Fields and the records that are really there, whatever the header states."""

    fields: tuple[Field, ...]
    records: tuple[bytes, ...]

    def column(self, field: Field, decode: Callable[[bytes], str]) -> list[str]:
        """The cells of a field as text."""
        return [_cell(record[field.start : field.end], field.kind, decode) for record in self.records]


def read_dbf(content: bytes, most: int) -> Dbf:
    """Read at most so many records. Raises ValueError or struct.error for what is no dBASE table."""
    _, header_size, record_size = struct.unpack_from("<IHH", content, 4)
    fields: list[Field] = []
    start = 1
    place = _HEADER
    while place + _FIELD <= min(header_size, len(content)) and content[place] != _END:
        name = content[place : place + 11].split(b"\0")[0].decode("utf-8", "replace").strip()
        end = start + content[place + 16]
        fields.append(Field(name or f"#{len(fields) + 1}", chr(content[place + 11]), start, end))
        start, place = end, place + _FIELD
    if record_size < start or not fields:
        message = "the records of the .dbf are shorter than its fields"
        raise ValueError(message)
    starts = range(header_size, len(content) - record_size + 1, record_size)[:most]
    return Dbf(tuple(fields), tuple(content[begin : begin + record_size] for begin in starts))


def _cell(value: bytes, kind: str, decode: Callable[[bytes], str]) -> str:
    if kind == _TEXT:
        return decode(value).replace("\0", "").strip()
    text = value.replace(b"\0", b"").decode("ascii", "replace").strip()
    if kind in _NUMBERS:
        return _number(text)
    if kind == _DATE and len(text) == _DATE_LENGTH and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return "" if kind not in (_LOGICAL, _DATE) else text


def _number(text: str) -> str:
    """A number as other formats give it (`1200.00` is `1200`); stars, which stand for none, are empty."""
    try:
        number = float(text)
    except ValueError:
        return ""
    is_whole = text.lstrip("+-").isdigit()
    return str(int(text)) if is_whole and len(text) > _WHOLE_DIGITS else cell_text(number)
