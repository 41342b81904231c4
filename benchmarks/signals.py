"""Signals of the weekly meeting: how often there is a false one, and how often a doubling is seen within two weeks.

Weeks are drawn from the sample municipality's mean of each district and group, as negative binomial counts whose variance is a
multiple of their mean. What is promised: of weeks in which nothing changes at most 10 % have any signal, of all districts, groups
and both lengths (a week, and two together) at once (Benjamini and Hochberg at q = 0.1: where nothing changes every signal is
false). The bar allows 12 %.

That a doubling from eight a week is seen cannot be promised: somebody who knows each rate exactly, and gives every test the same
share of the error, loses it among so many, too. The rows compare with that, and say from which number on four of five are seen.
Where it is no signal it is nearly always among the three that have risen most: these are told, too, and called no warning.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import nbinom, poisson

from benchmarks.harness import Row, at_most, ceiling
from dashboard.settings import ROOT
from dashboard.situation.weekly_flags import MOST_NEAREST
from dashboard.statistics.doubling import doubling_seen_from
from dashboard.statistics.multiple import FALSE_SHARE
from dashboard.statistics.signals import FEWEST_EXCESS, Signals, Window, signals
from sample_data.districts import DISTRICTS
from sample_data.incidents import incidents
from sample_data.weeks import window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NULL_WEEKS, PLANTED_RUNS = 2000, 400
COMPARED_WEEKS = 14
MOST_FALSE_PCT, MOST_MISSED_PCT, MOST_WORSE_PCT = 12.0, 20.0, 5.0
MIXED = "1 to 3, each cell its own"
DISPERSIONS = (1.0, 1.5, 2.0, 3.0, MIXED)
ENOUGH = {1.0: 18.0, 2.0: 34.0}
"""Expected reports a week from which four doublings of five are seen within two weeks, by dispersion."""
FEWEST = 8.0
MOST_MISSED_DISTRICTS_PCT = {1.0: MOST_MISSED_PCT, 2.0: 40.0}
"""Doublings of a whole district without a signal, by dispersion."""

MOST_UNTOLD_PCT = {1.0: 20.0, 2.0: 25.0}
"""Doublings that are neither a signal nor among the few that have risen most."""

PLACE = (0, 1)


@dataclass(frozen=True, eq=False)
class Town:
    """`mean`: reports a week (districts, groups); `dispersion` of each cell."""

    mean: Floats
    dispersion: Floats

    def draw(self, rng: np.random.Generator, weeks: int) -> NDArray[np.int64]:
        """Counts (districts, groups, weeks)."""
        shape = (*self.mean.shape, weeks)
        extra = np.maximum(self.dispersion - 1, 1e-6)[..., None]
        level = np.maximum(self.mean, 1e-9)[..., None]
        return rng.poisson(rng.gamma(np.broadcast_to(level / extra, shape)) * extra)


def town(mean: Floats, dispersion: float | str, rng: np.random.Generator) -> Town:
    """The same dispersion in all cells, or for `MIXED` another in each."""
    spread = rng.uniform(1, 3, mean.shape) if dispersion == MIXED else np.full(mean.shape, float(dispersion))
    return Town(mean, spread)


@cache
def sample_means() -> Floats:
    """Reports a week of the sample municipality's districts (rows) and groups."""
    catalogue = json.loads((ROOT / "data_access" / "catalogue.json").read_text("utf-8"))
    groups = [one["code"] for one in catalogue["groups"]]
    group_of = {one["code"]: groups.index(one["group"]) for one in catalogue["types"]}
    codes = [one.code for one in DISTRICTS]
    drawn = incidents(7)
    counts = np.zeros((len(codes), len(groups)))
    places = [codes.index(code) for code in drawn.area_code.tolist()]
    np.add.at(counts, (places, [group_of[code] for code in drawn.type_code.tolist()]), 1)
    return counts / window().weeks


def said_of(counts: NDArray[np.int64]) -> tuple[Signals, ...]:
    """What the last week says, and it with the one before; the first column adds up each district."""
    whole = np.concatenate([counts.sum(axis=1, keepdims=True), counts], axis=1)
    return signals(windows_of(whole))


def windows_of(whole: NDArray[np.int64]) -> list[Window]:
    """The last week, and it with the one before, of counts (districts, rows, weeks), all of them tested."""
    history, last = whole[..., :COMPARED_WEEKS], whole[..., COMPARED_WEEKS:]
    tested = np.ones(whole.shape[:2], bool)
    return [Window(last[..., -weeks:].sum(axis=-1), history, weeks, tested) for weeks in (1, 2)]


def is_found(said: tuple[Signals, ...]) -> NDArray[np.bool_]:
    """Which cells have a signal in either window."""
    return np.logical_or.reduce([one.is_signal for one in said])


def is_told(said: tuple[Signals, ...]) -> NDArray[np.bool_]:
    """Which cells have a signal, or are among the few that have risen most without; a district's sum counts as what is in it."""
    is_signal, order = is_found(said), np.min([one.order for one in said], axis=0)
    order = np.where(is_signal, np.inf, order)
    order[:, 1:][order[:, 1:] > order[:, :1]] = np.inf
    order[:, 0][order[:, 0] > order[:, 1:].min(axis=1)] = np.inf
    limit = np.sort(order, axis=None)[MOST_NEAREST - 1]
    return is_signal | (np.isfinite(order) & (order <= limit))


def false_share(mean: Floats, dispersion: float | str, weeks: int, seed: int = 0) -> float:
    """Share of weeks with any signal, where nothing changes."""
    rng = np.random.default_rng(seed)
    drawn = (town(mean, dispersion, rng).draw(rng, COMPARED_WEEKS + 2) for _ in range(weeks))
    return float(np.mean([is_found(said_of(counts)).any() for counts in drawn]))


def found_share(
    mean: Floats, dispersion: float, expected: float, runs: int, seed: int = 0
) -> tuple[float, float]:
    """Share of runs in which a cell that doubles for two weeks has a signal in the first or in the second; and is told of."""
    rng = np.random.default_rng(seed)
    usual, doubled = mean.copy(), mean.copy()
    usual[PLACE], doubled[PLACE] = expected, 2 * expected
    hits = np.zeros(2)
    for _ in range(runs):
        before = town(usual, dispersion, rng).draw(rng, COMPARED_WEEKS + 1)
        counts = np.concatenate([before, town(doubled, dispersion, rng).draw(rng, 2)], axis=2)
        first = counts[..., :-1]
        second = np.delete(counts, COMPARED_WEEKS, axis=2)
        said = [said_of(one) for one in (first, second)]
        cell, whole = (PLACE[0], PLACE[1] + 1), (PLACE[0], 0)
        hits += (
            any(is_found(one)[cell] for one in said),
            any(is_told(one)[cell] or is_told(one)[whole] for one in said),
        )
    return float(hits[0] / runs), float(hits[1] / runs)


def district_share(mean: Floats, dispersion: float, runs: int, seed: int = 0) -> tuple[float, int]:
    """Share of runs in which a district that doubles for two weeks has a signal, and how many there are with `FEWEST` a week."""
    rng = np.random.default_rng(seed)
    busy = np.flatnonzero(mean.sum(axis=1) >= FEWEST)
    hits = 0
    for run_number in range(runs):
        area = busy[run_number % len(busy)]
        doubled = mean.copy()
        doubled[area] *= 2
        before = town(mean, dispersion, rng).draw(rng, COMPARED_WEEKS + 1)
        counts = np.concatenate([before, town(doubled, dispersion, rng).draw(rng, 2)], axis=2)
        both = (counts[..., :-1], np.delete(counts, COMPARED_WEEKS, axis=2))
        hits += any(is_found(said_of(one))[area].any() for one in both)
    return hits / runs, len(busy)


def found_by_who_knows(expected: float, dispersion: float, tests: int, runs: int = 20_000) -> float:
    """The same share for somebody who knows each rate and its variance and shares the error equally among all tests."""
    rng = np.random.default_rng(0)
    extra = dispersion - 1
    level = 2 * expected * np.ones((runs, 2))
    counts = rng.poisson(rng.gamma(level / extra) * extra) if extra else rng.poisson(level)
    limit = FALSE_SHARE / tests / 2
    of_one, of_two = (
        nbinom.isf(limit, weeks * expected / extra, 1 / dispersion)
        if extra
        else poisson.isf(limit, weeks * expected)
        for weeks in (1, 2)
    )
    is_seen = (counts > of_one).any(axis=1) | (counts.sum(axis=1) > of_two)
    return float((is_seen & (counts.max(axis=1) - expected >= FEWEST_EXCESS)).mean())


def run() -> list[Row]:
    mean = sample_means()
    tests = 2 * (mean.size + len(mean))
    begun = time.perf_counter()
    rows = [
        ceiling(
            f"weeks with a false signal, dispersion {one}",
            100 * false_share(mean, one, NULL_WEEKS, seed=number),
            bar=MOST_FALSE_PCT,
            unit="%",
            note=f"{NULL_WEEKS:,} weeks of {tests} tests",
        )
        for number, one in enumerate(DISPERSIONS)
    ]
    for dispersion, enough in ENOUGH.items():
        for expected in (8.0, enough):
            rows += _doubling(mean, dispersion, expected, tests, is_enough=expected == enough)
    rows += [_said_enough(mean, dispersion, enough) for dispersion, enough in ENOUGH.items()]
    rows += [_district(mean, dispersion, bar) for dispersion, bar in MOST_MISSED_DISTRICTS_PCT.items()]
    counts = town(mean, 2.0, np.random.default_rng(1)).draw(np.random.default_rng(1), COMPARED_WEEKS + 2)
    rows.append(at_most("signals of one meeting", lambda: said_of(counts), bar_ms=25))
    return [*rows, ceiling("all of it", time.perf_counter() - begun, bar=240, unit="s")]


def _said_enough(mean: Floats, dispersion: float, enough: float) -> Row:
    """How far the number that a quiet week says is from the one that was measured."""
    rng = np.random.default_rng(2)
    drawn = (town(mean, dispersion, rng).draw(rng, COMPARED_WEEKS + 2) for _ in range(20))
    wholes = (np.concatenate([one.sum(axis=1, keepdims=True), one], axis=1) for one in drawn)
    said = float(np.mean([doubling_seen_from(windows_of(whole)) for whole in wholes]))
    what = f"number below which a doubling is said to be hidden, from {enough:.0f}, dispersion {dispersion:g}"
    return ceiling(what, 100 * abs(said / enough - 1), bar=25, unit="%", note=f"{said:.0f} a week")


def _district(mean: Floats, dispersion: float, bar: float) -> Row:
    """How often a whole district doubles without a signal."""
    found, districts = district_share(mean, dispersion, PLANTED_RUNS)
    what = f"doubling of a district from {FEWEST:.0f} or more a week no signal, dispersion {dispersion:g}"
    note = f"{PLANTED_RUNS} runs over the {districts} districts of the sample with so many"
    return ceiling(what, 100 * (1 - found), bar=bar, unit="%", note=note)


def _doubling(mean: Floats, dispersion: float, expected: float, tests: int, *, is_enough: bool) -> list[Row]:
    """How often a doubling is no signal, and how often not told of at all."""
    known = 100 * (1 - found_by_who_knows(expected, dispersion, tests))
    found, told = found_share(mean, dispersion, expected, PLANTED_RUNS)
    what = f"doubling from {expected:.0f} a week"
    where = f"for two weeks, dispersion {dispersion:g}"
    bar = MOST_MISSED_PCT if is_enough else known + MOST_WORSE_PCT
    note = f"{PLANTED_RUNS} runs; {known:.0f} % for who knows every rate"
    untold_bar = MOST_UNTOLD_PCT[dispersion]
    return [
        ceiling(f"{what} no signal {where}", 100 * (1 - found), bar=bar, unit="%", note=note),
        ceiling(
            f"{what} not told of {where}",
            100 * (1 - told),
            bar=untold_bar,
            unit="%",
            note="a signal, or among the three highest",
        ),
    ]
