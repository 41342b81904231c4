"""A column of dates or times of day grouped by the shape of its text, ready for its numbers to be cut out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data_access.importers.date_shapes import Shape
from data_access.importers.date_words import WIDTH, in_figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_MOST_SHAPES = 400
_ZERO, _NINE = ord("0"), ord("9")
NOT_A_TIME = np.datetime64("NaT", "s")


@dataclass
class TimeColumn:
    """The numbers cut out of a column so far; 0 or NaN where not stated."""

    parts: dict[str, NDArray[np.int64]]
    known: NDArray[np.bool_]
    has_time: NDArray[np.bool_]
    offset_s: NDArray[np.float64]
    wall: NDArray[np.datetime64]
    open_groups: list[tuple[Shape, NDArray[np.intp]]] = field(default_factory=list)
    has_serials: bool = False


Group = tuple[Shape, "NDArray[np.intp]", "NDArray[np.uint8]"]


def cut_column(
    cells: list[str], understand: Callable[[str], Shape | None]
) -> tuple[TimeColumn, NDArray[np.bool_], list[Group]]:
    """Return the empty column, which cells are empty, and the rows and characters of every shape that is understood."""
    texts = in_figures(cells)
    size = len(texts)
    chars = np.array(texts, dtype=f"S{WIDTH}").view(np.uint8).reshape(size, WIDTH)
    is_digit = (chars >= _ZERO) & (chars <= _NINE)
    shapes = np.ascontiguousarray(np.where(is_digit, np.uint8(_NINE), chars))
    codes, kinds = _same(shapes)
    column = TimeColumn(
        parts={
            name: np.zeros(size, np.int64) for name in ("year", "month", "day", "hour", "minute", "second")
        },
        known=np.zeros(size, bool),
        has_time=np.zeros(size, bool),
        offset_s=np.full(size, np.nan),
        wall=np.full(size, NOT_A_TIME),
    )
    groups: list[Group] = []
    for code, kind in enumerate(kinds[:_MOST_SHAPES]):
        shape = understand(kind)
        if shape is not None:
            rows = np.flatnonzero(codes == code)
            groups.append((shape, rows, chars[rows]))
    return column, np.array([not text for text in texts], dtype=bool), groups


def _same(shapes: NDArray[np.uint8]) -> tuple[NDArray[np.intp], list[str]]:
    """Number the different rows of characters, by a hash that is then checked against its first row."""
    padded = np.zeros((len(shapes), -(-shapes.shape[1] // 8) * 8), np.uint8)
    padded[:, : shapes.shape[1]] = shapes
    words = padded.view(np.uint64)
    weights = np.array(
        [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63]
    )
    with np.errstate(over="ignore"):
        hashed = (words * weights[: words.shape[1]].astype(np.uint64)).sum(axis=1, dtype=np.uint64)
    codes, unique = pd.factorize(hashed)
    firsts = np.full(len(unique), len(shapes), dtype=np.intp)
    np.minimum.at(firsts, codes, np.arange(len(codes)))
    codes = np.where((words == words[firsts][codes]).all(axis=1), codes, -1)
    return codes, [bytes(shapes[first]).rstrip(b"\0").decode("ascii") for first in firsts]


def number_at(chars: NDArray[np.uint8], span: tuple[int, int]) -> NDArray[np.int64]:
    """Return the whole numbers that stand at a span of characters."""
    total = np.zeros(len(chars), np.int64)
    for place in range(*span):
        total = total * 10 + (chars[:, place].astype(np.int64) - _ZERO)
    return total
