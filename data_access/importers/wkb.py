"""Well-known binary from a stranger: looked through before it is given to GEOS, which follows it as deep as it goes."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import shapely
from shapely.errors import ShapelyError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_DEEPEST = 8
_POINT, _LINE, _POLYGON, _COLLECTIONS = 1, 2, 3, (4, 5, 6, 7)
_EWKB_Z, _EWKB_M, _EWKB_SRID = 0x80000000, 0x40000000, 0x20000000
_BIG = 1000


def read_wkb(content: bytes) -> BaseGeometry | None:
    """The geometry, None when it is broken: counts beyond its end, nested too deep, open rings, curves, no numbers."""
    try:
        if _end(content, 0, 0) > len(content):
            return None
        geometry = shapely.from_wkb(content)
    except (struct.error, ShapelyError, ValueError):
        return None
    return geometry


def _end(content: bytes, start: int, depth: int) -> int:
    """Where the geometry at `start` ends. Raises ValueError or struct.error for one that cannot be."""
    order = "<" if content[start : start + 1] == b"\1" else ">"
    (code,) = struct.unpack_from(order + "I", content, start + 1)
    kind, extra = _kind(code)
    place = start + 5 + (4 if code & _EWKB_SRID else 0)
    size = 8 * (2 + extra)
    if kind == _POINT:
        return place + size
    (count,) = struct.unpack_from(order + "I", content, place)
    place += 4
    if kind == _LINE:
        return _within(content, place + count * size)
    if kind not in (_POLYGON, *_COLLECTIONS) or depth > _DEEPEST:
        raise ValueError
    for _ in range(count):
        if kind == _POLYGON:
            (points,) = struct.unpack_from(order + "I", content, place)
            place = _within(content, place + 4 + points * size)
        else:
            place = _within(content, _end(content, place, depth + 1))
    return place


def _kind(code: int) -> tuple[int, int]:
    """The kind of geometry and how many numbers a point has beyond two, in both ways of saying it."""
    plain = code & ~(_EWKB_Z | _EWKB_M | _EWKB_SRID)
    flags = bool(code & _EWKB_Z) + bool(code & _EWKB_M)
    return plain % _BIG, flags or (0, 1, 1, 2)[min(plain // _BIG, 3)]


def _within(content: bytes, place: int) -> int:
    if place > len(content):
        raise ValueError
    return place
