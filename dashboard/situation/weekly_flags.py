"""Which districts stand out, which come nearest to it, and whether more or fewer reports from everywhere could be why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.weekly_cells import is_part
from dashboard.situation.weekly_values import Flag
from dashboard.statistics.signals import FEWEST_EXCESS, Prediction, predicted, signals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dashboard.situation.weekly_cells import Cells, Kind
    from dashboard.situation.weekly_values import Direction
    from dashboard.statistics.signals import Signals, Window
    from data_access.category_panel import CategoryPanel
    from data_access.facts import Facts

    Floats = NDArray[np.float64]

MOST_NEAREST = 3
"""So many come nearest to standing out, in every week: more would be a list of chance."""


@dataclass(frozen=True, eq=False)
class _Found:
    """A cell that stands out, or comes near it: district, kind, and in which window."""

    area: int
    row: int
    window: int
    p_value: float
    order: float
    direction: Direction


@dataclass(frozen=True, eq=False)
class _Effort:
    """What each compared source sent from all other districts, against what it usually sends: a factor, and 1, 0 or -1.

    `is_known`: not of a source that never reports from there.
    """

    names: tuple[str, ...]
    is_known: NDArray[np.bool_]
    factor: Floats
    change: NDArray[np.int64]

    def who(self, change: int) -> tuple[str, ...]:
        """Names of those that changed so."""
        is_so = self.is_known & (self.change == change)
        return tuple(name for name, is_named in zip(self.names, is_so, strict=True) if is_named)


def flags(
    facts: Facts,
    panel: CategoryPanel,
    counted: Sequence[Cells],
    windows: Sequence[Window],
    rows: tuple[Kind, ...],
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """What stands out, the surest first; then what has risen most without standing out, as far as its count may be told.

    Of what counts the same reports in a district only the surest is there.
    """
    said = signals(windows)
    told = [_told(panel, of, rows) for of in counted]
    sure = _different(sorted(_stand_out(said), key=lambda one: one.p_value), rows)
    is_trouble = np.array([is_part(row, rows[0]) for row in rows])
    near = [
        one
        for one in _come_near(said)
        if is_trouble[one.row] and np.isfinite(told[one.window][one.area, one.row])
    ]
    near = _different(near, rows, beside=sure)[:MOST_NEAREST]

    def made(ones: Sequence[_Found]) -> tuple[Flag, ...]:
        return tuple(
            _flag(one, facts, panel, counted[one.window], rows[one.row], said[one.window], told[one.window])
            for one in ones
        )

    return made(sure), made(near)


def _stand_out(said: Sequence[Signals]) -> Iterator[_Found]:
    """Cells with a signal, each in the shortest window that has one."""
    seen = np.zeros_like(said[0].is_signal)
    for number, of in enumerate(said):
        for area, row in np.argwhere(of.is_signal & ~seen).tolist():
            yield _cell(said, number, area, row)
        seen |= of.is_signal


def _come_near(said: Sequence[Signals]) -> list[_Found]:
    """Cells that have risen without a signal in any window, the nearest first."""
    is_signal = np.logical_or.reduce([of.is_signal for of in said])
    found = [
        _cell(said, number, area, row)
        for number, of in enumerate(said)
        for area, row in np.argwhere(np.isfinite(of.order) & ~is_signal).tolist()
    ]
    return sorted(found, key=lambda one: one.order)


def _cell(said: Sequence[Signals], number: int, area: int, row: int) -> _Found:
    of, at = said[number], (area, row)
    direction: Direction = "more" if of.observed[at] > of.expected[at] else "fewer"
    return _Found(area, row, number, float(of.adjusted[at]), float(of.order[at]), direction)


def _different(
    ones: Iterable[_Found], rows: tuple[Kind, ...], *, beside: Sequence[_Found] = ()
) -> list[_Found]:
    """Without what counts, in the same district and direction, what an earlier one or one of `beside` counts."""
    kept: list[_Found] = []
    for one in ones:
        same = (
            other for other in (*beside, *kept) if (other.area, other.direction) == (one.area, one.direction)
        )
        if not any(is_part(rows[one.row], rows[other.row]) for other in same):
            kept.append(one)
    return kept


def _told(panel: CategoryPanel, of: Cells, rows: tuple[Kind, ...]) -> Floats:
    """Counts of districts by all and by group, too small ones as NaN, as well as those that make these follow from a sum.

    A count of all sources is told beside the map: what those that are not compared sent must not follow from it.
    """
    groups = [place for place, row in enumerate(rows) if row.kind == "group"]
    trouble = [set(rows[place].members) <= set(rows[0].members) for place in groups]
    counts, others = of.observed[:, groups], of.others[:, groups]
    area, group = np.indices(counts.shape)
    sums = [area.ravel() == number for number in range(len(counts))]
    sums += [one & np.tile(trouble, len(counts)) for one in sums]
    sums += [group.ravel() == number for number in range(len(groups))]
    found = of.observed.astype(np.float64)
    found[:, groups] = panel.told(counts.ravel(), others.ravel(), *sums).reshape(counts.shape)
    found[:, 0] = panel.told(of.observed[:, 0], of.others[:, 0])
    return found


def _flag(
    one: _Found, facts: Facts, panel: CategoryPanel, of: Cells, kind: Kind, said: Signals, told: Floats
) -> Flag:
    at, history = (one.area, one.row), int(of.history[one.area, one.row].sum())
    is_told = bool(np.isfinite(told[at]))
    is_known = not 0 < history < panel.fewest and (is_told or _is_vague(one, said, panel.fewest))
    effort = _effort(facts, panel, of, one.area)
    return Flag(
        area=facts.areas[one.area].code,
        area_name=facts.areas[one.area].name,
        kind=kind.kind,
        code=kind.code,
        name_sv=kind.name_sv,
        name_en=kind.name_en,
        weeks=len(of.ground.now),
        observed=int(said.observed[at]) if is_told else None,
        expected=float(said.expected[at]) if is_known else None,
        low=int(said.low[at]) if is_known else None,
        high=int(said.high[at]) if is_known else None,
        direction=one.direction,
        p_value=one.p_value,
        as_usual=effort.who(0),
        more_than_usual=effort.who(1),
        fewer_than_usual=effort.who(-1),
        is_explained_by_effort=_is_explained(one, panel, of, kind, said, effort),
        basis=of.ground.basis,
    )


def _is_vague(one: _Found, said: Signals, fewest: int) -> bool:
    """Whether the range of a hidden count says no more than that it is few: beyond its upper end there are hardly any few."""
    return one.direction == "fewer" and int(said.low[one.area, one.row]) >= fewest


def _effort(facts: Facts, panel: CategoryPanel, of: Cells, area: int) -> _Effort:
    """A district's own reports are left out, or what stands out there would explain itself.

    Those from districts that the viewer does not see are not: how much comes from everywhere is the same for all.
    """
    ground = of.ground
    elsewhere = (facts.deliveries.counts[:, panel.weeks] - panel.counts[:, area].sum(axis=1))[ground.sources]
    now, compared = (
        elsewhere[:, np.searchsorted(panel.weeks, weeks)] for weeks in (ground.now, ground.compared)
    )
    usual = predicted(compared[None], len(ground.now))
    (low,), (high,) = usual.interval()
    mean, sent = usual.mean[0], now.sum(axis=1)
    is_far = np.abs(sent - mean) >= FEWEST_EXCESS
    change = np.where(is_far & (sent > high), 1, np.where(is_far & (sent < low), -1, 0))
    factor = np.where(change == 0, 1.0, (sent + 0.5) / mean)
    names = tuple(one.name for one, is_in in zip(facts.frame.sources, ground.sources, strict=True) if is_in)
    return _Effort(names, now.any(axis=1) | compared.any(axis=1), factor, change)


def _is_explained(
    one: _Found, panel: CategoryPanel, of: Cells, kind: Kind, said: Signals, effort: _Effort
) -> bool:
    """Whether it would lie within the range, had what is expected from each source changed as everything else it sends."""
    if not (effort.change == (1 if one.direction == "more" else -1)).any():
        return False
    own = panel.counts[of.ground.sources][:, one.area, list(kind.members)].sum(axis=1)
    by_source = own[:, np.searchsorted(panel.weeks, of.ground.compared)].sum(axis=1)
    total = float(by_source.sum())
    factor = float((by_source * effort.factor).sum() / total) if total else float(effort.factor.max())
    at = (one.area, one.row)
    ratio = predicted(of.history[:-1], len(of.ground.now)).ratio[at]
    low, high = Prediction(said.expected[at] * np.asarray(factor), np.asarray(ratio)).interval()
    return bool(low <= said.observed[at] <= high)
