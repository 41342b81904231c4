"""What is shown, as files: CSV and Excel that no spreadsheet runs as a formula, and pictures of charts."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pandas as pd
import vl_convert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.charts.chart import Chart
    from dashboard.texts import Texts

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NOTHING_TO_SEE = "CZ"  # Unicode's categories of control signs and of separators
_SHEET_NAME = 31
_PICTURE_SCALE = 2.0


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet could take for a formula gets an apostrophe before it; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if _is_formula(value) else value


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
        first = pd.DataFrame(
            {texts("export.what"): list(about.keys()), texts("export.value"): list(about.values())}
        )
        for name, table in {texts("export.about"): first, **sheets}.items():
            sheet = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:_SHEET_NAME]
            safe_table(table).to_excel(writer, sheet_name=sheet, index=False)
            writer.sheets[sheet].autofit()
    return target.getvalue()


def picture(chart: Chart) -> bytes:
    """PNG of a chart on white, twice the size of the screen, with title and unit."""
    values = [dict(zip(chart.columns, row, strict=True)) for row in zip(*chart.columns.values(), strict=True)]
    config = chart.spec.get("config", {}) | {"background": "white"}
    title = {"text": chart.title, "subtitle": chart.unit, "anchor": "start"}
    spec = chart.spec | {"data": {"values": values}, "width": 900, "title": title, "config": config}
    spec.setdefault("$schema", "https://vega.github.io/schema/vega-lite/v6.json")
    return vl_convert.vegalite_to_png(spec, scale=_PICTURE_SCALE)


def file_stem(text: str) -> str:
    """File name without its ending: lower case ASCII, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "samsyn"
