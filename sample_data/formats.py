"""The five incident files, each in the format its organisation's system exports."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import xlsxwriter
from pyproj import Transformer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from sample_data.reports import Reports

SWEREF99_TM = 3006
SWEREF99_16_30 = 3010
WGS84 = 4326

YES_NO = {"yes": "Ja", "no": "Nej", "unknown": "Vet ej"}
CERTAINTY = {"seen": "Sett", "told": "Hört", "suspected": "Misstänkt", "unknown": ""}
MADE_AT = datetime(2026, 11, 16, 6, 0)  # noqa: DTZ001 - Excel's properties know no time zone


@dataclass(frozen=True)
class Format:
    """How one organisation's file is named, read and placed; `columns` maps canonical names to headers."""

    file_name: str
    columns: dict[str, str]
    crs: int | None


FIELD_TEAM = Format(
    "faltgruppen_handelser.csv",
    {
        "source_key": "Ärendenr", "category": "Typ av händelse", "occurred_from": "Från", "occurred_to": "Till",
        "y": "N", "x": "E", "area_code": "Områdeskod", "police_reported": "Polisanmält", "severity": "Allvarlighet",
        "certainty": "Säkerhet", "note": "Anteckning",
    },
    SWEREF99_TM,
)  # fmt: skip

POLICE = Format(
    "polisen_handelser.csv",
    {
        "source_key": "Diarienummer", "category": "Brottskod", "category_text": "Brottstext",
        "occurred_from": "Brottsdatum från", "occurred_to": "Brottsdatum till", "y": "SWEREF99 N", "x": "SWEREF99 E",
        "area_code": "Områdeskod", "police_reported": "Anmält", "severity": "Allvar", "certainty": "Uppgift",
    },
    SWEREF99_TM,
)  # fmt: skip

HOUSING = Format(
    "bostadsbolaget_storningar.xlsx",
    {
        "source_key": "Ärende", "category": "Ärendetyp", "occurred_from": "Från", "occurred_to": "Till",
        "y": "Latitud", "x": "Longitud", "area_code": "Område", "police_reported": "Polisanmält",
        "severity": "Allvarlighet", "certainty": "Säkerhet", "note": "Notering",
    },
    WGS84,
)  # fmt: skip

SCHOOLS = Format(
    "skola_fritid_incidenter.txt",
    {
        "source_key": "Löpnummer", "category": "Händelse", "date": "Datum", "time": "Klockslag",
        "area_code": "Distriktskod", "police_reported": "Polisanmäld", "severity": "Allvarlighetsgrad",
        "certainty": "Säkerhet", "note": "Kommentar",
    },
    None,
)  # fmt: skip

GUARDS = Format(
    "vaktarbolaget_rapporter.csv",
    {
        "source_key": "Rapport", "category": "Kod", "category_text": "Kodtext", "occurred_from": "Start",
        "occurred_to": "Slut", "y": "Y (SWEREF 99 16 30)", "x": "X (SWEREF 99 16 30)", "police_reported": "Polis",
        "severity": "Grad", "certainty": "Iakttaget", "note": "Text",
    },
    SWEREF99_16_30,
)  # fmt: skip

FORMATS = {"falt": FIELD_TEAM, "polis": POLICE, "bostad": HOUSING, "skola": SCHOOLS, "vakt": GUARDS}


def write_incidents(organisation: str, rows: Reports, folder: Path) -> Path:
    """Write one organisation's file into the folder and return its path."""
    path = folder / FORMATS[organisation].file_name
    _WRITERS[organisation](rows, path)
    return path


def _write_field_team(rows: Reports, path: Path) -> None:
    """Semicolons, Windows-1252, decimal comma, newest first, north before east."""
    is_interval = rows.occurred_from != rows.occurred_to
    start = np.where(rows.has_time, _stamp(rows.occurred_from), _stamp(rows.occurred_from).astype("U10"))
    end = np.where(is_interval, _stamp(rows.occurred_to), "")
    columns = [
        rows.source_key, rows.own_code, start, end, _number(rows.y_m, 1, ","), _number(rows.x_m, 1, ","),
        rows.area_code, _words(rows.police_reported, YES_NO), _severity(rows), _words(rows.certainty, CERTAINTY), rows.note,
    ]  # fmt: skip
    newest_first = [column[::-1] for column in columns]
    _write_text(path, "cp1252", ";", FIELD_TEAM, newest_first)


def _write_police(rows: Reports, path: Path) -> None:
    """Commas, UTF-8, quotes where needed, an interval for what nobody saw."""
    columns = [
        rows.source_key, rows.own_code, rows.own_text, _stamp(rows.occurred_from), _stamp(rows.occurred_to),
        _number(rows.y_m, 0), _number(rows.x_m, 0), rows.area_code, _words(rows.police_reported, YES_NO),
        _severity(rows), _words(rows.certainty, CERTAINTY),
    ]  # fmt: skip
    _write_text(path, "utf-8", ",", POLICE, columns)


def _write_schools(rows: Reports, path: Path) -> None:
    """Tabs in UTF-16, as Excel saves Unicode text; the day of discovery, the time of day only when known."""
    is_instant = rows.has_time & (rows.occurred_from == rows.occurred_to)
    stamp = _stamp(rows.occurred_to)
    clock = np.array([text[11:] for text in stamp])
    columns = [
        rows.source_key, rows.own_code, stamp.astype("U10"), np.where(is_instant, clock, ""), rows.area_code,
        _words(rows.police_reported, YES_NO), _severity(rows), _words(rows.certainty, CERTAINTY), rows.note,
    ]  # fmt: skip
    _write_text(path, "utf-16", "\t", SCHOOLS, columns)


def _write_guards(rows: Reports, path: Path) -> None:
    """Semicolons, UTF-8 with byte order mark, compact times, coordinates in the local SWEREF zone."""
    east, north = _projector(SWEREF99_16_30).transform(rows.x_m, rows.y_m)
    columns = [
        rows.source_key, rows.own_code, rows.own_text, _compact(rows.occurred_from), _compact(rows.occurred_to),
        _number(_gaps(north, rows), 1), _number(_gaps(east, rows), 1), _words(rows.police_reported, YES_NO),
        _severity(rows), _words(rows.certainty, CERTAINTY), rows.note,
    ]  # fmt: skip
    _write_text(path, "utf-8-sig", ";", GUARDS, columns)


def _write_housing(rows: Reports, path: Path) -> None:
    """Write an Excel workbook: cover sheet, title row, empty row, headers; Excel dates; WGS84 or area code."""
    longitude, latitude = _projector(WGS84).transform(rows.x_m, rows.y_m)
    with xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}
    ) as book:
        book.set_properties({"title": "Störningar och skador", "created": MADE_AT})
        _write_cover(book.add_worksheet("Information"))
        sheet = book.add_worksheet("Ärenden")
        sheet.set_column(0, 4, 18)
        sheet.write_string(0, 0, "Bostads AB Linden: störningar och skador, uttag ur ärendesystemet")
        columns = [
            rows.source_key, rows.own_code, rows.occurred_from, rows.occurred_to, np.round(_gaps(latitude, rows), 6),
            np.round(_gaps(longitude, rows), 6), rows.area_code, _words(rows.police_reported, YES_NO), rows.severity,
            _words(rows.certainty, CERTAINTY), rows.note,
        ]  # fmt: skip
        _write_sheet(book, sheet, list(HOUSING.columns.values()), columns)


def _write_cover(sheet: Worksheet) -> None:
    lines = (
        "Bostads AB Linden",
        "Uttag för det lokala trygghetsarbetet i Lindhamn",
        "Uppgifterna finns på nästa blad.",
    )
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)


def _write_sheet(
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
    headers: Sequence[str],
    columns: Sequence[np.ndarray],
) -> None:
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for column, header in enumerate(headers):
        sheet.write_string(2, column, header, bold)
    epoch = np.datetime64("1899-12-30", "m")
    is_date = [np.issubdtype(column.dtype, np.datetime64) for column in columns]
    is_text = [column.dtype.kind == "U" for column in columns]
    plain = [
        ((column - epoch).astype(np.int64) / 1440 if dated else column).tolist()
        for column, dated in zip(columns, is_date, strict=True)
    ]
    for row, cells in enumerate(zip(*plain, strict=True), start=3):
        for column, cell in enumerate(cells):
            if is_text[column]:
                if cell:
                    sheet.write_string(row, column, cell)
            elif cell == cell and (cell or is_date[column]):  # noqa: PLR0124 - not a number is an empty cell
                sheet.write_number(row, column, cell, moment if is_date[column] else None)


def _write_text(
    path: Path, encoding: str, delimiter: str, form: Format, columns: Sequence[np.ndarray]
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(form.columns.values())
        writer.writerows(zip(*(column.tolist() for column in columns), strict=True))


@cache
def _projector(target: int) -> Transformer:
    return Transformer.from_crs(SWEREF99_TM, target, always_xy=True)


def _gaps(values: np.ndarray, rows: Reports) -> np.ndarray:
    return np.where(np.isnan(rows.x_m), np.nan, values)


def _number(values: np.ndarray, decimals: int, comma: str = ".") -> np.ndarray:
    return np.array(["" if np.isnan(v) else f"{v:.{decimals}f}".replace(".", comma) for v in values.tolist()])


def _stamp(moments: np.ndarray) -> np.ndarray:
    return np.char.replace(np.datetime_as_string(moments, unit="m"), "T", " ")


def _compact(moments: np.ndarray) -> np.ndarray:
    return np.char.replace(np.char.replace(_stamp(moments), "-", ""), ":", "")


def _words(values: np.ndarray, names: dict[str, str]) -> np.ndarray:
    return np.array([names[value] for value in values])


def _severity(rows: Reports) -> np.ndarray:
    return np.where(rows.severity > 0, rows.severity.astype(str), "")


_WRITERS = {
    "falt": _write_field_team,
    "polis": _write_police,
    "bostad": _write_housing,
    "skola": _write_schools,
    "vakt": _write_guards,
}
