"""Any file with rows of incidents to columns of text, with the number that each row has in the file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.body import even_rows, trimmed, unique_names, without_repeated_headers
from data_access.importers.decoding import decode
from data_access.importers.delimited import check_extent, guess_delimiter, read_rows, sep_line
from data_access.importers.errors import ImportRefused, Remark, RowError
from data_access.importers.even_text import even_columns
from data_access.importers.header_row import find_header
from data_access.importers.limits import SourceFile, open_file, unpack_gzip
from data_access.importers.records import read_records
from data_access.importers.workbooks import read_sheets

if TYPE_CHECKING:
    from data_access.importers.limits import FileLike

_HEAD = 160
_WIDEST = 1000
_NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_HTML = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<style")
_TAGS = tuple(mark.decode() for mark in _HTML)
_LOOKED_AT = 2000
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3", b"PAR1", b"7z\xbc\xaf", b"Rar!")


@dataclass(frozen=True)
class ReadOptions:
    """What a person has said about how the file is to be read; None is decided from the file."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True)
class TableReading:
    """How the file was read. `header_row` and `header_again` count as `RawTable.rows` does, from 1."""

    format: str
    header_row: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    title_rows: int = 0
    header_again: tuple[int, ...] = ()
    bytes_repaired: bool = False


@dataclass(frozen=True)
class RawTable:
    """Columns of text ("" where empty), and each row's number in the file (header and title rows counted)."""

    source: SourceFile
    reading: TableReading
    columns: tuple[str, ...]
    cells: tuple[list[str], ...]
    rows: np.ndarray
    refused: list[RowError] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        """Return the cells of a column, stripped. Raises `ImportRefused`: column_missing."""
        if name not in self.columns:
            raise ImportRefused(reason="column_missing", column=name, columns=", ".join(self.columns)[:300])
        return list(map(str.strip, self.cells[self.columns.index(name)]))

    def remarks(self) -> list[Remark]:
        """Guesses about the table that are to be said aloud."""
        reading = self.reading
        said = [Remark("table", {"format": reading.format, "encoding": reading.encoding or "-"})]
        if reading.delimiter in _NAMES:
            said.append(Remark("delimiter", {"delimiter": _NAMES[reading.delimiter]}))
        if reading.sheet is not None:
            said.append(Remark("sheet", {"sheet": reading.sheet}))
        if reading.title_rows:
            said.append(Remark("title_rows", {"count": reading.title_rows, "row": reading.header_row}))
        if reading.header_again:
            said.append(Remark("header_again", {"rows": ", ".join(map(str, reading.header_again[:10]))}))
        return said


@dataclass(frozen=True)
class _Rows:
    """Rows as they stand in the file, before the header is found."""

    reading: TableReading
    rows: list[list[str]]
    numbers: np.ndarray


def read_table(file: FileLike | SourceFile, *, overrides: ReadOptions | None = None) -> RawTable:
    """Read CSV, TSV, other delimited text, .gz of these, Excel, OpenDocument, or a JSON list of objects.

    What the file is, is seen from its bytes; its name says nothing. Raises `ImportRefused` for a whole file that is no
    table or beyond the limits; single rows that cannot be used are in `refused`.
    """
    source = file if isinstance(file, SourceFile) else open_file(file)
    options = overrides or ReadOptions()
    inner = unpack_gzip(source) if source.content.startswith(_GZIP) else source
    if inner.content.startswith((_OLE, _ZIP)):
        return _with_header(source, _best_sheet(inner, options), options)
    return _read_text(source, inner, options)


def _best_sheet(source: SourceFile, options: ReadOptions) -> _Rows:
    """Of several sheets, the one whose header row has most known words, then most rows: a cover sheet has neither."""
    sheets = [sheet for sheet in read_sheets(source, options.sheet) if sheet.rows]
    if not sheets:
        raise ImportRefused(reason="no_header", file=source.name, rows=0)
    ranked = sorted(sheets, key=lambda sheet: (find_header(sheet.rows).known, len(sheet.rows)), reverse=True)
    best = ranked[0]
    return _Rows(TableReading("excel", 0, sheet=best.name), best.rows, np.arange(1, len(best.rows) + 1))


def _read_text(source: SourceFile, inner: SourceFile, options: ReadOptions) -> RawTable:
    _refuse_other_kinds(inner)
    text, encoding, is_repaired = decode(inner, options.encoding)
    text = text.removeprefix("\ufeff").replace("\0", "")
    if text[:_LOOKED_AT].lstrip().lower().startswith(_TAGS):  # in UTF-16 its bytes did not show it
        raise ImportRefused(reason="html_not_excel", file=source.name)
    if text.lstrip()[:1] in ("[", "{"):
        rows = read_records(text, inner)
        return _with_header(
            source, _Rows(TableReading("json", 0, encoding), rows, np.arange(len(rows))), options
        )
    sep = sep_line(text)
    delimiter = options.delimiter or sep or guess_delimiter(text)
    check_extent(text, delimiter, inner)
    reading = TableReading("text", 0, encoding, delimiter, bytes_repaired=is_repaired)
    text, skipped = (text.partition("\n")[2], 1) if sep is not None else (text, 0)
    quick = _quick(source, text, skipped, reading, options)
    if quick is not None:
        return quick
    rows, numbers = read_rows(text, delimiter, inner)
    return _with_header(source, _Rows(reading, rows, numbers + skipped), options)


def _refuse_other_kinds(source: SourceFile) -> None:
    head = source.content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML):
        raise ImportRefused(reason="html_not_excel", file=source.name)
    if source.content.startswith(_BINARY):
        raise ImportRefused(reason="not_a_table", file=source.name)


def _quick(
    source: SourceFile, text: str, skipped: int, reading: TableReading, options: ReadOptions
) -> RawTable | None:
    """The table when nothing about its rows is odd; None leaves it to the careful way, which gives the same."""
    columns = even_columns(text, reading.delimiter or ",", longest=source.limits.cell_characters)
    if columns is None or options.header_row is not None:
        return None
    position = find_header(
        [list(row) for row in zip(*(column[:_HEAD] for column in columns), strict=True)]
    ).position
    if position is None:
        return None
    header = unique_names([column[position] for column in columns])
    cells = tuple(column[position + 1 :] for column in columns)
    rows = len(cells[0])
    if rows > source.limits.rows:
        raise ImportRefused(reason="too_many_rows", file=source.name, limit=source.limits.rows, rows=rows)
    is_odd = len(header) > source.limits.columns or not columns[-1][position].strip()
    if is_odd or header[0] in cells[0] or (header[0].startswith("#") and header[-1] in cells[-1]):
        return None
    numbers = np.arange(rows) + position + 2 + skipped
    reading = replace(reading, header_row=position + 1 + skipped, title_rows=position)
    return RawTable(source, reading, tuple(header), cells, numbers)


def _with_header(source: SourceFile, found: _Rows, options: ReadOptions) -> RawTable:
    position = _header_position(source, found, options)
    names = trimmed(found.rows[position])
    if len(names) > source.limits.columns:
        raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
    header = unique_names(names)
    body, numbers = found.rows[position + 1 :], found.numbers[position + 1 :]
    if len(body) > source.limits.rows:
        raise ImportRefused(
            reason="too_many_rows", file=source.name, limit=source.limits.rows, rows=len(body)
        )
    if len(body) * len(header) > source.limits.cells:  # short rows get empty cells up to the header's width
        most = source.limits.cells // len(header)
        raise ImportRefused(reason="too_many_rows", file=source.name, limit=most, rows=len(body))
    body, numbers, refused = even_rows(body, numbers, len(header), source.limits.cell_characters)
    body, numbers, again = without_repeated_headers(body, numbers, header)
    cells = tuple(list(map(itemgetter(place), body)) for place in range(len(header)))
    reading = replace(
        found.reading, header_row=int(found.numbers[position]), title_rows=position, header_again=again
    )
    return RawTable(source, reading, tuple(header), cells, numbers, refused)


def _header_position(source: SourceFile, found: _Rows, options: ReadOptions) -> int:
    if options.header_row is not None:
        hits = np.flatnonzero(found.numbers == options.header_row)
        if not hits.size:
            raise ImportRefused(reason="header_row_missing", file=source.name, row=options.header_row)
        return int(hits[0])
    header = find_header([row[:_WIDEST] for row in found.rows[: _HEAD + 1]])
    if header.position is None:
        raise ImportRefused(reason="no_header", file=source.name, rows=len(found.rows))
    return header.position
