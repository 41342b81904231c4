"""Which districts are the same in two sets: a file that is imported again is a new version, also where nothing in it is new."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from data_access.frame import AreaSetFact, read_frame, read_shapes
from geo.areas import is_same_ground

if TYPE_CHECKING:
    import shapely

    from data_access.database import Database
    from data_access.permissions import Alike, Viewer

Named = tuple[str, "shapely.MultiPolygon"]


def unchanged_districts(
    database: Database, viewer: Viewer, first: int | None, second: int | None
) -> frozenset[str]:
    """Codes of the districts that have the same name and outline in two sets, of those the viewer sees; none without a set."""
    found = [_set(database, viewer, number) for number in (first, second)]
    if found[0] is None or found[1] is None:
        return frozenset()
    return _unchanged(database, viewer.alike, found[0], found[1])


def _set(database: Database, viewer: Viewer, number: int | None) -> AreaSetFact | None:
    of = read_frame(database, viewer, number).area_set if number is not None else None
    return of if of is not None and of.id == number else None


@lru_cache(maxsize=64)
def _unchanged(database: Database, viewers: Alike, first: AreaSetFact, second: AreaSetFact) -> frozenset[str]:
    """A stored set of districts never changes, and all sets have the CRS of the municipality."""
    before, after = (_districts(database, viewers.viewer, one) for one in (first, second))
    return frozenset(
        code
        for code, (name, shape) in before.items()
        if code in after and after[code][0] == name and is_same_ground(shape, after[code][1])
    )


def _districts(database: Database, viewer: Viewer, of: AreaSetFact) -> dict[str, Named]:
    areas = read_frame(database, viewer, of.id).areas
    shapes = read_shapes(database, viewer, of).districts
    return {one.code: (one.name, shape) for one, shape in zip(areas, shapes, strict=True)}
