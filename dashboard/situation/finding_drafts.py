"""Ready sentences for findings: what a survey, or a gap between felt and reported, says of a place.

A finding is read by roles that are told less: a number stands in a sentence only where every role is told it, so only of
everybody in the whole municipality, and as partners are told it (`of_all`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.situation.cell_words import index_in_words, share_in_words
from dashboard.situation.survey import priority_of
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, word_of
from dashboard.situation.survey_words import priority_words
from data_access.models.finding import LONGEST_IN_FINDING
from data_access.one_line import one_line

if TYPE_CHECKING:
    from dashboard.situation.survey_gap import Gaps
    from dashboard.texts import Texts
    from data_access.surveys.told import Cell, Indicator, Measure, Release, Word


TOTAL = "total"
"""Code of all questions of a safety survey together."""


@dataclass(frozen=True)
class Draft:
    """A finding that somebody may keep, its sentence as it is stored. `area`: code of its place, "" for the municipality."""

    statement: str
    source: str
    wave_id: int
    wave: str
    indicator: Indicator
    area: str

    @property
    def areas(self) -> tuple[str, ...]:
        """Codes of its districts."""
        return (self.area,) if self.area else ()


def priority_draft(
    release: Release,
    of_all: Release | None,
    earlier_of_all: Release | None,
    indicator: Indicator,
    among: Among,
    whose: str,
    texts: Texts,
) -> Draft:
    """A risk that is among the first of `whose` (a place, and a group of it, in words)."""
    wave, told = release.wave.name, None
    if among == EVERYBODY and of_all is not None:
        told = priority_of(of_all, earlier_of_all, among, indicator)
    if told is not None:
        return _draft(f"{wave}: {priority_words(told, texts)}", release, indicator, among)
    said = texts("surveys.finding_among", wave=wave, where=whose, name=texts.name(indicator))
    return _draft(said, release, indicator, among)


def indicator_draft(
    release: Release,
    of_all: Release | None,
    indicator: Indicator,
    measure: Measure,
    among: Among,
    whose: str,
    texts: Texts,
) -> Draft:
    """Any question, with its number where every role is told it, or how it stands against the municipality."""
    cell = None if of_all is None else among.cell(of_all, indicator.code, measure)
    name, wave = texts.name(indicator), release.wave.name
    number = _number(cell, texts) if among == EVERYBODY else ""
    if number:
        said = texts(f"findings.number_{measure}", wave=wave, name=name, number=number)
    elif among != EVERYBODY and of_all is not None and (word := _word(of_all, indicator, measure, among)):
        said = texts(f"findings.word_{word}", wave=wave, where=whose, name=name)
    else:
        said = texts("findings.about_place", wave=wave, where=whose, name=name)
    return _draft(said, release, indicator, among)


def gap_draft(release: Release, found: Gaps, indicator: Indicator, area: str, texts: Texts) -> Draft:
    """How a district that is ranked stands in the two rankings that are compared."""
    (first, second), wave = found.between, release.wave.name
    if indicator.code != TOTAL:
        wave = f"{wave}, {texts.name(indicator)}"
    name = next(one.name for one in release.areas if one.code == area)
    ends = found.end(area, first), found.end(area, second)
    if set(ends) == {"high", "low"}:
        words = [texts(f"findings.gap_{of}_{end}") for of, end in zip(found.between, ends, strict=True)]
        said = texts("findings.gap_ends", area=name, first=words[0], second=words[1], wave=wave)
    else:
        way = "more" if found.side(area) > 0 else "less"
        words = texts(f"findings.gap_{way}_{first}_{second}_else")
        said = texts("findings.gap_else", area=name, words=words, wave=wave)
    return _draft(said, release, indicator, Among(area), source="gap")


def _draft(
    statement: str, release: Release, indicator: Indicator, among: Among, *, source: str = "indicator"
) -> Draft:
    wave, clean = release.wave, one_line(statement)[: LONGEST_IN_FINDING["statement"]]
    return Draft(clean, source, wave.id, wave.name, indicator, among.area or "")


def _word(release: Release, indicator: Indicator, measure: Measure, among: Among) -> Word | None:
    """A district against the municipality, or a group of all against everybody."""
    wider = among.in_municipality if among.area else EVERYBODY
    here, elsewhere = (of.cell(release, indicator.code, measure) for of in (among, wider))
    return word_of(change_of(here, elsewhere)) or (here.word if here else None)


def _number(cell: Cell | None, texts: Texts) -> str:
    if cell is not None and cell.measure == "index":
        return index_in_words(cell, texts)
    return share_in_words(cell, texts)
