"""The loops over incidents: one pass that counts every linked view, compiled, and free of Python's lock.

An incident fails none, one or more facets. The view of a facet counts it when it fails that facet alone; all views count it when
it fails none. Time slots (days, or months) say to which period an incident belongs: the one asked for, the earlier one it is
compared with, or neither; then only its slot is counted. Rows are in the order of their slots.
"""
# Annotations would be read by nobody here: the compiler makes its own types from what it is called with.
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

import numpy as np
from numba import njit

NOW, BEFORE, NEITHER = 0, 1, 2
OF_COMBINATION, OF_AREA, OF_HOURS = 1, 2, 4
"""What an incident fails, as bits: type, source, reported and kind stand together in one code, its combination."""

HOUR_MINUTES = 60
_COMBINATIONS, _AREAS, _HOURS, _CELLS = 0, 1, 2, 3
_TWO_WEEKS_H = 337


@njit(nogil=True, cache=True)
def count_exact(rows, hour, period_of, fails_combination, fails_area, fails_hour, first, last, sizes):
    """Count incidents whose hour is known, or not at all, in slots `first` to `last`.

    `rows`: slots (where each begins), combination, area, cell; `fails_*`: the facet's bit per code, or 0; `sizes`: number of
    combinations, areas, hours, cells. Returns counts: combinations, areas, hours (each by period), cells, slots.
    """
    slots, combination, area, cell = rows
    combinations = np.zeros((2, sizes[_COMBINATIONS]), np.int32)
    areas, hours = np.zeros((2, sizes[_AREAS]), np.int32), np.zeros((2, sizes[_HOURS]), np.int32)
    cells, in_slot = np.zeros(sizes[_CELLS], np.int32), np.zeros(last - first, np.int32)
    for slot in range(first, last):
        passing, period = 0, period_of[slot]
        if period == NEITHER:
            for i in range(slots[slot], slots[slot + 1]):
                fails = fails_combination[combination[i]] | fails_area[area[i]] | fails_hour[hour[i]]
                passing += fails == 0
        else:
            of_combination, of_area, of_hour = combinations[period], areas[period], hours[period]
            for i in range(slots[slot], slots[slot + 1]):
                c, a, h = combination[i], area[i], hour[i]
                elsewhere = fails_area[a] | fails_hour[h]
                is_other = fails_combination[c] != 0
                if elsewhere == 0:
                    of_combination[c] += 1
                    if not is_other:
                        of_area[a] += 1
                        of_hour[h] += 1
                        passing += 1
                        cells[cell[i]] += period == NOW
                elif not is_other:
                    if elsewhere == OF_AREA:
                        of_area[a] += 1
                    elif elsewhere == OF_HOURS:
                        of_hour[h] += 1
        in_slot[slot - first] = passing
    return combinations, areas, hours, cells, in_slot


@njit(nogil=True, cache=True)
def count_intervals(rows, times, period_of, fails_combination, fails_area, chosen_until, first, last, sizes):
    """Count incidents that are known as an interval, each with its share of the chosen hours.

    `times`: start and end (minutes from Monday 00 on the wall clock; an end may lie in the week after), and the hour in which
    the clock was changed with the minutes that it adds. `chosen_until[m]`: chosen minutes before minute m of two weeks. Returns
    the same as `count_exact`; hours by period as weights at the ends of intervals (first row) and steps between them (second).
    """
    slots, combination, area, cell = rows
    start, end, changed_hour, added = times
    combinations, areas = np.zeros((2, sizes[_COMBINATIONS])), np.zeros((2, sizes[_AREAS]))
    hours = np.zeros((2, 2, _TWO_WEEKS_H + 1))
    cells, in_slot = np.zeros(sizes[_CELLS]), np.zeros(last - first)
    extra = chosen_until[HOUR_MINUTES * (changed_hour + 1)] - chosen_until[HOUR_MINUTES * changed_hour]
    extra = extra * added / HOUR_MINUTES
    for slot in range(first, last):
        passing, period = 0.0, period_of[slot]
        for i in range(slots[slot], slots[slot + 1]):
            c, a = combination[i], area[i]
            s, e = np.int64(start[i]), np.int64(end[i])
            share = (chosen_until[e] - chosen_until[s] + extra) / (e - s + added)
            is_other, is_elsewhere = fails_combination[c] != 0, fails_area[a] != 0
            if share > 0 and not is_other and not is_elsewhere:
                passing += share
            if period == NEITHER:
                continue
            if share > 0 and not is_elsewhere:
                combinations[period, c] += share
                if not is_other and period == NOW:
                    cells[cell[i]] += share
            if share > 0 and not is_other:
                areas[period, a] += share
            if not is_other and not is_elsewhere:
                _spread(hours[period], s, e, 1.0 / (e - s + added))
                hours[period, 0, changed_hour] += added / (e - s + added)
        in_slot[slot - first] = passing
    return combinations, areas, hours, cells, in_slot


@njit(nogil=True, cache=True, inline="always")
def _spread(hours, start, end, per_minute):
    """Weight of one interval: what lies in its first and last hour, and a step up and down between them."""
    at, to = start // HOUR_MINUTES, end // HOUR_MINUTES
    hours[0, at] += (HOUR_MINUTES * (at + 1) - start) * per_minute
    hours[0, to] += (end - HOUR_MINUTES * to) * per_minute
    hours[1, at + 1] += HOUR_MINUTES * per_minute
    hours[1, to] -= HOUR_MINUTES * per_minute
