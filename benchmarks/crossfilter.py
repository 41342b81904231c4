"""The step behind a click: all linked views of a selection, now and in the earlier period, against libraries that people use.

Every incident has an exact time or none here, since no peer weighs intervals: that spares them most of the work that ours
does for real files (the last lines show ours with intervals). Peers get narrow coded columns, derived ones included; pandas'
codes are categories. All results are checked to be equal before anything is timed.
"""

from __future__ import annotations

import gc
import statistics
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import made, peers
from benchmarks.harness import Row, p90, seconds
from data_access.crossfilter import crossfilter_compared
from data_access.facts import Facts, build_facts
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, LARGE = 1_000_000, 10_000_000
AREAS = (300, 6_000)
ROUNDS = {SMALL: 7, LARGE: 5}
PANDAS_BAR, NEVER_BAR, TYPICAL_BAR, READING_BAR, BYTES_BAR = 10.0, 4.0, 8.0, 15.0, 12.0
Asked = tuple[Selection, Period | None]


def run() -> list[Row]:
    rows = []
    for areas in AREAS:
        rows += _against(SMALL, areas, {"careful pandas": peers.Pandas}, PANDAS_BAR, reads=False)
        found = _against(
            LARGE, areas, {"polars": peers.Polars, "DuckDB": peers.DuckDB}, NEVER_BAR, reads=True
        )
        rows += [*found, *_typical(found, areas)]
        rows += _with_intervals(areas)
    return rows


def questions(areas: int) -> dict[str, Asked]:
    """Seven filters; a quarter and a year have their earlier period a year before."""
    quarter = Period(date(2025, 7, 7), date(2025, 10, 5))
    year = Period(date(2024, 10, 7), date(2025, 10, 5))
    quarter_of = frozenset(f"{number:04d}" for number in range(0, areas, 4))
    eight = frozenset(f"type{number:02d}" for number in range(8))
    late = frozenset(day * 24 + hour for day in (4, 5) for hour in range(18, 24))
    late |= frozenset(day * 24 + hour for day in (5, 6) for hour in range(4))
    six = Selection(
        year, quarter_of, eight, late, frozenset({"source0", "source1"}), frozenset({"yes", "unknown"})
    )
    return {
        "none": (Selection(), None),
        "last quarter": (Selection(period=quarter), quarter.shifted(-364)),
        "six at once": (six, year.shifted(-364)),
        "types": (Selection(categories=eight), None),
        "areas": (Selection(areas=quarter_of), None),
        "hours": (Selection(hours=late), None),
        "quarter and areas": (Selection(period=quarter, areas=quarter_of), quarter.shifted(-364)),
    }


def _against(
    count: int, areas: int, engines: dict[str, type[peers.Peer]], bar: float, *, reads: bool
) -> list[Row]:
    records = made.records(count, areas, has_intervals=False)
    facts = build_facts(made.frame(areas), records)
    columns = peers.columns_of(facts, records)
    del records
    others = {name: engine(columns, areas) for name, engine in engines.items()}
    four_bytes = np.ones(count, np.uint32)
    del columns
    gc.collect()
    rows = []
    for name, asked in questions(areas).items():
        where = f"{count // 1_000_000} M, {areas} areas, {name}"
        _check(facts, asked, others, where)
        calls: dict[str, Callable[[], object]] = {
            "ours": lambda asked=asked: crossfilter_compared(facts, *asked)
        }
        calls |= {
            other: lambda engine=engine, asked=asked: engine.views(*asked) for other, engine in others.items()
        }
        calls["reading"] = four_bytes.sum
        times = _in_turns(calls, ROUNDS[count])
        rows += [_row(f"step, {where}: {other}", times["ours"], times[other], bar) for other in others]
        if reads:
            rows.append(_reading(f"step, {where}: reading 4 bytes a row", times["ours"], times["reading"]))
    return rows


def _in_turns(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds per round; the first one warms up and does not count."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds + 1):
        for name, call in calls.items():
            times[name].append(1e3 * seconds(call))
    return {name: values[1:] for name, values in times.items()}


def _row(what: str, ours: list[float], peer: list[float], bar: float) -> Row:
    ratio = statistics.median(theirs / mine for mine, theirs in zip(ours, peer, strict=True))
    mine, theirs = statistics.median(ours), statistics.median(peer)
    return Row(what, mine, theirs, ratio, bar, ratio >= bar, ours_p90=p90(ours), peer_p90=p90(peer))


def _reading(what: str, ours: list[float], reading: list[float]) -> Row:
    times = statistics.median(mine / other for mine, other in zip(ours, reading, strict=True))
    return Row(
        what, times, None, times, READING_BAR, times <= READING_BAR, "times", is_ceiling=True,
        note=f"ours {statistics.median(ours):.1f} ms, np.sum of 4 bytes a row {statistics.median(reading):.1f} ms",
    )  # fmt: skip


def _typical(rows: list[Row], areas: int) -> list[Row]:
    """The middle ratio of all filters, per peer."""
    found = []
    for peer in ("polars", "DuckDB"):
        ratio = statistics.median(row.ratio for row in rows if row.what.endswith(peer))
        what = f"step, 10 M, {areas} areas, typical filter: {peer}"
        found.append(Row(what, ratio, None, ratio, TYPICAL_BAR, ratio >= TYPICAL_BAR, "times faster"))
    return found


def _with_intervals(areas: int) -> list[Row]:
    """Ours on what files are really like, and the bytes that it keeps."""
    facts = build_facts(made.frame(areas), made.records(SMALL, areas))
    per_row = sum(stock.nbytes for stock in facts.stocks) / facts.size
    rows = [
        Row(f"columns, {areas} areas, 15 % intervals", per_row, None, per_row, BYTES_BAR, per_row <= BYTES_BAR,
            "bytes a row", is_ceiling=True)
    ]  # fmt: skip
    plain = build_facts(made.frame(areas), made.records(SMALL, areas, has_intervals=False))
    for name, asked in questions(areas).items():
        calls = {kind: lambda of=of, asked=asked: crossfilter_compared(of, *asked)
                 for kind, of in (("with", facts), ("without", plain))}  # fmt: skip
        times = _in_turns(calls, ROUNDS[SMALL])
        mine, other = (statistics.median(times[kind]) for kind in ("with", "without"))
        rows.append(
            Row(f"1 M with 15 % intervals, {areas} areas, {name}", mine, other, other / mine, 0.0, met=True,
                ours_p90=p90(times["with"]), note="the other column: the same without intervals; no bar")
        )  # fmt: skip
    return rows


def _check(facts: Facts, asked: Asked, others: dict[str, peers.Peer], where: str) -> None:
    """Refuse to time what differs."""
    now, before = crossfilter_compared(facts, *asked)
    ours = [peers.of_views(views) for views in (now, before) if views is not None]
    for name, engine in others.items():
        theirs = engine.views(*asked)
        for mine, other in zip(ours, theirs, strict=True):
            differing = [view for view in mine if not np.allclose(mine[view], other[view], atol=1e-6)]
            if differing:
                message = f"{where}: {name} counts otherwise in {', '.join(differing)}"
                raise AssertionError(message)
