"""Which colour each area gets, and the legend that says so with counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboard.look import Mode, look

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from dashboard.texts import Texts

MOST_CLASSES = 7
_STEPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0)
_SIDES = 3


@dataclass(frozen=True)
class LegendRow:
    """One line of a legend: colour "#rrggbb", its words, and how many areas have it."""

    colour: str
    text: str
    areas: int
    is_hatched: bool = False


@dataclass(frozen=True)
class Classes:
    """A class for every feature, in the features' own order.

    `digits[i]` is feature i's place in `colours` (one digit). `breaks` are the lower ends of the coloured classes and the
    upper end of the last. `hatched` are the digits that mean no value: missing or hidden. `rows` add up to all features.
    `has_white`: a class is white, and its features need a border that can be seen beside each other.
    """

    breaks: tuple[float, ...]
    digits: str
    colours: tuple[str, ...]
    rows: tuple[LegendRow, ...]
    hatched: str = ""
    has_white: bool = False


def quantile_classes(
    values: ArrayLike,
    texts: Texts,
    *,
    hidden: ArrayLike | None = None,
    count: int = 5,
    decimals: int = 0,
    mode: Mode = "light",
) -> Classes:
    """About equally many areas per class; equal values always share one, zero has its own, fewer values fewer classes.

    `values` >= 0 in any unit, NaN where there is none; `hidden` is true where a value must not be shown. Values are
    classed as they are written, with `decimals`. Raises ValueError for a negative value or more than 7 classes.
    """
    shown, is_hidden = _shown(values, hidden)
    shown = np.round(shown, decimals)
    if count > MOST_CLASSES or np.nanmin(shown, initial=0) < 0:
        message = f"classes take values from 0 up and at most {MOST_CLASSES} classes; got {np.nanmin(shown)} and {count}"
        raise ValueError(message)
    positive = np.flatnonzero(shown > 0)
    ranks = _quantile_ranks(shown[positive], count)
    most = int(ranks.max(initial=-1)) + 1
    place = np.where(np.isnan(shown), most + 1 + is_hidden, 0)
    place[positive] = ranks + 1
    colours = look(mode)
    ends = [(shown[positive][ranks == r].min(), shown[positive][ranks == r].max()) for r in range(most)]
    names = [texts("map.zero"), *(_range(low, high, decimals, texts) for low, high in ends)]
    palette = (colours.zero, *(colours.steps(most) if most else ()), colours.missing, colours.missing)
    breaks = (*(float(low) for low, _ in ends), *(float(high) for _, high in ends[-1:]))
    return _classes(place, palette, names, breaks, texts, is_optional=(0,))


def diverging_classes(
    changes: ArrayLike,
    texts: Texts,
    *,
    is_clear: ArrayLike | None = None,
    hidden: ArrayLike | None = None,
    none_within: float = 0.05,
    mode: Mode = "light",
) -> Classes:
    """Change as a share (-0.2 is 20 % fewer) in classes that mirror each other around none.

    White within +-`none_within` and where `is_clear` is false (the interval contains no change). NaN is missing.
    """
    shown, is_hidden = _shown(changes, hidden)
    clear = np.abs(shown) > none_within
    clear &= True if is_clear is None else np.asarray(is_clear, dtype=bool)
    limits = _mirrored_limits(np.abs(shown[clear]), none_within)
    size = np.where(clear, 1 + np.searchsorted(limits[1:], np.abs(np.nan_to_num(shown)), side="left"), 0)
    place = np.where(
        np.isnan(shown), 2 * _SIDES + 1 + is_hidden, _SIDES + (np.sign(np.nan_to_num(shown)) * size)
    )
    colours = look(mode)
    names = [_change(i - _SIDES, limits, texts) for i in range(2 * _SIDES + 1)]
    palette = (*colours.diverging, colours.missing, colours.missing)
    breaks = (*(-limit for limit in reversed(limits)), *limits)
    return replace(_classes(place.astype(np.int64), palette, names, breaks, texts), has_white=True)


def _shown(values: ArrayLike, hidden: ArrayLike | None) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    given = np.asarray(values, dtype=np.float64)
    is_hidden = np.zeros(given.shape, dtype=bool) if hidden is None else np.asarray(hidden, dtype=bool)
    return np.where(is_hidden, np.nan, given), is_hidden


def _quantile_ranks(values: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Class 0, 1, .. of each value by the middle of its rank, so that ties stay together and no class is empty."""
    if values.size == 0:
        return np.zeros(0, dtype=np.int64)
    _, where, times = np.unique(values, return_inverse=True, return_counts=True)
    middle = (np.cumsum(times) - times / 2) / values.size
    wanted = min(times.size, count)
    ranks = np.floor(middle * wanted) if times.size > count else np.arange(times.size)
    return np.unique(ranks, return_inverse=True)[1][where].astype(np.int64)


def _mirrored_limits(sizes: NDArray[np.float64], none_within: float) -> tuple[float, ...]:
    """Lower limits of the classes on either side: round shares near the thirds of what there is."""
    wanted = np.quantile(sizes, [1 / 3, 2 / 3], method="lower") if sizes.size else (0.0, 0.0)
    limits = [none_within]
    for share in wanted:
        above = [step for step in _STEPS if step > limits[-1] + 1e-9] or [limits[-1] * 2]
        limits.append(min(above, key=lambda step: abs(step - share)))
    return tuple(limits)


def _range(low: float, high: float, decimals: int, texts: Texts) -> str:
    ends = {"low": texts.number(low, decimals), "high": texts.number(high, decimals)}
    return texts("map.one_value" if low == high else "map.from_to", **ends)


def _change(side: int, limits: tuple[float, ...], texts: Texts) -> str:
    if side == 0:
        return texts("map.no_difference")
    ends = [texts.percent(limit) for limit in limits[abs(side) - 1 : abs(side) + 1]]
    way = texts("map.fewer" if side < 0 else "map.more")
    if len(ends) == 1:
        return texts("map.change_over", low=ends[0], way=way)
    return texts("map.change_between", low=ends[0].rstrip("\u00a0%"), high=ends[1], way=way)


def _classes(
    place: NDArray[np.int64],
    palette: tuple[str, ...],
    names: list[str],
    breaks: tuple[float, ...],
    texts: Texts,
    *,
    is_optional: tuple[int, ...] = (),
) -> Classes:
    count = np.bincount(place, minlength=len(palette))
    without = len(names)
    names = [*names, texts("map.missing"), texts("map.hidden")]
    kept = [i for i in range(len(names)) if count[i] or (i < without and i not in is_optional)]
    rows = tuple(LegendRow(palette[i], names[i], int(count[i]), is_hatched=i >= without) for i in kept)
    return Classes(breaks, "".join(map(str, place.tolist())), palette, rows, f"{without}{without + 1}")
