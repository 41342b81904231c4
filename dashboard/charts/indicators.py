"""Which risks are common here? Shares per indicator under its level, against the municipality or the wave before."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import survey_marks as marks
from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_rows import ROW, chosen, items_of, placed
from dashboard.charts.survey_words import hidden_note, is_hidden, response_note, word_in_words
from dashboard.look import Mode, look
from dashboard.situation.cell_words import reason, share_in_words
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, is_alike, word_of
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.charts.chart import Spec
    from data_access.surveys.told import Cell, Indicator, Measure, Polarity, Release

_COLUMNS = (
    "share_pct", "share_words", "written", "drawn", "range", "low_pct", "high_pct", "n", "n_words", "compared_pct",
    "compared_words", "word", "is_clear", "is_hidden", "why",
)  # fmt: skip
_BAR_PX = 12

FOLLOW_UPS: tuple[Measure, ...] = ("frequency", "distress", "help")
"""What is asked of those who have the risk."""


def indicators(
    release: Release,
    texts: Texts,
    *,
    among: Among = EVERYBODY,
    earlier: Release | None = None,
    polarity: Polarity | None = "risk",
    levels: Collection[str] = (),
    measure: Measure = "present",
    mode: Mode = "light",
) -> Chart:
    """A bar per indicator with its interval, under the heading of its level; the highest share of a level first.

    The stroke across a bar is the same people in `earlier` where that is given, else those of the municipality. `polarity` None:
    all. `levels`: only these. Rows told in words, and hidden ones, say so in place of a bar.
    """
    compared = earlier if earlier is not None else release if among.area is not None else None
    compared_among = among if earlier is not None else among.in_municipality

    def row(one: Indicator) -> tuple[float, dict[str, Any]]:
        cell = among.cell(release, one.code, measure)
        other = None
        if compared is not None and is_alike(release, compared, one.code):
            other = compared_among.cell(compared, one.code, measure)
        return _row(cell, other, texts)

    found = items_of(chosen(release, polarity, levels, measure), texts, row)
    key = _key(earlier, compared, texts)
    columns, height = placed(found, _COLUMNS, key, texts)
    subject = "safety" if release.wave.instrument == "safety" else polarity or "risk"
    subject = measure if measure in FOLLOW_UPS else subject
    return Chart(
        spec=_spec(texts.language, mode, height),
        columns=columns,
        title=texts(f"survey_chart.indicators_title_{subject}"),
        unit=texts(f"survey_chart.unit_{measure}"),
        description=texts("survey_chart.indicators_description"),
        fields=_fields(texts),
        notes=_notes(release, among.area, columns, texts, is_compared=compared is not None),
        where={"part": ROW},
    )


def _row(cell: Cell | None, other: Cell | None, texts: Texts) -> tuple[float, dict[str, Any]]:
    written, why = share_in_words(cell, texts), reason(cell, texts)
    is_told = bool(written)
    word = word_of(change_of(cell, other)) if is_told else cell.word if cell is not None else None
    is_exact = is_told and cell is not None and cell.precision == "percent" and cell.bound is None
    share, low, high, n = (
        (getattr(cell, name) if cell is not None else None) for name in ("share", "low", "high", "n")
    )
    values = {
        "share_pct": _pct(share) if is_exact else None,
        "share_words": written or why or None,
        "written": written,
        "drawn": _pct(share) if is_told else None,
        "low_pct": _pct(low) if is_told else None,
        "high_pct": _pct(high) if is_told else None,
        "range": _range(low, high, texts) if is_told else None,
        "n": n,
        "n_words": texts.number(n) if n is not None else None,
        "compared_pct": _pct(other.share) if other is not None and share_in_words(other, texts) else None,
        "compared_words": share_in_words(other, texts) or None,
        "word": word_in_words(word, texts) if word is not None else None,
        "is_clear": is_told and word in ("higher", "lower"),
        "is_hidden": is_hidden(cell),
        "why": why or None,
    }
    return (share if is_told and share is not None else -1.0 - values["is_hidden"]), values


def _pct(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _range(low: float | None, high: float | None, texts: Texts) -> str | None:
    if low is None or high is None:
        return None
    return texts("survey_chart.range", low=texts.number(100 * low), high=texts.percent(high))


def _key(earlier: Release | None, compared: Release | None, texts: Texts) -> str:
    if compared is None:
        return texts("survey_chart.key_interval")
    with_what = texts("survey_chart.municipality_inside") if earlier is None else str(earlier.wave.year)
    return texts("survey_chart.key_compared", place=with_what)


def _notes(
    release: Release, area: str | None, columns: dict[str, list[Any]], texts: Texts, *, is_compared: bool
) -> tuple[str, ...]:
    notes = [response_note(release, area, texts)]
    if is_compared:
        rows = columns["part"].count(ROW)
        clear = sum(map(bool, columns["is_clear"]))
        notes.append(
            texts("survey_chart.note_clear", clear=clear, rows=rows, chance=max(1, round(rows / 20)))
        )
    if any(columns["is_hidden"]):
        notes.append(hidden_note(release, texts))
    return tuple(notes)


def _fields(texts: Texts) -> tuple[Field, ...]:
    return (
        Field("level", texts("survey_chart.column_level")),
        Field("head", texts("survey_chart.column_indicator")),
        Field("share_pct", texts("survey_chart.column_share"), 0, "share_words"),
        Field("low_pct", texts("survey_chart.column_low"), 0),
        Field("high_pct", texts("survey_chart.column_high"), 0),
        Field("n", texts("survey_chart.column_n"), 0),
        Field("compared_words", texts("survey_chart.column_compared")),
        Field("word", texts("survey_chart.column_word")),
    )


@cache
def _spec(language: str, mode: Mode, height: int) -> Spec:
    words, colours = texts(language), look(mode)
    right = marks.NUMBERS_PX + marks.PEOPLE_PX
    told = marks.rows("isValid(datum.drawn)")
    scale = marks.room(right)
    fill = (
        alt.when("datum.is_clear").then(alt.value(colours.accent)).otherwise(alt.value(colours.sequential[3]))
    )
    bar = marks.thick(told, _BAR_PX).mark_rect(cornerRadius=2, opacity=1, **marks.QUIET)
    interval = marks.rows("isValid(datum.low_pct)").mark_rule(strokeWidth=1, opacity=0.6, **marks.QUIET)
    inside = marks.rows("isValid(datum.low_pct) && datum.is_clear").transform_calculate(
        end="min(datum.drawn, datum.high_pct)"
    )
    low = alt.X("low_pct:Q", scale=scale, axis=None)
    parts = [
        bar.encode(
            x=alt.X("drawn:Q", scale=scale, axis=None), x2=alt.datum(0), y=marks.y("from_px"), y2="to_px:Q", color=fill
        ),
        interval.encode(x=low, x2="high_pct:Q", y=marks.y("middle_px"), color=alt.value(colours.text)),
        inside.mark_rule(strokeWidth=1, opacity=0.8, **marks.QUIET).encode(
            x=low, x2="end:Q", y=marks.y("middle_px"), color=alt.value(colours.page)
        ),
        *marks.stroke("compared_pct", "isValid(datum.drawn)", scale, _BAR_PX + 6, mode),
        *marks.names(mode, bold="datum.is_clear"),
        marks.key(mode),
        *marks.reasons(mode),
        *marks.at_right("written", words("survey_chart.column_share_short"), marks.PEOPLE_PX, mode),
        *marks.at_right("n_words", words("survey_chart.column_n_short"), 0, mode, is_quiet=True),
        marks.target(
            (
                ("share_words", words("survey_chart.column_share_short")),
                ("range", words("survey_chart.interval")),
                ("n_words", words("survey_chart.column_n")),
                ("compared_words", words("survey_chart.column_compared")),
                ("word", words("survey_chart.column_word")),
            )
        ),
    ]  # fmt: skip
    return vega.finished(alt.layer(*parts).properties(height=height), language, mode, has_dates=False)
