"""Measuring ours and a peer in turns, and printing what came of it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import statistics
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LIBRARIES = (
    "numpy",
    "scipy",
    "statsmodels",
    "numba",
    "shapely",
    "geopandas",
    "kdepy",
    "pandas",
    "polars",
    "duckdb",
    "sqlalchemy",
    "sqlmodel",
    "streamlit",
)
HEADINGS = ("what", "ours", "ours p90", "peer", "peer p90", "ratio", "bar", "met")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: what was measured, and against what.
        ours: our median, in `unit`.
        peer: the peer's median in the same unit, or None for a bar without a peer.
        ratio: peer / ours (times faster); for a bar without a peer, the measured value itself.
        bar: what the ratio must reach (`is_ceiling` False) or may not exceed (True).
        met: whether it does.
        unit: unit of ours and peer.
        ours_p90: nine of ten of our rounds were at most this.
        peer_p90: the same for the peer.
        is_ceiling: True when the bar is an upper limit.
        note: conditions that belong to the number.

    """

    what: str
    ours: float
    peer: float | None
    ratio: float
    bar: float
    met: bool
    unit: str = "ms"
    ours_p90: float | None = None
    peer_p90: float | None = None
    is_ceiling: bool = False
    note: str = ""


def against(
    what: str,
    ours: Callable[[], object],
    peer: Callable[[], object],
    *,
    bar: float,
    rounds: int = 9,
    note: str = "",
) -> Row:
    """Time both in turns, so that a busy machine slows both; the bar is a least ratio of the medians."""
    ours(), peer()
    times: list[tuple[float, float]] = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    our_ms, peer_ms = ([1e3 * value for value in column] for column in zip(*times, strict=True))
    mine, theirs = statistics.median(our_ms), statistics.median(peer_ms)
    ratio = theirs / mine
    return Row(
        what, mine, theirs, ratio, bar, ratio >= bar, ours_p90=p90(our_ms), peer_p90=p90(peer_ms), note=note
    )


def ceiling(what: str, value: float, *, bar: float, unit: str, note: str = "") -> Row:
    """A measured value that may not exceed its bar."""
    return Row(what, value, None, value, bar, value <= bar, unit=unit, is_ceiling=True, note=note)


def at_most(what: str, ours: Callable[[], object], *, bar_ms: float, rounds: int = 15, note: str = "") -> Row:
    """Time one thing; its median may not exceed the bar."""
    ours()
    times = [1e3 * seconds(ours) for _ in range(rounds)]
    middle = statistics.median(times)
    return Row(
        what, middle, None, middle, bar_ms, middle <= bar_ms, ours_p90=p90(times), is_ceiling=True, note=note
    )


def seconds(call: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def p90(values: Sequence[float]) -> float:
    """The value that nine of ten do not exceed."""
    return sorted(values)[max(-(-9 * len(values) // 10) - 1, 0)]


def table(rows: Sequence[Row]) -> str:
    """The rows as an aligned table with the conditions above it."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[k]) for line in lines) for k in range(len(HEADINGS))]
    text = [
        "  ".join(_pad(cell, width, k) for k, (cell, width) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    ]
    notes = [f"  {row.what}: {row.note}" for row in rows if row.note]
    return "\n".join(
        [conditions_line(), "", text[0], "-" * len(text[0]), *text[1:], *(["", *notes] if notes else [])]
    )


def conditions() -> dict[str, object]:
    """Versions of the libraries at hand, processors and load average."""
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {"versions": versions, "processors": os.cpu_count(), "load_average": os.getloadavg()}


def conditions_line() -> str:
    """The conditions on one line."""
    now = conditions()
    versions = ", ".join(f"{name} {version}" for name, version in dict(now["versions"]).items())  # type: ignore[call-overload]
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{now['processors']} processors, load average {load}; {versions}"


def write(rows: Sequence[Row], path: Path) -> None:
    """Write rows and conditions as JSON."""
    content = {"conditions": conditions(), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    bar = f"<= {row.bar:g} {row.unit}" if row.is_ceiling else f">= {row.bar:g} x"
    ratio = "-" if row.is_ceiling else f"{row.ratio:.1f} x"
    amounts = (_amount(value, row.unit) for value in (row.ours, row.ours_p90, row.peer, row.peer_p90))
    return (row.what, *amounts, ratio, bar, "yes" if row.met else "NO")


def _amount(value: float | None, unit: str) -> str:
    return "-" if value is None else f"{value:.3g} {unit}" if abs(value) < 100 else f"{value:.0f} {unit}"


def _pad(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column == 0 else cell.rjust(width)
