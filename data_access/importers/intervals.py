"""When: the date and time columns of a file to an interval in UTC per row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from data_access.importers.errors import ImportRefused, Remark
from data_access.importers.times import ParsedTimes, parse_clock, parse_moments
from data_access.importers.zones import to_utc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.importers.date_shapes import Order
    from data_access.importers.faults import Faults
    from data_access.importers.mapping import Mapping
    from data_access.importers.table import RawTable

_DAY = np.timedelta64(86_400, "s")
_SECOND = np.timedelta64(1, "s")
_HOUR = np.timedelta64(3_600, "s")
_FIRST_DATE = np.datetime64("1950-01-01", "s")
_MANY_MIDNIGHTS = 0.2
_MONTH_FIRST = ("America/", "US/")


@dataclass(frozen=True)
class Intervals:
    """`occurred_from` <= `occurred_to` (datetime64[s], UTC, NaT for refused rows) and what is known of the hour."""

    occurred_from: NDArray[np.datetime64]
    occurred_to: NDArray[np.datetime64]
    precision: NDArray[np.object_]
    guesses: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


@dataclass
class _Ends:
    """One end of the intervals, as wall-clock time."""

    field: str
    cells: list[str]
    wall: NDArray[np.datetime64]
    has_time: NDArray[np.bool_]
    offset_s: NDArray[np.float64]

    def value(self, position: int) -> str:
        return self.cells[position]


def read_intervals(
    table: RawTable, mapping: Mapping, *, timezone: str, now: dt.datetime | None, faults: Faults
) -> Intervals:
    """Read from, to, date and time columns; what cannot be read goes to `faults`.

    A date without a time of day covers its whole local day, or the days from the first to the last (precision "date").
    Raises `ImportRefused`: no_date_column, timezone_unknown.
    """
    heading = mapping.columns.get("occurred_from") or mapping.columns.get("date")
    if heading is None:
        raise ImportRefused(reason="no_date_column", columns=", ".join(table.columns)[:300])
    guesses: list[Remark] = []
    start = _read_end(table, mapping, heading, "time", timezone, faults, guesses)
    _refuse_empty(start, faults)
    end = _read_last(table, mapping, start, timezone, faults, guesses)
    warnings = [] if end is start else _next_day(table, mapping, start, end)
    result = _to_utc(start, end, timezone, guesses, warnings)
    _refuse_impossible(result, start, end, now or dt.datetime.now(dt.UTC), faults)
    return result


def _read_end(
    table: RawTable,
    mapping: Mapping,
    heading: str,
    clock: str,
    timezone: str,
    faults: Faults,
    guesses: list[Remark],
) -> _Ends:
    cells = table.column(heading)
    default: Order = "mdy" if timezone.startswith(_MONTH_FIRST) else "dmy"
    parsed = parse_moments(cells, order=mapping.date_order, default=default)
    _say_order(parsed, heading, guesses)
    faults.add(parsed.is_bad, field=heading, reason="date_unreadable", value=cells.__getitem__)
    end = _Ends(heading, cells, parsed.wall, parsed.has_time.copy(), parsed.offset_s)
    if clock in mapping.columns:
        _add_clock(table, mapping.columns[clock], end, faults)
    _drop_invented_midnights(end, guesses)
    return end


def _say_order(parsed: ParsedTimes, heading: str, guesses: list[Remark]) -> None:
    if parsed.has_serials:
        guesses.append(Remark("excel_days", {"column": heading}))
    if parsed.order is not None:
        key = "date_order_ambiguous" if parsed.is_ambiguous else "date_order"
        guesses.append(Remark(key, {"column": heading, "order": parsed.order}))
    stated = ~np.isnan(parsed.offset_s)
    if stated.any():
        guesses.append(Remark("offset_in_file", {"column": heading, "count": int(stated.sum())}))


def _add_clock(table: RawTable, heading: str, end: _Ends, faults: Faults) -> None:
    """A separate column with the time of day; a date cell that has its own time keeps it."""
    clocks = table.column(heading)
    seconds, is_bad = parse_clock(clocks)
    faults.add(is_bad & ~end.has_time, field=heading, reason="time_unreadable", value=clocks.__getitem__)
    rows = ~np.isnan(seconds) & ~end.has_time & ~np.isnat(end.wall)
    end.wall[rows] += seconds[rows].astype("timedelta64[s]")
    end.has_time |= rows


def _drop_invented_midnights(end: _Ends, guesses: list[Remark]) -> None:
    """A program that writes dates as 00:00 in every row knows no time of day."""
    timed = end.has_time & np.isnan(end.offset_s)
    if timed.sum() > 1 and (_clock_of(end.wall[timed]) == 0).all():
        end.has_time[timed] = False
        guesses.append(Remark("midnight_means_date", {"column": end.field, "count": int(timed.sum())}))


def _clock_of(wall: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return wall.astype("datetime64[s]").astype(np.int64) % 86_400


def _refuse_empty(start: _Ends, faults: Faults) -> None:
    faults.add(np.isnat(start.wall), field=start.field, reason="date_missing", value=start.value)


def _read_last(
    table: RawTable, mapping: Mapping, start: _Ends, timezone: str, faults: Faults, guesses: list[Remark]
) -> _Ends:
    """The other end; an empty one is the start itself."""
    heading = mapping.columns.get("occurred_to")
    clock = mapping.columns.get("time_to")
    if heading is None and clock is None:
        return start
    if heading is not None:
        end = _read_end(table, mapping, heading, "time_to", timezone, faults, guesses)
    else:
        days = start.wall.astype("datetime64[D]").astype("datetime64[s]")
        untimed = np.zeros(len(days), bool)
        end = _Ends(clock or "", table.column(clock or ""), days, untimed, np.full(len(days), np.nan))
        _add_clock(table, clock or "", end, faults)
    is_open = np.isnat(end.wall) | (~end.has_time & start.has_time if heading is None else False)
    end.wall = np.where(is_open, start.wall, end.wall)
    end.has_time = np.where(is_open, start.has_time, end.has_time)
    end.offset_s = np.where(is_open, start.offset_s, end.offset_s)
    return end


def _next_day(table: RawTable, mapping: Mapping, start: _Ends, end: _Ends) -> list[Remark]:
    """One date with two times of day: an earlier end is on the next day."""
    del table
    if "occurred_to" in mapping.columns:
        return []
    is_next = end.has_time & start.has_time & (end.wall < start.wall)
    end.wall[is_next] += _DAY
    return [Remark("crossed_midnight", {"count": int(is_next.sum())})] if is_next.any() else []


def _to_utc(
    start: _Ends, end: _Ends, timezone: str, guesses: list[Remark], warnings: list[Remark]
) -> Intervals:
    first, gap, repeated = _utc(start, start.wall, timezone)
    is_same = end is start or bool((end.wall == start.wall).all() and start.has_time.all())
    if is_same:
        last = first.copy()
    else:
        last, more_gap, more_repeated = _utc(end, end.wall, timezone)
        gap, repeated = gap | more_gap, repeated | more_repeated
    untimed = ~end.has_time & ~np.isnat(end.wall)
    if untimed.any():
        day_after = (end.wall[untimed].astype("datetime64[D]") + 1).astype("datetime64[s]")
        last[untimed] = to_utc(day_after, timezone)[0] - _SECOND
    if gap.any():
        warnings.append(Remark("time_in_spring_gap", {"count": int(gap.sum())}))
    if repeated.any():
        warnings.append(Remark("time_in_repeated_hour", {"count": int(repeated.sum())}))
    _warn_midnights(start, warnings)
    return Intervals(first, last, _precision(start, end, first, last), guesses, warnings)


def _utc(
    end: _Ends, wall: NDArray[np.datetime64], timezone: str
) -> tuple[NDArray[np.datetime64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Stated offsets are kept to; the rest is local."""
    utc, gap, repeated = to_utc(wall, timezone)
    stated = ~np.isnan(end.offset_s)
    if stated.any():
        utc[stated] = wall[stated] - end.offset_s[stated].astype("timedelta64[s]")
    odd = ~stated & end.has_time
    return utc, gap & odd, repeated & odd


def _warn_midnights(start: _Ends, warnings: list[Remark]) -> None:
    timed = start.has_time & ~np.isnat(start.wall)
    count = int((_clock_of(start.wall[timed]) == 0).sum())
    if timed.sum() and count > max(1, _MANY_MIDNIGHTS * timed.sum()):
        warnings.append(Remark("many_midnights", {"count": count, "rows": int(timed.sum())}))


def _precision(
    start: _Ends, end: _Ends, first: NDArray[np.datetime64], last: NDArray[np.datetime64]
) -> NDArray[np.object_]:
    """Exact: known to the hour. Date: no time of day at either end."""
    is_exact = (
        start.has_time & end.has_time & (_hour_of(start.wall) == _hour_of(end.wall)) & (last - first < _HOUR)
    )
    is_date = ~start.has_time & ~end.has_time
    return np.array(["interval", "date", "exact"], dtype=object)[np.where(is_exact, 2, is_date.astype(int))]


def _hour_of(wall: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    return wall.astype("datetime64[h]")


def _refuse_impossible(result: Intervals, start: _Ends, end: _Ends, now: dt.datetime, faults: Faults) -> None:
    latest = np.datetime64(now.astimezone(dt.UTC).replace(tzinfo=None), "s") + _DAY
    is_future = (result.occurred_from > latest) | (end.has_time & (result.occurred_to > latest))
    faults.add(is_future, field=start.field, reason="in_the_future", value=start.value)
    faults.add(
        result.occurred_from < _FIRST_DATE, field=start.field, reason="too_long_ago", value=start.value
    )

    def both(position: int) -> str:
        return f"{start.cells[position]} – {end.cells[position]}"  # noqa: RUF001 - a range

    faults.add(
        result.occurred_to < result.occurred_from, field=end.field, reason="ends_before_start", value=both
    )
