from __future__ import annotations

import gzip
import io
import zipfile

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from data_access.importers.delimited import read_rows
from data_access.importers.errors import ImportRefused
from data_access.importers.even_text import even_columns
from data_access.importers.table import ReadOptions, read_table

ROWS = "Ärendenr;Händelsetyp;Datum\nA1;Klotter;2024-03-05\nA2;Bråk på Åvägen;2024-03-06\n"
CELLS = [["Klotter", "Bråk på Åvägen"], ["2024-03-05", "2024-03-06"]]


def workbook(sheets: dict[str, list[list[object]]], hidden: str | None = None) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
            if name == hidden:
                sheet.hide()
    return out.getvalue()


def refusal(content: bytes, name: str = "x.csv", **options: object) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        read_table((content, name), overrides=ReadOptions(**options))  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_dialect_reads_the_same(encoding: str, delimiter: str, end: str) -> None:
    text = ROWS.replace(";", delimiter).replace("\n", end)
    table = read_table((text.encode(encoding), "x.csv"))
    assert table.columns == ("Ärendenr", "Händelsetyp", "Datum")
    assert [table.column("Händelsetyp"), table.column("Datum")] == CELLS
    assert table.reading.delimiter == delimiter
    assert table.rows.tolist() == [2, 3]


def test_single_wrong_bytes_do_not_spoil_utf8() -> None:
    table = read_table((ROWS.encode() + "A3;Nya Åvägen;2024-03-07\n".encode("cp1252"), "x.csv"))
    assert table.column("Händelsetyp")[1:] == ["Bråk på Åvägen", "Nya Åvägen"]
    assert table.reading.bytes_repaired


def test_sep_line_title_rows_and_second_header() -> None:
    text = "sep=;\nRapport över händelser\n\n" + ROWS + ROWS
    table = read_table((text.encode(), "x.csv"))
    assert table.column("Händelsetyp") == CELLS[0] * 2
    assert table.reading.header_row == 4
    assert table.reading.title_rows == 2
    assert table.reading.header_again == (7,)
    assert table.rows.tolist() == [5, 6, 8, 9]


def test_unnamed_first_column_and_names_that_repeat() -> None:
    table = read_table((b";Datum;Typ;Typ\n1;2024-01-01;a;b\n", "x.csv"))
    assert table.columns == ("#1", "Datum", "Typ", "Typ (2)")


def test_row_numbers_count_lines_inside_quotes() -> None:
    table = read_table((b'Datum;Typ\n2024-01-01;"rad ett\nrad tv\xc3\xa5"\n2024-01-02;b\n', "x.csv"))
    assert table.rows.tolist() == [2, 4]


def test_a_quotation_mark_never_closed_does_not_swallow_the_file() -> None:
    lines = [f"2024-01-01;{'' if i != 3 else chr(34)}typ {i};x" for i in range(60)]
    text = "Datum;Typ;Anteckning\n" + "\n".join(lines) + "\n"
    table = read_table((text.encode(), "x.csv"))
    assert len(table.rows) == 60
    assert table.column("Typ")[3] == "typ 3"


def test_rows_with_too_many_cells_or_an_enormous_one_are_refused_alone() -> None:
    text = "Datum;Typ\n2024-01-01;a\n2024-01-02;b;c;d\n2024-01-03;" + "x" * 6_000_000 + "\n2024-01-04\n\n;\n"
    table = read_table((text.encode(), "x.csv"))
    assert [(error.row, error.reason) for error in table.refused] == [
        (3, "too_many_cells"),
        (4, "cell_too_long"),
    ]
    assert len(table.refused[1].value) == 200
    assert table.column("Typ") == ["a", ""]


def test_gzip_is_opened_and_its_size_limited() -> None:
    assert read_table((gzip.compress(ROWS.encode()), "x.csv.gz")).column("Datum") == CELLS[1]
    assert refusal(gzip.compress(b"a;b\n" * 10_000_000), "x.csv.gz").reason == "unpacked_too_large"


def test_excel_with_cover_sheet_hidden_sheet_and_title_row() -> None:
    rows = [
        ["Störningar 2024"],
        [],
        ["Ärendenr", "Datum", "Typ"],
        [530330001001002.0, 45356.9027777778, "Bråk"],
        ["A2", "2024-03-06", 1.5],
    ]
    content = workbook(
        {
            "Försättsblad": [["Rapport"], ["Kontakt: 08"]],
            "Gamla": [["Ärendenr", "Datum", "Typ", "Kod"]] * 9,
            "Data": rows,
        },
        "Gamla",
    )
    table = read_table((content, "x.csv"))  # an Excel file under another name
    assert table.reading.sheet == "Data"
    assert table.reading.header_row == 3
    assert table.column("Ärendenr") == ["530330001001002", "A2"]
    assert table.column("Typ") == ["Bråk", "1.5"]
    assert table.rows.tolist() == [4, 5]
    assert read_table((content, "x.xlsx"), overrides=ReadOptions(sheet="Gamla")).reading.sheet == "Gamla"
    assert refusal(content, sheet="Ingen").parameters["sheets"] == "Försättsblad, Gamla, Data"


def test_excel_dates_keep_their_time_and_get_no_midnight() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["Datum", "Typ"])
        sheet.write_number(1, 0, 45356 + (21 * 60 + 40) / 1440, form)
        sheet.write_number(2, 0, 45356, form)
    assert read_table((out.getvalue(), "x.xlsx")).column("Datum") == ["2024-03-05 21:40:00", "2024-03-05"]


def test_json_objects_are_flattened() -> None:
    content = (
        b'[{"id": 1, "location": {"name": "Lule\xc3\xa5", "gps": "65.5,22.1"}}, {"id": 2, "type": null}]'
    )
    table = read_table((content, "x.json"))
    assert table.columns == ("id", "location.name", "location.gps", "type")
    assert table.column("location.gps") == ["65.5,22.1", ""]
    assert table.rows.tolist() == [1, 2]


def test_files_that_are_no_tables_are_refused_with_their_reason() -> None:
    assert refusal(b"<html><table><tr><td>Datum</td></tr></table>", "x.xls").reason == "html_not_excel"
    assert refusal(b"%PDF-1.7 ...", "x.pdf").reason == "not_a_table"
    assert refusal(b"[1, 2]", "x.json").reason == "not_a_table"
    assert refusal(b"  \n ").reason == "file_empty"
    assert refusal(b"PK\x03\x04 broken", "x.xlsx").reason == "archive_broken"
    assert refusal(b"\xd0\xcf\x11\xe0 broken", "x.xls").reason == "workbook_unreadable"
    assert refusal(b"1;2;3\n4;5;6\n7;8;9\n").reason == "no_header"
    assert refusal(b"a;b\n1;2\n", encoding="klingon").reason == "encoding_unknown"
    assert refusal(b"a;b\n1;2\n", header_row=9).reason == "header_row_missing"


def test_limits_hold() -> None:
    assert refusal(b"a" * (11 * 1024**2)).parameters == {"file": "x.csv", "size_mb": 11.0, "limit_mb": 10.0}
    wide = ";".join(f"kolumn {chr(97 + i % 26)}{i}" for i in range(201))
    assert refusal(f"{wide}\n{wide.replace('kolumn', 'x')}\n".encode()).reason == "too_many_columns"
    assert refusal(b"Datum;Typ\n" + b"1;2\n" * 200_001).reason == "too_many_rows"


def test_zip_bombs_and_paths_out_are_refused() -> None:
    def zipped(name: str, content: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return out.getvalue()

    assert refusal(zipped("xl/sheet.xml", b"0" * 60_000_000), "x.xlsx").reason == "unpacked_too_large"
    assert refusal(zipped("../../out", b"x"), "x.xlsx").reason == "archive_unsafe"


def test_one_far_cell_does_not_fill_the_memory() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Datum", "Typ"])
        sheet.write(1_048_575, 16_383, "far")
    assert refusal(out.getvalue(), "x.xlsx").reason == "too_many_rows"


CELL = st.text(alphabet="ab 1,.åÄ", max_size=4)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from(";\t|"))
def test_the_quick_reader_gives_what_the_careful_one_gives(rows: list[list[str]], delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in rows)
    quick = even_columns(text, delimiter, longest=100)
    slow = [[cell.strip() for cell in row] for row in read_rows(text.rstrip("\n"), delimiter)[0]]
    if quick is None:
        is_even = len({len(row) for row in slow}) == 1 and all(any(row) for row in slow)
        assert not is_even or not text.strip("\n") or text != text.strip("\n")
    else:
        assert [[cell.strip() for cell in row] for row in zip(*quick, strict=True)] == slow


def test_lines_that_make_up_for_each_other_are_not_taken_for_even() -> None:
    assert even_columns("a;b\nc\nd;e;f\ng;h", ";", longest=100) is None
    assert np.array(even_columns("a;b\nc;d", ";", longest=100)).tolist() == [["a", "c"], ["b", "d"]]
