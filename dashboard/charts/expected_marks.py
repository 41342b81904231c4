"""How observed and expected are drawn: from the band at the bottom to what the pointer meets on top."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import vega
from dashboard.charts.lane_marks import lane_marks
from dashboard.charts.lanes import LANE_PX
from dashboard.charts.weeks import DAY_MS, WEEK_MS, week_axis, week_x
from dashboard.look import Mode, look
from dashboard.statistics.outcome import AFTER, LEFT_OUT
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from altair.utils.schemapi import UndefinedType

    from dashboard.charts.chart import Spec

PERIOD, LANE, DOSE, START = 0, 1, 2, 3
"""What a row of the data is, in its column `part`."""

_PLOT_PX, _TOP_PX = 210, 22
_GAP_PX = 9
_DOSE_WORDS_PX, _DOSE_PX = 17, 24
_QUIET: dict[str, Any] = {"aria": False, "tooltip": None}


@cache
def expected_spec(
    language: str,
    mode: Mode,
    lane_count: int,
    weeks: int,
    has_dose: bool,  # noqa: FBT001
) -> Spec:
    """The specification: one for each number of lanes and of weeks in a period, with and without dose."""
    words = texts(language)
    lanes_px = _PLOT_PX + _GAP_PX
    dose_px = lanes_px + lane_count * LANE_PX + _GAP_PX
    height = dose_px + (_DOSE_WORDS_PX + _DOSE_PX if has_dose else -_GAP_PX)
    period = _Period(weeks * WEEK_MS)
    parts = [
        _band(period, words, mode),
        *_start(mode),
        _series(period, "expected", "isValid(datum.expected)", words, mode, strokeWidth=2),
        *_observed(period, words, mode),
        *lane_marks(f"datum.part === {LANE}", lanes_px, words, mode),
        *(_dose(dose_px, words, mode) if has_dose else ()),
        _target(period, words),
    ]
    return vega.finished(alt.layer(*parts).properties(height=height), language, mode)


class _Period:
    """The rows of periods, each `length_ms` long."""

    def __init__(self, length_ms: int) -> None:
        self.length_ms = length_ms

    def where(self, condition: str = "true") -> alt.Chart:
        """Those of a condition, with their middle and end."""
        layer = alt.Chart().transform_filter(f"datum.part === {PERIOD} && ({condition})")
        middle = f"toDate(datum.from_at) + {self.length_ms // 2}"
        return layer.transform_calculate(mid_at=middle, end_at=f"toDate(datum.from_at) + {self.length_ms}")


def _y(field: str, axis: alt.Axis | UndefinedType = alt.Undefined) -> alt.Y:
    scale = alt.Scale(range=[_PLOT_PX, _TOP_PX], zero=True, nice=True)
    return alt.Y(f"{field}:Q", scale=scale, axis=axis)


def _band(period: _Period, words: Texts, mode: Mode) -> alt.Chart:
    named = period.where("isValid(datum.low)").transform_calculate(series=f"'{words('effect_chart.band')}'")
    area = named.mark_area(opacity=1, **_QUIET)
    return area.encode(x=week_x("mid_at"), y=_y("low"), y2="high:Q", color=_colour(words, mode))


def _colour(words: Texts, mode: Mode) -> alt.Color:
    """What each colour is, with chips in place of lines: the band is too light for a line."""
    colours = {"observed": look(mode).accent, "expected": look(mode).before, "band": look(mode).band}
    scale = alt.Scale(
        domain=[words(f"effect_chart.{name}") for name in colours], range=list(colours.values())
    )
    legend = alt.Legend(
        title=None, orient="top", symbolType="stroke", symbolStrokeWidth=9, symbolOpacity=1, labelLimit=300, rowPadding=2,
        columns=alt.ExprRef(f"containerSize()[0] < {vega.NARROW_PX} ? 1 : 3"),
    )  # fmt: skip
    return alt.Color("series:N", scale=scale, legend=legend)


def _start(mode: Mode) -> list[alt.Chart]:
    """A rule at the first day, named on the side where there is room."""
    start = alt.Chart().transform_filter(f"datum.part === {START}")
    rule = start.mark_rule(color=look(mode).text, strokeWidth=1.25, **_QUIET)
    drawn = [rule.encode(x=week_x(), y=alt.value(0), y2=alt.value(_PLOT_PX))]
    sides: tuple[tuple[Any, str, int], ...] = (("left", "<", 6), ("right", ">=", -6))
    for align, sign, dx in sides:
        label = start.transform_filter(f"datum.share {sign} 0.5").mark_text(
            align=align, baseline="top", dx=dx, dy=1, fontWeight=600, color=look(mode).text, **_QUIET
        )
        drawn.append(label.encode(x=week_x(), y=alt.value(0), text="label:N"))
    return drawn


def _series(period: _Period, field: str, condition: str, words: Texts, mode: Mode, **mark: Any) -> alt.Chart:
    named = period.where(condition).transform_calculate(series=f"'{words(f'effect_chart.{field}')}'")
    axis = alt.Axis(title=None, tickCount=4, format=",.0f", minExtent=vega.margin(), maxExtent=vega.margin())
    line = named.mark_line(strokeJoin="round", **mark, **_QUIET)
    return line.encode(x=week_x("mid_at"), y=_y(field, axis), color=_colour(words, mode))


def _observed(period: _Period, words: Texts, mode: Mode) -> list[alt.Chart]:
    """Light before the start, full after it; rings are weeks that the expectation does not rest on."""
    colours = look(mode)
    before, after = f"datum.role !== {AFTER}", f"datum.role === {AFTER}"
    told = "isValid(datum.observed)"
    dots = period.where(f"{told} && ({after} || datum.is_alone && datum.role !== {LEFT_OUT})")
    rings = period.where(f"{told} && datum.role === {LEFT_OUT}")
    faded = alt.when(after).then(alt.value(1)).otherwise(alt.value(0.55))
    place = {"x": week_x("mid_at"), "y": _y("observed")}
    return [
        _series(period, "observed", before, words, mode, strokeWidth=1.25, opacity=0.55),
        _series(period, "observed", after, words, mode, strokeWidth=2.75),
        dots.mark_circle(size=26, color=colours.accent, **_QUIET).encode(**place, opacity=faded),
        rings.mark_point(size=42, color=colours.accent, fill=colours.page, strokeWidth=1.5, opacity=1, **_QUIET)
        .encode(**place),
    ]  # fmt: skip


def _dose(top_px: int, words: Texts, mode: Mode) -> list[alt.Chart]:
    """What was delivered: bars of a height that is a share of the largest week's, under their words."""
    bottom_px = top_px + _DOSE_WORDS_PX + _DOSE_PX
    rows = alt.Chart().transform_filter(f"datum.part === {DOSE}")
    bars = rows.transform_calculate(top_px=f"{bottom_px} - {_DOSE_PX} * datum.share")
    bars = bars.transform_calculate(from_ms=f"toDate(datum.from_at) + {DAY_MS // 2}")
    bars = bars.transform_calculate(to_ms=f"toDate(datum.from_at) + {WEEK_MS - DAY_MS // 2}")
    lines = vega.tooltip("words", ("label:N", words("effect_chart.dose")))
    bar = bars.mark_rect(color=look(mode).before, aria=True).encode(
        x=week_x("from_ms"), x2="to_ms:T", y=alt.Y("top_px:Q", scale=None, axis=None),
        y2=alt.value(bottom_px), tooltip=lines, description="words:N",
    )  # fmt: skip
    head = alt.Chart().transform_filter(f"datum.part === {START}")
    named = head.mark_text(
        align="left", baseline="top", color=look(mode).muted, limit=alt.ExprRef("width"), **_QUIET
    )
    return [bar, named.encode(x=alt.value(0), y=alt.value(top_px), text="dose_words:N")]


def _target(period: _Period, words: Texts) -> alt.Chart:
    """Unseen column per period: wide enough to point at."""
    written = period.where().transform_calculate(
        seen=vega.or_words("observed"),
        awaited=vega.or_dash("expected", ",.1f"),
        range="isValid(datum.low) ? format(datum.low, ',.0f') + '\u2013' + format(datum.high, ',.0f') : '\u2013'",
    )
    tips = vega.tooltip(
        "words",
        ("seen:N", words("effect_chart.observed")),
        ("awaited:N", words("effect_chart.expected")),
        ("range:N", words("effect_chart.band")),
        ("role_words:N", words("effect_chart.column_role")),
    )
    column = written.mark_rect(opacity=0, aria=True)
    return column.encode(
        x=week_x(axis=week_axis(least=5)), x2="end_at:T", y=alt.value(0), y2=alt.value(_PLOT_PX), tooltip=tips,
        description="words:N",
    )  # fmt: skip
