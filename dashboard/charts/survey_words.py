"""A cell of a survey's release as it is written: whole per cent, about, less than, in words, or hidden with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.situation.words import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.surveys.told import Cell, Indicator, Release, Word

_MOST_NAMED = 8
"""More names than this are only counted."""


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


def word_in_words(word: Word | None, texts: Texts) -> str:
    """Lower, about the same or higher than the municipality; a dash without one."""
    return texts(f"survey_chart.word_{word}") if word is not None else NONE


def is_hidden(cell: Cell | None) -> bool:
    """Whether nothing is told."""
    return cell is None or cell.precision == "hidden"


def name_of(indicator: Indicator, texts: Texts) -> str:
    """Name in the reader's language."""
    return texts.name(indicator)


def place_name(release: Release, area: str | None, texts: Texts) -> str:
    """Name of a district; None is the municipality."""
    if area is None:
        return texts("survey_chart.municipality")
    return next((one.name for one in release.areas if one.code == area), area)


def response_note(release: Release, area: str | None, texts: Texts) -> str:
    """Who was asked and how many answered, with the rate."""
    found = next((one for one in release.responses if one.area == area), None)
    said = {"place": place_name(release, area, texts), "wave": release.wave.name}
    if found is None or found.responded is None:
        return texts("survey_chart.note_response_hidden", **said)
    if found.rate is None or found.invited is None:
        return texts("survey_chart.note_responded", **said, responded=found.responded)
    rate = texts.percent(found.rate)
    return texts(
        "survey_chart.note_response", **said, responded=found.responded, invited=found.invited, rate=rate
    )


def hidden_note(release: Release, texts: Texts) -> str:
    """Why something is hidden."""
    return texts("survey_chart.note_hidden", fewest=release.fewest)


def named(names: Iterable[str], texts: Texts) -> str:
    """Names with commas between them; many are cut and counted."""
    found = list(names)
    if len(found) <= _MOST_NAMED:
        return ", ".join(found)
    return texts("survey_chart.and_more", names=", ".join(found[:_MOST_NAMED]), more=len(found) - _MOST_NAMED)
