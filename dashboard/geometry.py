"""Geometry documents by address. The address names the content, so a browser may keep what it fetched for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.maps.shapes import Ground, backdrop_json, cells_json, districts_json, ground_of
from dashboard.situation.once import once_per_facts
from data_access.facts import facts
from data_access.frame import AreaSetFact, AreaShapes, read_frame, read_shapes
from geo.neighbours import neighbourhood

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.facts import Facts
    from data_access.permissions import Alike, Viewer
    from geo.neighbours import Neighbourhood

KINDS = ("districts", "backdrop", "cells")


@dataclass(frozen=True)
class Document:
    """A GeoJSON document and the path it is served at."""

    body: bytes
    path: str


def document_of(database: Database, viewer: Viewer, area_set: int, kind: str) -> Document | None:
    """The document of a set by its number; None when there is no such set or kind."""
    known = facts(database, viewer, area_set)
    if kind not in KINDS or known.frame.area_set is None or known.frame.area_set.id != area_set:
        return None
    return document(database, viewer, known, kind)


def document(database: Database, viewer: Viewer, known: Facts, kind: str) -> Document | None:
    """The document of the set that facts are for; None when they have no set."""
    area_set = known.frame.area_set
    if area_set is None:
        return None
    if kind == "cells":
        return _cells(known, database, viewer.alike, area_set)
    return _fixed(database, viewer.alike, area_set, kind)


def ground(database: Database, viewer: Viewer, area_set: AreaSetFact) -> Ground:
    """What the map of a set stands on."""
    return _ground(database, viewer.alike, area_set)


def neighbours(database: Database, viewer: Viewer, area_set: AreaSetFact) -> Neighbourhood:
    """Which districts of a set lie beside which, in the order of the frame."""
    return _neighbours(database, viewer.alike, area_set)


@lru_cache(maxsize=32)
def _neighbours(database: Database, viewers: Alike, area_set: AreaSetFact) -> Neighbourhood:
    return neighbourhood(_shapes(database, viewers, area_set).districts)


@lru_cache(maxsize=32)
def _ground(database: Database, viewers: Alike, area_set: AreaSetFact) -> Ground:
    return ground_of(_shapes(database, viewers, area_set))


@lru_cache(maxsize=32)
def _shapes(database: Database, viewers: Alike, area_set: AreaSetFact) -> AreaShapes:
    return read_shapes(database, viewers.viewer, area_set)


@lru_cache(maxsize=64)
def _fixed(database: Database, viewers: Alike, area_set: AreaSetFact, kind: str) -> Document:
    """A stored set of districts never changes; its number and name tell it apart from a set of another database."""
    shapes = _shapes(database, viewers, area_set)
    if kind == "backdrop":
        return _named(area_set, kind, backdrop_json(shapes))
    areas = read_frame(database, viewers.viewer, area_set.id).areas
    return _named(area_set, kind, districts_json(areas, shapes))


@once_per_facts
def _cells(known: Facts, database: Database, viewers: Alike, area_set: AreaSetFact) -> Document:
    districts = _shapes(database, viewers, area_set).districts
    return _named(area_set, "cells", cells_json(known.places, districts, known.frame.srid or area_set.srid))


def _named(area_set: AreaSetFact, kind: str, body: bytes) -> Document:
    content = hashlib.sha256(body).hexdigest()[:16]
    return Document(body, f"/shapes/{area_set.id}/{kind}/{content}.json")
