"""Heat surface: ours against KDEpy's FFTKDE, and our error against the exact kernel sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from KDEpy import FFTKDE

from benchmarks.harness import Row, against, ceiling
from benchmarks.places import BOUNDS, incidents
from geo.density import Surface, heat_surface

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS, BANDWIDTH_M = 1_000_000, 300.0


def run() -> list[Row]:
    x, y = incidents(POINTS)
    xy = np.column_stack([x, y])
    surface = heat_surface(x, y, bounds=BOUNDS, bandwidth_m=BANDWIDTH_M)
    east, north = _axes(surface)
    grid = np.stack(np.meshgrid(east, north[::-1], indexing="ij"), axis=-1).reshape(-1, 2)

    def ours() -> Surface:
        return heat_surface(x, y, bounds=BOUNDS, bandwidth_m=BANDWIDTH_M)

    def peer() -> NDArray[np.float64]:
        return FFTKDE(kernel="gaussian", bw=BANDWIDTH_M).fit(xy).evaluate(grid)

    truth = exact(x, y, east, north)
    theirs = 1e6 * POINTS * peer().reshape(east.size, north.size).T[::-1]
    peer_error = np.abs(theirs - truth).max() / truth.max()
    shape = " x ".join(str(n) for n in surface.values.shape)
    note = f"{POINTS:,} points, {shape} cells of {surface.cell_m:g} m; the peer's error is {peer_error:.1%} of the peak"
    error_pct = 100 * float(np.abs(surface.values - truth[1:-1, 1:-1]).max() / truth.max())
    return [
        against("heat surface / KDEpy FFTKDE", ours, peer, bar=10, rounds=15, note=note),
        ceiling("heat surface: error, % of the peak", error_pct, bar=0.5, unit="%"),
    ]


def _axes(surface: Surface) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Our cell middles with one more on each side: FFTKDE wants every point inside its grid."""
    return tuple(  # type: ignore[return-value]
        np.concatenate([[2 * a[0] - a[1]], a, [2 * a[-1] - a[-2]]]) for a in surface.centres()
    )


def exact(
    x: NDArray[np.float64], y: NDArray[np.float64], east: NDArray[np.float64], north: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The untruncated kernel sum per km2 at every crossing: a Gaussian is a product, so the sum is a matrix product."""
    total = np.zeros((north.size, east.size))
    for first in range(0, x.size, 20_000):
        part = slice(first, first + 20_000)
        down = np.exp(-0.5 * ((north[:, None] - y[None, part]) / BANDWIDTH_M) ** 2)
        total += down @ np.exp(-0.5 * ((east[None, :] - x[part, None]) / BANDWIDTH_M) ** 2)
    return 1e6 * total / (2 * np.pi * BANDWIDTH_M**2)
