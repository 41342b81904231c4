"""The evaluation card of an intervention as a section of a report, and as a PDF of its own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dashboard.charts.expected import expected
from dashboard.charts.intervals import intervals
from dashboard.charts.running import running
from dashboard.look import look
from dashboard.maps.roles import roles_map
from dashboard.reports.export import drawing
from dashboard.reports.typst import FONT, FONT_FOLDER, Section, data, document, figure, template
from dashboard.situation.intervention import is_told

if TYPE_CHECKING:
    from datetime import date

    from dashboard.charts.chart import Chart
    from dashboard.situation.card_words import CardWords
    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts

_WIDE_PX, _NARROW_PX = 680, 330
"""Widths at which charts are drawn: over the page, and beside each other."""
_HEIGHTS_PX = {"map": 240}


def pdf(
    of: Evaluation, card: CardWords, districts: bytes, texts: Texts, *, printed: date, srid: int = 0
) -> bytes:
    """The card on A4, dated `printed`; `districts` GeoJSON as of the maps, `srid` EPSG of a drawn surface."""
    return document(
        [section(of, card, districts, texts, srid=srid)],
        texts,
        title=card.title,
        municipality=card.municipality,
        source=card.source,
        printed=printed,
    )


def section(of: Evaluation, card: CardWords, districts: bytes, texts: Texts, *, srid: int = 0) -> Section:
    """The card as a part of a report; its files are named by the intervention, so that a report takes many."""
    stem = f"intervention-{of.intervention.id}"
    wide, narrow = _charts(of, districts, texts, srid)
    files: dict[str, bytes] = {}
    shown: dict[str, list[dict[str, Any]]] = {"wide": [], "narrow": []}
    for place, charts, width_px in (("wide", wide, _WIDE_PX), ("narrow", narrow, _NARROW_PX)):
        for name, chart in charts.items():
            file = f"{stem}-{name}.svg"
            files[file] = drawing(
                chart, width_px, font=FONT, font_folder=FONT_FOLDER, height_px=_HEIGHTS_PX.get(name)
            )
            shown[place].append(figure(chart, file))
    words = asdict(card) | shown | {"heads": _heads(texts), "colours": _colours(of)}
    file = f"{stem}.json"
    return Section(template("intervention", file), files | {file: data(words)})


def _charts(
    of: Evaluation, districts: bytes, texts: Texts, srid: int
) -> tuple[dict[str, Chart], dict[str, Chart]]:
    """Those over the whole page, and those beside each other; without an estimate there is none of it to draw."""
    area = {"map": roles_map(of, districts, texts, srid=srid)}
    if of.effect is None:
        return {}, area
    if not is_told(of):
        return {"expected": expected(of, texts)}, area
    return (
        {"expected": expected(of, texts), "intervals": intervals(of, texts)},
        {"running": running(of, texts)} | area,
    )


def _heads(texts: Texts) -> dict[str, Any]:
    return {
        "caveats": texts("effect_report.caveats"),
        "computed": texts("effect_report.computed"),
        "delivered": texts("effect_report.delivered"),
        "changes": texts("effect_report.changes"),
        "columns": [texts(f"effect_report.column_{name}") for name in ("when", "who", "what")],
    }


def _colours(of: Evaluation) -> dict[str, str]:
    """Purple and orange where the verdict is clear, grey where it is not."""
    colours = look("light")
    clear = {"less": colours.diverging[1], "more": colours.diverging[5]}
    verdict = of.effect.verdict if of.effect else ""
    return {
        "muted": colours.muted,
        "line": colours.line,
        "verdict": clear.get(verdict, colours.hatch),
    }
