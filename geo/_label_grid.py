"""The compiled part of point-in-area: a raster that answers most points at once, and exact edge tests for the rest.

A cell of the raster holds the answer (area index, or -1 for none) when no border runs through it; otherwise it
holds the head of a chain of areas to test, lowest index first. A test counts the crossings of a ray to the east with
those edges of the area that touch the point's row of cells, with a rounding bound on every sign; when a sign is in
doubt the answer is DOUBTFUL and left to exact arithmetic elsewhere.

Chains are written into `heads` as -(node + 2). Areas are painted from the highest index to the lowest, so that a
chain begins with the lowest and an area that fills a cell cuts off everything behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOWHERE = -1
DOUBTFUL = -2

# Shewchuk's bound for the sign of a 2 x 2 orientation determinant in double precision.
ORIENTATION_BOUND = (3 + 16 * 2.0**-53) * 2.0**-53


class Raster(NamedTuple):
    """A painted raster.

    Attributes:
        west: x of the raster's west edge (metres).
        south: y of its south edge.
        per_m: cells per metre.
        heads: int32[rows, columns] answer or chain per cell, row 0 southernmost.
        nodes: int32[n, 2] area and next head of each link of a chain.
        node_spans: int64[n, 2] stretch of `entries` to test for the link.
        entries: int32 edge numbers, grouped by area and row.

    """

    west: float
    south: float
    per_m: float
    heads: NDArray[np.int32]
    nodes: NDArray[np.int32]
    node_spans: NDArray[np.int64]
    entries: NDArray[np.int32]


@njit(nogil=True, cache=True, inline="always")
def _span(a, b, pad, size):  # noqa: ANN001, ANN202
    """First and last cell touched by the closed stretch from a to b (in cells), padded and kept on the grid."""
    first = int(np.floor(min(a, b) - pad))
    last = int(np.floor(max(a, b) + pad))
    return max(first, 0), min(last, size - 1)


@njit(nogil=True, cache=True, inline="always")
def _columns(edge, row, pad, columns):  # noqa: ANN001, ANN202
    """First and last column that an edge touches within a row."""
    ax, ay, bx, by = edge
    low, high = row - pad, row + 1 + pad
    x_first, x_last = ax, bx
    if ay != by:
        at_low = ax + (bx - ax) * min(max((low - ay) / (by - ay), 0.0), 1.0)
        at_high = ax + (bx - ax) * min(max((high - ay) / (by - ay), 0.0), 1.0)
        x_first, x_last = at_low, at_high
    return _span(x_first, x_last, pad, columns)


@njit(nogil=True, cache=True)
def count_work(edges, pad, rows, columns):  # noqa: ANN001, ANN202
    """How many (row, edge) entries and touched cells a raster of this size would need; edges in cells."""
    entries, touched = 0, 0
    for e in range(edges.shape[0]):
        first, last = _span(edges[e, 1], edges[e, 3], pad, rows)
        entries += max(last - first + 1, 0)
        for row in range(first, last + 1):
            left, right = _columns(edges[e], row, pad, columns)
            touched += max(right - left + 1, 0)
    return entries, touched


@njit(nogil=True, cache=True)
def _group_by_row(edges, begin, end, pad, rows, starts, entries, used):  # noqa: ANN001, ANN202
    """Write the edges begin..end of one area into `entries` grouped by row; starts[r] is where row r begins."""
    starts[:] = 0
    for e in range(begin, end):
        first, last = _span(edges[e, 1], edges[e, 3], pad, rows)
        for row in range(first, last + 1):
            starts[row + 1] += 1
    starts[0] = used
    for row in range(rows):
        starts[row + 1] += starts[row]
    cursor = starts.copy()
    for e in range(begin, end):
        first, last = _span(edges[e, 1], edges[e, 3], pad, rows)
        for row in range(first, last + 1):
            entries[cursor[row]] = e
            cursor[row] += 1


@njit(nogil=True, cache=True)
def _crossings(edges, entries, begin, end, level, found):  # noqa: ANN001, ANN202
    """Columns where an area's border crosses the middle of a row, sorted."""
    count = 0
    for k in range(begin, end):
        ax, ay, bx, by = edges[entries[k]]
        if (ay > level) != (by > level):
            found[count] = ax + (bx - ax) * (level - ay) / (by - ay)
            count += 1
    found[:count].sort()
    return count


@njit(nogil=True, cache=True)
def _paint_row(row, area, edges, entries, span, pad, chains, used, scratch):  # noqa: ANN001, ANN202
    """Put one area into one row of cells: chains where its border runs, the answer where it fills the cell."""
    heads, nodes, node_spans = chains
    stamp, found = scratch
    columns = heads.shape[1]
    begin, end = span
    for k in range(begin, end):
        left, right = _columns(edges[entries[k]], row, pad, columns)
        for column in range(left, right + 1):
            if stamp[column] == row:
                continue
            stamp[column] = row
            nodes[used, 0], nodes[used, 1] = area, heads[row, column]
            node_spans[used, 0], node_spans[used, 1] = begin, end
            heads[row, column] = -(used + 2)
            used += 1
    count = _crossings(edges, entries, begin, end, row + 0.5, found)
    for pair in range(0, count - 1, 2):
        first, last = max(int(np.floor(found[pair])), 0), min(int(np.floor(found[pair + 1])), columns - 1)
        for column in range(first, last + 1):
            if stamp[column] != row:
                heads[row, column] = area
    return used


@njit(nogil=True, cache=True)
def paint(edges, area_starts, pad, rows, columns, entry_count, node_count):  # noqa: ANN001, ANN202
    """Build the raster.

    Args:
        edges: float64[n, 4] ax, ay, bx, by in cells of the raster, grouped by area.
        area_starts: int64[areas + 1] first edge of each area.
        pad: how far (in cells) rounding may move an edge.
        rows: rows of the raster.
        columns: columns of the raster.
        entry_count: from `count_work`.
        node_count: from `count_work`.

    Returns:
        The last four fields of a Raster.

    """
    heads = np.full((rows, columns), NOWHERE, np.int32)
    nodes, node_spans = np.empty((node_count, 2), np.int32), np.empty((node_count, 2), np.int64)
    chains = (heads, nodes, node_spans)
    entries = np.empty(entry_count, np.int32)
    starts, stamp = np.empty(rows + 1, np.int64), np.empty(columns, np.int64)
    entries_used, used = 0, 0
    for area in range(area_starts.size - 2, -1, -1):
        begin, end = area_starts[area], area_starts[area + 1]
        _group_by_row(edges, begin, end, pad, rows, starts, entries, entries_used)
        stamp[:] = -1
        scratch = (stamp, np.empty(end - begin, np.float64))
        for row in range(rows):
            if starts[row + 1] > starts[row]:
                span = (starts[row], starts[row + 1])
                used = _paint_row(row, area, edges, entries, span, pad, chains, used, scratch)
        entries_used = starts[rows]
    return heads, nodes[:used].copy(), node_spans[:used].copy(), entries


@njit(nogil=True, cache=True, inline="always")
def _is_inside(px, py, edges, entries, begin, end):  # noqa: ANN001, ANN202
    """1 inside or plainly on the border, 0 outside, DOUBTFUL too close to the border to tell; edges in metres."""
    inside = 0
    for k in range(begin, end):
        e = entries[k]
        ax, ay, bx, by = edges[e, 0], edges[e, 1], edges[e, 2], edges[e, 3]
        if max(ax, bx) < px:
            continue
        if (py == ay and px == ax) or (ay == py == by and min(ax, bx) <= px):
            return 1
        if (ay > py) != (by > py):
            if ax == px == bx:
                return 1
            left, right = (ax - px) * (by - py), (ay - py) * (bx - px)
            turn = left - right
            if abs(turn) <= ORIENTATION_BOUND * (abs(left) + abs(right)):
                return DOUBTFUL
            if (turn > 0) == (by > ay):
                inside ^= 1
    return inside


@njit(nogil=True, cache=True, inline="always")
def _follow(px, py, head, raster, edges, boxes):  # noqa: ANN001, ANN202
    """First area along a chain that holds the point, NOWHERE or DOUBTFUL."""
    while head < NOWHERE:
        node = -head - 2
        area, head = raster.nodes[node, 0], raster.nodes[node, 1]
        if px < boxes[area, 0] or py < boxes[area, 1] or px > boxes[area, 2] or py > boxes[area, 3]:
            continue
        begin, end = raster.node_spans[node, 0], raster.node_spans[node, 1]
        found = _is_inside(px, py, edges, raster.entries, begin, end)
        if found != 0:
            return area if found == 1 else DOUBTFUL
    return head


@njit(nogil=True, cache=True)
def lookup(x, y, raster, edges, boxes):  # noqa: ANN001, ANN202
    """Area index, NOWHERE or DOUBTFUL for each point (metres); int32."""
    rows, columns = raster.heads.shape
    out = np.empty(x.size, np.int32)
    for k in range(x.size):
        u, v = (x[k] - raster.west) * raster.per_m, (y[k] - raster.south) * raster.per_m
        if 0 <= u < columns and 0 <= v < rows:
            out[k] = _follow(x[k], y[k], raster.heads[int(v), int(u)], raster, edges, boxes)
        else:
            out[k] = NOWHERE
    return out
