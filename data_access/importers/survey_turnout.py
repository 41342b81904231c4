"""A file of how many were asked per area: the population that the answers stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.importers.area_codes import area_reader
from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import folded, plain
from data_access.importers.limits import open_file
from data_access.importers.numbers import is_missing
from data_access.importers.survey_words import MOST_PEOPLE, TOTAL_WORDS, WHO_WORDS
from data_access.importers.table import read_table

if TYPE_CHECKING:
    from data_access.importers.context import ImportContext
    from data_access.importers.limits import FileLike
    from data_access.importers.table import RawTable

_INVITED = frozenset(
    {
        "inbjudna",
        "antal inbjudna",
        "tillfragade",
        "antal tillfragade",
        "utskick",
        "urval",
        "invited",
        "asked",
        "number asked",
        "number invited",
        "population",
        "antal elever",
    }
)
_AREA = frozenset(map(folded, WHO_WORDS["area"]))
_TOTAL = TOTAL_WORDS | {""}
_DIGITS = 20


def read_turnout(file: FileLike, context: ImportContext) -> dict[str, int]:
    """People asked by area code, "" for all of them together; without known areas only that. Raises `ImportRefused`."""
    table = read_table(open_file(file))
    if table.refused:
        raise ImportRefused(reason="survey_row_broken", file=table.source.name, row=table.refused[0].row)
    area, invited = (
        next((heading for heading in table.columns if folded(heading) in words), None)
        for words in (_AREA, _INVITED)
    )
    if invited is None or (area is None and context.area_codes):
        raise ImportRefused(reason="survey_no_area", file=table.source.name)
    counts = _counts(table, invited)
    codes: list[str | None] = [None] * len(counts)
    if area and context.area_codes:
        codes = _codes(table, area, context)
    is_total = _totals(table, area, invited, codes)
    found = {"": _together(table, invited, counts, is_total)}
    for code, count in zip(codes, counts, strict=True):
        if code is not None:
            found[code] = found.get(code, 0) + count
    return found


def check_turnout(file: FileLike, invited: dict[str, int], answered: dict[str, int]) -> None:
    """Raise `ImportRefused` where more have answered than were asked, or where a district that answered is not in the file.

    A share of those asked would else be of other people than those who answered. `answered`: by area code, "" all.
    """
    name = open_file(file).name
    here = {code: count for code, count in answered.items() if code and count}
    missing = sorted(here.keys() - invited.keys()) if invited.keys() - {""} else []
    if missing:
        raise ImportRefused(reason="survey_turnout_missing", file=name, areas=", ".join(missing))
    fewer = sorted(code for code in here.keys() & invited.keys() if invited[code] < here[code])
    if fewer:
        raise ImportRefused(reason="survey_turnout_fewer", file=name, areas=", ".join(fewer))
    if invited[""] < answered[""]:
        raise ImportRefused(reason="survey_turnout_fewer_in_all", file=name)


def _counts(table: RawTable, invited: str) -> list[int]:
    found = []
    for number, cell in zip(table.rows.tolist(), table.column(invited), strict=True):
        if not (cell.isascii() and cell.isdigit() and len(cell) <= _DIGITS and int(cell) <= MOST_PEOPLE):
            raise ImportRefused(reason="survey_count_unreadable", column=invited, row=int(number), count=1)
        found.append(int(cell))
    return found


def _codes(table: RawTable, area: str, context: ImportContext) -> list[str | None]:
    """The area of each row, None where it names none. Raises `ImportRefused` for one that is not known."""
    read = area_reader(context)
    found = [(read(cell), cell) for cell in table.column(area)]
    for number, (code, cell) in zip(table.rows.tolist(), found, strict=True):
        if code is None and not is_missing(cell) and plain(cell) not in _TOTAL:
            raise ImportRefused(reason="survey_area_unknown", column=area, row=int(number), count=1)
    return [code for code, _ in found]


def _totals(table: RawTable, area: str | None, invited: str, codes: list[str | None]) -> list[bool]:
    """Which rows are about all areas together: no name, or a word for all. A file of nothing but numbers has none."""
    named = area or next((heading for heading in table.columns if heading != invited), None)
    if named is None:
        return [False] * len(codes)
    return [
        code is None and plain(cell) in _TOTAL for code, cell in zip(codes, table.column(named), strict=True)
    ]


def _together(table: RawTable, invited: str, counts: list[int], is_total: list[bool]) -> int:
    """All who were asked. Rows of the total are not added, they must agree with the others. Raises `ImportRefused`."""
    parts = [count for count, is_all in zip(counts, is_total, strict=True) if not is_all]
    whole = sum(parts) if parts else next(iter(counts), 0)
    for number, count, is_all in zip(table.rows.tolist(), counts, is_total, strict=True):
        if is_all and count != whole:
            raise ImportRefused(reason="survey_total_differs", column=invited, row=int(number))
    return whole
