"""A heat surface as one small picture with a clear ground."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import layer
from geo.crs import WGS84, transform

if TYPE_CHECKING:
    import pydeck
    from numpy.typing import NDArray

    from geo.density import Surface

STEPS = 12
_MOST_PX = 320
_QUIET_SHARE = 0.04
_ALPHAS = (70, 225)


@dataclass(frozen=True)
class HeatPicture:
    """PNG as a data URI, its corners and its scale.

    `corners` are lon, lat of south-west, north-west, north-east and south-east: a projected grid lies askew on the globe.
    `limits_per_km2` are the lower limits of the `colours`; below the first the picture is clear.
    """

    uri: str
    corners: tuple[tuple[float, float], ...]
    limits_per_km2: tuple[float, ...]
    colours: tuple[str, ...]
    bandwidth_m: float


def heat_picture(
    surface: Surface, epsg: int, *, peak_per_km2: float | None = None, mode: Mode = "light"
) -> HeatPicture:
    """Picture of a surface on a grid in `epsg`, at most 320 pixels a side.

    `peak_per_km2` fixes the scale, so that pictures of several periods compare; else the surface's own highest value.
    """
    values = np.nan_to_num(_coarser(surface.values))
    peak = float(values.max(initial=0)) if peak_per_km2 is None else peak_per_km2
    # Square root: the few highest places would otherwise leave all others clear.
    level = np.sqrt(np.clip(values / peak, 0, 1)) if peak > 0 else np.zeros_like(values)
    floor = _QUIET_SHARE**0.5
    index = np.where(
        level < floor, 0, 1 + np.minimum((level - floor) / (1 - floor) * STEPS, STEPS - 1)
    ).astype(np.uint8)
    scale = look(mode).sequential
    colours = tuple(scale[1 + round(i * (len(scale) - 2) / (STEPS - 1))] for i in range(STEPS))
    steps = [(floor + i / STEPS * (1 - floor)) ** 2 * peak for i in range(STEPS)]
    uri = "data:image/png;base64," + base64.b64encode(_png(index, colours)).decode("ascii")
    return HeatPicture(uri, _corners(surface, epsg), tuple(steps), colours, surface.bandwidth_m)


def heat_layer() -> pydeck.Layer:
    """Where the picture lies; not clickable."""
    return layer("BitmapLayer", "heat")


def _coarser(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean of blocks of cells, so that no side has more than 320; outer rows and columns are padded with nothing."""
    factor = -(-max(values.shape) // _MOST_PX)
    if factor == 1:
        return values
    rows, columns = (-(-n // factor) for n in values.shape)
    padded = np.zeros((rows * factor, columns * factor), dtype=np.float32)
    padded[: values.shape[0], : values.shape[1]] = np.nan_to_num(values)
    return padded.reshape(rows, factor, columns, factor).mean(axis=(1, 3))


def _corners(surface: Surface, epsg: int) -> tuple[tuple[float, float], ...]:
    west, south, east, north = surface.bounds
    factor = -(-max(surface.values.shape) // _MOST_PX)
    padding_rows, padding_columns = (-n % factor for n in surface.values.shape)
    south, east = south - padding_rows * surface.cell_m, east + padding_columns * surface.cell_m
    lon, lat = transform([west, west, east, east], [south, north, north, south], epsg, WGS84)
    return tuple((round(float(x), 6), round(float(y), 6)) for x, y in zip(lon, lat, strict=True))


def _png(index: NDArray[np.uint8], colours: tuple[str, ...]) -> bytes:
    """PNG with a palette of our own: entry 0 clear, then `colours` from thin to thick."""
    alphas = np.linspace(*_ALPHAS, len(colours)).round().astype(int)
    inks = [
        [255, 255, 255, 0],
        *(rgb(colour, int(alpha)) for colour, alpha in zip(colours, alphas, strict=True)),
    ]
    height, width = index.shape
    lines = np.zeros((height, width + 1), dtype=np.uint8)
    lines[:, 1:] = index
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": bytes(part for ink in inks for part in ink[:3]),
        b"tRNS": bytes(ink[3] for ink in inks),
        b"IDAT": zlib.compress(lines.tobytes(), 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts.items())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
