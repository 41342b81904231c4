"""An effect from a plain table, for notebooks: no database, no page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.statistics.design import Comparison, Design, NoEffectError
from dashboard.statistics.effect import DRAWS, LEVEL, effect
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from dashboard.statistics.outcome import Effect

COLUMNS = ("area", "week", "count", "treated")


class TableError(ValueError):
    """The table cannot be read; the message names column, row and what to do."""


def effect_of_table(
    table: pd.DataFrame,
    *,
    ring: Collection[Any] = (),
    left_out: int = 0,
    level: float = LEVEL,
    draws: int = DRAWS,
    seed: int = 0,
) -> Effect:
    """Evaluate an intervention on a table with one row per area and week.

    Areas that are treated in any week are the target; the weeks before the first treated one are the baseline, those in which
    all of them are treated are evaluated; every area that is never treated, and not in the ring, is a comparison area.

    Args:
        table: columns area (any name), week (anything that sorts: dates, numbers), count (>= 0), treated (0 or 1: whether the
            intervention is on in that area and week). Areas without events must have rows with count 0.
        ring: areas around the target, where crime might have moved: no comparison.
        left_out: number of weeks just before the start that do not count as usual, because they led to the decision.
        level: coverage of all intervals.
        draws: how often the comparison areas are drawn anew.
        seed: of the draws.

    Raises:
        TableError: columns, values or rows are missing, or an area and week comes twice.
        NoEffectError: there is nothing to compute from (no area treated, no comparison, no weeks before or after).

    """
    counts, treated, areas = _cells(table)
    target = np.asarray(treated.any(axis=1))
    if not target.any():
        raise NoEffectError("no_target")
    on = treated[target]
    first = int(np.flatnonzero(on.any(axis=0))[0])
    role = np.full(counts.shape[1], LEFT_OUT, np.int8)
    role[: max(first - left_out, 0)] = BASELINE
    role[on.all(axis=0)] = AFTER
    unknown = sorted({str(name) for name in ring} - {str(name) for name in areas.tolist()})
    if unknown:
        some = ", ".join(map(str, areas[:5]))
        message = f"the ring names areas that the table has not: {', '.join(unknown)}; it has {some} ..."
        raise TableError(message)
    around = np.isin(areas.astype(str), [str(name) for name in ring]) & ~target
    comparison = Comparison("all", ~target & ~around)
    design = Design(role, target, around, (comparison,), ~treated)
    return effect(counts[None], design, level=level, draws=draws, seed=seed)


def _cells(table: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[Any]]:
    """Counts and treated as (areas, weeks), and the areas."""
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        message = (
            f"the table lacks the columns {', '.join(missing)}; it has {', '.join(map(str, table.columns))}"
        )
        raise TableError(message)
    area, areas = pd.factorize(table["area"], sort=True)
    week, weeks = pd.factorize(table["week"], sort=True)
    for name, codes in (("area", area), ("week", week)):
        _refuse(table, codes < 0, f"has no {name}; fill it in or drop the row")
    count = _numbers(table["count"])
    _refuse(
        table,
        ~(np.isfinite(count) & (count >= 0)),
        "has a count that is no number of events; 0 is written as 0",
    )
    is_on = _numbers(table["treated"])
    _refuse(table, ~np.isin(is_on, (0, 1)), "has a value of treated that is neither 0 nor 1")
    cell = area * len(weeks) + week
    _refuse(table, pd.Series(cell).duplicated().to_numpy(), "repeats an area and week; add them up first")
    if len(cell) != len(areas) * len(weeks):
        at = np.setdiff1d(np.arange(len(areas) * len(weeks)), cell)[0]
        place, when = divmod(int(at), len(weeks))
        message = f"area {areas[place]} has no row for week {weeks[when]}; a week without events needs a row with count 0"
        raise TableError(message)
    counts = np.zeros(len(cell))
    treated = np.zeros(len(cell), bool)
    counts[cell], treated[cell] = count, is_on == 1
    shape = (len(areas), len(weeks))
    return counts.reshape(shape), treated.reshape(shape), np.asarray(areas)


def _numbers(column: Any) -> NDArray[np.float64]:
    """Values as numbers; NaN where there is none."""
    return np.asarray(pd.to_numeric(column, errors="coerce"), np.float64)


def _refuse(table: pd.DataFrame, is_wrong: NDArray[np.bool_], why: str) -> None:
    if is_wrong.any():
        at = int(np.flatnonzero(is_wrong)[0])
        message = (
            f"row {table.index[at]} (area {table['area'].iloc[at]}, week {table['week'].iloc[at]}) {why}"
        )
        raise TableError(message)
