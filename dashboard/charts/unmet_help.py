"""Who carries a risk alone? Of those with a risk, those it distresses, and of them those who wish for help."""

from __future__ import annotations

from functools import cache
from math import fsum
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
from dashboard.situation.words import NONE
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dashboard.charts.chart import Spec
    from data_access.surveys.told import Cell, Indicator, Release

STEPS = ("risk", "distress", "unmet")
"""From many to few: the risk, distressed by it, and also wishing for help."""

_COLUMNS = (
    *STEPS,
    "risk_words",
    "distress_words",
    "unmet_words",
    "written",
    "n",
    "n_words",
    "is_hidden",
    "why",
)
_BAR_PX = 14

_Steps = tuple[float, float | None, float]
"""Per cent of all who answered with the risk, distressed (None: not told as a number), and with unmet help."""


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

    How many are distressed is told of so few people in most districts that its bar is often missing.
    `top`: only so many risks, those with most unmet help.
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
    """The same, added up over the risks of each level: risks, distress and wishes per 100 who answered.

    Somebody with several risks counts once for each. Risks that are not told as numbers are left out, and counted in a note.
    """
    asked = chosen(release, "risk", (), "unmet")
    items, told = [], 0
    for level in dict.fromkeys(one.level for one in asked):
        steps = [_steps(release, one.code, among) for one in asked if one.level == level]
        known = [of for of in steps if of is not None]
        told += len(known)
        items.append(_level(level, known, texts))
    notes = [response_note(release, among.area, texts), texts("survey_chart.note_added")]
    if told < len(asked):
        notes.append(texts("survey_chart.note_left_out", left_out=len(asked) - told, rows=len(asked)))
    return _chart(release, items, notes, texts, mode, table="unmet_level")


def _steps(release: Release, code: str, among: Among) -> _Steps | None:
    """Per cent of all who answered at each step; None where the risk or the unmet help is not told as a number."""
    present, distress, unmet = (
        _share(among.cell(release, code, one)) for one in ("present", "distress", "unmet")
    )
    if present is None or unmet is None:
        return None
    # Rounded shares need not be nested.
    distressed = None if distress is None else 100 * min(max(present * distress, unmet), present)
    return 100 * max(present, unmet), distressed, 100 * unmet


def _share(cell: Cell | None) -> float | None:
    return None if cell is None or cell.precision not in ("percent", "fives") else cell.share


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
        untold = next(cell for cell in (cells[0], cells[2]) if _share(cell) is None)
        return Item(one.level, texts.name(one), -1.0, values | {"why": reason(untold, texts)})
    return Item(one.level, texts.name(one), steps[2], values | _drawn(steps) | {"written": said[2]})


def _drawn(steps: _Steps) -> dict[str, Any]:
    return {name: None if step is None else round(step, 1) for name, step in zip(STEPS, steps, strict=True)}


def _level(level: str, told: Sequence[_Steps], texts: Texts) -> Item:
    name = texts(f"survey_chart.level_{level}")
    if not told:
        return Item(NO_LEVEL, name, -1.0, {"why": texts("survey_chart.hidden"), "is_hidden": True})
    known = [distress for _, distress, _ in told if distress is not None]
    sums = (
        fsum(risk for risk, _, _ in told),
        fsum(known) if len(known) == len(told) else None,
        fsum(unmet for _, _, unmet in told),
    )
    words = [NONE if value is None else texts.number(value) for value in sums]
    values = _drawn(sums) | {f"{step}_words": said for step, said in zip(STEPS, words, strict=True)}
    return Item(NO_LEVEL, name, sums[2], values | {"written": words[2], "is_hidden": False})


def _chart(
    release: Release, items: Sequence[Item], notes: Sequence[str], texts: Texts, mode: Mode, *, table: str
) -> Chart:
    columns, height = placed(items, _COLUMNS, "", texts)
    notes = list(notes)
    known = {step: sum(value is not None for value in columns[step]) for step in STEPS}
    if known["distress"] < known["risk"]:
        notes.append(texts("survey_chart.note_distress"))
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
    scale = marks.room(marks.NUMBERS_PX + people)
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
