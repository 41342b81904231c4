"""The same views, counted with pandas, polars and DuckDB as a careful user of each would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from data_access.models.incident import POLICE_REPORTED
from data_access.records import DATE
from data_access.selection import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data_access.crossfilter import Views
    from data_access.facts import Facts
    from data_access.records import Records
    from data_access.selection import Period, Selection

    Columns = Mapping[str, np.ndarray]
    Counted = dict[str, np.ndarray]

NO_TIME = 168
OF_FACET = {"areas": "area", "categories": "category", "hours": "hour", "sources": "source",
            "police_reported": "reported", "kinds": "kind"}  # fmt: skip
VIEWS = (*OF_FACET.items(), ("cells", "cell"))
"""Views and the columns they count by; a view that is a facet ignores that facet, cells ignore none."""


class Peer(Protocol):
    """A library with the columns in its own form."""

    def __init__(self, columns: Columns, areas: int) -> None: ...

    def views(self, selection: Selection, before: Period | None) -> list[Counted]:
        """Counts per view: now, and before where there is such a period. Weeks stand with now."""
        ...


def columns_of(facts: Facts, records: Records) -> Columns:
    """Narrow codes, derived ones included."""
    frame = facts.frame
    kind = np.array([KINDS.index(one.kind) for one in frame.categories], np.int8)
    hour = ((records.occurred_from.astype(np.int64) // 3600 - 96) % 168).astype(np.int16)
    cells = facts.places.cells
    assert cells is not None
    day = records.local_date.astype(np.int32)
    return {
        "day": day - day.min(),
        "week": ((records.local_date - facts.first_week).astype(np.int64) // 7).astype(np.int16),
        "area": np.where(records.area_id < 0, len(frame.areas), records.area_id - 1).astype(np.int16),
        "category": (records.category_id - 1).astype(np.int8),
        "source": (records.organisation_id - 1).astype(np.int8),
        "reported": records.reported,
        "kind": kind[records.category_id - 1],
        "hour": np.where(records.time_precision == DATE, NO_TIME, hour).astype(np.int16),
        "cell": cells.locate(records.x, records.y),
    }


def of_views(views: Views) -> Counted:
    """Ours in the form of the peers."""
    return {
        "areas": np.append(views.areas, views.outside),
        "categories": views.categories,
        "hours": np.append(views.hours, views.hours_unknown),
        "sources": views.sources,
        "police_reported": views.police_reported,
        "kinds": views.kinds,
        "total": np.array([views.total]),
        **({"cells": views.cells, "weeks": views.weeks} if views.cells.any() else {}),
    }


class _Peer:
    """What the peers have in common: codes of a selection, and sizes."""

    def __init__(self, columns: Columns, areas: int) -> None:
        self.first_day = np.datetime64("2016-01-04", "D")
        self.sizes = {name: int(values.max()) + 1 for name, values in columns.items()}
        self.sizes |= {"area": areas + 1, "hour": NO_TIME + 1, "reported": 3, "kind": 4}

    def chosen(self, selection: Selection) -> dict[str, list[int]]:
        """Chosen codes by column."""
        codes = {
            "area": [int(code) for code in selection.areas],
            "category": [int(code[4:]) for code in selection.categories],
            "hour": list(selection.hours),
            "source": [int(code[6:]) for code in selection.sources],
            "reported": [POLICE_REPORTED.index(word) for word in selection.police_reported],
            "kind": [KINDS.index(word) for word in selection.kinds],
        }
        return {column: sorted(values) for column, values in codes.items() if values}

    def days(self, period: Period | None) -> tuple[int, int] | None:
        """First and last day as the column has them."""
        if period is None:
            return None
        first, last = (
            (np.datetime64(day, "D") - self.first_day).astype(int) for day in (period.first, period.last)
        )
        return int(first), int(last)


class Pandas(_Peer):
    """Categories; one mask per facet, each view the product of the others', counted by groupby."""

    def __init__(self, columns: Columns, areas: int) -> None:
        super().__init__(columns, areas)
        self.frame = pd.DataFrame(
            {
                name: values
                if name == "day"
                else pd.Categorical.from_codes(np.asarray(values), categories=range(self.sizes[name]))
                for name, values in columns.items()
            }
        )

    def views(self, selection: Selection, before: Period | None) -> list[Counted]:
        """See `Peer`."""
        masks = {
            column: self.frame[column].isin(codes).to_numpy()
            for column, codes in self.chosen(selection).items()
        }
        found = []
        for number, period in enumerate((selection.period, before)):
            if number and period is None:
                break
            days = self.days(period)
            inside = {} if days is None else {"day": self.frame["day"].between(*days).to_numpy()}
            found.append(self._counted(masks | inside, is_now=number == 0))
        found[0]["weeks"] = self._count("week", masks)
        return found

    def _counted(self, masks: dict[str, np.ndarray], *, is_now: bool) -> Counted:
        counted = {
            view: self._count(column, {name: mask for name, mask in masks.items() if name != column})
            for view, column in VIEWS
            if is_now or view != "cells"
        }
        everything = self._both(masks)
        total = len(self.frame) if everything is None else int(everything.sum())
        return counted | {"total": np.array([total])}

    def _count(self, column: str, masks: dict[str, np.ndarray]) -> np.ndarray:
        mask = self._both(masks)
        values = self.frame[column] if mask is None else self.frame[column][mask]
        return values.groupby(values, observed=False, sort=True).size().to_numpy()

    @staticmethod
    def _both(masks: dict[str, np.ndarray]) -> np.ndarray | None:
        return np.logical_and.reduce(list(masks.values())) if masks else None


class Polars(_Peer):
    """One lazy query per view, all handed over at once to the streaming engine."""

    def __init__(self, columns: Columns, areas: int) -> None:
        super().__init__(columns, areas)
        self.frame = pl.DataFrame(dict(columns)).lazy()

    def views(self, selection: Selection, before: Period | None) -> list[Counted]:
        """See `Peer`."""
        chosen = self.chosen(selection)
        facets = {column: pl.col(column).is_in(codes) for column, codes in chosen.items()}
        queries: list[tuple[int, str, str, pl.LazyFrame]] = []
        for number, period in enumerate((selection.period, before)):
            if number and period is None:
                break
            days = self.days(period)
            inside = {} if days is None else {"day": pl.col("day").is_between(*days)}
            for view, column in VIEWS:
                if number == 0 or view != "cells":
                    queries.append((number, view, column, self._query(column, facets | inside)))
            queries.append((number, "total", "", self._filtered("", facets | inside).select(pl.len())))
        queries.append((0, "weeks", "week", self._query("week", facets)))
        answers = pl.collect_all([query for *_, query in queries], engine="streaming")
        found: list[Counted] = [{} for _ in range(1 if before is None else 2)]
        for (number, view, column, _), answer in zip(queries, answers, strict=True):
            found[number][view] = self._filled(column, answer)
        return found

    def _filtered(self, column: str, facets: dict[str, pl.Expr]) -> pl.LazyFrame:
        others = [facet for name, facet in facets.items() if name != column]
        return self.frame.filter(*others) if others else self.frame

    def _query(self, column: str, facets: dict[str, pl.Expr]) -> pl.LazyFrame:
        return self._filtered(column, facets).group_by(column).agg(pl.len())

    def _filled(self, column: str, answer: pl.DataFrame) -> np.ndarray:
        if not column:
            return answer["len"].to_numpy()
        return _filled(answer[column].to_numpy(), answer["len"].to_numpy(), self.sizes[column])


class DuckDB(_Peer):
    """One query per view over a table of its own, on two threads."""

    def __init__(self, columns: Columns, areas: int) -> None:
        super().__init__(columns, areas)
        self.connection = duckdb.connect(config={"threads": 2})
        self.connection.register("given", dict(columns))
        self.connection.execute("create table incident as select * from given")
        self.connection.unregister("given")

    def views(self, selection: Selection, before: Period | None) -> list[Counted]:
        """See `Peer`."""
        facets = {
            column: f"{column} in ({','.join(map(str, codes))})"
            for column, codes in self.chosen(selection).items()
        }
        found = []
        for number, period in enumerate((selection.period, before)):
            if number and period is None:
                break
            days = self.days(period)
            inside = {} if days is None else {"day": f"day between {days[0]} and {days[1]}"}
            counted = {
                view: self._count(column, facets | inside)
                for view, column in VIEWS
                if number == 0 or view != "cells"
            }
            found.append(counted | {"total": self._count("", facets | inside)})
        found[0]["weeks"] = self._count("week", facets)
        return found

    def _count(self, column: str, facets: dict[str, str]) -> np.ndarray:
        others = " and ".join(facet for name, facet in facets.items() if name != column) or "true"
        if not column:
            return self.connection.execute(f"select count(*) as n from incident where {others}").fetchnumpy()[
                "n"
            ]
        query = f"select {column} as code, count(*) as n from incident where {others} group by 1"
        answer: dict[str, Any] = self.connection.execute(query).fetchnumpy()
        return _filled(answer["code"], answer["n"], self.sizes[column])


def _filled(codes: np.ndarray, counts: np.ndarray, size: int) -> np.ndarray:
    """Counts by code with zeros where nothing is; the code -1 is nowhere."""
    out = np.zeros(size)
    known = codes >= 0
    out[codes[known]] = counts[known]
    return out
