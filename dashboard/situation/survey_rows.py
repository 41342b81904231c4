"""Whom the numbers of a survey are of: everybody who answered, or a group of them, here or in the whole municipality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data_access.surveys.told import Breakdown, Cell, Indicator, Measure, Release


@dataclass(frozen=True)
class Among:
    """A place and a group. `area`: code of a district, None for the municipality. `group`: of the breakdown, "" for all."""

    area: str | None = None
    breakdown: Breakdown = "all"
    group: str = ""

    def cell(self, release: Release, indicator: str, measure: Measure = "present") -> Cell | None:
        """What a release tells of an indicator among them; None where it was not asked."""
        return release.cell(indicator, measure, self.area, self.breakdown, self.group)

    @property
    def in_municipality(self) -> Among:
        """The same group in the whole municipality."""
        return Among(None, self.breakdown, self.group)


EVERYBODY = Among()
"""All who answered, in the whole municipality."""


def cells_of(
    release: Release, indicator: Indicator, measure: Measure, group: Among = EVERYBODY
) -> dict[str, Cell | None]:
    """Cells of the districts by code, for one group."""
    return {
        one.code: Among(one.code, group.breakdown, group.group).cell(release, indicator.code, measure)
        for one in release.areas
    }
