"""Measures as labelled lanes, one each, whose labels stay readable at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import vega
from dashboard.charts.columns import epoch_ms
from dashboard.charts.lanes import LANE_PX, lanes
from dashboard.charts.weeks import days, week_x
from dashboard.look import Mode, look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.charts.lanes import Intervention, Lane
    from dashboard.texts import Texts

_LETTER_PX = 6.6
_QUIET: dict[str, Any] = {"aria": False, "tooltip": None}


def measure_lanes(own: Intervention, others: Sequence[Intervention], first: date, last: date) -> list[Lane]:
    """The visible part of each measure, in the order given: the own one first."""
    return [lane for one in (own, *others) for lane in lanes([one], first, last)]


def lane_columns(placed: Sequence[Lane], first: date, last: date, texts: Texts) -> dict[str, list[Any]]:
    """Columns of the lanes: from_at and to_at (epoch ms), lane (0 is topmost), share (0-1, where it begins), label, words."""
    length = max((last - first).days + 1, 1)
    return {
        "from_at": epoch_ms(days(lane.starts_on for lane in placed)),
        "to_at": epoch_ms(days(lane.ends_on for lane in placed) + 1),
        "lane": list(range(len(placed))),
        "share": [round((lane.starts_on - first).days / length, 3) for lane in placed],
        "label": [lane.intervention.title for lane in placed],
        "words": [lane_period(lane.intervention, texts) for lane in placed],
    }


def lane_period(one: Intervention, texts: Texts) -> str:
    """From when to when, in words."""
    start = texts.short_date(one.starts_on)
    if one.ends_on is None:
        return texts("chart.lane_since", start=start)
    return texts("chart.lane_between", start=start, end=texts.short_date(one.ends_on))


def lane_marks(test: str, top_px: int, words: Texts, mode: Mode) -> list[alt.Chart]:
    """Bands and labels of the rows that pass `test`, from `top_px` down; the first lane is the own one."""
    lane = alt.Chart().transform_filter(test)
    lane = lane.transform_calculate(top_px=f"{top_px} + {LANE_PX} * datum.lane")
    lane = lane.transform_calculate(bottom_px=f"datum.top_px + {LANE_PX - 2}")
    top = alt.Y("top_px:Q", scale=None, axis=None)
    lines = vega.tooltip("label", ("words:N", words("chart.lane_period")))
    fill = _by_lane(look(mode).sequential[2], look(mode).lane)
    band = lane.mark_rect(cornerRadius=3, aria=True)
    drawn = band.encode(x=week_x(), x2="to_at:T", y=top, y2="bottom_px:Q", tooltip=lines, color=fill,
                        description="label:N")  # fmt: skip
    return [drawn, *lane_labels(lane, lines, _by_lane(look(mode).text, look(mode).lane_text))]


def lane_labels(lane: alt.Chart, lines: list[alt.Tooltip], ink: Any) -> list[alt.Chart]:
    """On the band while there is room to its right, else before it; cut to the room there is."""
    after, before = "(1 - datum.share) * width - 12", "datum.share * width - 8"
    is_after = f"{after} > length(datum.label) * {_LETTER_PX} || datum.share < 0.5"
    y = alt.Y("top_px:Q", scale=None, axis=None)
    drawn = []
    sides: tuple[tuple[Any, str, str, int], ...] = (
        ("left", is_after, after, 6),
        ("right", f"!({is_after})", before, -5),
    )
    for align, test, room, dx in sides:
        shown = lane.transform_filter(test)
        shown = shown.transform_calculate(
            shown=f"truncate(datum.label, max(4, floor(({room}) / {_LETTER_PX})))"
        )
        label = shown.mark_text(align=align, baseline="middle", dx=dx, dy=7, aria=False)
        drawn.append(label.encode(x=week_x(), y=y, text="shown:N", tooltip=lines, color=ink))
    return drawn


def _by_lane(own: str, other: str) -> Any:
    return alt.when("datum.lane === 0").then(alt.value(own)).otherwise(alt.value(other))
