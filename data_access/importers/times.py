"""Columns of dates and times in any usual writing to wall-clock times and UTC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.calendar_days import calendar_day, with_century
from data_access.importers.date_shapes import Order, Shape, moment_shape, time_shape
from data_access.importers.shape_groups import NOT_A_TIME, TimeColumn, cut_column, number_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DAY_S, _HOUR_S = 86_400, 3_600
_EXCEL_DAY_0 = np.datetime64("1899-12-30", "s")
_SERIALS = (10_000, 80_000)
_FEW_DECIMALS = 5
_SENSIBLE = (np.datetime64("1900-01-01", "s"), np.datetime64("2100-01-01", "s"))


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


def parse_moments(cells: list[str], *, order: Order | None = None, default: Order = "dmy") -> ParsedTimes:
    """Read a column of dates with or without time of day.

    Args:
        cells: text, stripped.
        order: how day, month and year stand where the writing does not tell; None: decided by the whole column.
        default: the order when no row of the column decides it (slashes and points; with hyphens the year first).

    """
    column, is_empty, groups = cut_column(cells, moment_shape)
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
    column, is_empty, groups = cut_column(cells, time_shape)
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


def _take(column: TimeColumn, shape: Shape, rows: NDArray[np.intp], chars: NDArray[np.uint8]) -> None:
    """Cut the numbers of one shape out of its rows."""
    numbers = {name: number_at(chars, span) for name, span in shape.spans.items() if name != "fraction"}
    if "serial" in numbers:
        _take_serial(column, shape, rows, chars)
    elif "epoch" in numbers:
        column.wall[rows] = numbers["epoch"].astype("datetime64[s]")
        column.has_time[rows], column.offset_s[rows], column.known[rows] = True, 0.0, True
    else:
        _take_parts(column, shape, rows, chars, numbers)


def _take_parts(
    column: TimeColumn,
    shape: Shape,
    rows: NDArray[np.intp],
    chars: NDArray[np.uint8],
    numbers: dict[str, NDArray[np.int64]],
) -> None:
    for name, values in numbers.items():
        if name in column.parts or name in ("first", "second_", "third"):
            column.parts.setdefault(name, np.zeros(len(column.known), np.int64))[rows] = values
    if "short_year" in numbers:
        column.parts["year"][rows] = with_century(numbers["short_year"])
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


def _take_serial(column: TimeColumn, shape: Shape, rows: NDArray[np.intp], chars: NDArray[np.uint8]) -> None:
    """Days since 1899-12-30, as a spreadsheet keeps dates when their format is lost."""
    days = number_at(chars, shape.spans["serial"])
    seconds = np.zeros(len(rows))
    if "fraction" in shape.spans:
        start, end = shape.spans["fraction"]
        share = number_at(chars, (start, min(end, start + 15))) / 10.0 ** (min(end, start + 15) - start)
        unit_s = 60 if end - start <= _FEW_DECIMALS else 1
        seconds = np.round(share * _DAY_S / unit_s) * unit_s
    is_day = (days > _SERIALS[0]) & (days < _SERIALS[1])
    wall = _EXCEL_DAY_0 + (days * _DAY_S + seconds).astype("timedelta64[s]")
    column.wall[rows] = np.where(is_day, wall, NOT_A_TIME)
    column.has_time[rows] = "fraction" in shape.spans
    column.has_serials = True


def _settle_order(column: TimeColumn, order: Order | None, default: Order) -> tuple[Order | None, bool]:
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


def _likeliest(column: TimeColumn, rows: NDArray[np.intp], choices: list[Order]) -> tuple[Order, bool]:
    """The order in which most rows are real dates; a tie goes to the usual one and is said aloud."""
    counts = [int((~np.isnat(calendar_day(**_ordered(column, rows, choice)))).sum()) for choice in choices]
    best = max(counts)
    fitting: list[Order] = [choice for choice, count in zip(choices, counts, strict=True) if count == best]
    return fitting[0], len(fitting) > 1 and best > 0


def _ordered(column: TimeColumn, rows: NDArray[np.intp], order: Order) -> dict[str, NDArray[np.int64]]:
    parts = column.parts
    first, second = parts["first"][rows], parts["second_"][rows]
    third = parts["third"][rows] if "third" in parts else np.zeros(len(rows), np.int64)
    year = parts["year"][rows]
    if order == "ymd":
        return {"year": with_century(first), "month": second, "day": third}
    year = np.where(year > 0, year, with_century(third))
    day, month = (first, second) if order == "dmy" else (second, first)
    return {"year": year, "month": month, "day": day}


def _clock_seconds(column: TimeColumn) -> NDArray[np.float64]:
    """Seconds after midnight, NaN where no clock shows it; 24:00 is the end of the day."""
    hour, minute, second = (column.parts[name] for name in ("hour", "minute", "second"))
    is_end = (hour == 24) & (minute == 0) & (second == 0)  # noqa: PLR2004 - the end of the day
    is_clock = ((hour < 24) | is_end) & (minute < 60) & (second < 60)  # noqa: PLR2004 - a clock
    return np.where(is_clock, hour * _HOUR_S + minute * 60 + second, np.nan)


def _to_wall(column: TimeColumn) -> None:
    rows = np.flatnonzero(column.known & np.isnat(column.wall))
    day = calendar_day(*(column.parts[name][rows] for name in ("year", "month", "day"))).astype(
        "datetime64[s]"
    )
    seconds = _clock_seconds(column)[rows]
    is_clock = ~np.isnan(seconds)
    wall = day + np.where(is_clock, seconds, 0).astype("timedelta64[s]")
    column.wall[rows] = np.where(is_clock, wall, NOT_A_TIME)
