"""All views by plain NumPy over whole columns: the slow version that the compiled pass must equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from data_access.disclosure import disclosure
from data_access.models.incident import POLICE_REPORTED
from data_access.records import DATE
from data_access.selection import FACETS, KINDS, Period, Selection
from tests.data_access.aoristic_by_hour import aoristic_weights

if TYPE_CHECKING:
    from data_access.facts import Facts
    from data_access.frame import Frame
    from data_access.records import Records

BIT = {facet: np.uint8(1 << number) for number, facet in enumerate(FACETS)}


class Columns:
    """Records with what may be told of them, nothing narrowed and nothing sorted."""

    def __init__(self, frame: Frame, records: Records, *, is_exact: bool) -> None:
        told = disclosure(frame, records, is_exact=is_exact)
        self.frame = frame
        self.monthly, self.is_place = told.is_monthly, told.is_place
        month = records.local_date.astype("datetime64[M]")
        self.first = np.where(told.is_monthly, month.astype("datetime64[D]"), records.local_date)
        self.last = np.where(
            told.is_monthly, (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D"), records.local_date
        )
        self.week = records.local_date - (records.local_date.astype(int) + 3) % 7
        self.area = _places(records.area_id, [area.id for area in frame.areas])
        self.category = _places(records.category_id, [one.id for one in frame.categories])
        self.source = _places(records.organisation_id, [one.id for one in frame.sources])
        self.reported = records.reported
        self.has_hours = (records.time_precision != DATE) & ~told.is_monthly
        spread = aoristic_weights(records.occurred_from, records.occurred_to, self.has_hours, frame.timezone)
        self.row, self.hour, self.weight = spread.row, spread.hour_of_week, spread.weight
        self.x, self.y = records.x, records.y


def views(columns: Columns, selection: Selection, facts: Facts) -> dict[str, Any]:
    """Every number of `crossfilter.Views`, in the order of the frame."""
    fails, share = _fails(columns, selection)

    def weights(own: str | None) -> np.ndarray:
        relevant = np.uint8(255) if own is None else np.uint8(255) ^ BIT[own]
        return np.where((fails & relevant) == 0, 1.0 if own == "hours" else share, 0.0)

    def by(codes: np.ndarray, size: int, own: str | None) -> np.ndarray:
        known = codes >= 0
        return np.bincount(codes[known], weights=weights(own)[known], minlength=size)[:size]

    kind = np.array([KINDS.index(one.kind) for one in columns.frame.categories])[columns.category]
    week = ((columns.week - facts.first_week) // np.timedelta64(7, "D")).astype(int)
    of_hours = weights("hours")
    cell = (
        facts.places.cells.locate(columns.x, columns.y) if facts.places.cells else np.full(len(columns.x), -1)
    )
    cells = 0 if facts.places.cells is None else len(facts.places.cells.side_m)
    return {
        "total": weights(None).sum(),
        "areas": by(columns.area, len(columns.frame.areas), "areas"),
        "outside": weights("areas")[columns.area < 0].sum(),
        "categories": by(columns.category, len(columns.frame.categories), "categories"),
        "sources": by(columns.source, len(columns.frame.sources), "sources"),
        "police_reported": by(columns.reported, len(POLICE_REPORTED), "police_reported"),
        "kinds": by(kind, len(KINDS), "kinds"),
        "weeks": by(np.where(columns.monthly, -1, week), facts.weeks, "period"),
        "hours": np.bincount(columns.hour, weights=columns.weight * of_hours[columns.row], minlength=168),
        "hours_unknown": of_hours[~columns.has_hours & ~columns.monthly].sum(),
        "monthly_only": weights(None)[columns.monthly].sum(),
        "cells": by(np.where(columns.is_place, cell, -1), cells, None),
        "painted": weights(None)[columns.is_place].sum(),
    }


def _places(ids: np.ndarray, known: list[int]) -> np.ndarray:
    return np.array([known.index(number) if number in known else -1 for number in ids.tolist()], int)


def _fails(columns: Columns, selection: Selection) -> tuple[np.ndarray, np.ndarray]:
    frame = columns.frame
    fails = np.zeros(len(columns.area), np.uint8)
    if selection.period is not None:
        fails[~_within(columns, selection.period)] |= BIT["period"]
    for facet, codes, names in (
        ("areas", columns.area, [area.code for area in frame.areas]),
        ("categories", columns.category, [one.code for one in frame.categories]),
        ("sources", columns.source, [one.name for one in frame.sources]),
        ("police_reported", columns.reported, list(POLICE_REPORTED)),
        ("kinds", columns.category, [one.kind for one in frame.categories]),
    ):
        chosen = getattr(selection, facet)
        if chosen:
            fails[~np.array([*(name in chosen for name in names), False])[codes]] |= BIT[facet]
    share = np.ones(len(columns.area))
    if selection.hours:
        chosen = np.isin(columns.hour, list(selection.hours))
        share = np.bincount(columns.row, weights=columns.weight * chosen, minlength=len(share))
        fails[share <= 0] |= BIT["hours"]
    return fails, share


def _within(columns: Columns, period: Period) -> np.ndarray:
    first, last = (np.datetime64(day, "D") for day in (period.first, period.last))
    return (columns.first >= first) & (columns.last <= last)
