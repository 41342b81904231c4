"""Interventions as labelled bands under a trend, in as few lanes as their labels allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

LANE_PX = 15
_TYPICAL_WIDTH_PX = 900
_LETTER_PX = 6.6


class Intervention(Protocol):
    """Whatever has a title and days; `ends_on` None: still running. The last day is part of it."""

    @property
    def title(self) -> str:
        """What is written on the band."""
        ...

    @property
    def starts_on(self) -> date:
        """First day."""
        ...

    @property
    def ends_on(self) -> date | None:
        """Last day."""
        ...


@dataclass(frozen=True)
class Lane:
    """The visible part of an intervention and the lane (0 is topmost) it lies in."""

    intervention: Intervention
    starts_on: date
    ends_on: date
    row: int


def lanes(interventions: Sequence[Intervention], first: date, last: date) -> list[Lane]:
    """Visible part of each intervention, packed into lanes so that neither bands nor their labels meet."""
    day_px = _TYPICAL_WIDTH_PX / max((last - first).days, 1)
    free_from: list[date] = []
    placed = []
    for one in sorted(interventions, key=lambda i: (i.starts_on, i.title)):
        start, end = max(one.starts_on, first), min(one.ends_on or last, last)
        if start > last or end < first:
            continue
        taken_to = max(end, start + timedelta(days=int((len(one.title) * _LETTER_PX + 14) / day_px)))
        row = next((i for i, free in enumerate(free_from) if free < start), len(free_from))
        free_from[row : row + 1] = [taken_to]
        placed.append(Lane(one, start, end, row))
    return placed
