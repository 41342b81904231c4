"""Which interventions meet: at the same place, against the same types, at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from data_access.models.intervention import CARRIED_OUT
from data_access.panel import Surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from data_access.intervention_facts import InterventionFact
    from geo.neighbours import Neighbourhood

    Bools = NDArray[np.bool_]

AFTERWARDS_WEEKS = 13
"""So long after its end an intervention may still show in its areas."""

DEFAULT_RING_M = 200


@dataclass(frozen=True, eq=False)
class Places:
    """The areas of a panel: codes in its order, and which lie beside which (of the districts, which come first)."""

    codes: tuple[str, ...]
    neighbourhood: Neighbourhood

    def among(self, codes: Iterable[str]) -> Bools:
        """Which areas have one of the codes."""
        return np.isin(np.array(self.codes, dtype=object), list(codes))

    def around(self, areas: Bools) -> Bools:
        """Districts that share a border with any of some areas, without those."""
        count = len(self.neighbourhood.is_beside)
        found = np.zeros(len(self.codes), bool)
        found[:count] = self.neighbourhood.is_beside[areas[:count]].any(axis=0)
        return found & ~areas


def is_done(one: InterventionFact) -> bool:
    """Whether it was carried out, so that it may have had an effect on its days."""
    return one.status in CARRIED_OUT


def has_common_types(one: InterventionFact, other: InterventionFact) -> bool:
    """Whether both are aimed at any same type."""
    return bool(set(one.categories) & set(other.categories))


def rivals(one: InterventionFact, among: Sequence[InterventionFact]) -> list[InterventionFact]:
    """Other interventions that were done, aimed at any of the same types."""
    return [
        other for other in among if other.id != one.id and is_done(other) and has_common_types(one, other)
    ]


def is_same_area(one: InterventionFact, other: InterventionFact) -> bool:
    """Whether both work in any same area."""
    return bool(set(one.areas) & set(other.areas))


def is_same_place(one: InterventionFact, other: InterventionFact) -> bool:
    """Whether both work in any same area; of two drawn surfaces, whether one lies on the other or in the ring around it."""
    first, second = surface_of(one), surface_of(other)
    if first is None or second is None:
        return is_same_area(one, other)
    return bool(shapely.dwithin(first.shape, second.shape, max(first.ring_m, second.ring_m)))


def surface_of(one: InterventionFact) -> Surface | None:
    """The drawn surface that an intervention is limited to."""
    if one.polygon is None:
        return None
    return Surface(shapely.from_wkb(one.polygon), one.ring_m or DEFAULT_RING_M)


def weeks_on(one: InterventionFact, weeks: NDArray[np.datetime64], *, afterwards: int = 0) -> Bools:
    """Weeks (Mondays) of which any day lies in the intervention, or so many weeks after its end."""
    is_on = weeks + np.timedelta64(6, "D") >= np.datetime64(one.starts_on, "D")
    if one.ends_on is not None:
        is_on &= weeks <= np.datetime64(one.ends_on, "D") + np.timedelta64(7 * afterwards, "D")
    return is_on


def clean_cells(
    one: InterventionFact, others: Sequence[InterventionFact], places: Places, weeks: NDArray[np.datetime64]
) -> Bools:
    """Areas by weeks that no intervention touches: neither this one, nor its rivals in their own areas and those around them.

    What a rival nearby may have pushed into the target's own areas leaves their weeks before the start clean: it is a guess, and
    would leave nothing to compare with where much is done. The surroundings of a rival at the same place are this one's own.
    """
    target = touched(one, places)
    is_clean = np.ones((len(places.codes), len(weeks)), bool)
    is_clean[np.ix_(target, weeks_on(one, weeks))] = False
    for other in others:
        own = touched(other, places)
        is_clean[np.ix_(own, weeks_on(other, weeks, afterwards=AFTERWARDS_WEEKS))] = False
        if not is_same_place(one, other):
            is_clean[np.ix_(places.around(own) & ~target, weeks_on(other, weeks))] = False
    return is_clean


def clean_surface(
    one: InterventionFact, others: Sequence[InterventionFact], places: Places, weeks: NDArray[np.datetime64]
) -> Bools:
    """Weeks that nothing touches inside a drawn surface, and in the ring around it: (2, weeks).

    In the ring the intervention's own weeks are clean; those are not in which a rival's districts or surface meet it.
    """
    surface = surface_of(one)
    is_clean = np.ones((2, len(weeks)), bool)
    is_clean[0, weeks_on(one, weeks)] = False
    for other in others:
        is_on = weeks_on(other, weeks, afterwards=AFTERWARDS_WEEKS)
        if is_same_place(one, other):
            is_clean[0, is_on] = False
        if surface is not None and _meets(surface.ring, other, places):
            is_clean[1, is_on] = False
    return is_clean


def _meets(ground: BaseGeometry, other: InterventionFact, places: Places) -> bool:
    """Whether an intervention works on any of some ground, by its surface or its districts; a common border is none of it."""
    surface, shapes = surface_of(other), places.neighbourhood.shapes
    own = np.array([surface.shape]) if surface else shapes[touched(other, places)[: len(shapes)]]
    return bool((shapely.area(shapely.intersection(ground, own)) > 0).any())


def touched(one: InterventionFact, places: Places) -> Bools:
    """Areas that an intervention works in; a drawn surface, whosever it is, lies in its districts."""
    return places.among(one.areas)


def bundled(
    one: InterventionFact, others: Sequence[InterventionFact], after: NDArray[np.datetime64]
) -> tuple[InterventionFact, ...]:
    """Rivals in any of the same areas that are on in any of the weeks after the start: what happened is all of theirs."""
    at_place = (other for other in others if is_same_place(one, other))
    return tuple(other for other in at_place if weeks_on(other, after).any())
