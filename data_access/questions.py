"""A selection in the codes of a stock: for each code whether it fails, and what each combination of codes counts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data_access.aoristic import HOURS_A_WEEK
from data_access.kernel import BEFORE, HOUR_MINUTES, NEITHER, NOW, OF_AREA, OF_COMBINATION, OF_HOURS
from data_access.models.incident import POLICE_REPORTED
from data_access.selection import KINDS
from data_access.stock import HOUR_CODES

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from data_access.frame import Frame
    from data_access.selection import Period, Selection
    from data_access.stock import Slots, Stock

    Bits = NDArray[np.uint8]
    Floats = NDArray[np.float64]

_BIT = {"categories": 1, "sources": 2, "police_reported": 4, "kinds": 8}


@dataclass(frozen=True, eq=False)
class Codebook:
    """What the codes of a stock mean in a frame.

    `names` of the values of each facet, in the order of its view; `index`: for each facet that is part of the combinations,
    where a combination counts in its view (-1: nowhere, it is newer than the frame).
    """

    names: dict[str, list[str]]
    index: dict[str, NDArray[np.int64]]

    @classmethod
    def of(cls, stock: Stock, frame: Frame) -> Codebook:
        """Look all codes up once."""
        category_id, source_id, reported = stock.combinations.T
        category = {one.id: place for place, one in enumerate(frame.categories)}
        source = {one.id: place for place, one in enumerate(frame.sources)}
        kind = {one.id: KINDS.index(one.kind) for one in frame.categories}
        index = {
            "categories": [category.get(number, -1) for number in category_id.tolist()],
            "sources": [source.get(number, -1) for number in source_id.tolist()],
            "police_reported": reported.tolist(),
            "kinds": [kind.get(number, -1) for number in category_id.tolist()],
        }
        names = {
            "areas": [area.code for area in frame.areas],
            "categories": [category.code for category in frame.categories],
            "sources": [source.name for source in frame.sources],
            "police_reported": list(POLICE_REPORTED),
            "kinds": list(KINDS),
        }
        return cls(names, {facet: np.array(places, np.int64) for facet, places in index.items()})


@dataclass(frozen=True, eq=False)
class Question:
    """What the kernel needs of a selection.

    `bits` per combination: which of the facets in it fail; `chosen_until[m]`: chosen minutes before minute m of two weeks.
    """

    codebook: Codebook
    bits: Bits
    fails_area: Bits
    fails_hour: Bits
    chosen_until: Floats
    period: Period | None
    before: Period | None

    @classmethod
    def of(cls, codebook: Codebook, selection: Selection, before: Period | None) -> Question:
        """Translate; a code that is not there matches nothing."""
        bits = np.zeros(len(codebook.index["kinds"]), np.uint8)
        for facet, index in codebook.index.items():
            chosen = getattr(selection, facet)
            if chosen:
                bits |= _fails(codebook.names[facet], chosen)[index] * np.uint8(_BIT[facet])
        is_chosen = np.isin(np.arange(HOURS_A_WEEK), list(selection.hours)) | (not selection.hours)
        fails_hour = np.full(HOUR_CODES, OF_HOURS * bool(selection.hours), np.uint8)
        fails_hour[:HOURS_A_WEEK][is_chosen] = 0
        minutes = np.tile(np.repeat(is_chosen, HOUR_MINUTES), 2).astype(np.float64)
        return cls(
            codebook=codebook,
            bits=bits,
            fails_area=_fails(codebook.names["areas"], selection.areas) * np.uint8(OF_AREA),
            fails_hour=fails_hour,
            chosen_until=np.append(0.0, np.cumsum(minutes)),
            period=selection.period,
            before=before,
        )

    @property
    def passes(self) -> NDArray[np.bool_]:
        """Combinations that fail nothing."""
        return self.bits == 0

    @property
    def fails_combination(self) -> Bits:
        """The kernel's bit per combination."""
        return (self.bits != 0).astype(np.uint8) * np.uint8(OF_COMBINATION)

    def by(self, facet: str, counts: Floats, size: int) -> Floats:
        """View of a facet that is part of the combinations, from counts per combination."""
        index = self.codebook.index[facet]
        of_view = ((self.bits & ~np.uint8(_BIT[facet])) == 0) & (index >= 0)
        return np.bincount(index[of_view], weights=counts[of_view], minlength=size).astype(np.float64)

    def period_of(self, slots: Slots) -> NDArray[np.int8]:
        """To which period each slot belongs: a slot of several days only when all of them are in it."""
        found = np.full(len(slots.first), NOW if self.period is None else NEITHER, np.int8)
        for number, period in ((NOW, self.period), (BEFORE, self.before)):
            if period is not None:
                first, last = (
                    int(np.datetime64(day, "D").astype(int)) for day in (period.first, period.last)
                )
                found[(slots.first >= first) & (slots.last <= last)] = number
        return found


def _fails(names: list[str], chosen: Collection[str]) -> Bits:
    """1 for each name that is not chosen, where any is; at the end the same for what has no name."""
    if not chosen:
        return np.zeros(len(names) + 1, np.uint8)
    return np.array([*(name not in chosen for name in names), True], np.uint8)
