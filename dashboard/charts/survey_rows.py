"""Rows of the charts of a survey: indicators under the heading of their level, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.situation.words import NONE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from dashboard.texts import Texts
    from data_access.surveys.told import Indicator, Polarity, Release

ROW, HEADING, KEY = 0, 1, 2
"""What a row of the data is, in its column `part`; KEY says what the marks mean."""

NO_LEVEL = ""
"""Level of rows that stand first, under no heading."""

KEY_PX, HEADING_PX, ROW_PX = 26, 32, 22


@dataclass(frozen=True)
class Item:
    """One indicator to draw: its level and name, and whatever else is drawn, as columns."""

    level: str
    name: str
    rank: float
    values: dict[str, Any] = field(default_factory=dict)


def chosen(
    release: Release, polarity: Polarity | None, levels: Collection[str], measure: str
) -> list[Indicator]:
    """Indicators of a polarity (None: all) on these levels (none: all) for which the measure is asked.

    The shares of a safety survey are those of questions without an index: an index is told as such.
    """
    is_without_index = release.wave.instrument == "safety" and measure != "index"
    return [
        one
        for one in release.indicators
        if (polarity is None or one.polarity == polarity)
        and (not levels or one.level in levels)
        and measure in one.measures
        and not (is_without_index and "index" in one.measures)
    ]


def by_level(items: Sequence[Item]) -> list[list[Item]]:
    """Levels in the order in which they are met; within each the highest rank first."""
    levels = dict.fromkeys(one.level for one in items)
    return [
        sorted((one for one in items if one.level == level), key=lambda one: -one.rank) for level in levels
    ]


def placed(
    items: Sequence[Item], names: Sequence[str], key: str, texts: Texts
) -> tuple[dict[str, list[Any]], int]:
    """Columns of all rows with `part`, `top_px`, `head`, `level` and those of `names`; and the height in pixels.

    `key`: what stands at the top left.
    """
    rows: list[dict[str, Any]] = [{"part": KEY, "top_px": 0, "head": key, "level": ""}]
    top = KEY_PX
    for group in by_level(items):
        level = NONE
        if group[0].level != NO_LEVEL:
            level = texts(f"survey_chart.level_{group[0].level}")
            rows.append({"part": HEADING, "top_px": top, "head": level, "level": level})
            top += HEADING_PX
        for one in group:
            rows.append({"part": ROW, "top_px": top, "head": one.name, "level": level, **one.values})
            top += ROW_PX
    every = ("part", "top_px", "head", "level", *names)
    return {name: [row.get(name) for row in rows] for name in every}, top


def items_of(
    indicators: Sequence[Indicator],
    texts: Texts,
    make: Callable[[Indicator], tuple[float, dict[str, Any]]],
    *,
    level_of: Callable[[Indicator], str] = lambda one: one.level,
) -> list[Item]:
    """An item per indicator; `make` gives its rank and columns."""
    return [Item(level_of(one), texts.name(one), *make(one)) for one in indicators]
