"""A file of how many were asked per area: the population that the answers stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.importers.area_codes import area_reader
from data_access.importers.errors import ImportRefused
from data_access.importers.header_words import folded
from data_access.importers.limits import open_file
from data_access.importers.numbers import is_missing
from data_access.importers.survey_words import WHO_WORDS
from data_access.importers.table import read_table

if TYPE_CHECKING:
    from data_access.importers.context import ImportContext
    from data_access.importers.limits import FileLike

_INVITED = frozenset(
    {
        "inbjudna",
        "antal inbjudna",
        "tillfragade",
        "utskick",
        "urval",
        "invited",
        "asked",
        "population",
        "antal elever",
    }
)
_AREA = frozenset(map(folded, WHO_WORDS["area"]))


def read_turnout(file: FileLike, context: ImportContext) -> dict[str, int]:
    """People asked by area code, "" for all of them together. Raises `ImportRefused`."""
    table = read_table(open_file(file))
    area, invited = (
        next((heading for heading in table.columns if folded(heading) in words), None)
        for words in (_AREA, _INVITED)
    )
    if area is None or invited is None:
        raise ImportRefused(reason="survey_no_area", file=table.source.name)
    read, found = area_reader(context), {"": 0}
    for number, cell, count in zip(
        table.rows.tolist(), table.column(area), table.column(invited), strict=True
    ):
        code = read(cell)
        if code is None and not is_missing(cell):
            raise ImportRefused(reason="survey_area_unknown", column=area, row=int(number), count=1)
        if not count.isascii() or not count.isdigit():
            raise ImportRefused(reason="survey_count_unreadable", column=invited, row=int(number), count=1)
        found[""] += int(count)
        if code is not None:
            found[code] = found.get(code, 0) + int(count)
    return found
