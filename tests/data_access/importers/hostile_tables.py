"""Workbooks, delimited text and JSON."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import xlsxwriter

from tests.data_access.importers.hostile import READ, hostile, zipped

SHEET = "xl/worksheets/sheet1.xml"
NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TOO_MUCH = ("unpacked_too_large", "too_many_rows", "too_many_columns")


def xlsx(replaced: dict[str, bytes] | None = None) -> bytes:
    """A sound workbook in which parts are replaced."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Datum", "Typ", "Anteckning"])
        sheet.write_row(1, 0, ["2024-03-05", "Klotter", "x"])
    parts = zipfile.ZipFile(out)
    members = {name: parts.read(name) for name in parts.namelist()} | (replaced or {})
    return zipped(*members.items())


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-8"?>' + before
    text = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Datum</t></is></c><c r="B1" t="inlineStr"><is><t>Typ</t></is></c></row>'
    return xlsx(
        {SHEET: head + b"<worksheet " + NS + b"><sheetData>" + text + rows + b"</sheetData></worksheet>"}
    )


def ods(rows: str, before: str = "") -> bytes:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {namespaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", content.encode()))


def ods_cell(text: str = "x", more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


@hostile("incidents", "a.xlsx", *TOO_MUCH)
def a_far_row() -> bytes:
    return sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')


@hostile("incidents", "a.xlsx", *TOO_MUCH)
def a_far_column() -> bytes:
    return sheet(b'<row r="2"><c r="XFD2"><v>1</v></c></row>')


@hostile("incidents", "a.xlsx", *TOO_MUCH)
def a_far_corner_within_the_limits() -> bytes:
    return sheet(b'<row r="200000"><c r="GR200000"><v>1</v></c></row>')


@hostile("incidents", "a.xlsx", *TOO_MUCH)
def far_cells_in_single_quotes() -> bytes:
    return sheet(b"<row r = '1048576' ><c r = 'XFD1048576' ><v>1</v></c></row>")


@hostile("incidents", "a.xlsx", *TOO_MUCH, "workbook_unreadable", READ)
def a_far_row_without_references_of_cells() -> bytes:
    return sheet(b'<row r="1048576">' + b"<c><v>1</v></c>" * 20_000 + b"</row>")


@hostile("incidents", "a.xlsx", *TOO_MUCH, "workbook_unreadable")
def a_row_beyond_all_numbers() -> bytes:
    return sheet(b'<row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>')


@hostile("incidents", "a.xlsx", READ, *TOO_MUCH)
def a_dimension_that_lies() -> bytes:
    lie = b'<dimension ref="A1:XFD1048576"/><sheetData>'
    return xlsx({SHEET: zipfile.ZipFile(io.BytesIO(xlsx())).read(SHEET).replace(b"<sheetData>", lie)})


@hostile("incidents", "a.xlsx", *TOO_MUCH)
def shared_strings_that_come_again() -> bytes:
    strings = (
        b"<sst "
        + NS
        + b' count="4294967295" uniqueCount="4294967295"><si><t>'
        + b"x" * 1_000_000
        + b"</t></si></sst>"
    )
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (k, k) for k in range(2, 20_000))
    book = zipfile.ZipFile(io.BytesIO(sheet(rows)))
    return xlsx({SHEET: book.read(SHEET), "xl/sharedStrings.xml": strings})


@hostile("incidents", "a.xlsx", *TOO_MUCH)
def ninety_sheets_of_corners() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for _ in range(80):
            page = book.add_worksheet()
            page.write_row(0, 0, ["Datum", "Typ"])
            page.write(99_999, 49, "x")
    return out.getvalue()


@hostile("incidents", "a.xlsx", "entities_forbidden")
def laughs() -> bytes:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (k, b"&l%d;" % (k - 1) * 10) for k in range(1, 10))
    return sheet(
        b'<row r="2"><c r="A2"><v>&l9;</v></c></row>', b'<!DOCTYPE x [<!ENTITY l0 "ha">' + levels + b"]>"
    )


@hostile("incidents", "a.xlsx", "entities_forbidden")
def an_entity_of_another_file() -> bytes:
    return sheet(
        b'<row r="2"><c r="A2"><v>&x;</v></c></row>',
        b'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    )


@hostile("incidents", "a.xlsx", "entities_forbidden", "workbook_unreadable")
def entities_in_utf_16() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]><x>&x;</x>'
    return xlsx({SHEET: text.encode("utf-16")})


@hostile("incidents", "a.xlsx", "workbook_unreadable", "no_header", READ)
def elements_a_million_deep() -> bytes:
    return xlsx({SHEET: b"<worksheet " + NS + b"><sheetData>" + b"<row>" * 300_000})


@hostile("incidents", "a.ods", *TOO_MUCH)
def a_cell_repeated_a_billion_times() -> bytes:
    repeated = ods_cell("x", ' table:number-columns-repeated="1000000000"')
    return ods(f"<table:table-row>{repeated}</table:table-row>")


@hostile("incidents", "a.ods", *TOO_MUCH)
def a_row_repeated_a_billion_times() -> bytes:
    return ods(f'<table:table-row table:number-rows-repeated="1000000000">{ods_cell()}</table:table-row>')


@hostile("incidents", "a.ods", *TOO_MUCH, "no_header", READ)
def empty_cells_repeated_before_one() -> bytes:
    cell = '<table:table-cell table:number-columns-repeated="1000000000"/>'
    empty = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return ods(f"{empty}<table:table-row>{ods_cell()}</table:table-row>")


@hostile("incidents", "a.ods", "entities_forbidden")
def laughs_in_opendocument() -> bytes:
    return ods("<table:table-row>&l;</table:table-row>", '<!DOCTYPE x [<!ENTITY l "ha">]>')


def _ole(records: bytes, *, next_sector: int = 0xFFFFFFFE) -> bytes:
    """An OLE file with one stream `Workbook`; `next_sector` other than the end makes its chain a lie."""
    body = records.ljust(max(-(-len(records) // 512), 9) * 512, b"\0")
    count = len(body) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), next_sector]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack(
            "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0
        )
    )
    header += b"\xff" * (512 - len(header))

    def entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
        text = name.encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
        )
        return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)

    listing = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(body), 0xFFFFFFFF)
    return header + fat + listing.ljust(512, b"\0") + body


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls(cells: bytes, sheets: int = 1) -> bytes:
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    size = len(start) + sheets * (4 + 6 + 2 + 2) + 4
    names = b"".join(
        _record(0x85, struct.pack("<IBBBB", size, 0, 0, 2, 0) + b"A%d" % (k % 10)) for k in range(sheets)
    )
    page = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + _record(0x0A, b"")
    return start + names + _record(0x0A, b"") + page


def _number(row: int, column: int) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


@hostile("incidents", "a.xls", *TOO_MUCH)
def a_far_corner_in_the_old_format() -> bytes:
    return _ole(_xls(_number(0, 0) + _number(65_535, 65_535)))


@hostile("incidents", "a.xls", *TOO_MUCH, "workbook_unreadable")
def sheets_that_share_one_stream() -> bytes:
    return _ole(_xls(_number(0, 0) + _number(60_000, 100), sheets=1000))


@hostile("incidents", "a.xls", *TOO_MUCH, "workbook_unreadable", "no_header")
def a_chain_of_sectors_without_end() -> bytes:
    return _ole(_xls(_number(0, 0)), next_sector=2)


@hostile("incidents", "a.xls", "workbook_unreadable", "unpacked_too_large", "no_header")
def sizes_that_lie_in_the_old_format() -> bytes:
    content = bytearray(_ole(_xls(_number(0, 0))))
    content[44:48] = content[72:76] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(content)


@hostile("incidents", "a.xls", "html_not_excel")
def a_web_page_named_xls() -> bytes:
    return b"<html><script>alert(1)</script><table><tr><td>Datum</td></tr></table></html>"


@hostile("incidents", "a.xls", "html_not_excel")
def a_web_page_in_utf_16() -> bytes:
    return "<html><table><tr><td>Datum</td></tr></table></html>".encode("utf-16")


@hostile("incidents", "a.xls", "html_not_excel")
def xml_named_xls() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]><Workbook>&x;</Workbook>'


@hostile("incidents", "a.csv", READ)
def a_cell_of_nine_megabytes() -> bytes:
    return b"Datum;Typ\n2024-03-05;Klotter\n2024-03-06;" + b"x" * 9_000_000 + b"\n"


@hostile("incidents", "a.csv", "no_header", READ)
def a_line_without_end() -> bytes:
    return b"x" * 10_000_000


@hostile("incidents", "a.csv", "no_header", "too_many_columns", READ)
def ten_million_delimiters() -> bytes:
    return b";" * 10_000_000


@hostile("incidents", "a.csv", "too_many_rows")
def ten_million_lines() -> bytes:
    return b"Datum;Typ\n" + b"\n" * 10_000_000


@hostile("incidents", "a.csv", "too_many_rows")
def a_row_too_many() -> bytes:
    return b"Datum;Typ\n" + b"2024-03-05;Klotter\n" * 200_001


@hostile("incidents", "a.csv", "too_many_columns")
def a_column_too_many() -> bytes:
    return b"Datum;" + b";".join(b"k%d" % k for k in range(200)) + b"\n2024-03-05" + b";x" * 200 + b"\n"


@hostile("incidents", "a.csv", "too_many_rows")
def short_rows_under_a_wide_header() -> bytes:
    return b"Datum;" + b";".join(b"k%d" % k for k in range(199)) + b"\n" + b"2024-03-05\n" * 199_000


@hostile("incidents", "a.csv", READ)
def nuls_between_the_letters() -> bytes:
    return b"Da\0tum;Typ\n2024-03-05;Klo\0tter\n"


@hostile("incidents", "a.csv", READ, "too_many_rows", "no_header")
def a_lone_quotation_mark() -> bytes:
    return b'Datum;Typ\n2024-03-05;"Klotter\n' + b"2024-03-05;Klotter\n" * 190_000


@hostile("incidents", "a.csv", READ)
def a_delimiter_that_quotes() -> bytes:
    return b'sep="\nDatum"Typ\n2024-03-05"Klotter\n'


@hostile("incidents", "a.csv", READ, "no_header")
def bytes_of_no_encoding() -> bytes:
    return b"Datum;Typ\n" + bytes(range(128, 256)) * 70_000


@hostile("incidents", "a.json", "not_a_table")
def brackets_100_000_deep() -> bytes:
    return b"[" * 100_000 + b"]" * 100_000


@hostile("incidents", "a.json", "not_a_table")
def objects_100_000_deep() -> bytes:
    return b'[{"Datum":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}]"


@hostile("incidents", "a.json", READ)
def objects_within_objects_just_not_too_deep() -> bytes:
    return b'[{"Datum":"2024-03-05","Typ":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}]"


@hostile("incidents", "a.json", "unpacked_too_large", "too_many_rows")
def three_million_empty_objects() -> bytes:
    return b"[" + b"{}," * 3_000_000 + b"{}]"


@hostile("incidents", "a.json", "too_many_columns")
def objects_of_ever_other_names() -> bytes:
    return json.dumps([{f"k{k}": 1} for k in range(150_000)]).encode()


@hostile("incidents", "a.json", "too_many_rows")
def one_wide_object_and_many_narrow_ones() -> bytes:
    return json.dumps([{f"k{k}": 1 for k in range(200)}, *({"k1": 1} for _ in range(190_000))]).encode()


@hostile("incidents", "a.json", READ)
def numbers_that_are_none() -> bytes:
    return b'[{"Datum":"2024-03-05","Typ":"a","lat":NaN,"lon":Infinity},{"Datum":-Infinity,"Typ":1e400,"lat":1e308,"lon":-1e308}]'


@hostile("incidents", "a.json", "not_a_table")
def a_number_of_a_million_digits() -> bytes:
    return b'[{"Datum":' + b"9" * 1_000_000 + b"}]"


@hostile("incidents", "a.json", READ)
def halves_of_signs_and_nuls() -> bytes:
    return rb'[{"Datum":"2024-03-05","Typ":"\ud800\u0000x","\udfff\u0000":"\udfff","id":"\ud83d"}]'
