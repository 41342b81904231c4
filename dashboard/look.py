"""Every colour and font of the product, in light and dark. `.streamlit/config.toml` repeats the same values.

Sequential: one hue, light to dark (dark to light on a dark page). Change: purple is fewer, orange is more, white is no
difference; the pair stays apart for readers with any colour blindness. Missing and hidden values are grey and hatched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Mode = Literal["light", "dark"]
FONT = '"Source Sans", Inter, "Segoe UI", Roboto, Arial, sans-serif'
TEXT_PX = 13


@dataclass(frozen=True)
class Look:
    """Colours of one mode as "#rrggbb"; tuples run from little to much, or from fewer to more.

    `bivariate`: three steps of one thing (grey to teal), three times for three steps of another (grey to purple).
    """

    mode: Mode
    page: str
    panel: str
    text: str
    muted: str
    line: str
    faint: str
    accent: str
    before: str
    band: str
    warning: str
    lane: str
    lane_text: str
    zero: str
    missing: str
    hatch: str
    selected: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    bivariate: tuple[str, ...]
    map_sea: str
    map_land: str
    map_park: str
    map_forest: str
    map_building: str
    map_road: str
    map_rail: str
    map_border: str
    map_place: str

    def steps(self, count: int) -> tuple[str, ...]:
        """`count` (1-9) colours spread over the sequential scale, the lightest two left out where there is room."""
        first, last = (2 if count < len(self.sequential) - 1 else 0), len(self.sequential) - 1
        if count == 1:
            return (self.sequential[(first + last) // 2],)
        return tuple(self.sequential[first + round(i * (last - first) / (count - 1))] for i in range(count))


_LIGHT = Look(
    mode="light",
    page="#ffffff",
    panel="#f4f6f6",
    text="#1d2a2e",
    muted="#56666b",
    line="#d7dede",
    faint="#e9eeee",
    accent="#0f5c5c",
    before="#93a1a5",
    band="#e4eaea",
    warning="#c2701e",
    lane="#e3dff0",
    lane_text="#43356e",
    zero="#f7f9f8",
    missing="#e1e5e6",
    hatch="#aab4b7",
    selected="#15191b",
    sequential=(
        "#eef6f4", "#d9ebe7", "#bfdfd8", "#a1cfc7", "#80bcb3", "#5fa69f", "#418f8a", "#297775", "#15605f", "#0a4a4a",
    ),
    diverging=("#524083", "#9e91c4", "#d3cde6", "#ffffff", "#f3d5ab", "#d99a4e", "#8a4b08"),
    bivariate=(
        "#e9eeee", "#9fcfca", "#3f9e97", "#c3b5dc", "#859dbb", "#35788c", "#9474c0", "#4b5792", "#1f3d66",
    ),
    map_sea="#dce8ee",
    map_land="#f6f5f1",
    map_park="#dfead7",
    map_forest="#e3ebdd",
    map_building="#e6e2da",
    map_road="#ffffff",
    map_rail="#a9b1b4",
    map_border="#ffffff",
    map_place="#3d4a4e",
)  # fmt: skip

_DARK = Look(
    mode="dark",
    page="#11181a",
    panel="#1a2427",
    text="#e4ebea",
    muted="#9db0b2",
    line="#2f3d40",
    faint="#222e31",
    accent="#4fb3a9",
    before="#7b8b8f",
    band="#253235",
    warning="#e0974a",
    lane="#372f52",
    lane_text="#d3c9f0",
    zero="#182124",
    missing="#2b3538",
    hatch="#566468",
    selected="#ffffff",
    sequential=(
        "#16302f", "#1a3f3d", "#1f4f4c", "#26615d", "#2f756f", "#3b8a83", "#4ba097", "#64b6ab", "#86ccc1", "#b3e2d9",
    ),
    diverging=("#b3a7e0", "#7b6fb3", "#453d6b", "#20292c", "#5d4425", "#a86e26", "#f0b36b"),
    bivariate=(
        "#263134", "#2f6b67", "#3aa99c", "#5a5182", "#5b80a4", "#7cc4da", "#9a80d8", "#96b9ec", "#d3ebfb",
    ),
    map_sea="#0b1a21",
    map_land="#1a2224",
    map_park="#1b2b23",
    map_forest="#1a2822",
    map_building="#232c2f",
    map_road="#3a4649",
    map_rail="#5a686b",
    map_border="#11181a",
    map_place="#d5dedd",
)  # fmt: skip


@cache
def look(mode: Mode = "light") -> Look:
    """Colours of a mode; an unknown one gives the light."""
    return _DARK if mode == "dark" else _LIGHT


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """Turn "#rrggbb" into [red, green, blue, alpha], 0-255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]
