"""Who carries a risk alone? Of those with a risk, those it distresses, and of them those who wish for help."""

from __future__ import annotations

from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import survey_marks as marks
from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_rows import NO_LEVEL, ROW, Item, chosen, placed
from dashboard.charts.survey_words import hidden_note, is_hidden, response_note
from dashboard.look import Mode, look
from dashboard.situation.cell_words import reason, share_in_words
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import told_ends
from dashboard.situation.words import NONE
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.charts.chart import Spec
    from data_access.surveys.told import Indicator, Release

STEPS = ("risk", "distress", "unmet")
"""From many to few: the risk, distressed by it, and also wishing for help."""

_COLUMNS = (
    *STEPS, "risk_words", "distress_words", "unmet_words", "unmet_high", "written", "n", "n_words", "is_hidden", "why",
)  # fmt: skip
_BAR_PX = 14
_RANGE_PX = 24
"""More room for a range than for a number."""

_Ends = tuple[float, float]
"""Between which numbers of 100 who answered it lies; the same number twice where it is told, not only bounded."""

_Steps = tuple[_Ends, _Ends | None, _Ends]
"""Of all who answered with the risk, distressed (None: not told as a number), and with unmet help."""


def unmet_help(
    release: Release,
    texts: Texts,
    *,
    among: Among = EVERYBODY,
    levels: Collection[str] = (),
    top: int | None = None,
    mode: Mode = "light",
) -> Chart:
    """Three bars in one per risk that has all follow-ups, in per cent of all who answered; most unmet help of a level first.

    How many are distressed is told of so few people in most districts that its bar is often missing. What is only known to be
    less than a share has no bar but an open frame up to it. `top`: only so many risks, those with most unmet help.
    """
    asked = chosen(release, "risk", levels, "unmet")
    items = [_item(release, one, among, texts) for one in asked]
    kept = sorted(items, key=lambda one: -one.rank)[:top]
    notes = [response_note(release, among.area, texts)]
    if top is not None and len(items) > top:
        notes.append(texts("survey_chart.note_top", top=top, rows=len(items)))
    return _chart(release, [one for one in items if one in kept], notes, texts, mode, table="unmet")


def unmet_help_by_level(
    release: Release,
    texts: Texts,
    *,
    among: Among = EVERYBODY,
    mode: Mode = "light",
) -> Chart:
    """The same per level: the mean over its risks, of 100 who answered; levels with many questions are not above the others.

    What is only known to be less than a share counts as nothing at the lower end of a range and as that share at the upper.
    Risks that are not told as numbers are left out; both are counted in notes.
    """
    asked = chosen(release, "risk", (), "unmet")
    items, told = [], []
    for level in dict.fromkeys(one.level for one in asked):
        steps = [_steps(release, one.code, among) for one in asked if one.level == level]
        known = [of for of in steps if of is not None]
        told += known
        items.append(_level(level, known, texts))
    notes = [response_note(release, among.area, texts), texts("survey_chart.note_mean")]
    counted = {"left_out": len(asked) - len(told), "bounded": sum(_is_open(of[2]) for of in told)}
    notes += [
        texts(f"survey_chart.note_{name}", count=count, rows=len(asked))
        for name, count in counted.items()
        if count
    ]
    return _chart(release, items, notes, texts, mode, table="unmet_level")


def _steps(release: Release, code: str, among: Among) -> _Steps | None:
    """Of 100 who answered at each step; None where the risk or the unmet help is not told as a number."""
    present, distress, unmet = (
        told_ends(among.cell(release, code, one)) for one in ("present", "distress", "unmet")
    )
    if present is None or unmet is None:
        return None
    # Rounded shares need not be nested.
    risk = max(present[0], unmet[0]), max(present[1], unmet[0])
    distressed = None
    if distress is not None:
        low, high = (
            min(max(of * part, unmet[0]), most)
            for of, part, most in zip(present, distress, risk, strict=True)
        )
        distressed = 100 * low, 100 * high
    return (100 * risk[0], 100 * risk[1]), distressed, (100 * unmet[0], 100 * unmet[1])


def _is_open(ends: _Ends) -> bool:
    return ends[0] < ends[1]


def _item(release: Release, one: Indicator, among: Among, texts: Texts) -> Item:
    cells = [among.cell(release, one.code, measure) for measure in ("present", "distress", "unmet")]
    steps = _steps(release, one.code, among)
    shares = [share_in_words(cell, texts) for cell in cells]
    said = [share or reason(cell, texts) for share, cell in zip(shares, cells, strict=True)]
    n = cells[0].n if cells[0] is not None else None
    values: dict[str, Any] = {
        "risk_words": said[0],
        "distress_words": texts("survey_chart.of_them", share=said[1]) if shares[1] else said[1],
        "unmet_words": said[2],
        "n": n,
        "n_words": texts.number(n) if n is not None else None,
        "is_hidden": is_hidden(cells[0]) or is_hidden(cells[2]),
    }
    if steps is None:
        untold = next(cell for cell in (cells[0], cells[2]) if told_ends(cell) is None)
        return Item(one.level, texts.name(one), -1.0, values | {"why": reason(untold, texts)})
    return Item(one.level, texts.name(one), fmean(steps[2]), values | _drawn(steps) | {"written": said[2]})


def _drawn(steps: _Steps) -> dict[str, Any]:
    """Bars up to what is sure, and how far that of unmet help may reach."""
    bars = {
        name: None if step is None else round(step[0], 1) for name, step in zip(STEPS, steps, strict=True)
    }
    return bars | {"unmet_high": round(steps[2][1], 1) if _is_open(steps[2]) else None}


def _level(level: str, told: Sequence[_Steps], texts: Texts) -> Item:
    name = texts(f"survey_chart.level_{level}")
    if not told:
        return Item(NO_LEVEL, name, -1.0, {"why": texts("survey_chart.hidden"), "is_hidden": True})
    known = [distress for _, distress, _ in told if distress is not None]
    means = (
        _mean([risk for risk, _, _ in told]),
        _mean(known) if len(known) == len(told) else None,
        _mean([unmet for _, _, unmet in told]),
    )
    words = [NONE if ends is None else _range(ends, texts) for ends in means]
    values = _drawn(means) | {f"{step}_words": said for step, said in zip(STEPS, words, strict=True)}
    return Item(NO_LEVEL, name, fmean(means[2]), values | {"written": words[2], "is_hidden": False})


def _mean(of: Sequence[_Ends]) -> _Ends:
    return fmean(low for low, _ in of), fmean(high for _, high in of)


def _range(ends: _Ends, texts: Texts) -> str:
    low, high = (texts.number(end, 1) for end in ends)
    return low if low == high else texts("survey_chart.range", low=low, high=high)


def _chart(
    release: Release, items: Sequence[Item], notes: Sequence[str], texts: Texts, mode: Mode, *, table: str
) -> Chart:
    columns, height = placed(items, _COLUMNS, "", texts)
    notes = list(notes)
    known = {step: sum(value is not None for value in columns[step]) for step in STEPS}
    if known["distress"] < known["risk"]:
        notes.append(texts("survey_chart.note_distress"))
    if any(end is not None for end in columns["unmet_high"]):
        notes.append(texts("survey_chart.note_frame"))
    if any(columns["is_hidden"]):
        notes.append(hidden_note(release, texts))
    return Chart(
        spec=_spec(texts.language, mode, height, table, tuple(step for step in STEPS if known[step])),
        columns=columns,
        title=texts(f"survey_chart.{table}_title"),
        unit=texts(f"survey_chart.{table}_unit"),
        description=texts("survey_chart.unmet_description"),
        fields=_fields(table, texts),
        notes=tuple(notes),
        where={"part": ROW},
    )


def _fields(table: str, texts: Texts) -> tuple[Field, ...]:
    named = [Field("head", texts("survey_chart.column_indicator"))]
    if table == "unmet":
        named.insert(0, Field("level", texts("survey_chart.column_level")))
    steps = [Field(f"{step}_words", texts(f"survey_chart.step_{step}")) for step in STEPS]
    return (*named, *steps, Field("n", texts("survey_chart.column_n"), 0))


@cache
def _spec(language: str, mode: Mode, height: int, table: str, steps: tuple[str, ...]) -> Spec:
    words, colours = texts(language), look(mode)
    people = marks.PEOPLE_PX if table == "unmet" else 0
    scale = marks.room(marks.NUMBERS_PX + (people or _RANGE_PX))
    every = zip(STEPS, (colours.sequential[2], colours.sequential[5], colours.accent), strict=True)
    fills = {step: fill for step, fill in every if step in steps}
    bars = [
        marks.thick(marks.rows(f"isValid(datum.{step})"), _BAR_PX)
        .mark_rect(cornerRadius=2, color=fill, opacity=1, **marks.QUIET)
        .encode(
            x=alt.X(f"{step}:Q", scale=scale, axis=None), x2=alt.datum(0), y=marks.y("from_px"), y2="to_px:Q"
        )
        for step, fill in fills.items()
    ]
    parts = [
        *bars,
        _frame(scale, colours.accent),
        *marks.names(mode),
        *marks.swatches([(words(f"survey_chart.key_{step}"), fill) for step, fill in fills.items()], mode),
        *marks.reasons(mode),
        *marks.at_right("written", words("survey_chart.step_unmet_short"), people, mode),
        *(
            marks.at_right("n_words", words("survey_chart.column_n_short"), 0, mode, is_quiet=True)
            if people
            else ()
        ),
        marks.target([(f"{step}_words", words(f"survey_chart.step_{step}")) for step in STEPS]),
    ]
    return vega.finished(alt.layer(*parts).properties(height=height), language, mode, has_dates=False)


def _frame(scale: alt.Scale, colour: str) -> alt.Chart:
    """From where unmet help is sure to where it may reach."""
    of = marks.thick(marks.rows("isValid(datum.unmet_high)"), _BAR_PX)
    frame = of.mark_rect(
        cornerRadius=2, fillOpacity=0, stroke=colour, strokeWidth=1.5, opacity=1, **marks.QUIET
    )
    x = alt.X("unmet:Q", scale=scale, axis=None)
    return frame.encode(x=x, x2="unmet_high:Q", y=marks.y("from_px"), y2="to_px:Q")
