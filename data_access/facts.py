"""The incident facts that a viewer's questions are counted over, at one version of the data.

What is stored is read once and shared by all viewers who may see the same; fresh reports are a small stock beside the large one.
Sensitivity is applied when a stock is built, before any view can count: what a browser's viewer must not learn is not in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from data_access import snapshot
from data_access.disclosure import disclosure
from data_access.frame import AreaFact, CategoryFact, Frame, read_frame
from data_access.models.incident import POLICE_REPORTED
from data_access.permissions import WORKING_GROUP, Action, Sight, Viewer, check
from data_access.questions import Codebook
from data_access.records import Records
from data_access.scope import narrowed, seen
from data_access.selection import Period
from data_access.stock import Stock, build_stock
from data_access.tallies import Coverage, Deliveries, Quality, coverage, joined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from numpy.typing import NDArray

    from data_access.database import Database
    from data_access.places import Places
    from data_access.snapshot import Snapshot

REPORTED_CODES = POLICE_REPORTED
FRESH_SHARE = 0.05
"""More fresh reports than this share of the others are coded together with them: the grid of few would not be theirs."""

_WEEK_DAYS = 7
_building = Lock()


@dataclass(frozen=True, eq=False)
class Facts:
    """Stocks of coded incidents, and the frame that gives the codes their names; `sight` is what both are limited to.

    `coverage`: records per source (row, as in the frame) and week, of all types whose week may be known. `everywhere`: the same
    from all districts where not all are seen, () where all are: from it is said whether a source has reported, never how much.
    """

    frame: Frame
    stocks: tuple[Stock, ...]
    sight: Sight
    everywhere: tuple[Coverage, ...] = ()
    has_all_weeks: bool = False

    @property
    def on_all_weeks(self) -> Facts:
        """The same on the weeks of all districts: one without a report in those that are seen is a week like others."""
        is_same = not self.everywhere or not self.areas or self.has_all_weeks
        return self if is_same else self._on_all_weeks

    @cached_property
    def _on_all_weeks(self) -> Facts:
        return replace(self, has_all_weeks=True)

    @cached_property
    def codebooks(self) -> tuple[Codebook, ...]:
        """What the codes of each stock mean."""
        return tuple(Codebook.of(stock, self.frame) for stock in self.stocks)

    @cached_property
    def size(self) -> int:
        """Number of incidents."""
        return sum(stock.size for stock in self.stocks)

    @cached_property
    def quality(self) -> Quality:
        """How complete the records are; few are told as none where counts are guarded."""
        found = sum((stock.quality for stock in self.stocks), Quality())
        return found.without_few(self.sight.fewest)

    @cached_property
    def _timed(self) -> list[Coverage]:
        """What decides which weeks there are: what has weeks, or months only where there is nothing else."""
        if self.has_all_weeks:
            return self._timed_everywhere
        return _timed([stock.coverage for stock in self.stocks])

    @cached_property
    def _timed_everywhere(self) -> list[Coverage]:
        return _timed(self.everywhere)

    @cached_property
    def first_week(self) -> np.datetime64[date]:
        """Monday of the first week."""
        return np.datetime64(min((one.first for one in self._timed), default=4), "D")

    @cached_property
    def weeks(self) -> int:
        """Number of weeks."""
        first = int(self.first_week.astype(int))
        return (
            max((one.first + _WEEK_DAYS * one.weeks - first for one in self._timed), default=0) // _WEEK_DAYS
        )

    @cached_property
    def coverage(self) -> NDArray[np.int64]:
        """Records per source and week."""
        return self._delivered(_timed([stock.coverage for stock in self.stocks])).counts

    @cached_property
    def deliveries(self) -> Deliveries:
        """What each source has sent from all districts, also those that are not seen: to say whether, never to tell how much."""
        return self._delivered(self._timed_everywhere or self._timed)

    def _delivered(self, parts: list[Coverage]) -> Deliveries:
        ids = [source.id for source in self.frame.sources]
        return joined(parts, ids, int(self.first_week.astype(int)), self.weeks)

    @cached_property
    def period(self) -> Period | None:
        """First and last day with an incident; None without any."""
        if not self._timed:
            return None
        last = np.datetime64(max(one.last_day for one in self._timed), "D")
        return Period(self.first_week.item(), last.item())

    @property
    def places(self) -> Places:
        """The grid over the painted points, and which parts of it are told."""
        return self.stocks[0].places

    @property
    def cell_count(self) -> int:
        """Number of cells."""
        return self.stocks[0].places.count

    @property
    def areas(self) -> tuple[AreaFact, ...]:
        """Districts in the order of every view by area."""
        return self.frame.areas

    @property
    def categories(self) -> tuple[CategoryFact, ...]:
        """Types in the order of every view by type."""
        return self.frame.categories


def _timed(parts: Iterable[Coverage]) -> list[Coverage]:
    """Those that decide which weeks there are."""
    filled = [one for one in parts if len(one.organisations)]
    return [one for one in filled if one.has_weeks] or filled


@dataclass(frozen=True)
class _Source:
    """Where facts come from: all that decides what is in them, and what is needed to read it."""

    base: str
    versions: tuple[int, int]
    area_set: int | None
    sight: Sight
    until: int | None = None
    frame: Frame = field(compare=False, kw_only=True)
    snapshot: Snapshot = field(compare=False, kw_only=True)

    def records(self, part: snapshot.Part) -> Records:
        """Read what is seen of a part of the snapshot."""
        found = snapshot.incidents(self.snapshot, self.area_set, part)
        if self.until is not None:
            found = found.take(np.flatnonzero(found["id"].to_numpy() <= self.until))
        return seen(Records.of(found), self.frame, self.sight)

    def everywhere(self, part: snapshot.Part) -> Coverage:
        """Count what each source has sent from all districts."""
        of_all = replace(self, sight=replace(self.sight, areas=None))
        records = of_all.records(part)
        return coverage(records, disclosure(self.frame, records, is_exact=self.sight.is_exact))

    def stock(self, records: Records, places: Places | None = None) -> Stock:
        """Code records; `places` is the grid of those beside which they will lie."""
        return build_stock(self.frame, records, self.sight, places=places)


def facts(
    database: Database, viewer: Viewer, area_set: int | None = None, *, until: int | None = None
) -> Facts:
    """Facts for a viewer with the districts of a set (None: the newest), at the newest version of the data.

    `until`: without the incidents that were stored after the one of this id, as they were known then. What has been taken out of
    the database since is not there either.
    """
    check(viewer, Action.READ_INCIDENTS)

    def read(found: Snapshot) -> Facts:
        # Read after the snapshot, a frame may be newer, but never lacks anything that is in it.
        frame = read_frame(database, viewer, area_set)
        chosen = frame.area_set.id if frame.area_set else None
        versions, base = (found.version, frame.version), f"{found.folder}/{found.base}"
        with _building:
            source = _Source(base, versions, chosen, viewer.sight, until, frame=frame, snapshot=found)
            return _facts(source)

    return snapshot.reading(database, read)


@lru_cache(maxsize=24)
def _facts(source: _Source) -> Facts:
    as_base = replace(source, versions=(0, 0))
    base, fresh = _base(as_base), source.records("fresh")
    beyond = () if source.sight.areas is None else (_everywhere(as_base), source.everywhere("fresh"))
    if fresh.size > FRESH_SHARE * base.size:
        stocks: tuple[Stock, ...] = (source.stock(source.records("base").and_then(fresh)),)
    else:
        stocks = (base, source.stock(fresh, base.places)) if fresh.size else (base,)
    return Facts(source.frame, stocks, source.sight, beyond)


@lru_cache(maxsize=16)
def _base(source: _Source) -> Stock:
    return source.stock(source.records("base"))


@lru_cache(maxsize=16)
def _everywhere(source: _Source) -> Coverage:
    return source.everywhere("base")


def build_facts(frame: Frame, *records: Records, sight: Sight = WORKING_GROUP) -> Facts:
    """Facts of records at hand, the largest part first, as far as they are seen."""
    own = narrowed(frame, sight)
    first, *others = (seen(one, own, sight) for one in records)
    base = build_stock(own, first, sight)
    stocks = (base, *(build_stock(own, one, sight, places=base.places) for one in others))
    of_all = [] if sight.areas is None else [seen(one, own, replace(sight, areas=None)) for one in records]
    beyond = (coverage(one, disclosure(own, one, is_exact=sight.is_exact)) for one in of_all)
    return Facts(own, stocks, sight, tuple(beyond))
