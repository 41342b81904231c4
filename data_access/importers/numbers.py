"""Text to numbers: decimal comma or point, spaces, points and commas between thousands, degree signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MISSING = frozenset(
    {"-", "--", ".", "?", "na", "n/a", "nan", "null", "(null)", "none", "nil", "okänd", "okänt", "saknas", "uppgift saknas",
     "ej angivet", "ej angiven", "unknown", "missing", "not available"}
)  # fmt: skip
"""Words that people write where nothing is known (small letters)."""

_LONGEST = 40
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\u2007'"))
_DEGREES = re.compile(
    r"""^(?P<sign>[-+]?)(?P<head>[NSEWÖVO]?)\s*(?P<deg>\d+(?:[.,]\d+)?)\s*[°º]?\s*
    (?:(?P<min>\d+(?:[.,]\d+)?)\s*['\u2032\u2019]\s*)?(?:(?P<sec>\d+(?:[.,]\d+)?)\s*(?:"|''|\u2033|\u201d)\s*)?
    (?P<tail>[NSEWÖVO]?)$""",
    re.VERBOSE | re.IGNORECASE,
)
_UNIT = re.compile(r"\s*(?:m|meter|metres)\.?$", re.IGNORECASE)


def parse_numbers(
    cells: list[str], *, decimal: str | None = None
) -> tuple[NDArray[np.float64], NDArray[np.bool_], bool]:
    """Read a column of numbers.

    Args:
        cells: text, stripped.
        decimal: "," or "." when the other one is known to stand between thousands; None lets each cell tell.

    Returns:
        float64 with NaN where empty or unreadable, which cells were unreadable, and whether a comma was a decimal sign.

    """
    if decimal is not None:
        thousands = "." if decimal == "," else ","
        cells = [cell.replace(thousands, "") if cell.count(decimal) <= 1 else cell for cell in cells]
    try:
        return _plain(cells), np.zeros(len(cells), bool), False
    except ValueError:
        has_comma = "," in "".join(cells)
    try:
        with_points = "\n".join(cells).replace(",", ".").split("\n") if has_comma else cells
        if len(with_points) != len(cells):
            raise ValueError  # noqa: TRY301 - a cell of several lines is for the careful way
        return _plain(with_points), np.zeros(len(cells), bool), has_comma
    except ValueError:
        values = np.fromiter((_number(cell) for cell in cells), dtype=np.float64, count=len(cells))
    is_filled = np.fromiter((not is_missing(cell) for cell in cells), dtype=bool, count=len(cells))
    return values, np.isnan(values) & is_filled, has_comma


def is_missing(cell: str) -> bool:
    """Return whether a cell is empty or says that nothing is known."""
    return not cell or cell.casefold() in MISSING


def _plain(cells: list[str]) -> NDArray[np.float64]:
    """Fast path; `_` and words such as `inf` are left to the careful one. Raises ValueError."""
    if max(map(len, cells), default=0) > _LONGEST:
        raise ValueError
    filled = [cell or "nan" for cell in cells] if "" in cells else cells
    values = np.array(list(map(float, filled)), dtype=np.float64)
    if np.isinf(values).any() or "_" in "".join(cells):
        raise ValueError
    return values


def _number(cell: str) -> float:
    """One number in any writing; NaN when it is none."""
    if is_missing(cell):
        return np.nan
    text = _UNIT.sub("", cell.replace("\u2212", "-"))
    found = _DEGREES.match(text)
    if found and (found["head"] or found["tail"] or found["min"] or "°" in text or "º" in text):
        return _degrees(found)
    text = text.translate(_SPACES)
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        text = text.replace("." if comma > point else ",", "")
    for mark in ",.":
        text = text.replace(mark, "") if text.count(mark) > 1 else text
    try:
        value = float(text.replace(",", ".").replace("_", "x"))
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan


def _degrees(found: re.Match[str]) -> float:
    degrees, minutes, seconds = (
        float((found[part] or "0").replace(",", ".")) for part in ("deg", "min", "sec")
    )
    value = degrees + minutes / 60 + seconds / 3600
    is_negative = found["sign"] == "-" or (found["head"] or found["tail"]).upper() in ("S", "W", "V")
    return -value if is_negative else value
