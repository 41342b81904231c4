"""What reading a file of incidents gives: the answer, and what a person sees before importing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from data_access.importers.columns import Why
    from data_access.importers.errors import ImportRefused, Remark, RowError
    from data_access.importers.mapping import Mapping
    from data_access.importers.table import TableReading

COLUMNS = (
    "row",
    "source_key",
    "category_code",
    "own_code",
    "occurred_from",
    "occurred_to",
    "time_precision",
    "x",
    "y",
    "place_precision",
    "area_code",
    "certainty",
    "police_reported",
    "severity",
    "note",
)
SHOWN_ROWS = 20


@dataclass(frozen=True)
class ParsedFile:
    """A file of incidents, read.

    Attributes:
        file_name: without folders.
        sha256: of the bytes as they came.
        header_sha256: of the headings, for remembering the mapping.
        reading: how the table was read.
        mapping: complete, as used.
        why: why each column was chosen.
        rows: good rows in the order of the file, columns `COLUMNS`: row (int64, number in the file), occurred_from and
            occurred_to (datetime64[s], UTC without zone), x and y (metres in `srid`, NaN for none), the rest text or None.
        refused: one error per refused row, in the order of the file.
        guesses: what was decided from the file (keys under `reading`). warnings: what to know (keys under `reason`).
        unknown_codes: own codes that went in under "other", with their rows.
        rows_read: all rows with content; those neither in `rows` nor `refused` repeat an earlier row word for word.
        srid: EPSG code of x and y; None when neither the municipality nor the file decides it.
        timezone: IANA name by which wall-clock times were read.

    """

    file_name: str
    sha256: str
    header_sha256: str
    reading: TableReading
    mapping: Mapping
    why: dict[str, Why]
    rows: pd.DataFrame
    refused: list[RowError]
    guesses: list[Remark]
    warnings: list[Remark]
    unknown_codes: dict[str, int]
    rows_read: int
    srid: int | None
    timezone: str


@dataclass(frozen=True)
class Preview:
    """What a person sees before importing: the file as it stands and as it would be read.

    `shown` are the first rows as read, with local times; `parsed` is None when `problem` says why nothing can be read yet
    (typically: no date column), and then the mapping is to be completed by hand.
    """

    reading: TableReading
    headings: tuple[str, ...]
    first_cells: list[tuple[str, ...]]
    mapping: Mapping
    why: dict[str, Why]
    shown: pd.DataFrame
    guesses: list[Remark]
    warnings: list[Remark]
    unknown_codes: dict[str, int]
    refused: list[RowError]
    rows_read: int
    parsed: ParsedFile | None = None
    problem: ImportRefused | None = None
