"""A cell of a survey's release as it is written: whole per cent, about, less than, in words, or hidden with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.situation.words import NONE

if TYPE_CHECKING:
    from dashboard.texts import Texts
    from data_access.surveys.told import Cell


def share_in_words(cell: Cell | None, texts: Texts) -> str:
    """31 %, about 30 %, < 5 %; "" where no number is told."""
    if cell is None or cell.share is None or cell.precision not in ("percent", "fives"):
        return ""
    share = texts.percent(cell.share)
    if cell.bound is not None:
        return texts(f"survey_chart.share_{cell.bound}", share=share)
    return texts("survey_chart.about", value=share) if cell.precision == "fives" else share


def index_in_words(cell: Cell | None, texts: Texts) -> str:
    """2,4, or about 2,5; "" where no index is told."""
    if cell is None or cell.index is None or cell.precision not in ("percent", "fives"):
        return ""
    index = texts.number(cell.index, 1)
    if cell.bound is not None:
        return texts(f"survey_chart.share_{cell.bound}", share=index)
    return texts("survey_chart.about", value=index) if cell.precision == "fives" else index


def reason(cell: Cell | None, texts: Texts) -> str:
    """Why there is no number, or the word that stands in its place; "" where there is one."""
    if cell is None:
        return texts("survey_chart.not_asked")
    if cell.state == "suppressed_at_source":
        return texts("survey_chart.hidden_at_source")
    if cell.precision == "hidden":
        return texts("survey_chart.hidden")
    if cell.precision == "words":
        return texts(f"survey_chart.word_{cell.word}_here") if cell.word is not None else NONE
    return ""
