"""Typed cells of workbooks and of files of polygons as text."""

from __future__ import annotations

import datetime as dt

_MIDNIGHT = dt.time()

Cell = str | float | int | bool | dt.date | dt.time | dt.datetime | dt.timedelta


def cell_text(cell: Cell | None) -> str:
    """Return a typed cell as text: ISO dates without an invented midnight, whole numbers without a decimal."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        is_date = cell.time() == _MIDNIGHT
        return cell.date().isoformat() if is_date else _to_second(cell).isoformat(" ")
    if isinstance(cell, dt.timedelta):
        hours, seconds = divmod(round(cell.total_seconds()), 3600)
        return f"{hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _to_second(moment: dt.datetime) -> dt.datetime:
    """Excel keeps times as fractions of a day: 21:40 may come as 21:39:59.999999."""
    if moment.year == dt.MAXYEAR:
        return moment
    return (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
