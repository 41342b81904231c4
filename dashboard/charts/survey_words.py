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
