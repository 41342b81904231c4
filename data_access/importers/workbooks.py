"""Excel and OpenDocument workbooks to rows of cells."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data_access.importers.errors import ImportRefused
from data_access.importers.limits import check_archive

if TYPE_CHECKING:
    from data_access.importers.limits import SourceFile

_FAR_ROW = re.compile(rb' r="[A-Z]{0,3}([3-9]\d{5}|\d{7,})"')
_FAR_COLUMN = re.compile(rb' r="(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])\d+"[^>]*[^/]>')
_MIDNIGHT = dt.time()

Cell = str | float | int | bool | dt.date | dt.time | dt.datetime | dt.timedelta


@dataclass(frozen=True)
class Sheet:
    """A visible sheet: its name and its rows from the first row of the sheet."""

    name: str
    rows: list[list[str]]


def read_sheets(source: SourceFile, only: str | None = None) -> list[Sheet]:
    """Return the visible sheets (or the one that is named, even a hidden one) with every cell as text.

    Dates become ISO text, whole numbers lose their `.0`. Raises `ImportRefused`: workbook_unreadable, sheet_missing.
    """
    if source.content.startswith(b"PK"):
        _check_far_cells(source)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
        names = _names(book, only, source.name)
        return [Sheet(name, _rows(book, name)) for name in names]
    except (CalamineError, OSError, ValueError) as error:
        raise ImportRefused(reason="workbook_unreadable", file=source.name) from error


def _names(book: CalamineWorkbook, only: str | None, file: str) -> list[str]:
    if only is not None:
        if only not in book.sheet_names:
            raise ImportRefused(
                reason="sheet_missing", file=file, sheet=only, sheets=", ".join(book.sheet_names)
            )
        return [only]
    shown = SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in book.sheets_metadata if (sheet.visible, sheet.typ) == shown]


def _rows(book: CalamineWorkbook, name: str) -> list[list[str]]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: Cell | None) -> str:
    """Return a typed cell as text: ISO dates without an invented midnight, whole numbers without a decimal."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        is_date = cell.time() == _MIDNIGHT
        return cell.date().isoformat() if is_date else _to_second(cell).isoformat(" ")
    if isinstance(cell, dt.timedelta):
        hours, seconds = divmod(round(cell.total_seconds()), 3600)
        return f"{hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _to_second(moment: dt.datetime) -> dt.datetime:
    """Excel keeps times as fractions of a day: 21:40 may come as 21:39:59.999999."""
    return (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


def _check_far_cells(source: SourceFile) -> None:
    """A reader lays a sheet out from its first to its last cell, so one far cell alone would fill the memory."""
    archive = check_archive(source)
    for member in archive.namelist():
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            content = archive.read(member)
            if _FAR_ROW.search(content):
                raise ImportRefused(reason="too_many_rows", file=source.name, limit=source.limits.rows)
            if _FAR_COLUMN.search(content):
                raise ImportRefused(reason="too_many_columns", file=source.name, limit=source.limits.columns)
