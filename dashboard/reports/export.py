"""What is shown, as files: CSV and Excel that no spreadsheet runs as a formula, and pictures of charts."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import vl_convert

from dashboard.charts.compiled import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.charts.chart import Chart
    from dashboard.texts import Texts

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOTHING_TO_SEE = "CZ"  # Unicode's categories of control signs and of separators
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME = 31
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_RESERVED_SHEETS = ("", "history")
_LONGEST_CELL = 32_767  # characters in a cell of Excel
_DEVICES = re.compile(
    r"con|prn|aux|nul|com\d|lpt\d"
)  # Windows opens these instead of files, whatever their ending
_LONGEST_STEM = 60
_PICTURE_SCALE = 2.0


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet could take for a formula gets an apostrophe before it; numbers stay numbers.

    Signs that no file of text may hold (controls, halves of signs) are left out first.
    """
    if not isinstance(value, str):
        return value
    text = UNWRITABLE.sub("", value)
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether a formula begins once blanks and invisible signs are gone and wide signs are folded."""
    for sign in unicodedata.normalize("NFKC", text):
        if sign in _FORMULA_SIGNS:
            return True
        if unicodedata.category(sign)[0] not in _NOTHING_TO_SEE:
            return False
    return False


def safe_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every text cell and header made safe."""
    safe = table.map(safe_cell) if len(table) else table
    return safe.rename(columns=safe_cell)


def csv(table: pd.DataFrame, texts: Texts) -> bytes:
    """CSV as the language's spreadsheets expect it: semicolon and decimal comma in Swedish, UTF-8 with its mark."""
    is_swedish = texts.language == "sv"
    text = safe_table(
        table
    ).to_csv(
        index=False,
        sep=";" if is_swedish else ",",
        decimal="," if is_swedish else ".",
        lineterminator="\r\n",  # then a cell with either sign is quoted: unquoted, what follows it would begin a cell
    )
    return text.encode("utf-8-sig")


def workbook(sheets: Mapping[str, pd.DataFrame], about: Mapping[str, str], texts: Texts) -> bytes:
    """Excel workbook: a first sheet that says what was asked (`about`), then one sheet per table."""
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        what, said = (list(map(safe_cell, part)) for part in (about.keys(), about.values()))
        first = pd.DataFrame({texts("export.what"): what, texts("export.value"): said})
        tables = {texts("export.about"): first, **sheets}
        for sheet, table in zip(sheet_names(tables), tables.values(), strict=True):
            safe_table(table).map(_cut).rename(columns=_cut).to_excel(writer, sheet_name=sheet, index=False)
            writer.sheets[sheet].autofit()
    return target.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A name for each sheet that Excel takes: at most 31 plain characters, none empty, none twice in any case."""
    names: list[str] = []
    taken: set[str] = set(_RESERVED_SHEETS)
    for number, title in enumerate(titles, start=1):
        plain = " ".join(_NOT_IN_A_SHEET_NAME.sub(" ", UNWRITABLE.sub("", title)).split())
        name, k = plain[:_SHEET_NAME].strip() or str(number), 1
        while name.casefold() in taken:
            k += 1
            end = f" ({k})"
            name = plain[: _SHEET_NAME - len(end)].strip() + end
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(value: Any) -> Any:
    is_long = isinstance(value, str) and len(value) > _LONGEST_CELL
    return value[: _LONGEST_CELL - 1] + "…" if is_long else value


def picture(chart: Chart, width_px: int = 900) -> bytes:
    """PNG of a chart on white, twice the size of the screen, with title and unit."""
    title = {"text": chart.title, "subtitle": chart.unit, "anchor": "start"}
    return vl_convert.vegalite_to_png(_filled(chart, width_px) | {"title": title}, scale=_PICTURE_SCALE)


def drawing(
    chart: Chart, width_px: int, *, font: str, font_folder: str, height_px: int | None = None
) -> bytes:
    """SVG of a chart without its title, of so many pixels, with its words in a font of a folder.

    Only a chart whose height is free, as that of a map, takes another one.
    """
    _register(font_folder)
    spec = _filled(chart, width_px)
    if height_px:
        spec["height"] = height_px
    return vl_convert.vegalite_to_svg(spec | {"config": spec["config"] | {"font": font}}).encode()


@cache
def _register(font_folder: str) -> None:
    vl_convert.register_font_directory(font_folder)


def _filled(chart: Chart, width_px: int) -> dict[str, Any]:
    """The specification with its rows; a picture has no container that it could ask for its width."""
    values = [dict(zip(chart.columns, row, strict=True)) for row in zip(*chart.columns.values(), strict=True)]
    spec = json.loads(json.dumps(chart.spec).replace("containerSize()[0]", str(width_px)))
    config = spec.get("config", {}) | {"background": "white"}
    return {"$schema": SCHEMA, **spec, "data": {"values": values}, "width": width_px, "config": config}


def file_stem(text: str) -> str:
    """File name without its ending: lower case ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST_STEM].strip("-")
    return f"samsyn-{stem}" if _DEVICES.fullmatch(stem) else stem or "samsyn"
