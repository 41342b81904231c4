"""The process that reads one workbook: few rights, little memory, and no way to bring the program down with it.

A workbook can lie about everything: how far its cells reach, how often a cell or a text is repeated, how long a chain of
sectors is. Whatever it makes the reading library do, the operating system ends this process at its limits. It gets the
workbook on its standard input and answers there too, as JSON: `{"sheets": [[name, rows], ...]}` or `{"refused": reason,
...}` with what belongs to the reason. It can write to no file.
"""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data_access.importers.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet

_SECONDS = 30


class Refused(Exception):  # noqa: N818 - refusing is an answer
    """A reason among those of `ImportRefused` and what fills its sentence."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, **parameters}


def sheets_of(content: bytes, task: dict[str, Any]) -> list[tuple[str, list[list[str]]]]:
    """The sheets that are asked for as rows of text, never more of them than `task` allows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = list(_within_limits(book, task))
    answer, characters = [], 0
    for sheet in sheets:
        rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        characters += sum(len("".join(row)) for row in rows)
        if characters > task["characters"]:
            raise MemoryError
        answer.append((sheet.name, rows))
    return answer


def _within_limits(book: CalamineWorkbook, task: dict[str, Any]) -> Iterator[CalamineSheet]:
    """The sheets, measured before any cell of them becomes text."""
    cells = 0
    for name in _names(book, task["sheet"]):
        sheet = book.get_sheet_by_name(name)
        height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
        cells += height * width
        if height > task["rows"] + task["above"]:
            raise Refused("too_many_rows", limit=task["rows"])
        if width > task["columns"]:
            raise Refused("too_many_columns", limit=task["columns"])
        if cells > task["cells"]:
            raise Refused("too_many_rows", limit=task["cells"] // max(width, 1))
        yield sheet


def _names(book: CalamineWorkbook, only: str | None) -> list[str]:
    if only is not None:
        if only not in book.sheet_names:
            raise Refused("sheet_missing", sheet=only, sheets=", ".join(book.sheet_names)[:300])
        return [only]
    shown = SheetVisibleEnum.Visible, SheetTypeEnum.WorkSheet
    return [sheet.name for sheet in book.sheets_metadata if (sheet.visible, sheet.typ) == shown]


def _text(cell: Any) -> str:
    return (cell if type(cell) is str else cell_text(cell)).replace("\0", "")


def _confine(memory_bytes: int) -> None:
    """Take away memory, time and files. Windows has no such limits: there only the counted ones hold."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Read the task (first argument, JSON) and the workbook, and answer."""
    task = json.loads(sys.argv[1])
    _confine(task["memory_bytes"])
    try:
        answer = json.dumps({"sheets": sheets_of(sys.stdin.buffer.read(), task)})
    except Refused as refused:
        answer = json.dumps(refused.answer)
    except MemoryError:
        answer = json.dumps({"refused": "unpacked_too_large"})
    except BaseException:  # noqa: BLE001 - also a panic of the reading library, which is no Exception
        answer = json.dumps({"refused": "workbook_unreadable"})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
