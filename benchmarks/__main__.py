"""Run the benchmarks and say whether every bar is met; exit 1 when one is missed."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from benchmarks.harness import Row, table, write

MODULES = (
    "locate",
    "notes",
    "heat",
    "crossfilter",
    "effects",
    "drift",
    "signals",
    "clicks",
    "meetings",
    "hostile",
    "surveys",
    "imports",  # last: its writes keep the disk busy for a while
)
"""Modules of this folder with `run() -> list[Row]`; add one by adding its name."""

RESULTS = Path(__file__).parent / "results.json"


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(MODULES)
    if unknown:
        print(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(MODULES)}.")
        return 2
    rows: list[Row] = []
    for name in wanted or MODULES:
        rows += importlib.import_module(f"benchmarks.{name}").run()
    print(table(rows))
    write(rows, RESULTS)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
