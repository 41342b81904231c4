from __future__ import annotations

import csv
import io
import math
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from python_calamine import CalamineWorkbook

from dashboard.charts.bars import bars
from dashboard.charts.hours import hours
from dashboard.geometry import document_of
from dashboard.reports import export
from dashboard.reports.explore import about, picture, tables
from dashboard.situation import explore
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Period, Selection
from tests.injections import INJECTIONS

if TYPE_CHECKING:
    from data_access.database import Database

SV, EN = texts("sv"), texts("en")
SIGNS = "=+-@\t\r\n"
NASTY = st.one_of(
    st.text(max_size=12),
    st.tuples(
        st.text("\u200b\ufeff\u00ad \u00a0\u3000\u1680\u2003\u2028\x00\x85\x7f'", max_size=3),
        st.sampled_from([*SIGNS, "\uff1d", "\uff0b", "\u207b", "\ufe63", "\uff20", "1", "a"]),
        st.text(max_size=5),
    ).map("".join),
)
ALWAYS = Period(date(2026, 1, 5), date(2026, 2, 28))


def is_formula(text: str) -> bool:
    """Whether what a spreadsheet may take for the first sign, once blanks and invisible signs are gone, begins a formula."""
    for sign in unicodedata.normalize("NFKC", text):
        if sign in SIGNS:
            return True
        if unicodedata.category(sign)[0] not in "CZ":
            return False
    return False


def writable(text: str) -> str:
    """A text without controls (but ends of lines and TAB), lone halves of signs, and the two that are no signs."""
    odd = {"Cc", "Cs"}
    kept = [sign for sign in text if sign in "\t\n\r\x85" or unicodedata.category(sign) not in odd]
    return "".join(kept).replace("\ufffe", "").replace("\uffff", "")


def cells(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@settings(max_examples=300, deadline=None)
@given(NASTY)
def test_no_text_is_left_that_begins_a_formula(text: str) -> None:
    safe = export.safe_cell(text)
    assert not is_formula(safe)
    assert safe.removeprefix("'") == writable(text).removeprefix("'")


@given(st.text("abcåäö 0123456789()._", max_size=10))
def test_plain_text_is_left_alone(text: str) -> None:
    assert export.safe_cell(text) == text


@pytest.mark.parametrize("value", [-3, -3.5, 0, 12345, None, True])
def test_numbers_stay_numbers(value: Any) -> None:
    assert export.safe_cell(value) is value


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NASTY, st.integers(-99, 99)), min_size=1, max_size=5))
def test_no_cell_of_a_csv_begins_a_formula(rows: list[tuple[str, int]]) -> None:
    table = pd.DataFrame(rows, columns=["=cmd|' /C calc'!A0", "n"])
    for language, delimiter in ((SV, ";"), (EN, ",")):
        header, *lines = cells(export.csv(table, language), delimiter)
        assert header == ["'=cmd|' /C calc'!A0", "n"]
        assert [int(line[1]) for line in lines] == [number for _, number in rows]
        assert not any(is_formula(line[0]) for line in lines)


def test_a_line_break_within_a_text_begins_no_cell() -> None:
    table = pd.DataFrame({"a": ["x\r=1+1", "y\n=1+1", "\r\n=1"], "n": [1, 2, 3]})
    _, *lines = cells(export.csv(table, EN), ",")
    assert lines == [["x\r=1+1", "1"], ["y\n=1+1", "2"], ["'\r\n=1", "3"]]


def test_csv_is_written_as_the_language_reads_it() -> None:
    table = pd.DataFrame({"Område": ["Hamnen"], "Antal": [-1234.5]})
    assert export.csv(table, SV) == "\ufeffOmråde;Antal\r\nHamnen;-1234,5\r\n".encode()
    assert export.csv(table, EN) == "\ufeffOmråde,Antal\r\nHamnen,-1234.5\r\n".encode()


def test_a_workbook_holds_the_same_numbers_and_says_what_was_asked(small: Database) -> None:
    of = explore.situation(facts(small, LOCAL_VIEWER), Selection(period=ALWAYS))
    assert of is not None
    made = tables(of, SV)
    book = CalamineWorkbook.from_filelike(io.BytesIO(export.workbook(made, about(of, SV), SV)))
    assert len(book.sheet_names) == len(made) + 1
    first = dict(book.get_sheet_by_index(0).to_python())
    assert first["Period"] == "2026-01-05..2026-02-12"
    assert (
        first["Händelser"] == "12"
    )  # the one at home in January is not counted: the period splits its month
    for number, (name, table) in enumerate(made.items(), start=1):
        header, *lines = book.get_sheet_by_index(number).to_python()
        assert header == list(table.columns), name
        assert len(lines) == len(table)
        for column, title in enumerate(header):
            if pd.api.types.is_numeric_dtype(table[title]):
                expected = [None if pd.isna(value) else float(value) for value in table[title]]
                assert [line[column] if line[column] != "" else None for line in lines] == expected, (
                    name,
                    title,
                )


def test_a_workbook_never_holds_a_formula() -> None:
    table = pd.DataFrame(
        {"=1+1": ['=HYPERLINK("x")', "@SUM(A1)", "http://example.org", "-1"], "n": [1, 2, 3, -4]}
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(export.workbook({"a/b?": table}, {"=x": "+y"}, EN)))
    _, sheet = (book.get_sheet_by_index(number).to_python() for number in (0, 1))
    assert sheet[0] == ["'=1+1", "n"]
    assert [line[0] for line in sheet[1:]] == ['\'=HYPERLINK("x")', "'@SUM(A1)", "http://example.org", "'-1"]
    assert [line[1] for line in sheet[1:]] == [1, 2, 3, -4]


@pytest.mark.parametrize("language", [SV, EN])
def test_tables_hold_what_the_views_hold(small: Database, language: Any) -> None:
    of = explore.situation(facts(small, LOCAL_VIEWER), Selection(period=ALWAYS))
    assert of is not None
    made = tables(of, language)
    areas = made[language("chart.column_areas")]
    assert areas[language("export.area_code")].tolist() == ["01", "02", "03", "04"]
    assert areas[language("chart.column_count")].tolist() == [4, 2, 2, 2]
    hours_table = made[language("chart.column_hour")]
    assert hours_table.shape == (7, 25)
    assert hours_table.iloc[:, 1:].to_numpy().sum() == of.now.hours.sum()


@pytest.mark.parametrize("language", [SV, EN])
def test_a_chart_becomes_a_picture(language: Any) -> None:
    rows = {"code": ["01", "02"], "name": ["Å", "Ö"], "count": [3.0, 2.0], "before": [1.0, math.nan]}
    for chart in (bars(rows, "areas", language), hours([1.0] * 168, language)):
        image = Image.open(io.BytesIO(export.picture(chart)))
        assert image.format == "PNG"
        assert image.width > 1000
        assert len(set(image.convert("L").resize((60, 40)).tobytes())) > 5


def test_the_map_becomes_a_picture(small: Database) -> None:
    of = explore.situation(facts(small, LOCAL_VIEWER), Selection(period=ALWAYS))
    districts = document_of(small, LOCAL_VIEWER, 1, "districts")
    assert of is not None
    assert districts is not None
    image = Image.open(io.BytesIO(picture(of, districts.body, SV)))
    assert image.format == "PNG"
    assert len(set(image.convert("L").resize((60, 40)).tobytes())) > 5


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("samsyn Lindhamn 2026-01-05..2026-02-28", "samsyn-lindhamn-2026-01-05-2026-02-28"),
        ("Åäö/..\\", "aao"),
        ("???", "samsyn"),
        ("CON", "samsyn-con"),
        ("lpt1.", "samsyn-lpt1"),
        ("x" * 59 + ".y", "x" * 59),
    ],
)
def test_a_file_name_is_plain(text: str, stem: str) -> None:
    assert export.file_stem(text) == stem


@pytest.mark.parametrize("text", INJECTIONS, ids=range(len(INJECTIONS)))
def test_every_injection_comes_back_as_the_text_it_was(text: str) -> None:
    titles = pd.Index(["a", text], dtype=object)  # pandas' own texts take no half of a sign
    table = pd.DataFrame([["x", 1], [text, -2]], columns=titles, dtype=object)
    for language, delimiter in ((SV, ";"), (EN, ",")):
        header, _, line = cells(export.csv(table, language), delimiter)
        assert not is_formula(line[0])
        assert not is_formula(header[1])
        assert line[0].removeprefix("'") == writable(text).removeprefix("'")
        assert line[1] == "-2"
    book = CalamineWorkbook.from_filelike(io.BytesIO(export.workbook({text: table}, {"x": text}, SV)))
    about_it, sheet = (book.get_sheet_by_index(number).to_python(skip_empty_area=False) for number in (0, 1))
    told = str(sheet[2][0])
    assert told == about_it[1][1]
    assert not is_formula(told)
    assert sheet[2][1] == -2
    ends = (
        writable(text).replace("\r\n", "\n").replace("\r", "\n").removeprefix("'")
    )  # XML has one end of lines
    assert told.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'") in (
        ends,
        ends[:32_766] + "…",
        ends[:32_765] + "…",
    )


@given(
    st.lists(
        st.one_of(st.sampled_from(INJECTIONS), st.text(max_size=40), st.sampled_from(["a", "A", "a (2)"])),
        max_size=8,
        unique=True,
    )
)
def test_names_of_sheets_are_taken_by_excel(titles: list[str]) -> None:
    names = export.sheet_names(titles)
    assert len(names) == len(titles)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name == name.strip()
        assert name.isprintable() or writable(name) == name
        assert name.casefold() != "history"


@pytest.mark.parametrize("text", INJECTIONS, ids=range(len(INJECTIONS)))
def test_no_file_name_leads_anywhere(text: str) -> None:
    stem = export.file_stem(text)
    assert 0 < len(stem) <= 67
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not stem.startswith("-")
    assert not stem.endswith("-")
    assert stem not in ("con", "prn", "aux", "nul", "com1", "lpt1")
