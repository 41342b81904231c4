"""Columns of dates and times in any usual writing to wall-clock times and UTC."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data_access.importers.date_shapes import Order, Shape, moment_shape, time_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_WIDTH = 34
_MOST_SHAPES = 400
_ZERO, _NINE = ord("0"), ord("9")
_DAY_S, _HOUR_S = 86_400, 3_600
_PIVOT = 70
_EXCEL_DAY_0 = np.datetime64("1899-12-30", "s")
_SERIALS = (10_000, 80_000)
_FEW_DECIMALS = 5
_SENSIBLE = (np.datetime64("1900-01-01", "s"), np.datetime64("2100-01-01", "s"))
_NOT_A_TIME = np.datetime64("NaT", "s")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb",
            "mars march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = re.compile(
    r"^(?:mån|tis|ons|tors|tor|fre|lör|sön|mon|tues|tue|wednes|wed|thurs|thu|fri|satur|sat|sun)(?:dag|day)?(?:en)?\.?,? +"
)
_MONTH = re.compile(r"[ .\-/]*\b(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?,?[ \-/]*")
_LEADING_DAY = re.compile(r"^(?:den )?(\d{1,2})(?::?[ea]|st|nd|rd|th)?(?=[ .\-/]*[a-zåäö])")
_TRAILING_DAY = re.compile(r"^-(m\d{1,2})-(\d{1,2}),? (\d{4})")
_CLOCK = re.compile(r"[ ,]*\b(?:klockan|kl)\.? *")
_LETTERS = re.compile(r"[^\x00-\x7f]|[A-SU-Ya-su-y]")


@dataclass(frozen=True)
class ParsedTimes:
    """One column: wall-clock second per row (NaT where empty or unreadable), and what each row states.

    `offset_s`: seconds east of UTC where the row states them, else NaN. `is_empty` and `is_bad` do not overlap.
    `order` is how day and month were told apart: None where no row needed it; `is_ambiguous` when no row decided it.
    """

    wall: NDArray[np.datetime64]
    has_time: NDArray[np.bool_]
    offset_s: NDArray[np.float64]
    is_empty: NDArray[np.bool_]
    is_bad: NDArray[np.bool_]
    order: Order | None = None
    is_ambiguous: bool = False
    has_serials: bool = False


@dataclass
class _Column:
    """The numbers cut out of a column so far; 0 or NaN where not stated."""

    parts: dict[str, NDArray[np.int64]]
    known: NDArray[np.bool_]
    has_time: NDArray[np.bool_]
    offset_s: NDArray[np.float64]
    wall: NDArray[np.datetime64]
    open_groups: list[tuple[Shape, NDArray[np.intp]]] = field(default_factory=list)
    has_serials: bool = False


def parse_moments(cells: list[str], *, order: Order | None = None, default: Order = "dmy") -> ParsedTimes:
    """Read a column of dates with or without time of day.

    Args:
        cells: text, stripped.
        order: how day, month and year stand where the writing does not tell; None: decided by the whole column.
        default: the order when no row of the column decides it (slashes and points; with hyphens the year first).

    """
    column, is_empty, groups = _cut(cells, moment_shape)
    for shape, rows, chars in groups:
        _take(column, shape, rows, chars)
    used, is_ambiguous = _settle_order(column, order, default)
    _to_wall(column)
    is_bad = np.isnat(column.wall) & ~is_empty
    column.has_time[is_bad] = False
    has_time, offset = column.has_time, column.offset_s
    return ParsedTimes(
        column.wall, has_time, offset, is_empty, is_bad, used, is_ambiguous, column.has_serials
    )


def parse_clock(cells: list[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read a column of times of day. Returns seconds after midnight (NaN where empty or bad) and which are bad."""
    column, is_empty, groups = _cut(cells, time_shape)
    seconds = np.full(len(cells), np.nan)
    for shape, rows, chars in groups:
        _take(column, shape, rows, chars)
        if "day_share" in shape.spans:
            shares = [float(cells[row].replace(",", ".")) for row in rows]
            seconds[rows] = np.where(
                np.array(shares) < 1, np.round(np.array(shares) * _DAY_S / 60) * 60, np.nan
            )
        else:
            seconds[rows] = _clock_seconds(column)[rows]
    return seconds, np.isnan(seconds) & ~is_empty


def is_moment(cells: list[str]) -> float:
    """Share (0-1) of the cells that are not empty which read as dates of our time; bare day numbers do not count."""
    parsed = parse_moments([cell for cell in cells if cell])
    if not len(parsed.wall) or parsed.has_serials:
        return 0.0
    with np.errstate(invalid="ignore"):
        return float(((parsed.wall > _SENSIBLE[0]) & (parsed.wall < _SENSIBLE[1])).mean())


def is_clock(cells: list[str]) -> float:
    """Share (0-1) of the cells that are not empty which read as times of day."""
    seconds, is_bad = parse_clock(cells)
    filled = int((~np.isnan(seconds)).sum() + is_bad.sum())
    return 1 - float(is_bad.sum()) / filled if filled else 0.0


_Group = tuple[Shape, "NDArray[np.intp]", "NDArray[np.uint8]"]


def _cut(
    cells: list[str], understand: Callable[[str], Shape | None]
) -> tuple[_Column, NDArray[np.bool_], list[_Group]]:
    """Group the rows by the shape of their text."""
    texts = _normal(cells)
    size = len(texts)
    chars = np.array(texts, dtype=f"S{_WIDTH}").view(np.uint8).reshape(size, _WIDTH)
    is_digit = (chars >= _ZERO) & (chars <= _NINE)
    shapes = np.ascontiguousarray(np.where(is_digit, np.uint8(_NINE), chars))
    codes, kinds = _same(shapes)
    column = _Column(
        parts={
            name: np.zeros(size, np.int64) for name in ("year", "month", "day", "hour", "minute", "second")
        },
        known=np.zeros(size, bool),
        has_time=np.zeros(size, bool),
        offset_s=np.full(size, np.nan),
        wall=np.full(size, _NOT_A_TIME),
    )
    groups: list[_Group] = []
    for code, kind in enumerate(kinds[:_MOST_SHAPES]):
        shape = understand(kind)
        if shape is not None:
            rows = np.flatnonzero(codes == code)
            groups.append((shape, rows, chars[rows]))
    return column, np.array([not text for text in texts], dtype=bool), groups


def _same(shapes: NDArray[np.uint8]) -> tuple[NDArray[np.intp], list[str]]:
    """Number the different rows of characters, by a hash that is then checked against its first row."""
    padded = np.zeros((len(shapes), -(-shapes.shape[1] // 8) * 8), np.uint8)
    padded[:, : shapes.shape[1]] = shapes
    words = padded.view(np.uint64)
    weights = np.array(
        [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63]
    )
    with np.errstate(over="ignore"):
        hashed = (words * weights[: words.shape[1]].astype(np.uint64)).sum(axis=1, dtype=np.uint64)
    codes, unique = pd.factorize(hashed)
    firsts = np.full(len(unique), len(shapes), dtype=np.intp)
    np.minimum.at(firsts, codes, np.arange(len(codes)))
    codes = np.where((words == words[firsts][codes]).all(axis=1), codes, -1)
    return codes, [bytes(shapes[first]).rstrip(b"\0").decode("ascii") for first in firsts]


def _normal(cells: list[str]) -> list[str]:
    """Small letters, month names as numbers, no weekday; cells too long for a date become unreadable."""
    joined = "".join(cells)
    if len(joined) and (_LETTERS.search(joined) or not joined.isascii()):
        cells = [_without_words(cell) if _LETTERS.search(cell) else cell for cell in cells]
    if max(map(len, cells), default=0) > _WIDTH:
        cells = [cell if len(cell) <= _WIDTH else "?" for cell in cells]
    return cells if joined == joined.lower() else list(map(str.lower, cells))


def _without_words(cell: str) -> str:
    text = " ".join(cell.casefold().replace("\u2212", "-").replace("\u2013", "-").split())
    text = text.replace("a.m.", "a").replace("p.m.", "p").replace("utc", "z").replace("gmt", "z")
    text = re.sub(r"(?<=\d) ?(a|p)\.?m\b", r"\1", text)
    text = _CLOCK.sub(" ", _WEEKDAY.sub("", text)).strip()
    text = _LEADING_DAY.sub(r"\1", text)
    text = _MONTH.sub(lambda found: f"-m{_MONTHS[found.group(1)]}-", text, count=1)
    text = _TRAILING_DAY.sub(r"\2-\1-\3", text)
    return text.encode("ascii", "replace").decode("ascii")


def _take(column: _Column, shape: Shape, rows: NDArray[np.intp], chars: NDArray[np.uint8]) -> None:
    """Cut the numbers of one shape out of its rows."""
    numbers = {name: _number(chars, span) for name, span in shape.spans.items() if name != "fraction"}
    if "serial" in numbers:
        _take_serial(column, shape, rows, chars)
    elif "epoch" in numbers:
        column.wall[rows] = numbers["epoch"].astype("datetime64[s]")
        column.has_time[rows], column.offset_s[rows], column.known[rows] = True, 0.0, True
    else:
        _take_parts(column, shape, rows, chars, numbers)


def _take_parts(
    column: _Column,
    shape: Shape,
    rows: NDArray[np.intp],
    chars: NDArray[np.uint8],
    numbers: dict[str, NDArray[np.int64]],
) -> None:
    for name, values in numbers.items():
        if name in column.parts or name in ("first", "second_", "third"):
            column.parts.setdefault(name, np.zeros(len(column.known), np.int64))[rows] = values
    if "short_year" in numbers:
        column.parts["year"][rows] = _century(numbers["short_year"])
    column.has_time[rows] = shape.has_time
    if shape.half is not None:
        is_afternoon = chars[:, shape.half[0]] == ord("p")
        hour = numbers["hour"]
        hour = np.where((hour >= 1) & (hour <= 12), hour % 12 + 12 * is_afternoon, 99)  # noqa: PLR2004 - a clock face
        column.parts["hour"][rows] = hour
    if shape.is_utc:
        column.offset_s[rows] = 0.0
    elif shape.sign is not None:
        sign = np.where(chars[:, shape.sign[0]] == ord("-"), -1, 1)
        minutes = numbers.get("zone_minute", np.zeros(len(rows), np.int64))
        column.offset_s[rows] = sign * (numbers["zone_hour"] * _HOUR_S + minutes * 60)
    if not shape.is_ordered:
        column.open_groups.append((shape, rows))
    column.known[rows] = True


def _take_serial(column: _Column, shape: Shape, rows: NDArray[np.intp], chars: NDArray[np.uint8]) -> None:
    """Days since 1899-12-30, as a spreadsheet keeps dates when their format is lost."""
    days = _number(chars, shape.spans["serial"])
    seconds = np.zeros(len(rows))
    if "fraction" in shape.spans:
        start, end = shape.spans["fraction"]
        share = _number(chars, (start, min(end, start + 15))) / 10.0 ** (min(end, start + 15) - start)
        unit_s = 60 if end - start <= _FEW_DECIMALS else 1
        seconds = np.round(share * _DAY_S / unit_s) * unit_s
    is_day = (days > _SERIALS[0]) & (days < _SERIALS[1])
    wall = _EXCEL_DAY_0 + (days * _DAY_S + seconds).astype("timedelta64[s]")
    column.wall[rows] = np.where(is_day, wall, _NOT_A_TIME)
    column.has_time[rows] = "fraction" in shape.spans
    column.has_serials = True


def _number(chars: NDArray[np.uint8], span: tuple[int, int]) -> NDArray[np.int64]:
    total = np.zeros(len(chars), np.int64)
    for place in range(*span):
        total = total * 10 + (chars[:, place].astype(np.int64) - _ZERO)
    return total


def _settle_order(column: _Column, order: Order | None, default: Order) -> tuple[Order | None, bool]:
    """Give year, month and day to the shapes that do not tell which is which, by all their rows together."""
    used: Order | None = None
    is_ambiguous = False
    for has_third in (True, False):
        groups = [
            (shape, rows) for shape, rows in column.open_groups if ("third" in shape.spans) == has_third
        ]
        if not groups:
            continue
        rows = np.concatenate([rows for _, rows in groups])
        is_hyphen = any(shape.separator in ("-", "") for shape, _ in groups)
        choices = _choices(has_third=has_third, is_hyphen=is_hyphen, default=default)
        used, is_tie = (order, False) if order in choices else _likeliest(column, rows, choices)
        is_ambiguous |= is_tie
        column_parts = _ordered(column, rows, used or choices[0])
        for name, values in column_parts.items():
            column.parts[name][rows] = values
    return used, is_ambiguous


def _choices(*, has_third: bool, is_hyphen: bool, default: Order) -> list[Order]:
    other: Order = "mdy" if default != "mdy" else "dmy"
    first: Order = default if default != "ymd" else "dmy"
    if not has_third:
        return [first, other]
    return ["ymd", first, other] if is_hyphen else [first, other, "ymd"]


def _likeliest(column: _Column, rows: NDArray[np.intp], choices: list[Order]) -> tuple[Order, bool]:
    """The order in which most rows are real dates; a tie goes to the usual one and is said aloud."""
    counts = [int((~np.isnat(_day(**_ordered(column, rows, choice)))).sum()) for choice in choices]
    best = max(counts)
    fitting = [choice for choice, count in zip(choices, counts, strict=True) if count == best]
    return fitting[0], len(fitting) > 1 and best > 0


def _ordered(column: _Column, rows: NDArray[np.intp], order: Order) -> dict[str, NDArray[np.int64]]:
    parts = column.parts
    first, second = parts["first"][rows], parts["second_"][rows]
    if "third" not in parts:
        third = np.zeros(len(rows), np.int64)
    else:
        third = parts["third"][rows]
    year = parts["year"][rows]
    if order == "ymd":
        return {"year": _century(first), "month": second, "day": third}
    year = np.where(year > 0, year, _century(third))
    day, month = (first, second) if order == "dmy" else (second, first)
    return {"year": year, "month": month, "day": day}


def _century(year: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(year >= _PIVOT, 1900, 2000) + year


def _day(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Days that exist in the calendar; NaT for 31 April."""
    is_month = (month >= 1) & (month <= 12) & (year >= 1)  # noqa: PLR2004 - months
    months = ((np.where(is_month, year, 1970) - 1970) * 12 + np.where(is_month, month, 1) - 1).astype(
        "datetime64[M]"
    )
    days = months.astype("datetime64[D]") + (day - 1).astype("timedelta64[D]")
    is_day = is_month & (day >= 1) & (days.astype("datetime64[M]") == months)
    return np.where(is_day, days, np.datetime64("NaT", "D"))


def _clock_seconds(column: _Column) -> NDArray[np.float64]:
    """Seconds after midnight, NaN where no clock shows it; 24:00 is the end of the day."""
    hour, minute, second = (column.parts[name] for name in ("hour", "minute", "second"))
    is_end = (hour == 24) & (minute == 0) & (second == 0)  # noqa: PLR2004 - the end of the day
    is_clock = ((hour < 24) | is_end) & (minute < 60) & (second < 60)  # noqa: PLR2004 - a clock
    return np.where(is_clock, hour * _HOUR_S + minute * 60 + second, np.nan)


def _to_wall(column: _Column) -> None:
    rows = np.flatnonzero(column.known & np.isnat(column.wall))
    day = _day(*(column.parts[name][rows] for name in ("year", "month", "day"))).astype("datetime64[s]")
    seconds = _clock_seconds(column)[rows]
    is_clock = ~np.isnan(seconds)
    wall = day + np.where(is_clock, seconds, 0).astype("timedelta64[s]")
    column.wall[rows] = np.where(is_clock, wall, _NOT_A_TIME)
